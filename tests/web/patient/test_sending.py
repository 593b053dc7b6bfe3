"""Is a form sent once, kept apart from who sent it, and gone from the browser?"""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from screening.store.audit import Actor
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.web.config import Identity
from screening.web.patient.room import current_room
from tests.web.patient.cases import worked_answers
from tests.web.patient.conftest import NOW
from tests.web.patient.test_journeys import CONTACT, reference_on, send
from tests.web.patient.visitor import Patient, Visitor


@pytest.fixture
def answers(questionnaire):
    return worked_answers("L1", questionnaire) | {"consent": "yes"}


def at_check(app, answers):
    return Patient(Visitor(app).begin(), answers).answer_until("/check").visitor


def count(database, table):
    with sqlite3.connect(database) as rows:
        return rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


def test_who_sent_it_is_kept_apart_from_the_answers(app, answers, submission):
    visitor = send(at_check(app, answers))

    kept = submission(reference_on(visitor))
    assert kept.identity.contact == {
        "name": "Sam Łęcka",
        "date_of_birth": "1985-03-27",
        "phone": "01632 960 001",
        "safe_to_leave_message": "no",
    }
    assert not set(kept.record.answers) & set(CONTACT)


def test_contact_details_left_blank_are_asked_once_more(app, answers, submission):
    visitor = at_check(app, answers).open("/contact")
    visitor.press(visitor.form("/send"))
    first = visitor.status

    visitor.press(visitor.form("/send"))

    assert first == 422
    assert submission(reference_on(visitor)).identity.contact == {}


def test_a_second_press_leads_to_the_same_receipt(app, answers, database):
    visitor = at_check(app, answers).open("/contact")
    form = visitor.form("/send")
    for question, value in CONTACT.items():
        form.fill(f"q-{question}", value)
    first = reference_on(visitor.press(form))

    second = reference_on(visitor.press(form))

    assert first == second
    assert count(database, "submissions") == 1


def test_the_receipt_is_neutral(app, questionnaire):
    texts = []
    for case in ("L1", "U1", "N1"):
        answers = worked_answers(case, questionnaire) | {"consent": "yes"}
        visitor = send(at_check(app, answers))
        reference = reference_on(visitor)
        main = visitor.text.split("<main")[1].split("</main")[0]
        token = visitor.form("/finish").values["csrf_token"][0]
        texts.append(main.replace(reference, "").replace(token, ""))

    assert texts[0] == texts[1] == texts[2]
    assert "keep taking your medicines as prescribed" in texts[0]


def test_no_page_shows_a_score_a_rule_or_an_outcome(app, questionnaire):
    answers = worked_answers("U1", questionnaire) | {"consent": "yes"}
    visitor = Visitor(app)
    pages = []
    visitor.client.get = _noting(visitor.client.get, pages)
    visitor.client.post = _noting(visitor.client.post, pages)
    Patient(visitor.begin(), answers).answer_until("/check")
    send(visitor)

    whole = "\n".join(pages)
    for criterion in questionnaire.criteria:
        assert criterion.id not in whole
    for word in ("acute_positive", "contraindication", "needs_review", "Severe"):
        assert word not in whole


def _noting(ask, pages):
    def noted(*args, **options):
        response = ask(*args, **options)
        pages.append(response.text)
        return response

    return noted


def test_back_after_sending_shows_the_receipt(app, answers):
    visitor = send(at_check(app, answers))

    for path in ("/", "/q/safety", "/check", "/contact", "/help-now"):
        assert visitor.open(path).path == "/receipt"


def test_after_finishing_nothing_is_left_to_see(app, answers):
    visitor = send(at_check(app, answers))
    form = visitor.form("/finish")

    response = visitor.client.post(form.action, data=form.body())

    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    for path in ("/receipt", "/check", "/q/safety"):
        assert visitor.open(path).path == "/"


def test_nothing_that_was_sent_can_be_deleted_by_the_patient(app, answers, database):
    visitor = send(at_check(app, answers))

    visitor.post("/delete")

    assert visitor.path == "/receipt"
    assert count(database, "submissions") == 1


def test_deleting_leaves_nothing(app, answers, database):
    visitor = at_check(app, answers)

    visitor.press(visitor.form("/delete"))

    assert visitor.heading == "Your answers are deleted"
    assert count(database, "drafts") == 0
    assert visitor.open("/check").path == "/"


def test_every_page_of_the_form_offers_to_delete(app, answers):
    visitor = Visitor(app).begin()
    assert visitor.form("/delete")

    visitor.open("/stop")
    assert visitor.form("/delete")
    at_end = at_check(app, answers)
    assert at_end.form("/delete")
    assert at_end.open("/contact").form("/delete")


def test_the_agreement_must_be_ticked(app, answers):
    patient = Patient(Visitor(app).begin(), answers | {"consent": None})
    visitor = patient.answer_until("/q/before-you-send").visitor

    visitor.answer()
    visitor.answer()

    assert visitor.status == 422
    assert "Tick the box to go on." in visitor.text


