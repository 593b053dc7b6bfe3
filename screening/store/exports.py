"""Who asked for many submissions at once, how far is that, and where is the file?

An export is asked for in a browser and made by a worker later. This table is the truth
about it; whoever rings for a worker only says its id. A worker takes an export for a
while and says how far it is; one that is not heard of again is begun anew by another.

The file is kept in parts, each sealed like a record and bound to its place, so that no
other folder has to be private, and any server can give it. It is deleted a day after it
was made, or with the export when that is cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground
from screening.store.problems import ExportGone, RecordUnreadable
from screening.store.submissions import Reference
from screening.store.tables import ExportPartRow, ExportRow
from screening.store.vault import RecordPlace, Sealed

ExportId = NewType("ExportId", str)

KEPT_FOR = timedelta(hours=24)
"""How long an export is there, after it was asked for and again after it was made."""

HOLD = timedelta(minutes=2)
"""How long a worker may be silent before another begins its export anew."""

_PURGE = Actor.service("exports")


class State(StrEnum):
    """How far an export is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export as the person who asked for it sees it.

    `done` counts the submissions that were looked at, of `total`; `skipped` are those
    that could not be opened and are not in the file. `size_bytes` is that of the file.
    """

    id: ExportId
    form: str
    reason: str
    state: State
    total: int
    done: int
    skipped: tuple[Reference, ...]
    size_bytes: int
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An export that this worker makes: of what, in which form, in whose name."""

    id: ExportId
    form: str
    reason: str
    references: tuple[Reference, ...]
    actor: Actor
    held_by: str = field(repr=False)


