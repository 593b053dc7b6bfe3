"""Which submissions are of one person, and which may be?

Certain is what the clinic itself said: it asked somebody again, gave two patients the
same reference, or compared two and found them to be the same. Likely is what only looks
so, a number or a name and a date of birth; staff compare such a pair side by side and
say what it is. Nothing is merged: each submission stays as it was, and what was said
can be said anew. What was said counts only as long as the audit trail tells the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import aliased

from screening.store.audit import Action, Actor, Deed
from screening.store.database import insert_unless_there
from screening.store.outside import in_utc
from screening.store.person_marks import CERTAIN, Tie
from screening.store.problems import (
    JudgedMeanwhile,
    RecordUnreadable,
    SubmissionUnknown,
)
from screening.store.submissions import Identity, Reference, identity_of, row_of
from screening.store.tables import (
    FollowUpRow,
    IdentityRow,
    PersonMarkRow,
    PersonPairRow,
    SubmissionRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from screening.store.ground import Ground

__all__ = ["Beside", "Pair", "PairsPage", "Persons", "Side", "Tie", "Verdict"]

PAGE_SIZE = 20

MOST = 50
"""Submissions of one person that are followed from one to the next, and about how many
of the newest with the same mark are looked at: a number may be the clinic's own."""

_MARKS = (Tie.REFERENCE, Tie.PHONE, Tie.NAME_AND_BIRTH)


