"""What do the queue and a record cost beside views written by hand for the same rows?

    python -m tests.benchmarks.bench_desk

There are two floors of each, every one a Flask view with a bare template of its own.
A bare one reads no more than the fifty lines with their counts, or opens the sealed
record with its audit row, and prints as much. The other one reads every row that our
page shows something of (the session, the holder, the decision, the visit, who else
writes, who is the same person), and says it in the same words: of a record it judges
the answers anew, since what is stored holds no sentence. Then the queue with a hundred
thousand submissions beside one with a thousand.
CPU time is that of this process, through Flask's test client.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import insert

from screening.core.definition import Outcome
from screening.report.wording import moment_in_words
from screening.store.queue import WAITS, Narrowing
from screening.store.tables import QueueRow, SubmissionRow
from screening.web.clinician.narrowing import FILTERS
from screening.web.clinician.reading import read_again
from screening.web.clinician.words import (
    decision_in_words,
    duration_in_words,
    outcome_in_words,
)
from tests.benchmarks.bench_web import cpu_ms
from tests.web.clinician.conftest import ADA, open_clinic, worked_cases
from tests.web.conftest import new_key_ring, plain_config

FEW, MANY = 1_000, 100_000
DEEP = 9 / 10
BATCH = 5_000
REQUESTS = 15
ZONE = "Europe/London"
OUTCOMES = [outcome.value for outcome in Outcome]

QUEUE = """<!DOCTYPE html><html lang="en"><head><title>Queue</title></head><body>
<nav><a href="/clinic">Queue</a></nav><main><h1>Submissions</h1>
<p>{{ ages }}</p><table>{% for one in entries %}<tr>
<td><input type="checkbox" name="chosen" value="{{ one.reference }}"></td>
<th><a href="/clinic/submissions/{{ one.reference }}">{{ one.reference }}</a></th>
<td>{{ one.outcome }}{% if one.same_day %}<b>Same day</b>{% endif %}</td>
<td>{{ one.decision or "Not decided" }}</td>
<td><a href="/clinic/submissions/{{ one.reference }}/assign">Nobody</a></td>
<td>{{ one.waiting }} since {{ one.submitted_at }}</td><td>{{ one.findings }}</td>
<td>{{ one.missing }}</td><td>{{ one.can_be_followed_up }}</td></tr>{% endfor %}
</table></main></body></html>"""
RECORD = """<!DOCTYPE html><html lang="en"><head><title>Record</title></head><body>
<main>{% for word in words %}<p class="line">{{ word }}</p>{% endfor %}</main>
</body></html>"""


def fill(clinic, count: int) -> None:
    """Put this many lines into the queue; their records can't be opened."""
    now = clinic.clock()
    with clinic.store.database.transaction() as session:
        for start in range(0, count, BATCH):
            submissions, lines = [], []
            for number in range(start, start + min(BATCH, count - start)):
                rank = 0 if number % 50 == 0 else 1 if number % 20 == 0 else 2
                kept = {
                    "submitted_at": now - timedelta(minutes=number),
                    "outcome": OUTCOMES[number % len(OUTCOMES)],
                    "same_day": rank == 1,
                    "queue_rank": rank,
                }
                submissions.append(
                    {
                        **kept,
                        "id": f"{number:022d}",
                        "reference": f"{number:08d}"[:4] + "-" + f"{number:08d}"[4:],
                        "draft_id": f"d{number:021d}",
                        "local_date": now.date(),
                        "questionnaire": "ocd-ketamine",
                        "version": "2026.1",
                        "version_sha256": clinic.questionnaire.sha256,
                        "engine_version": "0.1.0",
                        "urgent": rank == 0,
                        "locale": "US",
                        "key_id": "k1",
                        "wrapped_key": b"",
                        "ciphertext": bytes(6000),
                    }
                )
                lines.append(
                    {
                        **kept,
                        "submission_id": f"{number:022d}",
                        "place": rank if rank < 2 else 10_000 - number % 30,
                        "findings": number % 9,
                        "missing": number % 4,
                        "can_be_followed_up": number % 3 > 0,
                        "decision": "" if number % 3 else "invite",
                        "assigned_to": "",
                    }
                )
            session.execute(insert(SubmissionRow), submissions)
            session.execute(insert(QueueRow), lines)


