"""Are the usual slips in a rule named, each with what to write instead?"""

import pytest

from screening.core.expression.slips import slip_in
from tests.core.names import problems_in


@pytest.mark.parametrize(
    ("rule", "column", "fix"),
    [
        ("age = 3", 4, "Write == for “is”."),
        ("age is less than 3", 4, "Write <, or <= for “or less”."),
        ("age is over 3", 4, "Write >, or >= for “or more”."),
        ("age equals 3", 4, "Write == for “is”."),
        ("tried contains tms", 6, 'Write "…" in the question.'),
        ("age === 3", 4, "Write == for “is”."),
        ("age => 3", 4, "Write >= for “or more”."),
        ("age =< 3", 4, "Write <= for “or less”."),
        ("age <> 3", 4, "Write != for “is not”."),
        ("age ≥ 3", 4, "Write >=."),
        ("age ≤ 3", 4, "Write <=."),
        ("age ≠ 3", 4, "Write !=."),
        ("age > 3 && n > 2", 8, "Write and."),
        ("age > 3 || n > 2", 8, "Write or."),
        ("!fine", 0, "Write not."),
        ("age > 3 AND n > 2", 8, "Write and."),
        ("age > 3 OR n > 2", 8, "Write or."),
        ("NOT fine", 0, "Write not."),
        ("colour == “red”", 10, 'Write straight: ".'),
        ('colour == "red', 10, "Close it, or delete it."),
        ("(age > 3", 0, "Close it, or delete it."),
        ("age > 3)", 7, "Delete it, or open it before."),
        ("age > 3; n > 2", 7, "Write and, or or."),
        ("age > 3?", 7, "Delete it."),
    ],
)
def test_a_usual_slip_is_named(rule, column, fix):
    assert problems_in(rule) == [("SC202", column, fix)]


def test_signs_inside_a_quoted_text_are_no_slips():
    assert slip_in('colour == "a = b && c"') is None
