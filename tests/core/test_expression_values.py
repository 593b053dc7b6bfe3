"""What do expressions come to, when some of the answers are not known?"""

from datetime import date
from decimal import Decimal

import pytest

from screening.core.expression.compile import months_before
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    NOT_ASKED,
    NOT_YET,
    UNSURE,
    Entry,
    Open,
    Span,
)
from tests.core.names import made, work_out

UNKNOWNS = [LEFT_OUT, UNSURE, DECLINED, Open("maybe")]
TRUTHS = {"true": True, "false": False, "n == 0": None}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "n == 0", None, True),
        ("false", "true", False, True),
        ("false", "false", False, False),
        ("false", "n == 0", False, None),
        ("n == 0", "true", None, True),
        ("n == 0", "false", False, None),
        ("n == 0", "n == 0", None, None),
    ],
)
def test_and_and_or_follow_the_strong_tables(left, right, both, either):
    assert work_out(f"{left} and {right}") is both
    assert work_out(f"{left} or {right}") is either
    assert work_out(f"true and {left} and {right}") is both
    assert work_out(f"false or {left} or {right}") is either


@pytest.mark.parametrize(
    ("text", "truth"), [("true", False), ("false", True), ("n == 0", None)]
)
def test_not_turns_what_is_known_and_leaves_what_is_not(text, truth):
    assert work_out(f"not {text}") is truth


@pytest.mark.parametrize("unknown", UNKNOWNS)
@pytest.mark.parametrize(
    "text",
    [
        *("n == 0", "n != 0", "n < 1", "n <= m", "0 > n", "n in [0, 1]"),
        *("n not in [0]", "n + 1 == 1", "n * 0 == 0", "-n < 0", "not n == 0"),
    ],
)
def test_nothing_is_known_of_a_number_that_is_not(unknown, text):
    assert work_out(text, n=unknown, m=3) is None


@pytest.mark.parametrize("unknown", UNKNOWNS)
@pytest.mark.parametrize(
    "text",
    ['colour == "red"', 'colour != "red"', 'colour in ["red"]', "colour not in often"],
)
def test_nothing_is_known_of_a_choice_that_is_not(unknown, text):
    assert work_out(text, colour=unknown) is None


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("n == 0", False),
        ("n != 0", True),
        ("n < 1", False),
        ("n >= 0", False),
        ("n < m", False),
        ("m < n", False),
        ("n == m", False),
        ("n != m", True),
        ("not (n == 0)", True),
        ("n in [0, 1]", False),
        ("n not in [0, 1]", True),
        ("n + 1 == 1", False),
        ("n + 1 != 1", True),
        ('colour == "red"', False),
        ('colour != "red"', True),
        ('colour in ["red"]', False),
        ('colour not in ["red"]', True),
        ('"tms" in tried', False),
        ('"tms" not in tried', True),
        ("any(t.dose > 1 for t in trials)", False),
    ],
)
@pytest.mark.parametrize("other", [3, LEFT_OUT])
def test_what_was_not_asked_equals_nothing_and_is_ordered_with_nothing(
    text, truth, other
):
    hidden = {"n": NOT_ASKED, "colour": NOT_ASKED, "tried": NOT_ASKED}

    assert work_out(text, **hidden, trials=NOT_ASKED, m=other) is truth


def test_arithmetic_with_what_was_not_asked_was_not_asked():
    assert work_out("n + m", n=NOT_ASKED, m=LEFT_OUT) is NOT_ASKED
    assert work_out("n * 2", n=NOT_ASKED) is NOT_ASKED


@pytest.mark.parametrize(
    ("state", "answered", "unsure", "declined", "known"),
    [
        ("red", True, False, False, True),
        (LEFT_OUT, False, False, False, False),
        (UNSURE, False, True, False, False),
        (DECLINED, False, False, True, False),
        (Open("maybe"), False, True, False, False),
        (NOT_ASKED, False, False, False, True),
        (NOT_YET, None, None, None, False),
    ],
)
def test_the_state_of_a_question_can_be_asked_for(
    state, answered, unsure, declined, known
):
    assert work_out("answered(colour)", colour=state) is answered
    assert work_out("unsure(colour)", colour=state) is unsure
    assert work_out("declined(colour)", colour=state) is declined
    assert work_out("known(colour)", colour=state) is known