def queue_floor(clinic, *, says_all: bool) -> Flask:
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"queue.html": QUEUE})
    token = clinic.session(clinic.person("clinician")).token
    borders = [timedelta(hours=hours) for hours in (1, 4, 24, 72, 168)]
    store, accounts = clinic.store, clinic.accounts

    def in_words(one):
        return {
            "reference": one.reference,
            "same_day": one.same_day,
            "outcome": outcome_in_words(one.outcome),
            "decision": decision_in_words(one.decision),
            "waiting": duration_in_words(one.waiting),
            "submitted_at": moment_in_words(one.submitted_at, ZONE),
            "findings": one.findings,
            "missing": one.missing,
            "can_be_followed_up": one.can_be_followed_up,
        }

    @app.get("/queue")
    def queue():
        assert accounts.sessions.find(token) is not None
        entries = store.queue.page(Narrowing(decision=WAITS)).entries
        ages = store.queue.ages(borders)
        if says_all:
            entries = [in_words(one) for one in entries]
            ages = (ages, store.outbox.late(), accounts.emergency.recent())
        return render_template("queue.html", entries=entries, ages=ages)

    return app


def record_floor(clinic, reference: str, words: list[str], *, says_all: bool) -> Flask:
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"record.html": RECORD})
    user = clinic.user("clinician")
    actor = user.as_actor()
    token = clinic.session(clinic.person("clinician")).token
    store, accounts = clinic.store, clinic.accounts

    def rows_of(found):
        """Read and judge whatever our page shows something of."""
        reading = read_again(
            clinic.questionnaires, found, ZONE, store.visits.of(reference)
        )
        sha256 = reading.summary.record_hash
        return (
            store.decisions.read(reference, actor=actor, record_sha256=sha256),
            store.decision_drafts.others(reference, user.id),
            store.queue.named([reference]),
            store.persons.beside(reference),
            accounts.emergency.recent(),
        )

    @app.get("/record")
    def record():
        assert accounts.sessions.find(token) is not None
        found = store.submissions.read(reference, actor=actor)
        if says_all:
            rows_of(found)
        return render_template("record.html", words=words)

    return app


def told(what: str, ours: float, floor: float) -> None:
    print(f"{what}: {ours:.2f} ms, floor {floor:.2f} ms, {ours / floor:.2f}x")


def queue_times(clinic, browser, count: int) -> dict[tuple[str, str], float]:
    """Return the time of each list, its first page and one deep inside."""
    number = f"{int(count * DEEP):08d}"
    places = {"first page": "", "deep inside": f"&after={number[:4]}-{number[4:]}"}
    found = {}
    for word in FILTERS:
        for name, place in places.items():
            address = f"/clinic?show={word}{place}"
            assert browser.client.get(address).status_code == 200
            found[word, name] = cpu_ms(
                lambda at=address: browser.client.get(at).data, REQUESTS
            )
    return found


def beside_floors(clinic, browser, reference: str) -> None:
    address = f"/clinic/submissions/{reference}"
    text = browser.client.get(address).text
    words = [line.strip() for line in text.splitlines() if line.strip()]
    for says_all in (False, True):
        floors = {
            "/clinic": queue_floor(clinic, says_all=says_all),
            address: record_floor(clinic, reference, words, says_all=says_all),
        }
        for (ours, app), what in zip(floors.items(), ("queue", "record"), strict=True):
            floor = app.test_client()
            told(
                f"{what}, beside one that {'says the same' if says_all else 'is bare'}",
                cpu_ms(lambda at=ours: browser.client.get(at).data, REQUESTS),
                cpu_ms(lambda by=floor, at=what: by.get(f"/{at}").data, REQUESTS),
            )


def measured(folder: Path, count: int) -> dict[tuple[str, str], float]:
    folder.mkdir()
    config = plain_config(new_key_ring())
    with open_clinic(config, folder, worked_cases()) as clinic:
        reference = clinic.submit("R2", contact=ADA)
        fill(clinic, count)
        browser = clinic.quick("clinician")
        if count == FEW:
            beside_floors(clinic, browser, reference)
        return queue_times(clinic, browser, count)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measured(Path(folder, str(one)), one) for one in (FEW, MANY))
    for (word, place), time_ms in many.items():
        told(
            f"{word}, {place}, {MANY:,} beside {FEW:,}",
            time_ms,
            few[word, place],
        )


if __name__ == "__main__":
    main()
