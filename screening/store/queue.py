"""Which submissions wait for the clinic, and in which order are they looked at?

Urgent ones first, then those for the same day, each by how long they wait; then the
others by how much of them is unsettled. What is decided waits no longer. The queue has
a table of its own, so that nothing is decrypted to show it: it holds counts and marks,
and no answer. A page continues from the key of the last line that was shown, which
never changes: who arrives, is decided or is given away meanwhile moves nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, bindparam, func, literal, select, tuple_

from screening.store.audit import Action, Actor, Deed
from screening.store.outside import in_utc
from screening.store.problems import AssignedMeanwhile
from screening.store.submissions import Reference, parse_reference
from screening.store.tables import QueueRow, SubmissionRow

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, Row, ScalarSelect, Select

    from screening.store.ground import Ground

PAGE_SIZE = 50

MOST_COUNTED = 1000
"""More than these are not counted, so that a count takes no longer where many wait."""

WAITS = ""
"""Stands for the decision where there is none yet."""

NOBODY = ""
"""Stands for whom a submission is assigned to where that is nobody."""

_KEY = (QueueRow.place, QueueRow.submitted_at, QueueRow.submission_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What the queue is narrowed to; None leaves a side of it open.

    `decision` is the word of the newest signed version, or WAITS; `assigned_to` the id
    of an account, or NOBODY. The lists of tables.QueueRow's indexes are quick however
    many there are: all, by decision, and by decision with one of the others.
    """

    decision: str | None = None
    outcome: str | None = None
    same_day: bool | None = None
    assigned_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """One line of the queue; `waiting` is the time since it was submitted.

    `decision` is the word of the newest signed version, None while there is none;
    `assigned_to` the id of an account. `findings` and `missing` are counts, None where
    they were not counted when it was sent, as `can_be_followed_up` is.
    """

    reference: Reference
    submitted_at: datetime
    waiting: timedelta
    questionnaire: str
    version: str
    outcome: str
    urgent: bool
    same_day: bool
    findings: int | None = None
    missing: int | None = None
    can_be_followed_up: bool | None = None
    decision: str | None = None
    assigned_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """Some lines of the queue in order.

    `next_after` continues and `previous_before` leads back; None at either end.
    """

    entries: tuple[QueueEntry, ...]
    next_after: Reference | None
    previous_before: Reference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCount:
    """How many submissions there are of each urgency; each is counted once.

    None of the three goes over MOST_COUNTED + 1, which means more than can be said.
    """

    urgent: int
    same_day: int
    other: int

    @property
    def total(self) -> int:
        """All submissions."""
        return self.urgent + self.same_day + self.other


