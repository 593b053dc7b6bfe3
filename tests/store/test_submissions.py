"""Is a questionnaire submitted once and wholly, and is reading it always noted?"""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from screening.store.audit import Action, AuditTrail
from screening.store.drafts import DraftContent
from screening.store.problems import (
    DatabaseUnavailable,
    DraftChanged,
    DraftGone,
    RecordUnreadable,
    StoreProblem,
    Trouble,
    VersionUnknown,
)
from screening.store.submissions import Identity, Record
from screening.store.tables import AuditRow, IdentityRow, SubmissionRow
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, facts, opened, submit

RECORD = Record(
    answers={"story": "canary", "age": 42},
    scores={"phq9_total": {"value": 11}},
    findings=[{"id": "mania"}],
    missing=["sleep"],
    undetermined=[],
    derived={"treatment_stage": 2},
    help_shown=[],
    durations={"mood": 31},
)
IDENTITY = Identity(contact={"name": "Åsa ☃"}, clinic_reference="MRN-7")


@pytest.fixture
def draft(store, clock):
    return store.drafts.create(SHA256, DraftContent(started_at=clock()), actor=PATIENT)


def submitted(store, clock, draft, revision=1, **changes):
    return store.submissions.submit(
        draft.id,
        expected_revision=revision,
        facts=facts(clock, **changes),
        record=RECORD,
        identity=IDENTITY,
        actor=PATIENT,
    )


def count(store, table):
    with store.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def last_deed(store):
    with store.database.reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    return row.action, row.actor, row.object_id, row.reason, row.request_id


def test_a_submission_is_read_as_it_was_submitted(store, draft, clock):
    receipt = submitted(store, clock, draft)

    read = store.submissions.read(receipt.reference, actor=CLINICIAN)

    assert read.record == RECORD
    assert read.identity == IDENTITY
    assert read.facts == facts(clock)
    assert read.reference == receipt.reference


def test_a_receipt_has_a_short_reference_that_can_be_typed(store, draft, clock):
    receipt = submitted(store, clock, draft)

    typed = receipt.reference.lower().replace("-", "")

    assert len(receipt.reference) == 9
    assert store.submissions.read(typed, actor=CLINICIAN) is not None


def test_a_submission_shows_no_patient(store, draft, clock):
    receipt = submitted(store, clock, draft)

    shown = repr(store.submissions.read(receipt.reference, actor=CLINICIAN))

    assert "canary" not in shown
    assert "MRN" not in shown
    assert repr(RECORD) == "Record()"
    assert repr(IDENTITY) == "Identity()"


def test_submitting_again_gives_the_first_receipt_and_is_noted(store, draft, clock):
    first = submitted(store, clock, draft)
    clock.step(hours=1)

    second = submitted(store, clock, draft, outcome="urgent", urgent=True)

    assert second == first
    assert count(store, SubmissionRow) == count(store, IdentityRow) == 1
    assert last_deed(store)[0] == "intake:submission:duplicate"


def test_submitting_again_after_the_draft_was_purged_gives_the_receipt(
    store, draft, clock
):
    first = submitted(store, clock, draft)
    store.drafts.purge(older_than=timedelta(days=-1), actor=PATIENT)

    assert submitted(store, clock, draft) == first


