"""Does a link lead one patient to one draft, and nobody else anywhere?"""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select

from screening.store.problems import RecordUnreadable
from screening.store.tables import InvitationRow
from tests.store.fixtures import CLINICIAN

DRAFT, OTHER_DRAFT = "A" * 22, "B" * 22


@pytest.fixture
def invitation(store, clock):
    return store.invitations.create(
        clinic_reference="MRN-7 ☃",
        expires_at=clock() + timedelta(days=14),
        actor=CLINICIAN,
    )


def test_a_link_is_recognised(store, invitation):
    found = store.invitations.look_up(invitation.token)

    assert found.clinic_reference == "MRN-7 ☃"
    assert (found.id, found.expires_at) == (invitation.id, invitation.expires_at)
    assert found.used_by is None


def test_the_token_is_not_stored_and_not_shown(store, invitation):
    with store.database.reading() as session:
        row = session.scalar(select(InvitationRow))

    assert invitation.token not in {row.token_mac, row.id}
    assert invitation.token not in repr(invitation)
    assert len(invitation.token) >= 27
    assert "MRN" not in repr(store.invitations.look_up(invitation.token))


@pytest.mark.parametrize("change", [str.swapcase, lambda token: token + "A"])
def test_another_token_is_not_recognised(store, invitation, change):
    assert store.invitations.look_up(change(invitation.token)) is None


@pytest.mark.parametrize("token", ["", "\0", "\ud800", "x" * 100_000])
def test_what_cannot_be_a_token_is_not_recognised(store, token):
    assert store.invitations.look_up(token) is None


def test_a_link_is_good_until_it_expires(store, invitation, clock):
    clock.step(days=14, seconds=-1)
    before = store.invitations.look_up(invitation.token)
    clock.step(seconds=1)

    assert before is not None
    assert store.invitations.look_up(invitation.token) is None


def test_a_link_opened_twice_leads_to_the_first_draft(store, invitation):
    first = store.invitations.use(invitation.id, DRAFT)
    second = store.invitations.use(invitation.id, OTHER_DRAFT)

    assert first == second == DRAFT
    assert store.invitations.look_up(invitation.token).used_by == DRAFT


def test_an_expired_link_opens_no_draft(store, invitation, clock):
    clock.step(days=15)

    assert store.invitations.use(invitation.id, DRAFT) is None


def test_the_draft_leads_back_to_its_invitation_after_it_expired(
    store, invitation, clock
):
    store.invitations.use(invitation.id, DRAFT)
    clock.step(days=15)

    assert store.invitations.of_draft(DRAFT).clinic_reference == "MRN-7 ☃"
    assert store.invitations.of_draft(OTHER_DRAFT) is None


def test_a_reference_moved_to_another_invitation_is_not_read(store, invitation, clock):
    other = store.invitations.create(
        clinic_reference="MRN-8", expires_at=clock() + timedelta(1), actor=CLINICIAN
    )
    with store.database.transaction() as session:
        row = session.get(InvitationRow, invitation.id)
        from_row = session.get(InvitationRow, other.id)
        row.wrapped_key, row.ciphertext = from_row.wrapped_key, from_row.ciphertext

    with pytest.raises(RecordUnreadable):
        store.invitations.look_up(invitation.token)


def test_making_an_invitation_is_noted(store, invitation):
    assert store.audit.verify().is_whole
    assert dataclasses.asdict(store.audit.head())["seq"] == 2