class Exports:
    """Keeps what was asked for, and its files."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def ask(
        self, references: Sequence[Reference], *, form: str, reason: str, actor: Actor
    ) -> ExportId:
        """Keep that the actor wants these submissions, in this order, in one file.

        Raises:
            DatabaseUnavailable: nothing was asked for.
        """
        now = self._ground.clock()
        made = ExportId(self._ground.new_id())
        with self._ground.database.transaction() as session:
            session.add(
                ExportRow(
                    id=made,
                    asked_by=actor.name,
                    role=actor.role,
                    request_id=actor.request_id,
                    form=form,
                    reason=reason,
                    chosen=" ".join(references),
                    skipped="",
                    state=State.WAITING.value,
                    total=len(references),
                    done=0,
                    parts=0,
                    size_bytes=0,
                    made_at=now,
                    due_at=now,
                    expires_at=now + KEPT_FOR,
                )
            )
            self._append(session, actor, Action.EXPORT_START, made, reason)
        return made

    def find(self, export_id: str, *, asked_by: str) -> Export | None:
        """Give the export, if there is one and this person asked for it.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            row = session.get(ExportRow, export_id)
            return _export(row) if row and row.asked_by == asked_by else None

    def is_there(self, export_id: str) -> bool:
        """Say whether anybody asked for it.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            return session.get(ExportRow, export_id) is not None

    def of(self, asked_by: str) -> tuple[Export, ...]:
        """Give every export that this person asked for, the newest first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = (
            select(ExportRow)
            .where(ExportRow.asked_by == asked_by)
            .order_by(ExportRow.made_at.desc(), ExportRow.id)
        )
        with self._ground.database.reading() as session:
            return tuple(_export(row) for row in session.scalars(wanted))

    def waiting(self) -> tuple[ExportId, ...]:
        """Give the exports that no worker makes, the oldest first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = (
            select(ExportRow.id)
            .where(_is_due(self._ground.clock()))
            .order_by(ExportRow.made_at)
        )
        with self._ground.database.reading() as session:
            return tuple(ExportId(each) for each in session.scalars(wanted))

    def take(self, export_id: str) -> Work | None:
        """Give the export to this worker; None if another has it or nobody wants it.

        What an earlier worker had made of it is deleted.

        Raises:
            DatabaseUnavailable: it was not taken.
        """
        now = self._ground.clock()
        wanted = (
            select(ExportRow)
            .where(ExportRow.id == export_id, _is_due(now))
            .with_for_update()
        )
        with self._ground.database.transaction() as session:
            row = session.scalar(wanted)
            if row is None:
                return None
            _delete_parts(session, export_id)
            row.state = State.RUNNING.value
            row.done = row.parts = row.size_bytes = 0
            row.due_at = now + HOLD
            row.held_by = self._ground.new_id()
            actor = Actor(name=row.asked_by, role=row.role, request_id=row.request_id)
            return Work(
                id=ExportId(row.id),
                form=row.form,
                reason=row.reason,
                references=_references(row.chosen),
                actor=actor,
                held_by=row.held_by,
            )

    def note_progress(self, work: Work, done: int) -> None:
        """Note how many submissions were looked at, and that the worker is alive.

        Raises:
            ExportGone: it was cancelled, or another worker has it.
            DatabaseUnavailable: it was not noted.
        """
        with self._ground.database.transaction() as session:
            row = self._held(session, work)
            row.done = done
            row.due_at = self._ground.clock() + HOLD

    def add_part(self, work: Work, content: bytes) -> None:
        """Keep the next part of the file, sealed.

        Raises:
            ExportGone: it was cancelled, or another worker has it.
            DatabaseUnavailable: the part was not kept.
        """
        with self._ground.database.transaction() as session:
            row = self._held(session, work)
            sealed = self._ground.vault.seal(content, _place(work.id, row.parts))
            session.add(
                ExportPartRow(export_id=work.id, number=row.parts, **asdict(sealed))
            )
            row.parts += 1
            row.size_bytes += len(content)
            row.due_at = self._ground.clock() + HOLD

    def finish(self, work: Work, *, skipped: Sequence[Reference]) -> None:
        """Let the file be fetched; `skipped` could not be opened and are not in it.

        Raises:
            ExportGone: it was cancelled, or another worker has it.
            DatabaseUnavailable: another worker will begin it anew.
        """
        with self._ground.database.transaction() as session:
            row = self._held(session, work)
            row.state = State.READY.value
            row.done = row.total
            row.skipped = " ".join(skipped)
            row.held_by = None
            row.expires_at = self._ground.clock() + KEPT_FOR

    def give_up(self, work: Work) -> None:
        """Note that it can't be made, so that the person who waits is told.

        Raises:
            ExportGone: it was cancelled, or another worker has it.
            DatabaseUnavailable: another worker will try it.
        """
        with self._ground.database.transaction() as session:
            row = self._held(session, work)
            row.state = State.FAILED.value
            row.held_by = None
            _delete_parts(session, work.id)

    def cancel(self, export_id: str, *, actor: Actor) -> None:
        """Stop the actor's export, and delete what there is of its file.

        Raises:
            DatabaseUnavailable: it goes on.
        """
        with self._ground.database.transaction() as session:
            row = session.scalar(
                select(ExportRow)
                .where(ExportRow.id == export_id, ExportRow.asked_by == actor.name)
                .with_for_update()
            )
            if row is None or row.state == State.CANCELLED:
                return
            row.state = State.CANCELLED.value
            row.held_by = None
            _delete_parts(session, export_id)
            self._append(session, actor, Action.EXPORT_CANCEL, export_id)

    def fetch(self, export: Export, *, actor: Actor) -> Iterator[bytes]:
        """Note that the actor fetches the file, and give its parts in order.

        Raises:
            RecordUnreadable: a part was altered or is missing.
            DatabaseUnavailable: fetching could not be noted, so nothing is given.
        """
        with self._ground.database.transaction() as session:
            self._append(session, actor, Action.EXPORT_DOWNLOAD, export.id)
            row = session.get(ExportRow, export.id)
            parts = row.parts if row else 0
        return self._parts(export.id, parts)

    def forget_old(self) -> int:
        """Delete what is older than a day, files too; tell how many there were.

        Raises:
            DatabaseUnavailable: they are still there.
        """
        with self._ground.database.transaction() as session:
            old = session.scalars(
                select(ExportRow.id).where(ExportRow.expires_at <= self._ground.clock())
            ).all()
            for export_id in old:
                _delete_parts(session, export_id)
                session.execute(delete(ExportRow).where(ExportRow.id == export_id))
                self._append(session, _PURGE, Action.EXPORT_EXPIRE, export_id)
        return len(old)

    def _parts(self, export_id: str, count: int) -> Iterator[bytes]:
        for number in range(count):
            place = _place(export_id, number)
            with self._ground.database.reading() as session:
                row = session.get(ExportPartRow, (export_id, number))
            if row is None:
                raise RecordUnreadable(
                    table=place.table, row_id=place.row_id, what="a part is missing"
                )
            yield self._ground.vault.open(
                Sealed(
                    key_id=row.key_id,
                    wrapped_key=row.wrapped_key,
                    ciphertext=row.ciphertext,
                ),
                place,
            )

    def _held(self, session: Session, work: Work) -> ExportRow:
        row = session.scalar(
            select(ExportRow)
            .where(
                ExportRow.id == work.id,
                ExportRow.held_by == work.held_by,
                ExportRow.state == State.RUNNING.value,
            )
            .with_for_update()
        )
        if row is None:
            raise ExportGone
        return row

    def _append(
        self,
        session: Session,
        actor: Actor,
        action: Action,
        export_id: str,
        reason: str = "",
    ) -> None:
        session.flush()
        deed = Deed(
            action=action, object_kind="export", object_id=export_id, reason=reason
        )
        self._ground.audit.append(session, actor, deed)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Return what is true of an export that a worker may take."""
    return or_(
        ExportRow.state == State.WAITING.value,
        (ExportRow.state == State.RUNNING.value) & (ExportRow.due_at <= now),
    )


def _delete_parts(session: Session, export_id: str) -> None:
    session.execute(delete(ExportPartRow).where(ExportPartRow.export_id == export_id))


def _references(stored: str) -> tuple[Reference, ...]:
    return tuple(Reference(each) for each in stored.split())


def _place(export_id: str, number: int) -> RecordPlace:
    return RecordPlace(table="export_parts", row_id=export_id, column=f"part {number}")


def _export(row: ExportRow) -> Export:
    return Export(
        id=ExportId(row.id),
        form=row.form,
        reason=row.reason,
        state=State(row.state),
        total=row.total,
        done=row.done,
        skipped=_references(row.skipped),
        size_bytes=row.size_bytes,
        made_at=row.made_at,
        expires_at=row.expires_at,
    )
