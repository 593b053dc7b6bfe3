"""How are versions of a text about a submission kept that are only ever added?

Each version is one JSON text in its canonical form, sealed whole: what it says, which
submission it is about, when it was made, and the hash of the version before. Its
SHA-256 stands beside it and in the audit trail. Each reading opens every version and
holds all of that together: one that was changed, moved, taken out or put in is told as
broken. `visits` and `letters` keep theirs so; `decisions` has a form of its own, and
the same chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground
from screening.store.outside import written
from screening.store.plain import JsonObject, object_from_bytes, to_bytes
from screening.store.problems import (
    AddedMeanwhile,
    RecordUnreadable,
    SubmissionUnknown,
)
from screening.store.submissions import row_of
from screening.store.tables import AddedRow, DecisionRow, SubmissionRow
from screening.store.vault import RecordPlace, Sealed

VersionRow = AddedRow | DecisionRow
"""A row with a number, a hash, and a sealed text."""

Row = TypeVar("Row", bound=VersionRow)
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One version as it was kept, checked. `content` is what it says."""

    number: int
    made_at: datetime
    sha256: str
    content: dict[str, Any] = field(repr=False)
    text: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A version that is not as it was kept, and `what` shows it."""

    number: int
    what: str


class AddedVersions:
    """Adds versions to one table and reads them; `action` is what the trail says."""

    def __init__(self, ground: Ground, table: type[AddedRow], action: Action) -> None:
        """Stand on the store's common ground."""
        self._ground = ground
        self._table = table
        self._action = action

    def add(
        self,
        session: Session,
        submission: SubmissionRow,
        content: JsonObject,
        *,
        expected_number: int,
        actor: Actor,
    ) -> Added:
        """Add a version after the one that was read, with its audit row.

        `submission` is locked; `expected_number` is that of the version that was read,
        0 for none.

        Raises:
            AddedMeanwhile: somebody else added one since; nothing was added.
        """
        before = self._rows(session, submission.id)
        newest = before[-1].number if before else 0
        if newest != expected_number:
            raise AddedMeanwhile(read=expected_number, newest=newest)
        now, row_id = self._ground.clock(), self._ground.new_id()
        text = to_bytes(
            {
                "reference": submission.reference,
                "number": newest + 1,
                "previous_sha256": before[-1].sha256 if before else None,
                "made_at": written(now),
                "content": content,
            }
        )
        sealed = self._ground.vault.seal(text, self._place(row_id))
        row = self._table(
            id=row_id,
            submission_id=submission.id,
            number=newest + 1,
            made_at=now,
            sha256=hashlib.sha256(text).hexdigest(),
            **asdict(sealed),
        )
        session.add(row)
        session.flush()
        deed = Deed(
            action=self._action,
            object_kind="submission",
            object_id=submission.reference,
            reason=told_of(row.number, row.sha256),
        )
        self._ground.audit.append(session, actor, deed)
        return _added(text)

    def read(
        self, session: Session, submission: SubmissionRow
    ) -> tuple[Added | Broken, ...]:
        """Give every version, the first first, each of them checked."""
        told = self._ground.audit.reasons(
            session, (self._action,), submission.reference
        )
        rows = self._rows(session, submission.id)

        def checked(row: AddedRow, previous: str | None) -> Added | Broken:
            return self._checked(row, submission.reference, previous, told)

        return tuple(chained(rows, told, checked))

    def _checked(
        self, row: AddedRow, reference: str, previous: str | None, told: Sequence[str]
    ) -> Added | Broken:
        text = text_of(self._ground, row, self._place(row.id))
        if isinstance(text, Broken):
            return text
        added, whole = _added(text), object_from_bytes(text)
        checks = (
            (added.sha256 == row.sha256, "its hash is another one"),
            (
                (row.number, row.made_at) == (added.number, added.made_at),
                "what stands beside it is not what was kept",
            ),
            (whole["reference"] == reference, "it is about another submission"),
            (
                whole["previous_sha256"] == previous,
                "it does not follow the one before",
            ),
            (
                told_of(added.number, added.sha256) in told,
                "the audit trail does not tell of it",
            ),
        )
        what = first_fault(checks)
        return added if what is None else Broken(number=row.number, what=what)

    def _rows(self, session: Session, submission_id: str) -> Sequence[AddedRow]:
        table = self._table
        return session.scalars(
            select(table)
            .where(table.submission_id == submission_id)
            .order_by(table.number)
        ).all()

    def _place(self, row_id: str) -> RecordPlace:
        table = self._table.__tablename__
        return RecordPlace(table=table, row_id=row_id, column="kept")


def chained(
    rows: Sequence[Row], told: Sequence[str], checked: Callable[[Row, str | None], Kept]
) -> Iterator[Kept | Broken]:
    """Give every version in order, also those that are gone.

    `told` is what the audit trail says of each adding; `checked` holds a row against
    it and against the hash of the version before, None for none.
    """
    by_number = {row.number: row for row in rows}
    previous: str | None = None
    for number in range(1, max([*by_number, len(told)], default=0) + 1):
        row = by_number.get(number)
        if row is None:
            yield Broken(number=number, what="the version is gone")
            previous = None
            continue
        yield checked(row, previous)
        previous = row.sha256


def text_of(ground: Ground, row: VersionRow, place: RecordPlace) -> bytes | Broken:
    """Open the text of a version, or say what is wrong with it."""
    sealed = Sealed(
        key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
    )
    try:
        return ground.vault.open(sealed, place)
    except RecordUnreadable as problem:
        return Broken(number=row.number, what=problem.what)


def first_fault(checks: Iterable[tuple[bool, str]]) -> str | None:
    """Return the first thing that does not hold; None if all does."""
    return next((what for holds, what in checks if not holds), None)


def told_of(number: int, sha256: str) -> str:
    """Return what the audit trail says of a version."""
    return f"version {number}, sha256 {sha256}"


def submission_row(
    session: Session, typed: str, *, locked: bool = False
) -> SubmissionRow:
    """Give the row of a submission; locked, two who add at once see each other.

    Raises:
        SubmissionUnknown: there is none with this reference.
    """
    row = row_of(session, typed, locked=locked)
    if row is None:
        raise SubmissionUnknown
    return row


def _added(text: bytes) -> Added:
    whole = object_from_bytes(text)
    return Added(
        number=whole["number"],
        made_at=datetime.fromisoformat(whole["made_at"]),
        sha256=hashlib.sha256(text).hexdigest(),
        content=whole["content"],
        text=text,
    )
