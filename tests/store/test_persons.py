"""Are submissions of one person found, and of nobody else, with nothing to be read?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from screening.store.audit import Action
from screening.store.drafts import DraftContent
from screening.store.person_marks import Tie, marks_of
from screening.store.persons import Verdict
from screening.store.problems import JudgedMeanwhile, SubmissionUnknown
from screening.store.submissions import Identity, Record
from screening.store.tables import (
    AuditRow,
    IdentityRow,
    PersonMarkRow,
    PersonPairRow,
    SubmissionRow,
)
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, facts, ring

ADA = {"name": "Ada Quill", "date_of_birth": "1985-05-04", "phone": "01632 960 001"}


def send(store, clock, *, clinic_reference=None, draft_id=None, **contact):
    clock.step(minutes=10)
    if draft_id is None:
        content = DraftContent(started_at=clock())
        draft_id = store.drafts.create(SHA256, content, actor=PATIENT).id
    return store.submissions.submit(
        draft_id,
        expected_revision=1,
        facts=facts(clock),
        record=Record(answers={}),
        identity=Identity(contact=contact, clinic_reference=clinic_reference),
        actor=PATIENT,
    ).reference


def ask_again(store, clock, reference):
    content = DraftContent(started_at=clock(), follows=reference)
    return store.follow_ups.begin(reference, content, number=1, actor=CLINICIAN)


def same(store, reference):
    return [one.reference for one in store.persons.beside(reference) if one.is_same]


def likely(store, reference):
    return [one for one in store.persons.beside(reference) if not one.is_same]


def pairs(store, **options):
    return store.persons.pairs(actor=CLINICIAN, **options).entries


def judge(store, one, other, verdict=Verdict.SAME, revision=0):
    store.persons.judge(
        one, other, verdict, expected_revision=revision, actor=CLINICIAN
    )


def rows(store, wanted):
    with store.database.reading() as session:
        return session.scalars(wanted).all()


# -- marks


@pytest.mark.parametrize(
    "other",
    [
        {"phone": "+44 1632 960001"},
        {"phone": "(01632) 960-001"},
        {"phone": "٠١٦٣٢ ٩٦٠ ٠٠١"},  # noqa: RUF001 - digits of Arabic
        {"name": "QUILL, Ada", "date_of_birth": "1985-05-04"},
        {"name": "ada  quill", "date_of_birth": "1985-05-04", "phone": ""},
        {"name": "Áda Quill", "date_of_birth": "1985-05-04"},
    ],
)
def test_the_same_person_written_otherwise_is_found(store, clock, other):
    first = send(store, clock, **ADA)
    second = send(store, clock, **other)

    assert [one.reference for one in likely(store, second)] == [first]
    assert [one.reference for one in likely(store, first)] == [second]


@pytest.mark.parametrize(
    "other",
    [
        {"phone": "01632 960 002"},
        {"phone": "960001"},
        {"name": "Ada Quill", "date_of_birth": "1985-05-05"},
        {"name": "Ada Quill"},
        {"date_of_birth": "1985-05-04"},
        {"name": "...", "date_of_birth": "1985-05-04"},
        {},
    ],
)
def test_somebody_else_is_not_found(store, clock, other):
    send(store, clock, **ADA)

    assert store.persons.beside(send(store, clock, **other)) == ()
    assert pairs(store) == ()


@given(
    name=st.text(st.characters(categories=["L"]), min_size=1),
    digits=st.text("0123456789", min_size=9),
)
def test_a_mark_is_the_same_however_a_name_is_spaced(name, digits):
    ground = Marking()
    one = {"name": f" {name}  Quill", "date_of_birth": "1985-05-04", "phone": digits}
    other = {
        "name": f"quill, {name}",
        "date_of_birth": "1985-05-04",
        "phone": f"00 {digits[:3]}-{digits[3:]}",
    }

    assert marks_of(ground, Identity(contact=one)) == marks_of(
        ground, Identity(contact=other)
    )


class Marking:
    keys = ring()


def test_a_phone_number_is_not_taken_for_a_reference_of_the_same_digits():
    number = "016329600"
    found = marks_of(
        Marking(), Identity(contact={"phone": number}, clinic_reference=number)
    )

    assert len(set(found.values())) == 2


def test_nothing_of_a_person_can_be_read_from_the_marks(store, clock):
    send(store, clock, clinic_reference="MRN 77", **ADA)

    kept = rows(store, select(PersonMarkRow))

    assert {row.kind for row in kept} == {"reference", "phone", "name-and-birth"}
    assert all(len(row.mac) == 64 for row in kept)


# -- of one person


def test_the_clinics_own_reference_makes_it_certain(store, clock):
    first = send(store, clock, clinic_reference="MRN 77")
    second = send(store, clock, clinic_reference="mrn77")

    (found,) = store.persons.beside(second)

    assert (found.reference, found.ties) == (first, (Tie.REFERENCE,))
    assert found.is_same
    assert pairs(store) == ()


def test_who_was_asked_again_is_the_same_person_over_several_steps(store, clock):
    first = send(store, clock, **ADA)
    second = send(store, clock, draft_id=ask_again(store, clock, first), **ADA)
    third = send(store, clock, draft_id=ask_again(store, clock, second), **ADA)

    assert same(store, third) == [first, second]
    assert same(store, first) == [second, third]
    assert pairs(store) == ()


def test_likely_is_not_certain_until_somebody_says_so(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)
    before = same(store, second)

    judge(store, first, second)

    assert before == []
    assert same(store, second) == [first]
    assert same(store, first) == [second]


def test_what_was_said_of_two_leads_on_to_a_third(store, clock):
    first = send(store, clock, **ADA)
    second = send(store, clock, clinic_reference="MRN 77", **ADA)
    third = send(store, clock, clinic_reference="MRN 77")
    judge(store, second, first)

    assert same(store, third) == [first, second]


def test_two_who_were_told_apart_are_not_the_same(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)

    judge(store, first, second, Verdict.DIFFERENT)

    (found,) = store.persons.beside(second)
    assert (found.is_same, found.verdict) == (False, Verdict.DIFFERENT)


def test_told_apart_stands_above_a_shared_reference(store, clock):
    first = send(store, clock, clinic_reference="MRN 77")
    second = send(store, clock, clinic_reference="MRN 77")

    judge(store, first, second, Verdict.DIFFERENT)

    assert same(store, second) == []


def test_a_verdict_that_the_audit_trail_does_not_tell_counts_for_nothing(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)
    judge(store, first, second, Verdict.DIFFERENT)
    with store.database.transaction() as session:
        session.execute(update(PersonPairRow).values(verdict="same"))

    (found,) = store.persons.beside(second)

    assert (found.is_same, found.verdict) == (False, None)


def test_a_number_that_hundreds_share_is_looked_at_in_part(store, clock):
    sent = [send(store, clock, phone="01632 960 001") for _ in range(160)]

    found = store.persons.beside(sent[-1])

    assert len(found) == 150
    assert len(rows(store, select(PersonPairRow))) == 159


def test_an_unknown_reference_has_nobody_beside_it(store):
    assert store.persons.beside("K7QM-2XRD") == ()
    assert store.persons.beside("nonsense") == ()


# -- pairs


def test_pairs_stand_newest_first_and_go_on_from_page_to_page(store, clock):
    sent = [send(store, clock, **ADA) for _ in range(4)]

    first = store.persons.pairs(actor=CLINICIAN, size=2)
    rest = store.persons.pairs(actor=CLINICIAN, size=2, after=first.next_after)

    assert [one.later.reference for one in first.entries] == [sent[3], sent[2]]
    assert [one.later.reference for one in rest.entries] == [sent[1]]
    assert rest.next_after is None


def test_a_pair_shows_both_sides_and_what_they_share(store, clock):
    first = send(store, clock, **ADA)
    second = send(store, clock, **(ADA | {"phone": "01632 960 999"}))

    pair = store.persons.pair(second, first, actor=CLINICIAN)

    assert (pair.earlier.reference, pair.later.reference) == (first, second)
    assert pair.ties == (Tie.NAME_AND_BIRTH,)
    assert pair.earlier.identity.contact == ADA
    assert (pair.verdict, pair.revision) == (None, 0)


def test_whatever_was_said_leaves_the_list_and_can_be_said_anew(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)
    judge(store, first, second, Verdict.DIFFERENT)

    judge(store, second, first, Verdict.SAME, revision=1)

    pair = store.persons.pair(first, second, actor=CLINICIAN)
    assert pairs(store) == ()
    assert (pair.verdict, pair.revision) == (Verdict.SAME, 2)
    assert (pair.judged_by, pair.judged_at) == ("ann", clock())


def test_what_was_said_is_listed_by_what_it_was(store, clock):
    first, second, third = (send(store, clock, **ADA) for _ in range(3))
    judge(store, first, second)
    judge(store, second, third, Verdict.DIFFERENT)

    same_ones, others = (pairs(store, said=verdict) for verdict in Verdict)

    assert [one.later.reference for one in same_ones] == [second]
    assert [one.later.reference for one in others] == [third]


def test_a_list_opens_nobodys_identity(store, clock):
    send(store, clock, **ADA)
    send(store, clock, **ADA)

    (pair,) = pairs(store)

    assert (pair.earlier.identity, pair.later.identity) == (None, None)


def test_who_was_asked_again_by_mistake_can_be_told_apart(store, clock):
    first = send(store, clock)
    second = send(store, clock, draft_id=ask_again(store, clock, first))

    judge(store, first, second, Verdict.DIFFERENT)

    pair = store.persons.pair(first, second, actor=CLINICIAN)
    assert pair.ties == (Tie.FOLLOW_UP,)
    assert same(store, second) == []


def test_of_two_who_judge_at_once_the_second_is_told(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)
    judge(store, first, second)

    with pytest.raises(JudgedMeanwhile):
        judge(store, first, second, Verdict.DIFFERENT)

    assert same(store, second) == [first]


def test_two_that_were_not_listed_as_a_pair_can_be_compared_too(store, clock):
    first, _, third = (send(store, clock, **ADA) for _ in range(3))

    judge(store, third, first)

    assert same(store, third) == [first]


def test_two_with_nothing_in_common_can_not_be_judged(store, clock):
    first = send(store, clock, **ADA)
    second = send(store, clock, phone="01632 960 777")

    with pytest.raises(SubmissionUnknown):
        judge(store, first, second)
    with pytest.raises(SubmissionUnknown):
        judge(store, first, first)
    assert store.persons.pair(first, second, actor=CLINICIAN) is None
    assert store.persons.pair(first, "K7QM-2XRD", actor=CLINICIAN) is None


def test_looking_and_judging_leave_audit_rows(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)
    pairs(store)
    store.persons.pair(second, first, actor=CLINICIAN)
    judge(store, second, first)

    actions = (Action.PERSON_COMPARE, Action.PERSON_JUDGE)
    told = [
        (row.action, row.object_id, row.reason)
        for row in rows(store, select(AuditRow).order_by(AuditRow.seq))
        if row.action in actions
    ]
    key = f"{first}~{second}"
    assert told == [
        ("person:compare", "list", ""),
        ("person:compare", key, ""),
        ("person:judge", key, "same, revision 1"),
    ]


def test_an_identity_that_can_not_be_opened_is_told_and_hides_no_other(store, clock):
    first, second = send(store, clock, **ADA), send(store, clock, **ADA)
    with store.database.transaction() as session:
        row = session.scalar(
            select(IdentityRow)
            .join(SubmissionRow, SubmissionRow.id == IdentityRow.submission_id)
            .where(SubmissionRow.reference == first)
        )
        row.ciphertext = row.ciphertext[:-1] + bytes([row.ciphertext[-1] ^ 1])

    pair = store.persons.pair(first, second, actor=CLINICIAN)

    assert pair.earlier.identity is None
    assert pair.later.identity.contact == ADA
    assert pair.later.reference == second


def test_a_submission_without_marks_is_found_by_what_the_clinic_did(store, clock):
    """What was sent by an earlier release has none."""
    first = send(store, clock, **ADA)
    with store.database.transaction() as session:
        session.query(PersonMarkRow).delete()

    second = send(store, clock, draft_id=ask_again(store, clock, first), **ADA)

    assert same(store, second) == [first]
    clock.now += timedelta(days=1)
    assert same(store, send(store, clock, **ADA)) == []