@pytest.mark.parametrize(
    ("text", "certain", "known"),
    [("true", True, True), ("false", False, True), ("n == 0", False, False)],
)
def test_certain_and_known_are_always_true_or_false(text, certain, known):
    assert work_out(f"certain({text})") is certain
    assert work_out(f"known({text})") is known


@pytest.mark.parametrize(
    ("value", "truth"), [(17, False), (18, True), (64, True), (65, False)]
)
def test_a_chain_holds_when_each_of_its_links_does(value, truth):
    assert work_out("18 <= age < 65", age=value) is truth


def test_a_chain_breaks_at_a_false_link_though_another_is_unknown():
    assert work_out("n < age < 10", age=20) is False
    assert work_out("n < age < 30", age=20) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "truth"),
    [
        ("scale.total >= 10", 10, 14, True),
        ("scale.total >= 10", 9, 14, None),
        ("scale.total >= 10", 3, 9, False),
        ("scale.total > 10", 10, 14, None),
        ("scale.total == 5", 3, 4, False),
        ("scale.total == 5", 3, 5, None),
        ("scale.total != 5", 3, 4, True),
        ("scale.total != 5", 5, 6, None),
        ("10 <= scale.total", 10, 14, True),
        ("20 > scale.total >= 10", 10, 14, True),
        ("scale.total - 5 >= 5", 10, 14, True),
        ("5 - scale.total <= 0", 5, 9, True),
        ("scale.total * 2 >= 20", 10, 14, True),
        ("scale.total / 2 >= 5", 10, 14, True),
        ("10 / scale.total <= 5", 2, 4, True),
        ("10 / scale.total <= 5", 0, 4, None),
        ("-scale.total <= -10", 10, 14, True),
        ("scale.total * (0 - 2) <= 0 - 20", 10, 14, True),
        ("known(scale.total)", 10, 14, False),
        ("certain(scale.total >= 10)", 10, 14, True),
    ],
)
def test_a_comparison_with_a_range_is_decided_when_all_of_it_agrees(
    text, low, high, truth
):
    assert work_out(text, scale__total=Span(low, high)) is truth


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n + m", 10),
        ("n - m", 4),
        ("n * m", 21),
        ("n / m", Decimal(7) / Decimal(3)),
        ("-n", -7),
        ("n * (m + 1)", 28),
        ("0.1 + 0.2", Decimal("0.3")),
    ],
)
def test_arithmetic_is_exact(text, value):
    assert work_out(text, n=7, m=3) == value


def test_dividing_by_nothing_is_not_known():
    assert work_out("n / m", n=7, m=0) is LEFT_OUT
    assert work_out("n / m > 1", n=7, m=0) is None


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ('"tms" in tried', True),
        ('"dbs" in tried', False),
        ('"dbs" not in tried', True),
        ("answered(tried)", True),
    ],
)
def test_an_option_can_be_looked_for_among_those_chosen(text, truth):
    assert work_out(text, tried=frozenset({"tms"})) is truth


def test_options_that_were_left_out_are_not_known():
    assert work_out('"tms" in tried') is None
    assert work_out('"tms" not in tried') is None


def test_an_entry_is_compared_by_its_id_and_read_by_its_attributes():
    sertraline = Entry(
        id="sertraline", label="Sertraline", attributes=("yes", Decimal(150))
    )

    assert work_out('drug == "sertraline"', drug=sertraline) is True
    assert work_out('drug in ["tea"]', drug=sertraline) is False
    assert work_out("drug.least <= 150", drug=sertraline) is True
    assert work_out('drug.counted == "yes"', drug=sertraline) is True
    assert work_out("drug.least <= 150") is None


