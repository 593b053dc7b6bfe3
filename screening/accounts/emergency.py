"""Who may read in an emergency what their role does not open, and who learns of it?

Somebody may be in danger while no clinician is there (45 CFR 164.312(a)(2)(ii)). A
coordinator then writes down why, and reads submissions for an hour. The reason is a row
of the audit trail, what is read carries the emergency in the role of its rows, and
clinicians and administrators are told on their pages for a week.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from screening.accounts.problems import ReasonWanted
from screening.accounts.tables import UserRow
from screening.accounts.users import User, note, required, user_of
from screening.store.audit import Action, Deed
from screening.store.ground import Ground

LASTS = timedelta(hours=1)
TOLD_FOR = timedelta(days=7)
SHORTEST_REASON = 15
LONGEST_REASON = 500


class Emergency:
    """Opens emergency access, ends it, and tells of it."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def begin(self, user: User, reason: str, *, request_id: str = "") -> datetime:
        """Open emergency access for an hour; give when it ends.

        Raises:
            ReasonWanted: the reason is too short, too long, or can't be read.
            DatabaseUnavailable: nothing was opened.
        """
        said = " ".join(reason.split())
        if not SHORTEST_REASON <= len(said) <= LONGEST_REASON or not said.isprintable():
            raise ReasonWanted(
                f"Write in {SHORTEST_REASON} to {LONGEST_REASON} signs why you cannot "
                "wait for a clinician."
            )
        until = self._ground.clock() + LASTS
        with self._ground.database.transaction() as session:
            required(session, user.id).emergency_until = until
            deed = Deed(
                action=Action.EMERGENCY_ACCESS,
                object_kind="account",
                object_id=user.id,
                reason=said,
            )
            actor = user.as_actor(request_id=request_id)
            self._ground.audit.append(session, actor, deed)
        return until

    def end(self, user: User, *, request_id: str = "") -> None:
        """End emergency access before its hour is over.

        Raises:
            DatabaseUnavailable: it is still open.
        """
        with self._ground.database.transaction() as session:
            row = required(session, user.id)
            now = self._ground.clock()
            if row.emergency_until is not None and row.emergency_until > now:
                row.emergency_until = now
            actor = user.as_actor(request_id=request_id)
            note(self._ground, session, actor, Action.EMERGENCY_END, user.id)

    def recent(self) -> tuple[tuple[User, datetime], ...]:
        """Give who had emergency access in the last week, and until when, latest first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        now = self._ground.clock()
        latest_first = (
            select(UserRow)
            .where(UserRow.emergency_until > now - TOLD_FOR)
            .order_by(UserRow.emergency_until.desc())
        )
        with self._ground.database.reading() as session:
            rows = session.scalars(latest_first).all()
        return tuple(
            (user_of(row), row.emergency_until)
            for row in rows
            if row.emergency_until is not None
        )