class Queue:
    """Lists submissions, and says whose they are."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def page(
        self,
        narrowed: Narrowing | None = None,
        *,
        after: str | None = None,
        before: str | None = None,
        size: int = PAGE_SIZE,
    ) -> QueuePage:
        """Give the lines after a reference or before one, or the first.

        A reference that is not there gives none. `before` goes over `after`.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = _lines(narrowed or Narrowing())
        backward = before is not None
        beside = before if backward else after
        if beside is not None:
            key = _key_of(beside)
            there = tuple_(*_KEY) < key if backward else tuple_(*_KEY) > key
            wanted = wanted.where(there)
        order = [column.desc() for column in _KEY] if backward else list(_KEY)
        with self._ground.database.reading() as session:
            rows = session.execute(wanted.order_by(*order).limit(size + 1)).all()
        now = self._ground.clock()
        entries = [_entry(row, now) for row in rows[:size]]
        if backward:
            entries.reverse()
        has_more = len(rows) > size
        has_after, has_before = (
            (bool(entries), has_more)
            if backward
            else (has_more, after is not None and bool(entries))
        )
        return QueuePage(
            entries=tuple(entries),
            next_after=entries[-1].reference if has_after else None,
            previous_before=entries[0].reference if has_before else None,
        )

    def named(self, references: Sequence[str]) -> tuple[QueueEntry, ...]:
        """Give the lines with these references, those that there are, in order.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        known = [parse_reference(one) for one in references]
        wanted = _lines(Narrowing()).where(SubmissionRow.reference.in_(known))
        with self._ground.database.reading() as session:
            rows = session.execute(wanted.order_by(*_KEY)).all()
        now = self._ground.clock()
        return tuple(_entry(row, now) for row in rows)

    def count(self) -> QueueCount:
        """Count what waits, by urgency, each to MOST_COUNTED + 1 at most.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        ((urgent,), (same_day,), (other,)) = self._counts([None, None])
        return QueueCount(urgent=urgent, same_day=same_day, other=other)

    def ages(self, borders: Sequence[timedelta]) -> tuple[tuple[int, ...], ...]:
        """Count what waits, by urgency, and within it by age.

        `borders` are ages that rise; there is one count more than borders for each of
        the three urgencies, of which the first is of those younger than the first
        border. Each goes to MOST_COUNTED + 1 at most.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        now = self._ground.clock()
        return self._counts([None, *(now - border for border in borders), None])

    def since(self, moment: datetime) -> QueueCount:
        """Count what arrived after a moment and waits, as `count` does.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        ((urgent,), (same_day,), (other,)) = self._counts([None, in_utc(moment)])
        return QueueCount(urgent=urgent, same_day=same_day, other=other)

    def _counts(
        self, instants: Sequence[datetime | None]
    ) -> tuple[tuple[int, ...], ...]:
        """Count by urgency, and by the spans between instants, the latest first."""
        spans = tuple(
            (younger is not None, older is not None)
            for younger, older in pairwise(instants)
        )
        named = {f"at_{at}": one for at, one in enumerate(instants) if one is not None}
        with self._ground.database.reading() as session:
            row = session.execute(
                _counting(spans), {**named, "most": MOST_COUNTED + 1}
            ).one()
        width = len(spans)
        return tuple(tuple(row[at : at + width]) for at in range(0, 3 * width, width))

    def assign(
        self, reference: str, to: str, *, was: str, told: str, actor: Actor
    ) -> None:
        """Give a submission to an account, or with NOBODY to none, and note it.

        `was` is whom the page said that it is assigned to; `told` is what the audit
        trail says. One that is there already stays so, without a row.

        Raises:
            AssignedMeanwhile: somebody else gave it away since the page was shown, or
                there is no such submission; nothing was changed.
            DatabaseUnavailable: nothing was changed.
        """
        with self._ground.database.transaction() as session:
            row = session.scalar(
                select(QueueRow)
                .join(SubmissionRow, SubmissionRow.id == QueueRow.submission_id)
                .where(SubmissionRow.reference == parse_reference(reference))
                .with_for_update(of=QueueRow)
            )
            if row is None or row.assigned_to != was:
                raise AssignedMeanwhile
            if row.assigned_to == to:
                return
            row.assigned_to = to
            session.flush()
            deed = Deed(
                action=Action.SUBMISSION_ASSIGN,
                object_kind="submission",
                object_id=str(parse_reference(reference)),
                reason=told,
            )
            self._ground.audit.append(session, actor, deed)


def _lines(narrowed: Narrowing) -> Select[*tuple[Any, ...]]:
    wanted = select(
        SubmissionRow.reference,
        SubmissionRow.submitted_at,
        SubmissionRow.questionnaire,
        SubmissionRow.version,
        SubmissionRow.outcome,
        SubmissionRow.urgent,
        SubmissionRow.same_day,
        QueueRow.findings,
        QueueRow.missing,
        QueueRow.can_be_followed_up,
        QueueRow.decision,
        QueueRow.assigned_to,
    ).join(SubmissionRow, SubmissionRow.id == QueueRow.submission_id)
    sides = {name: one for name, one in asdict(narrowed).items() if one is not None}
    return wanted.where(
        *(getattr(QueueRow, name) == one for name, one in sides.items())
    )


def _key_of(typed: str) -> ScalarSelect[Any]:
    """Return the key of a line, to be compared with that of others."""
    row = (
        select(*_KEY)
        .join(SubmissionRow, SubmissionRow.id == QueueRow.submission_id)
        .where(SubmissionRow.reference == parse_reference(typed))
    )
    return row.scalar_subquery()


@cache
def _counting(spans: tuple[tuple[bool, bool], ...]) -> Select[*tuple[Any, ...]]:
    """Return the one statement of all counts; a span has a later and an earlier end."""
    counts = []
    for rank in range(3):
        for at, (has_younger, has_older) in enumerate(spans):
            few = select(literal(1)).select_from(QueueRow)
            few = few.where(QueueRow.decision == WAITS, QueueRow.queue_rank == rank)
            if has_younger:
                few = few.where(QueueRow.submitted_at <= _instant(at))
            if has_older:
                few = few.where(QueueRow.submitted_at > _instant(at + 1))
            limited = few.limit(bindparam("most", type_=Integer)).subquery()
            counts.append(
                select(func.count())
                .select_from(limited)
                .scalar_subquery()
                .label(f"count_{rank}_{at}")
            )
    return select(*counts)


def _instant(at: int) -> BindParameter[datetime]:
    return bindparam(f"at_{at}", type_=QueueRow.submitted_at.type)


def _entry(row: Row[Any], now: datetime) -> QueueEntry:
    named = row._asdict()
    return QueueEntry(
        **named
        | {
            "reference": Reference(row.reference),
            "decision": row.decision or None,
            "assigned_to": row.assigned_to or None,
            # A clock that was set back must not show a negative wait.
            "waiting": max(now - row.submitted_at, timedelta()),
        }
    )
