"""How does a test get a clinic with people in it? From `clinic`, on a real database.

`clinic.submit("U1")` takes a worked patient from the first answer to the receipt;
`clinic.browser("clinician")` is a browser in which somebody with that role is signed
in. Time stands still until `clinic.clock.step(minutes=1)`.
"""

import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from screening.accounts.permissions import Role
from screening.accounts.sessions import Stage
from screening.accounts.sign_in import open_accounts
from screening.accounts.tables import UserRow
from screening.core import safety
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.judge import evaluate
from screening.library import shelf_for
from screening.resources import questionnaires_folder
from screening.store.audit import Actor, AuditTrail
from screening.store.database import Database
from screening.store.drafts import DraftContent
from screening.store.opening import open_store
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.store.submissions import Facts, Identity, Record
from screening.store.tables import AuditRow, Base, SubmissionRow
from screening.web import clinician, create_app, patient
from screening.web.article.load import load_article
from screening.web.clinician.bundling import Press
from screening.web.clinician.exporting import Exporter
from screening.web.crisis import read_locales
from screening.web.questionnaires import Questionnaires
from screening.web.sources import FolderSource
from tests.accounts.authenticators import AppOfATest
from tests.reused import upgraded
from tests.web.conftest import secure_client

CASES = "ocd-ketamine/cases/worked.yaml"
PATIENT = Actor.patient()
PASSWORD = "velvet tangerine orbit kayak"
ADA = {
    "name": "Ada Quill",
    "date_of_birth": "1985-05-04",
    "phone": "01632 960 001",
    "safe_to_leave_message": "yes",
}
CHALLENGE = re.compile(rb'data-options="[^"]+"')
WANTED = re.compile(r'name="wanted" value="([^"]*)"')
CSRF = re.compile(rb'name="csrf_token" value="([^"]+)"')


class SteppingClock:
    """Stands still until it is told to go on."""

    def __init__(self):
        self.now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now

    def step(self, **duration):
        self.now += timedelta(**duration)


@dataclass
class Browser:
    """A browser of one member of staff; posts carry the token of the last page."""

    client: object
    token: str = ""
    apps: dict = field(default_factory=dict)

    def get(self, address, **options):
        answer = self.client.get(address, **options)
        self._remember(answer)
        return answer

    def post(self, address, **form):
        answer = self.client.post(address, data=form | {"csrf_token": self.token})
        self._remember(answer)
        return answer

    def give_password(self, username, password=PASSWORD, **form):
        self.get("/clinic/sign-in")
        return self.post(
            "/clinic/sign-in", username=username, password=password, **form
        )

    def sign_in(self, username, password=PASSWORD, **form):
        """Give the password and, if it was right, a code of the person's own app."""
        answer = self.give_password(username, password, **form)
        if answer.status_code != 303:
            return answer
        return self.give_code(answer.location, self.apps[username].code())

    def give_code(self, address, code):
        page = self.get(address)
        wanted = WANTED.search(page.text)[1]
        return self.post("/clinic/sign-in/second", code=code, wanted=wanted)

    def _remember(self, answer):
        found = CSRF.search(answer.data)
        if found:
            self.token = found[1].decode()


