"""What happens to patients while the files they are asked from are written again?

Clients fill in a short form and send it, over and over. Meanwhile a writer puts good
files in place of each other, bad ones, half of one, and none at all; each good one has
a question with boxes to tick that none had before. The ledger says what was
acknowledged to a client; it is then compared with what is in the store.
"""

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from screening.store.audit import Action
from screening.store.tables import AuditRow, SubmissionRow
from tests.web.patient.test_journeys import send
from tests.web.patient.visitor import Patient, Visitor
from tests.web.reload.site import wire


class Answers(dict):
    """The answers of every client; of the boxes, two are always ticked."""

    def get(self, key, default=None):
        if key.startswith("signs_"):
            return ["cough", "fever"]
        return super().get(key, default)


ANSWERS = Answers(
    consent="yes",
    age="34",
    chest_pain_now="no",
    medicines="daily",
    which_medicines="aspirin",
)
BOXES = """
      - id: signs_{number}
        ask: "Which of these do you have?"
        type: choices
        options:
          cough: "A cough"
          fever: "A fever"
          none: {{label: "None of these", exclusive: true}}
"""
CLIENTS = 8
PAUSE = 0.2
LONGEST = 120
MOST_GROWTH = 10
"""MB by which a worker may grow from a third of the time to the end."""

REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
VERSION = re.compile(r"\(version (\d+)\)")


@dataclass
class Ledger:
    """What clients saw: references that were given out, and what went wrong."""

    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: int = 0
    changes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Outcome:
    """The ledger beside the store."""

    acknowledged: int
    stored: int
    lost: int
    duplicated: int
    errors: tuple[str, ...]
    mixed: int
    changes: int
    versions: int
    rejected: int
    growth: float

    def __str__(self):
        return (
            f"acknowledged {self.acknowledged} stored {self.stored} lost {self.lost} "
            f"duplicated {self.duplicated}; errors {len(self.errors)}, "
            f"mixed {self.mixed}; {self.changes} changes of the files, "
            f"{self.versions} versions, {self.rejected} rejected; "
            f"memory grew by {self.growth:.1f} MB"
        )

    @property
    def is_clean(self):
        """Whether nobody lost anything or was refused, and memory stayed bounded."""
        wrong = self.lost + self.duplicated + self.mixed + len(self.errors)
        return (
            not wrong and self.acknowledged == self.stored and self.growth < MOST_GROWTH
        )


def storm(site, seconds, *, until=None, clients=CLIENTS, pause=PAUSE):
    """Return what became of patients in so many seconds of changing files.

    A busy machine gets through less in that time: the storm then goes on, for at most
    `LONGEST` seconds more, until the outcome so far is as `until` says.
    """
    ledger = Ledger()
    over = threading.Event()
    file = site.folder / "questionnaire.yaml"
    writer = threading.Thread(target=_write, args=(file, ledger, over, pause))
    people = [
        threading.Thread(target=_fill_in, args=(wire(site.port), ledger, over))
        for _ in range(clients)
    ]
    writer.start()
    for person in people:
        person.start()
    time.sleep(seconds / 3)
    warm = site.memory()
    time.sleep(seconds - seconds / 3)
    _wait_for(until, lambda: compared(site.store, ledger, growth=0))
    over.set()
    for thread in (writer, *people):
        thread.join()
    return compared(site.store, ledger, growth=site.memory() - warm)


def _wait_for(until, so_far):
    last = time.monotonic() + LONGEST
    while until and not until(so_far()) and time.monotonic() < last:
        time.sleep(PAUSE)


def _write(file, ledger, over, pause):
    good = file.read_text("utf-8")
    number = 0
    while not over.is_set():
        state = _state(good, number)
        if state is None:
            file.unlink(missing_ok=True)
        else:
            # Not atomic: some editors write into the file as it stands.
            with file.open("w", encoding="utf-8") as opened:
                opened.write(state[: len(state) // 2])
                opened.flush()
                opened.write(state[len(state) // 2 :])
        number += 1
        ledger.changes = number
        # Not in step with the looks at the folder, so that each state is seen at times.
        time.sleep(pause * (0.6 + 0.4 * (number % 3)))
    file.write_text(good, "utf-8")


def _state(good, number):
    """Return the file's text at one turn of the writer, None where there is no file."""
    made = re.sub(
        r'(\n    title: "[^"]*)"', rf'\1 (version {number})"', f"{good}\n# {number}\n"
    )
    boxes = BOXES.format(number=number)
    made = made.replace("\n    questions:\n", f"\n    questions:{boxes}", 1)
    bad = made.replace("type: integer", "type: intejer")
    return (made, made, bad, made[: len(made) // 2], None)[number % 5]


def _fill_in(app, ledger, over):
    while not over.is_set():
        visitor = Visitor(app)
        watched = _watched(visitor)
        try:
            patient = Patient(visitor.begin(), ANSWERS)
            patient.answer_until("/check")
            send(patient.visitor)
            found = REFERENCE.search(visitor.text)
        except (AssertionError, StopIteration, KeyError) as error:
            with ledger.lock:
                ledger.errors.append(f"{visitor.path}: {error!r}"[:200])
            continue
        with ledger.lock:
            ledger.errors += watched["failed"]
            ledger.mixed += len(watched["versions"]) > 1
            if found:
                ledger.acknowledged.append(found[0])


def _watched(visitor):
    """Note which requests failed, and which versions pages of questions were of."""
    seen = {"failed": [], "versions": set()}
    arrived = visitor._arrived

    def note():
        response = visitor.response
        if response.status_code >= 400:
            where = f"{response.request.method} {response.request.path}"
            seen["failed"].append(f"{response.status_code} {where}")
        elif response.request.path.startswith("/q/"):
            seen["versions"].add(tuple(VERSION.findall(response.text)[:1]))
        return arrived()

    visitor._arrived = note
    return seen


def compared(store, ledger, *, growth):
    """Return the ledger beside what is in the store; `growth` is in MB."""
    with store.database.reading() as session:
        stored = set(session.execute(select(SubmissionRow.reference)).scalars())
        counted = select(func.count()).select_from(SubmissionRow)
        count = session.execute(counted).scalar()
        actions = Counter(session.execute(select(AuditRow.action)).scalars())
    plain = {reference.replace("-", "") for reference in stored}
    given = [reference.replace("-", "") for reference in ledger.acknowledged]
    return Outcome(
        acknowledged=len(given),
        stored=count,
        lost=sum(reference not in plain for reference in given),
        duplicated=len(given) - len(set(given)),
        errors=tuple(ledger.errors),
        mixed=ledger.mixed,
        changes=ledger.changes,
        versions=actions[Action.QUESTIONNAIRE_ACTIVATE],
        rejected=actions[Action.QUESTIONNAIRE_REJECT],
        growth=growth,
    )
