"""Is nobody's unsigned work overwritten, and are the others told who writes?"""

import pytest
from sqlalchemy import select, update

from screening.store.audit import Action
from screening.store.problems import DecisionChanged, DecisionGone, RecordUnreadable
from screening.store.tables import AuditRow, DecisionDraftRow
from tests.store.fixtures import CLINICIAN, submit
from tests.store.test_decisions import ANN, BEN


@pytest.fixture
def reference(store, clock):
    return submit(store, clock).reference


def begin(store, reference, author, **content):
    return store.decision_drafts.begin(
        reference, author, content, amends=0, actor=CLINICIAN
    )


def write(store, reference, author, revision, **content):
    return store.decision_drafts.write(
        reference, author.id, content, expected_revision=revision, actor=CLINICIAN
    )


def content_of(store, reference, author):
    return store.decision_drafts.read(reference, author.id).content


def test_a_draft_is_read_as_it_was_written(store, reference, clock):
    begin(store, reference, ANN)
    clock.step(minutes=5)

    revision = write(store, reference, ANN, 1, reason="Ø ☃")

    draft = store.decision_drafts.read(reference, ANN.id)
    assert draft.content == {"reason": "Ø ☃"}
    assert (draft.revision, revision, draft.amends) == (2, 2, 0)
    assert (draft.saved_at - draft.begun_at).total_seconds() == 300


def test_beginning_again_leaves_what_is_there(store, reference):
    first = begin(store, reference, ANN, reason="mine")

    again = begin(store, reference, ANN, reason="")

    assert (first, again) == (True, False)
    assert content_of(store, reference, ANN) == {"reason": "mine"}


def test_two_people_write_without_touching_each_other(store, reference):
    begin(store, reference, ANN, reason="Ann's")
    begin(store, reference, BEN, reason="Ben's")

    write(store, reference, BEN, 1, reason="Ben's, longer")

    assert content_of(store, reference, ANN) == {"reason": "Ann's"}
    assert content_of(store, reference, BEN) == {"reason": "Ben's, longer"}


def test_the_others_are_told_who_writes_and_since_when(store, reference, clock):
    began = clock()
    begin(store, reference, ANN)
    clock.step(minutes=2)
    write(store, reference, ANN, 1)

    [told] = store.decision_drafts.others(reference, BEN.id)

    assert (told.name, told.begun_at, told.saved_at) == ("Dr Ann Bell", began, clock())
    assert store.decision_drafts.others(reference, ANN.id) == ()


def test_a_second_window_does_not_overwrite_the_first(store, reference):
    begin(store, reference, ANN)
    write(store, reference, ANN, 1, reason="first window")

    with pytest.raises(DecisionChanged, match="revision 1 and is now at 2"):
        write(store, reference, ANN, 1, reason="second window")

    assert content_of(store, reference, ANN) == {"reason": "first window"}


def test_a_draft_can_go_on_from_another_version(store, reference):
    begin(store, reference, ANN)

    store.decision_drafts.write(
        reference, ANN.id, {}, expected_revision=1, actor=CLINICIAN, amends=3
    )

    assert store.decision_drafts.read(reference, ANN.id).amends == 3


def test_what_was_discarded_is_gone(store, reference):
    begin(store, reference, ANN)

    store.decision_drafts.discard(reference, ANN.id, actor=CLINICIAN)

    assert store.decision_drafts.read(reference, ANN.id) is None
    with pytest.raises(DecisionGone):
        store.decision_drafts.discard(reference, ANN.id, actor=CLINICIAN)
    with pytest.raises(DecisionGone):
        write(store, reference, ANN, 1)


def give_to(store, author):
    """Say of every draft that this person wrote it, as one with the database may."""
    with store.database.transaction() as session:
        session.execute(update(DecisionDraftRow).values(author_id=author.id))


def test_nobody_is_given_what_somebody_else_wrote(store, reference):
    begin(store, reference, ANN, reason="Ann's")

    give_to(store, BEN)

    with pytest.raises(RecordUnreadable, match="plain columns"):
        content_of(store, reference, BEN)


def test_what_cannot_be_read_any_more_can_be_begun_anew(store, reference):
    begin(store, reference, ANN, reason="Ann's")
    give_to(store, BEN)

    assert begin(store, reference, BEN, reason="Ben's") is True

    assert content_of(store, reference, BEN) == {"reason": "Ben's"}
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    assert [row.action for row in rows[-2:]] == [
        Action.DECISION_DISCARD,
        Action.DECISION_BEGIN,
    ]


def test_nothing_is_begun_about_an_unknown_submission(store):
    with pytest.raises(DecisionGone):
        begin(store, "0000-0000", ANN)

    assert store.decision_drafts.read("0000-0000", ANN.id) is None


def test_each_step_is_noted(store, reference):
    begin(store, reference, ANN)
    write(store, reference, ANN, 1)
    store.decision_drafts.discard(reference, ANN.id, actor=CLINICIAN)

    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    assert [(row.action, row.object_id) for row in rows[-3:]] == [
        (Action.DECISION_BEGIN, reference),
        (Action.DECISION_SAVE, reference),
        (Action.DECISION_DISCARD, reference),
    ]
