"""Are people counted rightly, and does the count of findings tell nobody apart?"""

import pytest
from sqlalchemy import select

from screening.store.audit import Action, AuditTrail
from screening.store.drafts import DraftContent
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.store.submissions import Identity, Record
from screening.store.tables import SubmissionRow
from screening.store.tallies import FindingTally, Tallies, VersionTally
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, facts, submit


def send(store, clock, *findings):
    """Submit a questionnaire with these findings, and let a minute pass."""
    draft = store.drafts.create(SHA256, DraftContent(started_at=clock()), actor=PATIENT)
    store.submissions.submit(
        draft.id,
        expected_revision=1,
        facts=facts(clock),
        record=Record(answers={}, findings=[{"id": each} for each in findings]),
        identity=Identity(),
        actor=PATIENT,
    )
    clock.step(minutes=1)


def found(store):
    return Tallies(store.ground).findings(CLINICIAN)


def test_rows_are_counted_between_borders_the_first_included(store, clock):
    begins = [clock()]
    for people in (2, 1):
        for _ in range(people):
            submit(store, clock)
        clock.step(days=7)
        begins.append(clock())
    submit(store, clock)

    weeks = Tallies(store.ground).between(
        begins, [Action.DRAFT_START, Action.SUBMISSION_CREATE]
    )

    assert [dict(week) for week in weeks] == [
        {Action.DRAFT_START: people, Action.SUBMISSION_CREATE: people}
        for people in (2, 1)
    ]


def test_outcomes_are_counted_by_version_the_last_one_first(store, clock):
    for version, outcome in (
        ("1", "a"),
        ("1", "b"),
        ("2", "a"),
        ("1", "a"),
        ("3", "a"),
    ):
        submit(store, clock, version=version, outcome=outcome)
        clock.step(minutes=1)

    assert Tallies(store.ground).outcomes(2) == tuple(
        VersionTally(questionnaire="ocd-ketamine", version=version, outcomes=outcomes)
        for version, outcomes in (("3", {"a": 1}), ("1", {"a": 2, "b": 1}))
    )


def test_each_finding_is_counted_once_a_person(store, clock):
    for findings in (["x", "x", "y"], ["x"], [], [], ["y"]):
        send(store, clock, *findings)

    assert found(store) == FindingTally(
        people=5, unreadable=0, findings={"x": 2, "y": 2}
    )


def test_one_more_submission_is_never_seen_in_the_findings(store, clock):
    for _ in range(5):
        send(store, clock)
    seen = []
    for _ in range(5):
        send(store, clock, "x")
        seen.append(found(store).findings)

    assert seen == [{}, {}, {}, {}, {"x": 5}]


def test_records_beyond_the_newest_are_not_opened(store, clock, monkeypatch):
    monkeypatch.setattr("screening.store.tallies.MOST_RECORDS", 10)
    for _ in range(5):
        send(store, clock, "old")
    for _ in range(10):
        send(store, clock, "new")

    assert found(store).findings == {"new": 10}


def test_a_record_that_cannot_be_opened_hides_no_other(store, clock):
    for _ in range(5):
        send(store, clock, "x")
    with store.database.transaction() as session:
        row = session.scalars(select(SubmissionRow)).first()
        row.ciphertext = row.ciphertext[:-1] + bytes([row.ciphertext[-1] ^ 1])

    assert found(store) == FindingTally(people=5, unreadable=1, findings={"x": 4})


def test_sec_47_counting_findings_is_a_row_or_is_not_done(store, clock, monkeypatch):
    def fail(*_details):
        raise DatabaseUnavailable(Trouble.FULL)

    found(store)
    rows = store.audit.head().seq
    monkeypatch.setattr(AuditTrail, "append", fail)

    with pytest.raises(DatabaseUnavailable):
        found(store)
    assert store.audit.head().seq == rows
