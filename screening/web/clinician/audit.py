"""Who did what, when? The audit trail for whoever looks after accounts.

Rows come newest first. They can be narrowed to one kind of deed, one person and one
day; a person stands in the address by the id of the account. Each look is itself a
row. The whole trail is checked when somebody asks, at most once a minute.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.users import User
from screening.report.wording import moment_in_words
from screening.store.audit import Action
from screening.store.audit_reading import (
    AuditReading,
    Check,
    Narrowing,
    Row,
    parse_day,
    parse_number,
)
from screening.web.clinician.audit_words import ACTIONS, action_in_words
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.shell import current_shell

_NOT_AGAIN_FOR = timedelta(minutes=1)
_BY_ROLE = {
    "patient": "Patients",
    "service": "The service itself",
    "unknown": "Somebody unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address narrows the rows to, as it was given; empty leaves all in."""

    action: str = ""
    who: str = ""
    day: str = ""

    @property
    def is_narrow(self) -> bool:
        """Say whether any row is left out."""
        return bool(self.action or self.who or self.day)

    def in_words(self) -> str:
        """Return what was looked for, as the trail keeps it."""
        given = (("action", self.action), ("who", self.who), ("day", self.day))
        return "; ".join(f"{name}: {value}" for name, value in given if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row as the page shows it."""

    row: Row
    when: str
    who: str
    what: str


def show() -> ResponseReturnValue:
    """Show a page of the trail, narrowed and continued as the address says."""
    asked = Asked(
        action=request.args.get("action", ""),
        who=request.args.get("who", ""),
        day=request.args.get("day", ""),
    )
    before = parse_number(request.args.get("before", "0"))
    people = current_clinic().accounts.users.everybody()
    is_known = asked.action in {"", *ACTIONS} and asked.who in {
        "",
        *_BY_ROLE,
        *(each.id for each in people),
    }
    if before is None or not is_known:
        abort(404)
    if asked.day and parse_day(asked.day) is None:
        fault = "Enter a day as year, month and day, such as 2026-03-01"
        return _page(asked, people, [], fault=fault)
    page = _reading().page(
        _narrowing(asked, people),
        actor=current_actor(),
        before=before or None,
        reason=asked.in_words(),
    )
    names = {each.username: each.display_name for each in people}
    return _page(
        asked,
        people,
        [_line(row, names) for row in page.rows],
        is_continued=bool(before),
        next_before=page.next_before,
    )


def check() -> ResponseReturnValue:
    """Check the whole trail, unless that was done a moment ago, and go back."""
    last = _reading().last_check()
    now = current_shell().clock()
    if last is None or now - last.at >= _NOT_AGAIN_FOR:
        _reading().check(current_actor())
    return redirect(url_for("clinician.audit"), code=303)


def _reading() -> AuditReading:
    return AuditReading(current_clinic().store.ground)


def _narrowing(asked: Asked, people: Sequence[User]) -> Narrowing:
    actors = [each.username for each in people if each.id == asked.who]
    return Narrowing(
        zone=current_shell().config.time_zone,
        action=Action(asked.action) if asked.action else None,
        actor=actors[0] if actors else None,
        actor_role=asked.who if asked.who in _BY_ROLE else None,
        day=parse_day(asked.day),
    )


def _page(
    asked: Asked,
    people: Sequence[User],
    lines: list[Line],
    *,
    fault: str | None = None,
    is_continued: bool = False,
    next_before: int | None = None,
) -> ResponseReturnValue:
    last = _reading().last_check()
    page = render_template(
        "clinician/audit.html",
        actions=ACTIONS,
        asked=asked,
        checked=None if last is None else _check_in_words(last),
        fault=fault,
        groups=_BY_ROLE,
        has_errors=fault is not None,
        is_continued=is_continued,
        is_whole=last is not None and last.is_whole,
        lines=lines,
        next_before=next_before,
        people=people,
        user=current_user(),
    )
    return make_response(page, 200 if fault is None else 422)


def _line(row: Row, names: dict[str, str]) -> Line:
    zone = current_shell().config.time_zone.key
    return Line(
        row=row,
        when="Not readable" if row.at is None else moment_in_words(row.at, zone),
        who=names.get(row.actor, row.actor),
        what=action_in_words(row.action),
    )


def _check_in_words(last: Check) -> str:
    zone = current_shell().config.time_zone.key
    found = (
        "every row was as it was written"
        if last.is_whole
        else f"the trail was not as it was written, {last.where}"
    )
    return f"{moment_in_words(last.at, zone)}, by {last.actor}: {found}"
