"""What stands in the audit trail, and when was it last held against its macs?

Rows come newest first and continue below a row's number, so that what is appended
meanwhile moves nobody off the page. Each carries whether it is as it was written.
That none was taken out is another question, which `check` answers for the whole trail;
what it found is a row too, so that every worker of the service knows of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from screening.store.audit import Action, Actor, AuditHead, AuditVerdict, Deed
from screening.store.outside import written
from screening.store.tables import AuditRow

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import RowMapping

    from screening.store.ground import Ground

PAGE_SIZE = 50

_KIND = "audit trail"
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
_COLUMNS = AuditRow.__table__.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which rows are wanted; None leaves all in.

    `day` is one of the calendar of `zone`.
    """

    zone: ZoneInfo
    action: Action | None = None
    actor: str | None = None
    actor_role: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the trail; `at` is None where what stands there is no instant."""

    seq: int
    at: datetime | None
    actor: str
    actor_role: str
    action: str
    object_kind: str
    object_id: str
    reason: str
    is_as_written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, newest first; older ones are before `next_before`, None at the end."""

    rows: tuple[Row, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """When the whole trail was last checked, by whom, and what was found.

    `where` says from which row on it is not as it was written, and is empty otherwise.
    """

    at: datetime
    actor: str
    is_whole: bool
    where: str


class AuditReading:
    """Reads the trail for people, and checks it when they ask."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def page(
        self,
        wanted: Narrowing,
        *,
        actor: Actor,
        before: int | None = None,
        reason: str = "",
        size: int = PAGE_SIZE,
    ) -> Page:
        """Give the rows below a number, or the newest, and note that they were read.

        Raises:
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        deed = Deed(
            action=Action.AUDIT_VIEW, object_kind=_KIND, object_id="", reason=reason
        )
        self._ground.audit.write(actor, deed)
        statement = _narrowed(wanted).order_by(_COLUMNS.seq.desc()).limit(size + 1)
        if before is not None:
            statement = statement.where(_COLUMNS.seq < before)
        with self._ground.database.reading() as session:
            found = session.execute(statement).mappings().all()
        rows = tuple(self._row(each) for each in found[:size])
        return Page(rows=rows, next_before=rows[-1].seq if len(found) > size else None)

    def last_check(self) -> Check | None:
        """Give the newest check that the trail tells of, None before the first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        told = (Action.AUDIT_VERIFY_OK, Action.AUDIT_VERIFY_BROKEN)
        newest = (
            select(*_COLUMNS)
            .where(_COLUMNS.action.in_(told))
            .order_by(_COLUMNS.seq.desc())
            .limit(1)
        )
        with self._ground.database.reading() as session:
            found = session.execute(newest).mappings().first()
        if found is None:
            return None
        row = self._row(found)
        if row.at is None or not row.is_as_written:
            return None
        return Check(
            at=row.at,
            actor=row.actor,
            is_whole=row.action == Action.AUDIT_VERIFY_OK,
            where=row.reason,
        )

    def check(self, actor: Actor, noted: AuditHead | None = None) -> AuditVerdict:
        """Check the whole trail and note what was found.

        Raises:
            DatabaseUnavailable: the database did not answer, or the note was not kept.
        """
        found = self._ground.audit.verify(noted)
        deed = Deed(
            action=(
                Action.AUDIT_VERIFY_OK if found.is_whole else Action.AUDIT_VERIFY_BROKEN
            ),
            object_kind=_KIND,
            object_id="",
            reason="" if found.is_whole else f"from row {found.broken_seq} on",
        )
        self._ground.audit.write(actor, deed)
        return found

    def _row(self, row: RowMapping) -> Row:
        return Row(
            seq=row["seq"],
            at=_instant(row["at_utc"]),
            actor=row["actor"],
            actor_role=row["actor_role"],
            action=row["action"],
            object_kind=row["object_kind"],
            object_id=row["object_id"],
            reason=row["reason"],
            is_as_written=self._ground.audit.is_as_written(row),
        )


def parse_number(typed: str) -> int | None:
    """Read the number of a row; None when it can't be one."""
    return int(typed) if _NUMBER.fullmatch(typed) else None


def parse_day(typed: str) -> date | None:
    """Read a day of this century, as year-month-day; None when there is no such day.

    >>> parse_day("2026-03-01"), parse_day("2026-02-30"), parse_day("1 March")
    (datetime.date(2026, 3, 1), None, None)
    """
    if not _DAY.fullmatch(typed):
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _narrowed(wanted: Narrowing) -> Select[tuple[object, ...]]:
    statement = select(*_COLUMNS)
    if wanted.action is not None:
        statement = statement.where(_COLUMNS.action == wanted.action.value)
    if wanted.actor is not None:
        statement = statement.where(_COLUMNS.actor == wanted.actor)
    if wanted.actor_role is not None:
        statement = statement.where(_COLUMNS.actor_role == wanted.actor_role)
    if wanted.day is not None:
        statement = statement.where(
            _COLUMNS.at_utc >= _begin(wanted.day, wanted.zone),
            _COLUMNS.at_utc < _begin(wanted.day + timedelta(days=1), wanted.zone),
        )
    return statement


def _begin(day: date, zone: ZoneInfo) -> str:
    return written(datetime.combine(day, time(), tzinfo=zone))


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        # Only a row that somebody changed in the database holds anything else.
        return None