@dataclass
class ClinicOfATest:
    """A service, what it keeps, and ways for patients and staff to come in."""

    app: object
    store: object
    accounts: object
    clock: SteppingClock
    questionnaires: object
    worked: dict
    expected: dict
    folder: Path
    rung: list
    exporter: object
    names: dict = field(default_factory=dict)
    apps: dict = field(default_factory=dict)

    @property
    def questionnaire(self):
        return self.questionnaires.current()

    def browser(self, role=None):
        browser = Browser(secure_client(self.app), apps=self.apps)
        if role is not None:
            assert browser.sign_in(self.person(role)).status_code == 303
        return browser

    def person(self, role):
        """Give the user name of somebody with this role, who has an app."""
        if role not in self.names:
            user = self.newcomer(role, f"a-{role}")
            self.apps[user.username] = AppOfATest.of(self.accounts, user.id)
            self.names[role] = user.username
        return self.names[role]

    @property
    def actor(self):
        return Actor.service("test")

    def session(self, username, stage=Stage.WHOLE):
        """Begin a session without a sign-in, as far as a stage."""
        now = self.clock()
        with self.store.database.transaction() as session:
            row = session.scalar(select(UserRow).where(UserRow.username == username))
            return self.accounts.sessions.begin(
                session,
                row,
                stage=stage,
                password_at=now,
                factor_at=now if stage is Stage.WHOLE else None,
            )

    def quick(self, role, stage=Stage.WHOLE):
        """Give a browser in a session that was begun without a sign-in."""
        browser = Browser(secure_client(self.app), apps=self.apps)
        token = self.session(self.person(role), stage).token
        browser.client.set_cookie("__Host-clinic", token, secure=True)
        browser.get("/clinic/account")
        return browser

    def user(self, role):
        return self.accounts.users.named(self.person(role))

    def newcomer(self, role, username):
        """Make an account that has no second factor yet."""
        return self.accounts.users.create(
            username=username,
            display_name=f"Some {role.title()}",
            role=Role(role),
            password=PASSWORD,
            actor=Actor.service("test"),
        )

    def close_account(self, username):
        """Make an account and close it."""
        user = self.accounts.users.create(
            username=username,
            display_name="Somebody Gone",
            role=Role.CLINICIAN,
            password=PASSWORD,
            actor=Actor.service("test"),
        )
        self.accounts.users.disable(user.id, actor=Actor.service("test"))

    def get_with_token(self, token, address):
        """Open a page in a browser that holds this session's token."""
        client = secure_client(self.app)
        client.set_cookie("__Host-clinic", token, secure=True)
        return client.get(address)

    def take_records_away(self, monkeypatch):
        """Let every transaction fail from now on, as when the disk is full."""

        @contextmanager
        def fail(_database):
            raise DatabaseUnavailable(Trouble.FULL)
            yield

        monkeypatch.setattr(Database, "transaction", fail)

    @staticmethod
    def without_request_id(answer):
        """Give the page without the number that each request has of its own."""
        return answer.text.replace(answer.headers["X-Request-Id"], "")

    @staticmethod
    def words(answer):
        """Give the page without what chance made: its forms' token, its challenge."""
        return CHALLENGE.sub(b"", CSRF.sub(b"", answer.data))

    def submit(
        self,
        case,
        *,
        contact=None,
        clinic_reference=None,
        changes=None,
        stored=None,
        help_at=None,
    ):
        """Submit a worked patient; give the reference.

        `changes` are other answers, `stored` other plain facts or parts of the
        record than those that come of the answers, `help_at` when help was shown.
        """
        answers = self.worked[case] | (changes or {})
        typed = read_answers(self.questionnaire, answers, self.clock().date())
        evaluation = evaluate(self.questionnaire, typed)
        shown = [
            {
                "cause": due.cause,
                "key": due.key,
                "urgent": due.urgent,
                "at": help_at.isoformat(),
                "answers": {name: answers.get(name) for name in due.reads},
            }
            for due in safety.help_due(evaluation, None, ())
            if help_at is not None
        ]
        kept = {
            "outcome": evaluation.outcome.value,
            "same_day": evaluation.same_day,
            "findings": [finding.id for finding in evaluation.findings],
            "missing": list(evaluation.missing),
            "help_shown": shown,
        } | (stored or {})
        draft = self.store.drafts.create(
            self.questionnaire.sha256,
            DraftContent(started_at=self.clock()),
            actor=PATIENT,
        )
        receipt = self.store.submissions.submit(
            draft.id,
            expected_revision=draft.revision,
            facts=Facts(
                submitted_at=self.clock(),
                local_date=self.clock().date(),
                questionnaire=self.questionnaire.id,
                version=self.questionnaire.version,
                version_sha256=self.questionnaire.sha256,
                engine_version="0.1.0",
                outcome=kept["outcome"],
                urgent=kept["outcome"] == "urgent",
                same_day=kept["same_day"],
                locale="UK",
            ),
            record=Record(
                answers=answers,
                findings=kept["findings"],
                missing=kept["missing"],
                undetermined=list(evaluation.undetermined),
                help_shown=kept["help_shown"],
                durations={"time_zone": "Europe/London"},
            ),
            identity=Identity(contact=contact or {}, clinic_reference=clinic_reference),
            actor=PATIENT,
        )
        return receipt.reference

    def submit_in_turn(self, *cases):
        """Submit worked patients ten minutes apart; give their references."""
        references = []
        for case in cases:
            references.append(self.submit(case))
            self.clock.step(minutes=10)
        return references

    def make_exports(self):
        """Do what a worker does for each ring."""
        while self.rung:
            self.exporter.make(self.rung.pop(0))

    def damage(self, reference):
        """Change one byte of the stored record, as a fault of the disk might."""
        with self.store.database.transaction() as session:
            row = session.scalar(
                select(SubmissionRow).where(SubmissionRow.reference == reference)
            )
            row.ciphertext = row.ciphertext[:-1] + bytes([row.ciphertext[-1] ^ 1])

    def break_audit_trail(self, monkeypatch):
        """Let no further row be appended, as when the disk is full."""

        def fail(*_details):
            raise DatabaseUnavailable(Trouble.FULL)

        monkeypatch.setattr(AuditTrail, "append", fail)

    def put_a_newer_version_in_use(self):
        """Change the questionnaire's file, as a coordinator would."""
        file = self.folder / "ocd-ketamine" / "questionnaire.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text + "\n# a newer version\n", encoding="utf-8")

    def row_counts(self):
        """Give how many rows each table has."""
        with self.store.database.reading() as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables
            }

    def roles(self, action):
        """Give the role that each audit row of an action names."""
        with self.store.database.reading() as session:
            return session.scalars(
                select(AuditRow.actor_role).where(AuditRow.action == action)
            ).all()

    def audited(self, action):
        """Give (actor, object id) of each audit row of an action, in order."""
        with self.store.database.reading() as session:
            rows = session.query(AuditRow).order_by(AuditRow.seq).all()
            return [(row.actor, row.object_id) for row in rows if row.action == action]