def submitted_by_sixteen_threads(*workers, clock, drafts):
    """Let the threads submit the same draft at once, one draft after the other.

    The threads are shared out to the workers, stores of the same database.
    """
    store = workers[0]
    content = DraftContent(started_at=clock())
    ids = [store.drafts.create(SHA256, content, actor=PATIENT) for _ in range(drafts)]
    barrier = threading.Barrier(16)
    receipts, errors = [], []

    def patient(worker):
        for draft in ids:
            barrier.wait()
            try:
                receipts.append((draft.id, submitted(worker, clock, draft)))
            except Exception as error:  # noqa: BLE001 - any failure fails the test
                errors.append(error)

    threads = [
        threading.Thread(target=patient, args=(workers[number % len(workers)],))
        for number in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return receipts, errors


def test_sixteen_threads_that_submit_each_of_thirty_drafts_make_thirty_submissions(
    store, clock
):
    receipts, errors = submitted_by_sixteen_threads(store, clock=clock, drafts=30)

    assert errors == []
    assert len(receipts) == 16 * 30
    assert len({(draft, receipt.reference) for draft, receipt in receipts}) == 30
    assert count(store, SubmissionRow) == count(store, IdentityRow) == 30
    assert store.audit.verify().is_whole


@pytest.fixture
def two_workers(ready_url, store, clock):
    """Two stores of one database, as two processes have them."""
    other = opened(ready_url, clock)
    yield store, other
    other.close()


def test_the_threads_of_two_workers_make_no_submission_twice(two_workers, clock):
    receipts, errors = submitted_by_sixteen_threads(
        *two_workers, clock=clock, drafts=10
    )

    assert errors == []
    assert len(receipts) == 16 * 10
    assert count(two_workers[0], SubmissionRow) == 10


def test_without_immediate_transactions_the_threads_would_be_refused(
    sqlite_store, sqlite_file, clock, monkeypatch
):
    other = opened(f"sqlite:///{sqlite_file}", clock)
    for worker in (sqlite_store, other):
        deferred = worker.database._reading
        monkeypatch.setattr(worker.database, "_writing", deferred)

    _, errors = submitted_by_sixteen_threads(sqlite_store, other, clock=clock, drafts=3)
    other.close()

    assert {type(error) for error in errors} == {DatabaseUnavailable}


def test_an_answer_saved_after_the_draft_was_read_is_not_left_behind(
    store, draft, clock
):
    content = DraftContent(started_at=clock(), answers={"age": 43})
    store.drafts.write(draft.id, content, expected_revision=1)

    with pytest.raises(DraftChanged):
        submitted(store, clock, draft, revision=1)

    assert count(store, SubmissionRow) == 0
    assert submitted(store, clock, draft, revision=2).reference


def test_a_draft_that_never_was_cannot_be_submitted(store, draft, clock):
    store.drafts.delete(draft.id, actor=PATIENT)

    with pytest.raises(DraftGone):
        submitted(store, clock, draft)


def test_a_version_that_was_never_kept_cannot_be_submitted(store, draft, clock):
    with pytest.raises(VersionUnknown):
        submitted(store, clock, draft, version_sha256="ff" * 32)

    assert store.drafts.read(draft.id).submitted_as is None


def test_without_its_audit_row_nothing_is_submitted(store, draft, clock, monkeypatch):
    def fail(*_):
        raise LookupError

    monkeypatch.setattr(AuditTrail, "append", fail)
    with pytest.raises(LookupError):
        submitted(store, clock, draft)
    monkeypatch.undo()

    assert count(store, SubmissionRow) == count(store, IdentityRow) == 0
    assert store.drafts.read(draft.id).content is not None
    assert submitted(store, clock, draft).reference


def test_a_reference_that_is_taken_is_not_given_twice(store, clock, monkeypatch):
    codes = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    monkeypatch.setattr(
        "screening.store.submissions.crockford_code", lambda *_, **__: next(codes)
    )

    references = [submit(store, clock).reference for _ in range(2)]

    assert references == ["AAAA-AAAA", "BBBB-BBBB"]


def test_when_no_reference_is_free_nothing_is_submitted(
    store, draft, clock, monkeypatch
):
    monkeypatch.setattr(
        "screening.store.submissions.crockford_code", lambda *_, **__: "AAAA-AAAA"
    )
    submit(store, clock)

    with pytest.raises(StoreProblem, match="No free reference"):
        submitted(store, clock, draft)

    assert store.drafts.read(draft.id).submitted_as is None


def test_reading_is_noted_with_who_and_why(store, draft, clock):
    reference = submitted(store, clock, draft).reference

    store.submissions.read(
        reference,
        actor=CLINICIAN,
        action=Action.SUBMISSION_PDF_DOWNLOAD,
        reason="visit today",
    )

    assert last_deed(store) == (
        "submission:pdf:download",
        "ann",
        reference,
        "visit today",
        "request-2",
    )


@pytest.mark.parametrize("reference", ["AAAA-AAAA", "", "\0", "\ud800", "x" * 10_000])
def test_a_submission_that_is_not_there_is_none_and_leaves_no_note(store, reference):
    before = count(store, AuditRow)

    assert store.submissions.read(reference, actor=CLINICIAN) is None
    assert count(store, AuditRow) == before


def test_exporting_notes_each_submission_that_was_given(store, clock):
    references = [submit(store, clock, answers={"n": n}).reference for n in range(3)]
    before = count(store, AuditRow)

    exported = store.submissions.export(
        [references[2], "AAAA-AAAA", references[0]], actor=CLINICIAN, reason="study"
    )

    assert [each.record.answers["n"] for each in exported] == [2, 0]
    assert count(store, AuditRow) == before + 2
    assert last_deed(store)[:3] == ("submission:export", "ann", references[0])


@pytest.mark.parametrize(
    "change",
    [
        "outcome = 'no_barrier_reported', queue_rank = 0",
        "urgent = false, queue_rank = 2",
        "queue_rank = 2",
        "same_day = true",
        "reference = 'BBBB-BBBB'",
        "draft_id = 'AAAAAAAAAAAAAAAAAAAAAA'",
        "submitted_at = '2026-03-02 09:30:00'",
        "local_date = '2026-03-02'",
        "engine_version = '9'",
        "locale = 'GB'",
    ],
)
def test_a_submission_whose_plain_columns_were_changed_is_not_read(
    store, draft, clock, change
):
    submitted(store, clock, draft, outcome="urgent", urgent=True)
    with store.database.transaction() as session:
        session.execute(text(f"UPDATE submissions SET {change}"))  # noqa: S608
        reference = session.scalar(select(SubmissionRow.reference))

    with pytest.raises(RecordUnreadable, match="plain columns"):
        store.submissions.read(reference, actor=CLINICIAN)


def test_two_submissions_whose_identities_were_swapped_are_not_read(store, clock):
    references = [submit(store, clock).reference for _ in range(2)]
    with store.database.transaction() as session:
        one, two = session.scalars(select(IdentityRow)).all()
        one.wrapped_key, two.wrapped_key = two.wrapped_key, one.wrapped_key
        one.ciphertext, two.ciphertext = two.ciphertext, one.ciphertext

    for reference in references:
        with pytest.raises(RecordUnreadable, match="identities"):
            store.submissions.read(reference, actor=CLINICIAN)


def test_all_answers_are_given_without_anybodys_name_and_one_row_says_so(store, clock):
    for age in (40, 50):
        submit(store, clock, answers={"age": age}, contact={"name": "Åsa ☃"})
        clock.step(days=1)
    before = count(store, AuditRow)

    found = store.submissions.answers("ocd-ketamine", actor=CLINICIAN, reason="test")

    assert [answers for _, answers in found] == [{"age": 40}, {"age": 50}]
    assert "Åsa" not in repr(found)
    assert count(store, AuditRow) == before + 1


def test_answers_of_another_questionnaire_are_not_given(store, clock):
    submit(store, clock, answers={"age": 40})

    assert store.submissions.answers("other", actor=CLINICIAN, reason="test") == ()


def test_no_answers_are_given_when_that_can_t_be_written_down(
    store, clock, monkeypatch
):
    submit(store, clock, answers={"age": 40})

    def away(*_):
        raise DatabaseUnavailable(Trouble.LOCKED)

    monkeypatch.setattr(type(store.audit), "append", away)

    with pytest.raises(DatabaseUnavailable):
        store.submissions.answers("ocd-ketamine", actor=CLINICIAN, reason="test")
