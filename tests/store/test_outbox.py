"""Is there a notice of each submission that can't wait, and one sender for it?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from screening.store.audit import Actor, AuditTrail
from screening.store.drafts import DraftContent
from screening.store.outbox import Late
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.store.submissions import Identity, Record
from screening.store.tables import AuditRow, IdentityRow, NoticeRow, SubmissionRow
from tests.store.fixtures import PATIENT, SHA256, facts, opened, submit

SENDER = Actor.service("notices")
HOLD = timedelta(minutes=5)


@pytest.fixture
def telling(url, clock):
    """A store whose clinic is told by mail of what can't wait."""
    store = opened(url, clock, has_notices=True)
    yield store
    store.close()


def notices(store):
    with store.database.reading() as session:
        return session.scalars(select(NoticeRow).order_by(NoticeRow.made_at)).all()


@pytest.mark.parametrize(
    ("plain", "kept"),
    [
        ({"urgent": True}, [True]),
        ({"same_day": True}, [False]),
        ({"urgent": True, "same_day": True}, [True]),
        ({}, []),
    ],
)
def test_what_is_urgent_or_for_today_leaves_a_notice(telling, clock, plain, kept):
    submit(telling, clock, **plain)

    assert [notice.urgent for notice in notices(telling)] == kept


def test_a_clinic_that_is_not_told_by_mail_has_no_notices(store, clock):
    submit(store, clock, urgent=True)

    assert notices(store) == []


def test_a_submission_that_is_not_kept_leaves_no_notice(telling, clock, monkeypatch):
    def fail(*_details):
        raise DatabaseUnavailable(Trouble.FULL)

    draft = telling.drafts.create(SHA256, content(clock), actor=PATIENT)
    # The audit row is the last that the transaction writes.
    monkeypatch.setattr(AuditTrail, "append", fail)
    with pytest.raises(DatabaseUnavailable):
        send(telling, clock, draft.id)

    assert notices(telling) == []
    assert telling.queue.count().total == 0


def content(clock):
    return DraftContent(started_at=clock(), answers={})


def send(store, clock, draft_id):
    return store.submissions.submit(
        draft_id,
        expected_revision=1,
        facts=facts(clock, urgent=True),
        record=Record(answers={}),
        identity=Identity(),
        actor=PATIENT,
    )


def test_a_form_that_is_sent_twice_leaves_one_notice(telling, clock):
    draft = telling.drafts.create(SHA256, content(clock), actor=PATIENT)

    send(telling, clock, draft.id)
    send(telling, clock, draft.id)

    assert len(notices(telling)) == 1


def test_a_notice_that_is_taken_is_not_given_to_anybody_else(telling, clock):
    submit(telling, clock, urgent=True)

    first, second = telling.outbox.take(HOLD), telling.outbox.take(HOLD)

    assert first.attempts == 1
    assert second is None


def test_the_notice_that_waits_longest_is_given_first(telling, clock):
    submit(telling, clock, same_day=True)
    clock.step(minutes=1)
    submit(telling, clock, urgent=True)

    taken = [telling.outbox.take(HOLD).urgent for _ in range(2)]

    assert taken == [False, True]


def test_a_sender_that_was_never_heard_of_again_loses_its_notice(telling, clock):
    submit(telling, clock, urgent=True)
    lost = telling.outbox.take(HOLD)

    clock.step(minutes=5)
    again = telling.outbox.take(HOLD)

    assert (again.id, again.attempts) == (lost.id, 2)
    assert again.made_at == lost.made_at


def test_a_notice_that_was_sent_is_done_and_told_in_the_audit_trail(telling, clock):
    receipt = submit(telling, clock, urgent=True)

    telling.outbox.note_sent(telling.outbox.take(HOLD), actor=SENDER)
    clock.step(days=1)

    assert telling.outbox.take(HOLD) is None
    with telling.database.reading() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert (last.action, last.object_id) == (
        "submission:notice:sent",
        receipt.reference,
    )


def test_a_notice_that_was_put_off_is_due_again_and_not_before(telling, clock):
    submit(telling, clock, urgent=True)

    telling.outbox.put_off(telling.outbox.take(HOLD), timedelta(seconds=30))

    clock.step(seconds=29)
    assert telling.outbox.take(HOLD) is None
    clock.step(seconds=1)
    assert telling.outbox.take(HOLD).attempts == 2


def test_who_was_too_slow_cannot_put_off_what_another_has(telling, clock):
    submit(telling, clock, urgent=True)
    slow = telling.outbox.take(HOLD)
    clock.step(minutes=5)
    quick = telling.outbox.take(HOLD)

    telling.outbox.put_off(slow, timedelta(0))

    assert telling.outbox.take(HOLD) is None
    telling.outbox.note_sent(quick, actor=SENDER)
    telling.outbox.put_off(slow, timedelta(0))
    assert telling.outbox.take(HOLD) is None


def test_people_are_told_of_notices_that_failed_or_wait_too_long(telling, clock):
    began = clock()
    submit(telling, clock, urgent=True)
    assert telling.outbox.late() is None

    telling.outbox.take(HOLD)
    assert telling.outbox.late() is None
    clock.step(minutes=5)
    assert telling.outbox.late() == Late(count=1, since=began)
    taken = telling.outbox.take(HOLD)
    telling.outbox.put_off(taken, HOLD)
    submit(telling, clock, urgent=True)
    telling.outbox.put_off(telling.outbox.take(HOLD), HOLD)

    assert telling.outbox.late() == Late(count=2, since=began)
    for _ in range(2):
        clock.step(minutes=5)
        telling.outbox.note_sent(telling.outbox.take(HOLD), actor=SENDER)
    assert telling.outbox.late() is None


def test_two_senders_never_both_have_one(url, clock):
    stores = [opened(url, clock, has_notices=True) for _ in range(4)]
    references = {submit(stores[0], clock, urgent=True).reference for _ in range(24)}
    barrier = Barrier(len(stores))

    def take_all(store):
        barrier.wait()
        taken = []
        while (notice := store.outbox.take(HOLD)) is not None:
            taken.append(notice.id)
        return taken

    with ThreadPoolExecutor(len(stores)) as pool:
        taken = [one for each in pool.map(take_all, stores) for one in each]

    assert len(taken) == len(set(taken)) == len(references)
    for store in stores:
        store.close()


def test_a_notice_goes_with_its_submission(telling, clock):
    submit(telling, clock, urgent=True)

    with telling.database.transaction() as session:
        session.execute(delete(IdentityRow))
        session.execute(delete(SubmissionRow))
        left = session.scalar(select(func.count()).select_from(NoticeRow))

    assert left == 0
