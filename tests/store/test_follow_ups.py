"""Is a patient asked again in one draft, and what was sent before left as it was?"""

from datetime import timedelta

import pytest

from screening.store.drafts import DraftContent
from screening.store.problems import DecisionGone
from screening.store.submissions import Identity, Record
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, facts, submit


@pytest.fixture
def reference(store, clock):
    return submit(store, clock, answers={"age": 44}).reference


def begin(store, clock, reference, number=1):
    content = DraftContent(
        started_at=clock(), answers={"age": 44}, follows=reference, asked=("liver",)
    )
    return store.follow_ups.begin(reference, content, number=number, actor=CLINICIAN)


def answer(store, clock, draft_id):
    return store.submissions.submit(
        draft_id,
        expected_revision=1,
        facts=facts(clock),
        record=Record(answers={"age": 45}),
        identity=Identity(),
        actor=PATIENT,
    ).reference


def test_the_draft_begins_with_what_was_sent_on_the_same_version(
    store, clock, reference
):
    draft = store.drafts.read(begin(store, clock, reference))

    assert draft.version_sha256 == SHA256
    assert draft.content.answers == {"age": 44}
    assert (draft.content.follows, draft.content.asked) == (reference, ("liver",))


def test_asking_again_for_the_same_decision_leads_to_the_same_draft(
    store, clock, reference
):
    first = begin(store, clock, reference)

    assert begin(store, clock, reference) == first
    assert begin(store, clock, reference, number=2) != first


def test_what_came_of_it_is_told(store, clock, reference):
    draft_id = begin(store, clock, reference)
    before = store.follow_ups.of(reference)

    answered = answer(store, clock, draft_id)

    [one] = store.follow_ups.of(reference)
    assert [(each.is_open, each.answered_as) for each in before] == [(True, None)]
    assert (one.is_open, one.answered_as, one.number) == (False, answered, 1)


def test_it_is_told_even_when_the_draft_is_long_gone(store, clock, reference):
    answered = answer(store, clock, begin(store, clock, reference))
    clock.step(days=90)
    store.drafts.purge(older_than=timedelta(days=14), actor=CLINICIAN)

    [one] = store.follow_ups.of(reference)

    assert one.answered_as == answered


def test_after_an_answer_a_new_draft_is_begun(store, clock, reference):
    first = begin(store, clock, reference)
    answer(store, clock, first)

    assert begin(store, clock, reference) != first


def test_what_was_deleted_unsent_is_neither_open_nor_answered(store, clock, reference):
    store.drafts.delete(begin(store, clock, reference), actor=PATIENT)

    [one] = store.follow_ups.of(reference)

    assert (one.is_open, one.answered_as) == (False, None)


def test_what_was_sent_before_stays_as_it_was(store, clock, reference):
    answer(store, clock, begin(store, clock, reference))

    before = store.submissions.read(reference, actor=CLINICIAN)

    assert before.record.answers == {"age": 44}


def test_nobody_is_asked_again_about_an_unknown_submission(store, clock):
    with pytest.raises(DecisionGone):
        begin(store, clock, "0000-0000")

    assert store.follow_ups.of("0000-0000") == ()
