"""What was given as a day or a month -> a day, or a month's text, or why not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from screening.core.answers.refused import Refused
from screening.core.calendar import months_before

if TYPE_CHECKING:
    from screening.core.definition import Question
    from screening.core.limits import DayLimit

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])", re.ASCII)


def read_day(question: Question, stored: object, today: date | None) -> date | Refused:
    """Return the day, within the question's limits as they are on `today`."""
    found = _DAY.fullmatch(str(stored).strip())
    if not found:
        return Refused("Enter day, month and year, such as 27 3 2025")
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return Refused("Enter a day that exists, such as 27 3 2025")
    return _outside(question, day, day, today) or day


def read_month(question: Question, stored: object, today: date | None) -> str | Refused:
    """Return the month as written, `2025-03`, within the question's limits."""
    text = str(stored).strip()
    found = _MONTH.fullmatch(text)
    if not found:
        return Refused("Enter a month as year and month, such as 2025-03")
    first = date(int(found[1]), int(found[2]), 1)
    last = months_before(first, -1) - timedelta(days=1)
    return _outside(question, first, last, today) or text


def _outside(
    question: Question, first: date, last: date, today: date | None
) -> Refused | None:
    """Return why a stretch of days is wholly outside the limits; None if it is not."""
    earliest = _on(question.earliest, today)
    latest = _on(question.latest, today)
    if (earliest is not None and last < earliest) or (
        latest is not None and first > latest
    ):
        return _between(earliest, latest)
    return None


def _on(limit: DayLimit | None, today: date | None) -> date | None:
    """Return the day of a limit; one counted from today needs to know today."""
    if limit is None or (limit.day is None and today is None):
        return None
    return limit.on(today or date.min)


def _between(earliest: date | None, latest: date | None) -> Refused:
    values = {
        name: _said(day)
        for name, day in (("earliest", earliest), ("latest", latest))
        if day is not None
    }
    if earliest is not None and latest is not None:
        return Refused("Enter a date between {earliest} and {latest}", values)
    if earliest is not None:
        return Refused("Enter a date that is {earliest} or later", values)
    return Refused("Enter a date that is {latest} or earlier", values)


def _said(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"
