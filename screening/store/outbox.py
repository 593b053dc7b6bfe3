"""Which mails to the clinic wait to be sent, and who is about to send which?

A notice is written in the transaction of the submission that calls for it: both are
kept or neither. A sender takes one for a while and then says that a server accepted it,
or when to try again. One that a sender took and never spoke of is due again when its
time is up, so that each is sent at least once, and none is given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground
from screening.store.tables import NoticeRow, SubmissionRow

LATE_AFTER = timedelta(minutes=5)
"""How long a notice may wait for its first attempt before people are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A mail that this sender may send; `attempts` counts this one too.

    `held_by` is new each time, so that whoever was too slow can't put off what another
    has taken meanwhile.
    """

    id: str
    urgent: bool
    made_at: datetime
    attempts: int
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """How many notices could not be sent, and since when the first one waits."""

    count: int
    since: datetime


class Outbox:
    """Hands out the notices that are due, one at a time."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def take(self, hold_for: timedelta) -> Notice | None:
        """Give the notice that is due the longest; None if none is.

        Nobody else is given it before `hold_for` is over.

        Raises:
            DatabaseUnavailable: none was taken.
        """
        now = self._ground.clock()
        due = (
            select(NoticeRow)
            .where(NoticeRow.sent_at.is_(None), NoticeRow.due_at <= now)
            .order_by(NoticeRow.due_at, NoticeRow.id)
            .limit(1)
            # On SQLite, a transaction that writes is alone from its beginning.
            .with_for_update(skip_locked=True)
        )
        with self._ground.database.transaction() as session:
            row = session.scalar(due)
            if row is None:
                return None
            row.attempts += 1
            row.due_at = now + hold_for
            row.held_by = self._ground.new_id()
            return Notice(
                id=row.id,
                urgent=row.urgent,
                made_at=row.made_at,
                attempts=row.attempts,
                held_by=row.held_by,
            )

    def note_sent(self, notice: Notice, *, actor: Actor) -> None:
        """Note that a server accepted the notice, with an audit row.

        Raises:
            DatabaseUnavailable: it will be sent again.
        """
        reference = (
            select(SubmissionRow.reference)
            .join(NoticeRow, NoticeRow.submission_id == SubmissionRow.id)
            .where(NoticeRow.id == notice.id)
        )
        with self._ground.database.transaction() as session:
            session.execute(
                update(NoticeRow)
                .where(NoticeRow.id == notice.id)
                .values(sent_at=self._ground.clock(), held_by=None)
            )
            deed = Deed(
                action=Action.SUBMISSION_NOTICE,
                object_kind="submission",
                object_id=session.scalar(reference) or "",
            )
            self._ground.audit.append(session, actor, deed)

    def put_off(self, notice: Notice, wait: timedelta) -> None:
        """Let the notice be due again after a while, unless another has taken it.

        Raises:
            DatabaseUnavailable: it is due again when its sender's time is up.
        """
        with self._ground.database.transaction() as session:
            session.execute(
                update(NoticeRow)
                .where(
                    NoticeRow.id == notice.id,
                    NoticeRow.held_by == notice.held_by,
                    NoticeRow.sent_at.is_(None),
                )
                .values(due_at=self._ground.clock() + wait, held_by=None)
            )

    def late(self) -> Late | None:
        """Say how many notices failed once or wait for too long; None if none does.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        long_ago = self._ground.clock() - LATE_AFTER
        wanted = select(func.count(), func.min(NoticeRow.made_at)).where(
            NoticeRow.sent_at.is_(None),
            # One that is being sent for the first time has not failed.
            or_(
                NoticeRow.attempts > 1,
                (NoticeRow.attempts == 1) & NoticeRow.held_by.is_(None),
                NoticeRow.made_at <= long_ago,
            ),
        )
        with self._ground.database.reading() as session:
            count, since = session.execute(wanted).one()
        return Late(count=count, since=since) if count else None


def write_notice(
    session: Session, ground: Ground, submission_id: str, *, urgent: bool
) -> None:
    """Write, in the submission's own transaction, that the clinic is to be told."""
    now = ground.clock()
    session.add(
        NoticeRow(
            id=ground.new_id(),
            submission_id=submission_id,
            urgent=urgent,
            made_at=now,
            due_at=now,
            attempts=0,
        )
    )
