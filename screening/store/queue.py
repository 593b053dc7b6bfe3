"""Which submissions wait for the clinic, and in which order are they looked at?

Urgent ones first, then those for the same day, then the others; within each, the one
that has waited longest. Nothing here is decrypted: the queue shows no patient. Pages
continue after the last reference shown, so that a submission arriving in between
moves nobody off the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from screening.store.ground import Ground
from screening.store.submissions import Reference, parse_reference
from screening.store.tables import DecisionRow, SubmissionRow

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """One line of the queue; `waiting` is the time since it was submitted.

    `decision` is the word of the newest signed version, None while there is none.
    """

    reference: Reference
    submitted_at: datetime
    waiting: timedelta
    questionnaire: str
    version: str
    outcome: str
    urgent: bool
    same_day: bool
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """Some lines of the queue in order; `next_after` continues, None at the end."""

    entries: tuple[QueueEntry, ...]
    next_after: Reference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCount:
    """How many submissions there are of each urgency; each is counted once."""

    urgent: int
    same_day: int
    other: int

    @property
    def total(self) -> int:
        """All submissions."""
        return self.urgent + self.same_day + self.other


class Queue:
    """Lists submissions."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def page(self, *, after: str | None = None, size: int = PAGE_SIZE) -> QueuePage:
        """Give the lines after a reference, or the first; an unknown one gives none.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        order = (SubmissionRow.queue_rank, SubmissionRow.submitted_at, SubmissionRow.id)
        wanted = select(SubmissionRow).order_by(*order).limit(size + 1)
        if after is not None:
            last_shown = select(*order).where(
                SubmissionRow.reference == parse_reference(after)
            )
            wanted = wanted.where(tuple_(*order) > last_shown.scalar_subquery())
        with self._ground.database.reading() as session:
            rows = session.scalars(wanted).all()
            decided = _decisions(session, [row.id for row in rows[:size]])
        now = self._ground.clock()
        entries = tuple(_entry(row, decided.get(row.id), now) for row in rows[:size])
        return QueuePage(
            entries=entries,
            next_after=entries[-1].reference if len(rows) > size else None,
        )

    def count(self) -> QueueCount:
        """Count the submissions of each urgency.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            rows = session.execute(
                select(
                    SubmissionRow.queue_rank, func.count().label("how_many")
                ).group_by(SubmissionRow.queue_rank)
            ).all()
        by_rank = {row.queue_rank: row.how_many for row in rows}
        return QueueCount(
            urgent=by_rank.get(0, 0),
            same_day=by_rank.get(1, 0),
            other=by_rank.get(2, 0),
        )


def _decisions(session: Session, submission_ids: Sequence[str]) -> dict[str, str]:
    """Give the word of the newest signed version of each that has any."""
    rows = session.execute(
        select(DecisionRow.submission_id, DecisionRow.decision)
        .where(DecisionRow.submission_id.in_(submission_ids))
        .order_by(DecisionRow.number)
    )
    return {row.submission_id: row.decision for row in rows}


def _entry(row: SubmissionRow, decision: str | None, now: datetime) -> QueueEntry:
    return QueueEntry(
        reference=Reference(row.reference),
        submitted_at=row.submitted_at,
        # A clock that was set back must not show a negative wait.
        waiting=max(now - row.submitted_at, timedelta()),
        questionnaire=row.questionnaire,
        version=row.version,
        outcome=row.outcome,
        urgent=row.urgent,
        same_day=row.same_day,
        decision=decision,
    )