class Verdict(StrEnum):
    """What staff said of two submissions."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another submission that is (`is_same`) or may be of the same person.

    `ties` are what the two have in common, none where only others in between have it.
    `said_same` are all those with which staff said that it is the same person's. The
    other ties stand in plain columns: hold them to the sealed records.
    """

    reference: Reference
    submitted_at: datetime
    ties: tuple[Tie, ...]
    verdict: Verdict | None
    is_same: bool
    said_same: frozenset[Reference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One submission of a pair; `identity` is None where it can't be opened.

    In a list it stays sealed, and is None too.
    """

    reference: Reference
    submitted_at: datetime
    outcome: str
    identity: Identity | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two submissions that may be of one person, and what was said of them.

    `revision` is how often something was said; `verdict` is None for nothing.
    """

    earlier: Side
    later: Side
    ties: tuple[Tie, ...]
    verdict: Verdict | None
    revision: int
    judged_by: str | None
    judged_at: datetime | None

    @property
    def key(self) -> str:
        """What the audit trail and an address call it."""
        return _key(self.earlier.reference, self.later.reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairsPage:
    """Some pairs, the newest first; `next_after` continues, None at the end."""

    entries: tuple[Pair, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class _Edge:
    """Something between two submissions, by their ids."""

    one: str
    other: str
    what: Tie | Verdict


class Persons:
    """Finds submissions of one person, and keeps what staff said of a pair."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def beside(self, reference: str) -> tuple[Beside, ...]:
        """Give what else is or may be of this person, the oldest first.

        Those of the same person are found over several steps; those that only may be
        have something in common with this one. No sealed record is opened.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            start = row_of(session, reference)
            if start is None:
                return ()
            own = self._edges(session, [start.id])
            same, near, said = {start.id}, own, _said_same(own)
            while near and len(same) <= MOST:
                reached = {edge.other for edge in _certain(near)} - same
                same |= reached
                near = self._edges(session, reached) if reached else []
                said += _said_same(near)
            others = {edge.other for edge in own} | same - {start.id}
            if not others:
                return ()
            rows = {
                row.id: row
                for row in session.scalars(
                    select(SubmissionRow).where(SubmissionRow.id.in_(others))
                )
            }
        named = {start.id: start.reference}
        named |= {row.id: row.reference for row in rows.values()}
        found = [
            _beside(
                rows[other],
                own,
                is_same=other in same,
                said_same={named[b] for a, b in said if a == other and b in named},
            )
            for other in others
        ]
        return tuple(sorted(found, key=lambda one: (one.submitted_at, one.reference)))

    def pairs(
        self,
        *,
        actor: Actor,
        said: Verdict | None = None,
        after: str | None = None,
        size: int = PAGE_SIZE,
    ) -> PairsPage:
        """Give pairs of which this was said, or nothing, the newest first.

        `after` is the key of the last pair that was seen. Who they are stays sealed;
        one audit row tells of the look.

        Raises:
            DatabaseUnavailable: looking could not be noted, so nothing is given.
        """
        key = (PersonPairRow.found_at, PersonPairRow.later_id, PersonPairRow.earlier_id)
        wanted = (
            select(PersonPairRow)
            .where(PersonPairRow.verdict == (said.value if said else ""))
            .order_by(*(column.desc() for column in key))
            .limit(size + 1)
        )
        with self._ground.database.transaction() as session:
            if after is not None:
                last = self._stored(session, *after.partition("~")[::2])
                if last is not None:
                    place = (last.found_at, last.later_id, last.earlier_id)
                    wanted = wanted.where(tuple_(*key) < place)
            rows = session.scalars(wanted).all()
            found = tuple(self._pair(session, row, opened=False) for row in rows[:size])
            self._append(session, actor, Action.PERSON_COMPARE, "list", "")
        return PairsPage(
            entries=found, next_after=found[-1].key if len(rows) > size else None
        )

    def pair(self, one: str, other: str, *, actor: Actor) -> Pair | None:
        """Give two submissions side by side, and note that they were compared.

        None where there are no such two, or they have nothing in common.

        Raises:
            DatabaseUnavailable: looking could not be noted, so nothing is given.
        """
        with self._ground.database.transaction() as session:
            row = self._stored(session, one, other) or self._common(session, one, other)
            if row is None:
                return None
            found = self._pair(session, row)
            self._append(session, actor, Action.PERSON_COMPARE, found.key, "")
        return found

    def judge(
        self,
        one: str,
        other: str,
        verdict: Verdict,
        *,
        expected_revision: int,
        actor: Actor,
    ) -> None:
        """Keep what somebody says of two submissions that have something in common.

        Raises:
            SubmissionUnknown: there are no such two with anything in common.
            JudgedMeanwhile: something else was said since; nothing was changed.
            DatabaseUnavailable: nothing was kept.
        """
        with self._ground.database.transaction() as session:
            row = self._locked(session, one, other)
            if row is None:
                made = self._common(session, one, other)
                if made is None:
                    raise SubmissionUnknown
                insert_unless_there(session, PersonPairRow, **_values(made))
                row = self._locked(session, one, other)
            if row is None or row.revision != expected_revision:
                raise JudgedMeanwhile
            row.verdict = verdict.value
            row.revision += 1
            row.judged_by, row.judged_at = actor.name, self._ground.clock()
            session.flush()
            told = _told(verdict, row.revision)
            key = self._key_of(session, row)
            self._append(session, actor, Action.PERSON_JUDGE, key, told)

    # -- what stands between submissions

    def _edges(self, session: Session, ids: Iterable[str]) -> list[_Edge]:
        """Give everything between these submissions and others, both ways round."""
        known = list(ids)
        again = ((a, b, Tie.FOLLOW_UP) for a, b in _asked_again(session, known))
        return [
            *_both_ways(again, known),
            *self._alike(session, known),
            *self._said(session, known),
        ]

    def _alike(self, session: Session, ids: Sequence[str]) -> list[_Edge]:
        own, other = aliased(PersonMarkRow), aliased(PersonMarkRow)
        found = session.execute(
            select(own.submission_id, other.submission_id, own.kind)
            .join(other, other.mac == own.mac)
            .where(own.submission_id.in_(ids), other.submission_id != own.submission_id)
            .order_by(other.submitted_at.desc())
            .limit(MOST * len(_MARKS))
        )
        return [_Edge(one, same, Tie(kind)) for one, same, kind in found]

    def _said(self, session: Session, ids: Sequence[str]) -> list[_Edge]:
        rows = session.scalars(
            select(PersonPairRow).where(
                PersonPairRow.verdict != "",
                or_(PersonPairRow.earlier_id.in_(ids), PersonPairRow.later_id.in_(ids)),
            )
        ).all()
        said = (
            (row.earlier_id, row.later_id, verdict)
            for row in rows
            if (verdict := self._verdict(session, row)) is not None
        )
        return _both_ways(said, ids)

    # -- pairs

    def _stored(self, session: Session, one: str, other: str) -> PersonPairRow | None:
        return session.scalar(_between(session, one, other))

    def _locked(self, session: Session, one: str, other: str) -> PersonPairRow | None:
        """Give the row so that two who judge at once see each other."""
        return session.scalar(_between(session, one, other).with_for_update())

    def _common(self, session: Session, one: str, other: str) -> PersonPairRow | None:
        """Give the row that a pair would have, if its two have anything in common."""
        first, second = row_of(session, one), row_of(session, other)
        if first is None or second is None or first.id == second.id:
            return None
        if not _ties(session, first.id, second.id):
            return None
        earlier, later = sorted(
            (first, second), key=lambda row: (row.submitted_at, row.id)
        )
        return PersonPairRow(
            earlier_id=earlier.id,
            later_id=later.id,
            found_at=later.submitted_at,
            verdict="",
            revision=0,
        )

    def _pair(
        self, session: Session, row: PersonPairRow, *, opened: bool = True
    ) -> Pair:
        return Pair(
            earlier=self._side(session, row.earlier_id, opened=opened),
            later=self._side(session, row.later_id, opened=opened),
            ties=_ties(session, row.earlier_id, row.later_id),
            verdict=self._verdict(session, row) if row.verdict else None,
            revision=row.revision,
            judged_by=row.judged_by,
            judged_at=None if row.judged_at is None else in_utc(row.judged_at),
        )

    def _side(self, session: Session, submission_id: str, *, opened: bool) -> Side:
        row = session.get_one(SubmissionRow, submission_id)
        return Side(
            reference=Reference(row.reference),
            submitted_at=in_utc(row.submitted_at),
            outcome=row.outcome,
            identity=self._identity(session, submission_id) if opened else None,
        )

    def _identity(self, session: Session, submission_id: str) -> Identity | None:
        try:
            row = session.get_one(IdentityRow, submission_id)
            return identity_of(self._ground, row)
        except RecordUnreadable:
            return None

    def _verdict(self, session: Session, row: PersonPairRow) -> Verdict | None:
        """Return what was said last, if the audit trail tells the same."""
        told = self._ground.audit.reasons(
            session, (Action.PERSON_JUDGE,), self._key_of(session, row)
        )
        verdict = Verdict(row.verdict)
        return verdict if told[-1:] == (_told(verdict, row.revision),) else None

    def _key_of(self, session: Session, row: PersonPairRow) -> str:
        named = dict(
            session.execute(
                select(SubmissionRow.id, SubmissionRow.reference).where(
                    SubmissionRow.id.in_([row.earlier_id, row.later_id])
                )
            ).all()
        )
        return _key(named[row.earlier_id], named[row.later_id])

    def _append(
        self, session: Session, actor: Actor, action: Action, key: str, reason: str
    ) -> None:
        deed = Deed(
            action=action, object_kind="submissions", object_id=key, reason=reason
        )
        self._ground.audit.append(session, actor, deed)


def _certain(edges: Iterable[_Edge]) -> list[_Edge]:
    """Return the edges between submissions of one person, as far as is known."""
    edges = list(edges)
    apart = {(e.one, e.other) for e in edges if e.what is Verdict.DIFFERENT}
    return [
        edge
        for edge in edges
        if (edge.what in CERTAIN or edge.what is Verdict.SAME)
        and (edge.one, edge.other) not in apart
    ]


def _said_same(edges: Iterable[_Edge]) -> list[tuple[str, str]]:
    """Return who is the same person as whom by a verdict, both ways round."""
    pairs = [(e.one, e.other) for e in edges if e.what is Verdict.SAME]
    return pairs + [(other, one) for one, other in pairs]


def _beside(
    row: SubmissionRow, own: Iterable[_Edge], *, is_same: bool, said_same: set[str]
) -> Beside:
    between = [edge.what for edge in own if edge.other == row.id]
    verdict = next((what for what in between if isinstance(what, Verdict)), None)
    return Beside(
        reference=Reference(row.reference),
        submitted_at=in_utc(row.submitted_at),
        ties=tuple(tie for tie in Tie if tie in between),
        verdict=verdict,
        is_same=is_same and verdict is not Verdict.DIFFERENT,
        said_same=frozenset(map(Reference, said_same)),
    )


def _both_ways(
    found: Iterable[tuple[str, str, Tie | Verdict]], ids: Sequence[str]
) -> list[_Edge]:
    both = [
        edge for a, b, what in found for edge in (_Edge(a, b, what), _Edge(b, a, what))
    ]
    return [edge for edge in both if edge.one in ids]


def _between(session: Session, one: str, other: str) -> Select[PersonPairRow]:
    ids = [row.id for typed in (one, other) if (row := row_of(session, typed))]
    return select(PersonPairRow).where(
        PersonPairRow.earlier_id.in_(ids),
        PersonPairRow.later_id.in_(ids),
    )


def _ties(session: Session, one: str, other: str) -> tuple[Tie, ...]:
    """Return what two submissions have in common."""
    mine, theirs = aliased(PersonMarkRow), aliased(PersonMarkRow)
    kinds = set(
        session.scalars(
            select(mine.kind)
            .join(theirs, theirs.mac == mine.mac)
            .where(mine.submission_id == one, theirs.submission_id == other)
        )
    )
    if any({a, b} == {one, other} for a, b in _asked_again(session, [one])):
        kinds.add(Tie.FOLLOW_UP)
    return tuple(tie for tie in Tie if tie.value in kinds)


def _asked_again(session: Session, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Give who was asked again and what came of it, wherever one of these is in it."""
    answered = aliased(SubmissionRow)
    rows = session.execute(
        select(FollowUpRow.submission_id, answered.id)
        .join(answered, answered.draft_id == FollowUpRow.draft_id)
        .where(or_(FollowUpRow.submission_id.in_(ids), answered.id.in_(ids)))
    )
    return [(before, after) for before, after in rows]


def _values(row: PersonPairRow) -> dict[str, object]:
    return {
        "earlier_id": row.earlier_id,
        "later_id": row.later_id,
        "found_at": row.found_at,
        "verdict": row.verdict,
        "revision": row.revision,
    }


def _key(earlier: str, later: str) -> str:
    return f"{earlier}~{later}"


def _told(verdict: Verdict, revision: int) -> str:
    """Return what the audit trail says of a verdict."""
    return f"{verdict.value}, revision {revision}"