def test_a_record_says_when_where_and_by_what_it_was_judged(
    open_clinic, answers, clock, questionnaire
):
    app = open_clinic(time_zone=ZoneInfo("Pacific/Auckland"))
    visitor = at_check(app, answers)
    clock.move(minutes=20)
    send(visitor)

    with app.app_context():
        store = current_room().store
    kept = store.submissions.read(
        reference_on(visitor), actor=Actor(name="ann", role="clinician")
    )
    assert kept.facts.local_date == date(2026, 11, 24)
    assert kept.facts.submitted_at == NOW + timedelta(minutes=20)
    assert kept.facts.version_sha256 == questionnaire.sha256
    assert kept.facts.engine_version
    assert kept.facts.locale == "US"
    assert kept.record.durations["seconds"] == 1200
    assert kept.record.durations["time_zone"] == "Pacific/Auckland"
    bundle = store.versions.load_bundle(kept.facts.version_sha256)
    assert "ocd-ketamine/questionnaire.yaml" in bundle.files


def test_when_nothing_can_be_saved_the_answers_are_offered_again(
    app, store, monkeypatch
):
    visitor = Visitor(app).begin()

    def away(*_, **__):
        raise DatabaseUnavailable(Trouble.LOCKED)

    with monkeypatch.context() as broken:
        broken.setattr(type(store.drafts), "write", away)
        visitor.answer(for_self="yes", age="40", guardian="no")
    status, form = visitor.status, visitor.form("/q/about-you")
    visitor.press(form)

    assert status == 503
    assert form.values["q-age"] == ["40"]
    assert visitor.path == "/q/right-now"


class TestAnonymous:
    @pytest.fixture
    def app(self, open_clinic):
        return open_clinic(identity=Identity.ANONYMOUS)

    def test_it_is_said_plainly_that_nobody_can_follow_up(self, app, answers):
        start = Visitor(app).open("/").text
        visitor = at_check(app, answers)
        check = visitor.text

        visitor.press(visitor.form("/send"))

        assert "This form cannot be followed up." in start
        assert "Your answers cannot be followed up." in check
        assert "They cannot be followed up." in visitor.text
        assert "will contact you" not in visitor.text

    def test_no_contact_details_are_asked(self, app, answers):
        assert at_check(app, answers).open("/contact").path == "/check"


class TestInvitation:
    @pytest.fixture
    def app(self, open_clinic):
        return open_clinic(identity=Identity.INVITATION)

    @pytest.fixture
    def link(self, store, clock):
        made = store.invitations.create(
            clinic_reference="MRN 0042",
            expires_at=clock() + timedelta(days=7),
            actor=Actor(name="ann", role="clinician"),
        )
        return f"/i/{made.token}"

    def test_without_a_link_there_is_no_way_to_begin(self, app):
        visitor = Visitor(app).open("/")

        assert "use the link that the clinic gave you" in visitor.text
        assert "Start</button>" not in visitor.text

    def test_the_submission_carries_the_clinics_reference(
        self, app, answers, link, submission
    ):
        visitor = Visitor(app).open(link)
        visitor.press(visitor.form(link))
        Patient(visitor, answers).answer_until("/check")

        visitor.press(visitor.form("/send"))

        kept = submission(reference_on(visitor))
        assert kept.identity.clinic_reference == "MRN 0042"

    def test_the_link_leads_back_to_the_form_it_began(self, app, link, database):
        first = Visitor(app).open(link)
        first.press(first.form(link)).answer(for_self="yes", age="40", guardian="no")

        second = Visitor(app).open(link)
        second.press(second.form(link))

        assert second.path == "/q/right-now"
        assert count(database, "drafts") == 1

    def test_an_expired_or_unknown_link_is_not_found(self, app, link, clock):
        clock.move(days=8)

        assert Visitor(app).open(link).status == 404
        assert Visitor(app).open("/i/never-was").status == 404

    def test_after_deleting_the_link_says_that_it_was_used(self, app, link):
        visitor = Visitor(app).open(link)
        visitor.press(visitor.form(link))
        visitor.press(visitor.form("/delete"))

        visitor.open(link)
        visitor.press(visitor.form(link))

        assert visitor.status == 410
        assert visitor.heading == "This link was used"

    def test_a_link_whose_form_cannot_be_read_asks_for_a_new_one(
        self, app, link, database
    ):
        first = Visitor(app).open(link)
        first.press(first.form(link))
        with closing(sqlite3.connect(database)) as rows, rows:
            rows.execute("UPDATE drafts SET ciphertext = zeroblob(64)")

        second = Visitor(app).open(link)
        second.press(second.form(link))

        assert second.status == 410
        assert "Please ask the clinic for a new link." in second.text


def test_who_leaves_no_number_is_not_promised_a_call(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    visitor = Patient(visitor.begin(), answers).answer_until("/check").visitor
    visitor.open("/contact")
    form = visitor.form("/send")

    visitor.press(form)
    visitor.press(visitor.form("/send"))

    assert visitor.path == "/receipt"
    assert "The clinic cannot call you." in visitor.text
    assert "will contact you" not in visitor.text


def test_a_blank_that_was_offered_does_not_count_as_open(visitor, questionnaire):
    answers = worked_answers("L2", questionnaire) | {"consent": "yes"}

    visitor = Patient(visitor.begin(), answers).answer_until("/check").visitor

    assert "Blank" in visitor.text