@pytest.fixture(scope="session")
def cases():
    return worked_cases()


def worked_cases():
    text = (questionnaires_folder() / CASES).read_text(encoding="utf-8")
    return read_cases([(CASES, text)])


@pytest.fixture
def clinic(config, tmp_path, cases):
    with open_clinic(config, tmp_path, cases) as clinic:
        yield clinic


@contextmanager
def open_clinic(config, tmp_path, cases, *, has_patients=False):
    """Give a clinic that stands in a folder, with the clock of a test.

    `has_patients`: with the pages for patients too.
    """
    clock = SteppingClock()
    config = replace(config, database=f"sqlite:///{tmp_path}/clinic.sqlite3")
    store = open_store(config.database, config.key_ring, clock=clock)
    upgraded(store.database.engine)
    folder = tmp_path / "questionnaires"
    shutil.copytree(questionnaires_folder(), folder)
    shelf = shelf_for("ocd-ketamine", folder)
    questionnaires = Questionnaires(
        FolderSource(shelf), store.versions, look_every=0, settled=0
    )
    rung = []
    press = Press(questionnaires=questionnaires, config=config, clock=clock)
    rooms = [
        clinician.blueprint(
            store=store, questionnaires=questionnaires, ring=rung.append
        )
    ]
    if has_patients:
        place = read_locales(folder / "locales.yaml").choose(config.locale)
        article = load_article(folder / "ocd-ketamine", "en", place.in_language("en"))
        rooms.append(
            patient.blueprint(
                store=store, questionnaires=questionnaires, articles={"en": article}
            )
        )
    yield ClinicOfATest(
        app=create_app(config, rooms=rooms, clock=clock),
        store=store,
        accounts=open_accounts(store.ground),
        clock=clock,
        questionnaires=questionnaires,
        worked={case.id: case.answers for case in cases},
        expected={case.id: case.expect for case in cases},
        folder=folder,
        rung=rung,
        exporter=Exporter(store, press, rest=lambda _: None),
    )
    store.close()
