"""What became of each invitation, and how is it sent again or put out of use?

The clinic's desk lists invitations by page. Each list that is read opens the clinic's
references, so it leaves an audit row; a search goes by the mac of a reference and
finds it only whole. A link is never shown again: sending it again makes another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from screening.store.audit import Action, Actor, Deed
from screening.store.invitations import (
    PURPOSE,
    NewInvitation,
    new_token,
    opened,
    reference_mac,
)
from screening.store.problems import InvitationOver
from screening.store.tables import DraftRow, InvitationRow, SubmissionRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from screening.store.ground import Ground

PAGE_SIZE = 50


class State(StrEnum):
    """How far an invitation has come; one that was sent or withdrawn stays so."""

    NOT_OPENED = "not-opened"
    OPENED = "opened"
    SENT = "sent"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One invitation as the clinic sees it.

    `made_by` is a user name, None where it was not noted. `sent_as` is the submission's
    reference. `has_lapsed` says that the link has expired, whatever the state.
    """

    id: str
    clinic_reference: str = field(repr=False)
    made_at: datetime
    made_by: str | None
    expires_at: datetime
    has_lapsed: bool
    state: State
    sent_as: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedPage:
    """Some invitations, the newest first; `next_after` continues, None at the end."""

    entries: tuple[Invited, ...]
    next_after: str | None


