"""What happens to patients while the files they are asked from are written again?

Clients fill in a short form and send it, over and over. Meanwhile a writer puts good
files in place of each other, bad ones, half of one, and none at all. The ledger says
what was acknowledged to a client; it is then compared with what is in the store.
"""

import re
import shutil
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from screening.store.audit import Action
from screening.store.tables import AuditRow, SubmissionRow
from screening.web.patient.room import current_room
from tests.web.patient.test_journeys import send
from tests.web.patient.visitor import Patient, Visitor

ANSWERS = {
    "consent": "yes",
    "age": "34",
    "chest_pain_now": "no",
    "medicines": "daily",
    "which_medicines": "aspirin",
}
CLIENTS = 8
PAUSE = 0.2
MOST_GROWTH = 10
"""MB by which the service may grow from a third of the time to its end."""

REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
VERSION = re.compile(r"\(version (one|two)\)")
_PAGE_SIZE = 4096


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


def storm(app, folder, seconds, *, clients=CLIENTS, pause=PAUSE):
    """Return what became of patients in so many seconds of changing files."""
    ledger = Ledger()
    over = threading.Event()
    writer = threading.Thread(target=_write, args=(folder, ledger, over, pause))
    people = [
        threading.Thread(target=_fill_in, args=(app, ledger, over))
        for _ in range(clients)
    ]
    writer.start()
    for person in people:
        person.start()
    time.sleep(seconds / 3)
    warm = _memory()
    time.sleep(seconds - seconds / 3)
    over.set()
    for thread in (writer, *people):
        thread.join()
    return _compared(app, ledger, _memory() - warm)


def _write(folder, ledger, over, pause):
    file = folder / "questionnaire.yaml"
    good = file.read_text("utf-8")
    one = re.sub(r'(\n    title: "[^"]*)"', r'\1 (version one)"', good)
    two = one.replace("version one", "version two")
    bad = one.replace("type: integer", "type: intejer")
    states = (one, two, bad, two[: len(two) // 2], None)
    number = 0
    while not over.is_set():
        state = states[number % len(states)]
        if state is None:
            file.unlink(missing_ok=True)
        else:
            # Not atomic: some editors write into the file as it stands.
            text = f"{state}\n# {number}\n"
            with file.open("w", encoding="utf-8") as opened:
                opened.write(text[: len(text) // 2])
                opened.flush()
                opened.write(text[len(text) // 2 :])
        number += 1
        ledger.changes = number
        # Not in step with the looks at the folder, so that each state is seen at times.
        time.sleep(pause * (0.6 + 0.4 * (number % 3)))
    file.write_text(one, "utf-8")


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
        if response.status_code >= 500:
            where = f"{response.request.method} {response.request.path}"
            seen["failed"].append(f"{response.status_code} {where}")
        elif response.request.path.startswith("/q/"):
            seen["versions"].add(tuple(VERSION.findall(response.text)[:1]))
        return arrived()

    visitor._arrived = note
    return seen


def _compared(app, ledger, growth):
    with app.app_context():
        store = current_room().store
    with store.ground.database.reading() as session:
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


def _memory():
    """Return this process's resident memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * _PAGE_SIZE / 1e6


def copy_of(source, folder):
    """Return a copy of a questionnaire's folder that a storm may write to."""
    return shutil.copytree(source, folder)
