"""Which patient was sent this link?

A clinic sends a link with a random token; the database keeps only a keyed mac of it,
and the clinic's own reference for the patient, sealed. A link opens one draft: who
opens it again is led back to the same one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import NewType

from sqlalchemy import select, update

from screening.store.audit import Action, Actor, Deed
from screening.store.drafts import DraftId
from screening.store.ground import Ground
from screening.store.outside import url_token
from screening.store.tables import InvitationRow
from screening.store.vault import RecordPlace, Sealed

InvitationToken = NewType("InvitationToken", str)

_TOKEN_SIZE_BYTES = 20
PURPOSE = "invitation"
"""What the mac of a link is for."""

_REFERENCE = "invitation-reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvitation:
    """An invitation just made: the only moment its token can be seen."""

    id: str
    token: InvitationToken = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation that is still good; `used_by` is the draft it opened, if any."""

    id: str
    expires_at: datetime
    used_by: DraftId | None
    clinic_reference: str = field(repr=False)


class Invitations:
    """Makes invitations and recognises them."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def create(
        self, *, clinic_reference: str, expires_at: datetime, actor: Actor
    ) -> NewInvitation:
        """Make an invitation for the patient whom the clinic calls by this reference.

        Raises:
            DatabaseUnavailable: nothing was kept.
        """
        invitation_id = self._ground.new_id()
        token = new_token(self._ground)
        sealed = self._ground.vault.seal(
            clinic_reference.encode(errors="backslashreplace"), _place(invitation_id)
        )
        with self._ground.database.transaction() as session:
            session.add(
                InvitationRow(
                    id=invitation_id,
                    token_mac=self._ground.keys.code_mac(PURPOSE, token),
                    created_at=self._ground.clock(),
                    expires_at=expires_at,
                    used_by=None,
                    reference_mac=reference_mac(self._ground, clinic_reference),
                    made_by=actor.name,
                    withdrawn_at=None,
                    **asdict(sealed),
                )
            )
            session.flush()
            deed = Deed(
                action=Action.INVITATION_CREATE,
                object_kind="invitation",
                object_id=invitation_id,
            )
            self._ground.audit.append(session, actor, deed)
        return NewInvitation(id=invitation_id, token=token, expires_at=expires_at)

    def look_up(self, token: str) -> Invitation | None:
        """Give the invitation of this token; None when it is good no more.

        It may never have been, have expired, been replaced by another or withdrawn.

        Raises:
            RecordUnreadable: the invitation was altered or its key is missing.
            DatabaseUnavailable: the database did not answer.
        """
        # The mac is the index: there is no comparing of secrets that could be timed.
        mac = self._ground.keys.code_mac(PURPOSE, token)
        with self._ground.database.reading() as session:
            row = session.scalar(
                select(InvitationRow).where(InvitationRow.token_mac == mac)
            )
        if row is None or row.withdrawn_at is not None:
            return None
        if row.expires_at <= self._ground.clock():
            return None
        return opened(self._ground, row)

    def of_draft(self, draft_id: str) -> Invitation | None:
        """Give the invitation that opened this draft, even when it has expired since.

        Raises:
            RecordUnreadable: the invitation was altered or its key is missing.
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            row = session.scalar(
                select(InvitationRow).where(InvitationRow.used_by == draft_id)
            )
        return None if row is None else opened(self._ground, row)

    def use(self, invitation_id: str, draft_id: str) -> DraftId | None:
        """Note that the invitation opened the draft; give the draft it leads to.

        That is this draft, or the one that was noted first; None when the invitation
        has expired, was withdrawn or never was.

        Raises:
            DatabaseUnavailable: nothing was noted.
        """
        with self._ground.database.transaction() as session:
            session.execute(
                update(InvitationRow)
                .where(
                    InvitationRow.id == invitation_id,
                    InvitationRow.used_by.is_(None),
                    InvitationRow.withdrawn_at.is_(None),
                    InvitationRow.expires_at > self._ground.clock(),
                )
                .values(used_by=draft_id)
            )
            used_by = session.scalar(
                select(InvitationRow.used_by).where(InvitationRow.id == invitation_id)
            )
        return None if used_by is None else DraftId(used_by)


def new_token(ground: Ground) -> InvitationToken:
    """Make the random part of a link."""
    return InvitationToken(url_token(ground.random_bytes, _TOKEN_SIZE_BYTES))


def reference_mac(ground: Ground, clinic_reference: str) -> str:
    """Give what an invitation is found by, in place of the clinic's reference."""
    return ground.keys.code_mac(_REFERENCE, clinic_reference)


def opened(ground: Ground, row: InvitationRow) -> Invitation:
    """Give a stored invitation with the clinic's reference opened.

    Raises:
        RecordUnreadable: the invitation was altered or its key is missing.
    """
    sealed = Sealed(
        key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
    )
    return Invitation(
        id=row.id,
        expires_at=row.expires_at,
        used_by=None if row.used_by is None else DraftId(row.used_by),
        clinic_reference=ground.vault.open(sealed, _place(row.id)).decode(),
    )


def _place(invitation_id: str) -> RecordPlace:
    return RecordPlace(
        table="invitations", row_id=invitation_id, column="clinic_reference"
    )
