"""Between which days may a date lie, counted from the day of submission?"""

from datetime import date

import pytest

from screening.core.answers import Refused, typed
from screening.core.limits import read_limit
from tests.core.building import SMALLEST, TODAY, from_text, problems_of


def asking(kind, low, high):
    line = f"      - {{id: d, ask: When?, type: {kind}, range: [{low}, {high}]}}\n"
    return SMALLEST + line


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 3, 15)),
        ("2020-01-31", date(2020, 1, 31)),
        ("2020-01", date(2020, 1, 1)),
        ("18 years before today", date(2008, 3, 15)),
        ("1 month after today", date(2026, 4, 15)),
        ("2 weeks before today", date(2026, 3, 1)),
        ("1 day after today", date(2026, 3, 16)),
    ],
)
def test_a_limit_is_a_day_for_each_day_of_submission(text, day):
    assert read_limit(text).on(TODAY) == day


@pytest.mark.parametrize("text", ["2020-13-01", "2020-02-30", "tomorrow", "1 yr ago"])
def test_other_words_are_no_limit(text):
    assert read_limit(text) is None


@pytest.mark.parametrize(
    ("kind", "low", "high", "given", "is_taken"),
    [
        ("date", "1900-01-01", "today", "2026-03-15", True),
        ("date", "1900-01-01", "today", "2026-03-16", False),
        ("date", "1900-01-01", "today", "1899-12-31", False),
        ("month", "2020-06", "today", "2026-03", True),
        ("month", "2020-06", "today", "2026-04", False),
        ("month", "2020-06", "today", "2020-05", False),
    ],
)
def test_a_day_outside_the_limits_is_refused(kind, low, high, given, is_taken):
    question = from_text(asking(kind, low, high)).questions["d"]

    assert isinstance(typed(question, given, TODAY), Refused) is not is_taken


@pytest.mark.parametrize(
    ("low", "high", "problem"),
    [
        ("2021-01-01", "2020-01-01", "SC116 10:48"),
        ("today", "1 day before today", "SC116 10:48"),
        ("2021-13-01", "today", "SC173 10:49"),
        ("0", "today", "SC173 10:49"),
    ],
)
def test_limits_that_no_day_meets_are_told(low, high, problem):
    assert problems_of(asking("date", low, high)) == [problem]
