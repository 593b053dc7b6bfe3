"""Is an answer on its way kept, and never undone by another?"""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from screening.store.audit import Actor
from screening.store.drafts import DraftContent, HelpShown
from screening.store.problems import (
    DraftChanged,
    DraftGone,
    DraftSubmitted,
    RecordUnreadable,
    VersionUnknown,
)
from screening.store.submissions import Identity, Record
from screening.store.tables import AuditRow
from tests.store.fixtures import PATIENT, SHA256, facts, submit

FORTNIGHT = timedelta(days=14)
PURGE = Actor.service("purge")


@pytest.fixture
def content(clock):
    return DraftContent(
        started_at=clock(),
        answers={"age": 42, "dose": Decimal("0.5"), "story": "☃ \0", "drugs": []},
        help_shown=(
            HelpShown(key="urgent_mental", at=clock(), answers={"asq.q1": "yes"}),
        ),
        visited=("start", "mood"),
    )


@pytest.fixture
def draft(store, content):
    return store.drafts.create(SHA256, content, actor=PATIENT)


def actions(store):
    with store.database.reading() as session:
        return session.scalars(select(AuditRow.action).order_by(AuditRow.seq)).all()


def test_a_draft_is_read_as_it_was_created(store, draft, content):
    read = store.drafts.read(draft.id)

    assert read == draft
    assert read.content == content


def test_a_draft_shows_no_answer(store, draft):
    read = store.drafts.read(draft.id)

    shown = f"{read!r} {read.content!r} {read.content.help_shown!r}"

    assert "story" not in shown
    assert "urgent_mental" not in repr(draft)
    assert "asq" not in shown


def test_a_draft_of_a_version_that_was_never_kept_is_refused(store, content):
    with pytest.raises(VersionUnknown):
        store.drafts.create("ff" * 32, content, actor=PATIENT)


def test_starting_a_draft_leaves_an_audit_row(store, draft):
    assert actions(store)[-1] == "intake:draft:start"


def test_writing_a_draft_raises_its_revision(store, draft, content, clock):
    clock.step(minutes=3)
    longer = dataclasses.replace(content, visited=("start", "mood", "sleep"))

    revision = store.drafts.write(draft.id, longer, expected_revision=1)

    read = store.drafts.read(draft.id)
    assert revision == read.revision == 2
    assert read.updated_at == clock()
    assert read.content == longer


def test_a_second_tab_does_not_undo_what_the_first_one_saved(store, draft, content):
    first = dataclasses.replace(content, answers={"age": 43})
    second = dataclasses.replace(content, answers={"age": 44})
    store.drafts.write(draft.id, first, expected_revision=1)

    with pytest.raises(DraftChanged) as refused:
        store.drafts.write(draft.id, second, expected_revision=1)

    assert (refused.value.read_revision, refused.value.stored_revision) == (1, 2)
    assert store.drafts.read(draft.id).content == first


def test_of_many_tabs_that_write_at_once_one_succeeds(store, draft, content):
    def write(number):
        mine = dataclasses.replace(content, answers={"tab": number})
        try:
            return store.drafts.write(draft.id, mine, expected_revision=1)
        except DraftChanged:
            return None

    with ThreadPoolExecutor(8) as tabs:
        revisions = list(tabs.map(write, range(8)))

    assert sorted(revisions, key=str) == [2] + [None] * 7


@pytest.mark.parametrize("draft_id", ["A" * 22, "", "\0", "\ud800", "x" * 10_000])
def test_a_draft_that_is_not_there_is_gone(store, content, draft_id):
    for attempt in (
        lambda: store.drafts.read(draft_id),
        lambda: store.drafts.write(draft_id, content, expected_revision=1),
        lambda: store.drafts.delete(draft_id, actor=PATIENT),
    ):
        with pytest.raises(DraftGone):
            attempt()


def test_a_withdrawn_draft_is_gone_and_that_is_noted(store, draft):
    store.drafts.delete(draft.id, actor=PATIENT)

    with pytest.raises(DraftGone):
        store.drafts.read(draft.id)
    assert actions(store)[-1] == "intake:draft:withdraw"


def test_a_submitted_draft_holds_no_answer_and_cannot_be_written(
    store, draft, content, clock
):
    receipt = store.submissions.submit(
        draft.id,
        expected_revision=1,
        facts=facts(clock),
        record=Record(answers=content.answers),
        identity=Identity(),
        actor=PATIENT,
    )

    read = store.drafts.read(draft.id)
    with pytest.raises(DraftSubmitted) as refused:
        store.drafts.write(draft.id, content, expected_revision=read.revision)

    assert read.content is None
    assert read.submitted_as == refused.value.reference == receipt.reference


def test_purging_forgets_only_the_drafts_nobody_wrote_to(store, draft, content, clock):
    clock.step(days=10)
    kept = store.drafts.create(SHA256, content, actor=PATIENT)
    clock.step(days=4, seconds=1)

    purged = store.drafts.purge(older_than=FORTNIGHT, actor=PURGE)

    assert purged == 1
    assert store.drafts.read(kept.id)
    with pytest.raises(DraftGone):
        store.drafts.read(draft.id)
    assert actions(store)[-1] == "intake:draft:expire"


def test_purging_when_nothing_has_expired_does_nothing(store, draft, clock):
    clock.step(days=14)

    assert store.drafts.purge(older_than=FORTNIGHT, actor=PURGE) == 0


def test_purging_forgets_more_than_one_portion(store, draft, clock, monkeypatch):
    monkeypatch.setattr("screening.store.drafts._EXPIRED_AT_ONCE", 2)
    for _ in range(4):
        submit(store, clock)
    clock.step(days=15)

    purged = store.drafts.purge(older_than=FORTNIGHT, actor=PURGE)

    assert purged == 5
    assert store.queue.count().total == 4


def test_a_draft_put_in_the_place_of_another_is_not_read(store, draft, content):
    other = store.drafts.create(SHA256, content, actor=PATIENT)
    swap = text(
        "UPDATE drafts SET wrapped_key = (SELECT wrapped_key FROM drafts WHERE id = :a)"
        ", ciphertext = (SELECT ciphertext FROM drafts WHERE id = :a) WHERE id = :b"
    )
    with store.database.transaction() as session:
        session.execute(swap, {"a": other.id, "b": draft.id})

    with pytest.raises(RecordUnreadable, match="not sealed for this row"):
        store.drafts.read(draft.id)

    assert store.drafts.read(other.id).content == content
