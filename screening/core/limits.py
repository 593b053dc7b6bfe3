"""The days between which a date may lie: fixed, or counted from submission."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from screening.core.calendar import months_before

_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_COUNTED = re.compile(
    r"(\d{1,4}) (day|week|month|year)s? (before|after) today", re.ASCII
)
EXAMPLE = "2020-01-31, today, or 18 years before today"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimit:
    """A day, or so many months and days before (positive) or after today."""

    text: str
    day: date | None = None
    months_back: int = 0
    days_back: int = 0

    def on(self, today: date) -> date:
        """Return the day that it is for a submission on `today`."""
        if self.day is not None:
            return self.day
        return months_before(today, self.months_back) - timedelta(days=self.days_back)


def read_limit(text: str) -> DayLimit | None:
    """Return the limit that a file's text says; None when it says none.

    >>> read_limit("2 weeks before today").on(date(2026, 3, 15))
    datetime.date(2026, 3, 1)
    """
    if text == "today":
        return DayLimit(text=text)
    counted = _COUNTED.fullmatch(text)
    if counted:
        amount = int(counted[1]) * (1 if counted[3] == "before" else -1)
        if counted[2] in {"month", "year"}:
            months = amount * (12 if counted[2] == "year" else 1)
            return DayLimit(text=text, months_back=months)
        return DayLimit(
            text=text, days_back=amount * (7 if counted[2] == "week" else 1)
        )
    found = _DAY.fullmatch(text)
    if found:
        try:
            day = date(int(found[1]), int(found[2]), int(found[3] or 1))
        except ValueError:
            return None
        return DayLimit(text=text, day=day)
    return None


def is_empty(earliest: DayLimit, latest: DayLimit) -> bool:
    """Tell whether no day can lie between two limits of one kind.

    A fixed day and one counted from today are not compared: that depends on today.
    """
    if (earliest.day is None) is not (latest.day is None):
        return False
    any_day = date(2000, 1, 1)
    return earliest.on(any_day) > latest.on(any_day)
