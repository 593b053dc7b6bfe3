"""Months and years counted back from a day."""

from __future__ import annotations

from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """Return the day `months` earlier, the month's last day where it has no such day.

    A negative number counts onwards. The first and the last year of the calendar are
    as far as it goes.

    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    >>> months_before(date(2026, 3, 31), -3)
    datetime.date(2026, 6, 30)
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = min(max(divmod(index, 12), (1, 0)), (9998, 11))
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December, counted from 0
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