def test_something_that_is_not_in_the_catalogue_may_be_anything():
    own_words = Entry(id="", label="A root from the garden", listed=False)

    assert work_out('drug == "sertraline"', drug=own_words) is None
    assert work_out('drug in ["sertraline", "tea"]', drug=own_words) is None
    assert work_out("drug.least <= 150", drug=own_words) is None
    assert work_out('drug.counted == "yes"', drug=own_words) is None


# -- dates


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2008, 3, 15), date(2026, 3, 14), 17),
        (date(2008, 3, 15), date(2026, 3, 15), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_an_age_goes_up_on_the_birthday_and_on_1_march_after_29_february(
    born, today, age
):
    assert work_out("age_on(born)", today=today, born=born) == age


def test_days_are_counted_to_the_day_of_submission():
    born = date(2024, 2, 28)

    assert work_out("days_since(born)", today=date(2024, 3, 1), born=born) == 2
    assert work_out("days_since(born)", born=NOT_ASKED) is NOT_ASKED
    assert work_out("days_since(born) > 1", born=UNSURE) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [("days(6)", 6), ("weeks(6)", 42), ("months(6)", 181), ("years(1)", 365)],
)
def test_a_stretch_of_time_ends_on_the_day_of_submission(text, days):
    assert work_out(text, today=date(2026, 3, 15)) == days


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 2, 29), 48, date(2020, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_a_month_earlier_is_the_same_day_or_the_last_of_that_month(
    day, months, earlier
):
    assert months_before(day, months) == earlier


def test_six_months_ago_to_the_day_is_not_less_than_six_months():
    text = "days_since(born) >= months(6)"
    today = date(2026, 8, 31)

    assert work_out(text, today=today, born=date(2026, 2, 28)) is True
    assert work_out(text, today=today, born=date(2026, 3, 1)) is False


def test_dates_are_compared_by_the_calendar():
    assert work_out("born < ended", born=date(2026, 1, 2), ended=date(2026, 1, 3))


# -- several in a row


def test_parameters_stand_for_their_values():
    assert work_out("n >= limit", n=12) is True
    assert work_out("colour in often", colour="blue") is False


def test_constants_can_be_listed_and_counted():
    text = "count(x for x in [n, m, 1] if x >= 1)"

    assert work_out(text, n=0, m=5) == 2
    assert work_out(text, n=0) == Span(1, 2)


@pytest.mark.parametrize(
    ("state", "truth"),
    [(True, True), (False, False), (None, None), (LEFT_OUT, None), (NOT_ASKED, False)],
)
def test_a_worked_out_truth_may_be_unknown_or_not_asked(state, truth):
    opposite = None if truth is None else not truth

    assert work_out("fine and true", fine=state) is truth
    assert work_out("fine or false", fine=state) is truth
    assert work_out("not fine", fine=state) is opposite
    assert work_out("certain(fine)", fine=state) is (truth is True)
    assert work_out("known(fine)", fine=state) is (truth is not None)
    assert work_out("any(x for x in [fine, fine])", fine=state) is truth
    assert work_out("all(x for x in [fine, fine])", fine=state) is truth
    assert work_out("count(x for x in [1, 2] if fine) == 2", fine=state) is truth


def test_a_worked_out_truth_that_was_not_asked_is_neither_true_nor_false():
    assert work_out("fine == false", fine=NOT_ASKED) is False
    assert work_out("fine != false", fine=NOT_ASKED) is True
    assert work_out("fine == true", fine=LEFT_OUT) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("dose * weeks_taken", "mg.wk"),
        ("dose / weeks_taken", "mg/(wk)"),
        ("dose / dose", None),
        ("2 * weeks_taken", "week"),
        ("weeks_taken / 2", "week"),
        ("1 / weeks_taken", "/(wk)"),
    ],
)
def test_a_product_and_a_quotient_have_units_of_their_own(text, unit):
    assert made(text).type.unit == unit