class InvitedPatients:
    """Lists invitations and changes them."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def page(
        self,
        *,
        actor: Actor,
        state: State | None = None,
        after: str | None = None,
        size: int = PAGE_SIZE,
    ) -> InvitedPage:
        """Give the invitations after one, or the first; one audit row tells of it.

        Raises:
            RecordUnreadable: an invitation was altered or its key is missing.
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        key = (InvitationRow.created_at, InvitationRow.id)
        wanted = _wanted().order_by(*(column.desc() for column in key)).limit(size + 1)
        if state is not None:
            wanted = wanted.where(_is(state, self._ground.clock()))
        if after is not None:
            last = select(*key).where(InvitationRow.id == after).scalar_subquery()
            wanted = wanted.where(tuple_(*key) < last)
        with self._ground.database.transaction() as session:
            rows = session.execute(wanted).all()
            found = tuple(self._invited(row[0], row[1]) for row in rows[:size])
            self._append(session, actor, Action.INVITATION_VIEW, "list")
        return InvitedPage(
            entries=found, next_after=found[-1].id if len(rows) > size else None
        )

    def find(self, clinic_reference: str, *, actor: Actor) -> tuple[Invited, ...]:
        """Give the invitations of a patient, the newest first; one audit row.

        Raises:
            RecordUnreadable: an invitation was altered or its key is missing.
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        mac = reference_mac(self._ground, clinic_reference)
        wanted = _wanted().where(InvitationRow.reference_mac == mac)
        wanted = wanted.order_by(InvitationRow.created_at.desc(), InvitationRow.id)
        with self._ground.database.transaction() as session:
            rows = session.execute(wanted).all()
            found = tuple(self._invited(row[0], row[1]) for row in rows)
            self._append(session, actor, Action.INVITATION_VIEW, "search")
        return found

    def is_invited(self, clinic_reference: str) -> bool:
        """Say whether a patient has an invitation that was not withdrawn."""
        mac = reference_mac(self._ground, clinic_reference)
        wanted = select(func.count()).where(
            InvitationRow.reference_mac == mac, InvitationRow.withdrawn_at.is_(None)
        )
        with self._ground.database.reading() as session:
            return bool(session.scalar(wanted))

    def read(self, invitation_id: str, *, actor: Actor) -> Invited | None:
        """Give one invitation, None for no such; one audit row if there is one.

        Raises:
            RecordUnreadable: the invitation was altered or its key is missing.
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        with self._ground.database.transaction() as session:
            row = session.execute(
                _wanted().where(InvitationRow.id == invitation_id)
            ).one_or_none()
            if row is None:
                return None
            found = self._invited(row[0], row[1])
            self._append(session, actor, Action.INVITATION_VIEW, found.id)
        return found

    def resend(
        self, invitation_id: str, *, expires_at: datetime, actor: Actor
    ) -> NewInvitation:
        """Make another link for an invitation; the one before is dead at once.

        The form that it opened stays with it, unless that was deleted.

        Raises:
            InvitationOver: it was withdrawn, or its form was sent, or never was.
            DatabaseUnavailable: the old link is good still.
        """
        token = new_token(self._ground)
        with self._ground.database.transaction() as session:
            row = self._open_row(session, invitation_id)
            row.token_mac = self._ground.keys.code_mac(PURPOSE, token)
            row.expires_at = expires_at
            if row.used_by is not None and session.get(DraftRow, row.used_by) is None:
                row.used_by = None
            self._append(session, actor, Action.INVITATION_RESEND, row.id)
        return NewInvitation(id=invitation_id, token=token, expires_at=expires_at)

    def prolong(
        self, invitation_id: str, *, expires_at: datetime, actor: Actor
    ) -> None:
        """Let the link be good until then; it is never made to expire earlier.

        Raises:
            InvitationOver: it was withdrawn, or its form was sent, or never was.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = self._open_row(session, invitation_id)
            row.expires_at = max(row.expires_at, expires_at)
            self._append(session, actor, Action.INVITATION_PROLONG, row.id)

    def withdraw(self, invitation_id: str, *, actor: Actor) -> None:
        """Put the link out of use; a form that it opened lives on.

        Raises:
            InvitationOver: it was withdrawn, or its form was sent, or never was.
            DatabaseUnavailable: the link is good still.
        """
        with self._ground.database.transaction() as session:
            row = self._open_row(session, invitation_id)
            row.withdrawn_at = self._ground.clock()
            self._append(session, actor, Action.INVITATION_WITHDRAW, row.id)

    def _open_row(self, session: Session, invitation_id: str) -> InvitationRow:
        row = session.get(InvitationRow, invitation_id, with_for_update=True)
        if row is None or row.withdrawn_at is not None:
            raise InvitationOver
        was_sent = select(SubmissionRow.id).where(SubmissionRow.draft_id == row.used_by)
        if session.scalar(was_sent) is not None:
            raise InvitationOver
        return row

    def _invited(self, row: InvitationRow, sent_as: str | None) -> Invited:
        now = self._ground.clock()
        return Invited(
            id=row.id,
            clinic_reference=opened(self._ground, row).clinic_reference,
            made_at=row.created_at,
            made_by=row.made_by,
            expires_at=row.expires_at,
            has_lapsed=row.expires_at <= now,
            state=_state(row, sent_as, now),
            sent_as=sent_as,
        )

    def _append(
        self, session: Session, actor: Actor, action: Action, object_id: str
    ) -> None:
        session.flush()
        deed = Deed(action=action, object_kind="invitation", object_id=object_id)
        self._ground.audit.append(session, actor, deed)


def _wanted() -> Select[InvitationRow, str]:
    """Return the invitations, each with the reference that its form was sent as."""
    return select(InvitationRow, SubmissionRow.reference).outerjoin(
        SubmissionRow, SubmissionRow.draft_id == InvitationRow.used_by
    )


def _state(row: InvitationRow, sent_as: str | None, now: datetime) -> State:
    if sent_as is not None:
        return State.SENT
    if row.withdrawn_at is not None:
        return State.WITHDRAWN
    if row.used_by is not None:
        return State.OPENED
    return State.EXPIRED if row.expires_at <= now else State.NOT_OPENED


def _is(state: State, now: datetime) -> ColumnElement[bool]:
    """Return what the database asks for the invitations of a state (`_state`)."""
    is_sent = SubmissionRow.id.is_not(None)
    is_withdrawn = and_(~is_sent, InvitationRow.withdrawn_at.is_not(None))
    is_open = and_(~is_sent, InvitationRow.withdrawn_at.is_(None))
    is_unused = and_(is_open, InvitationRow.used_by.is_(None))
    return {
        State.SENT: is_sent,
        State.WITHDRAWN: is_withdrawn,
        State.OPENED: and_(is_open, InvitationRow.used_by.is_not(None)),
        State.EXPIRED: and_(is_unused, InvitationRow.expires_at <= now),
        State.NOT_OPENED: and_(is_unused, InvitationRow.expires_at > now),
    }[state]
