"""How do problems read, and in what order?"""

import pytest

from screening.core.problems import (
    DefinitionError,
    Place,
    Problem,
    did_you_mean,
    in_file_order,
)


def test_a_problem_reads_as_place_what_and_what_to_do():
    place = Place("a.yaml", 3, 7)
    problem = Problem(code="SC001", what="this is odd", fix="Mend it.", where=place)

    assert str(problem) == "a.yaml:3:7: this is odd — Mend it."


def test_problems_stand_in_the_order_of_the_file():
    late = Problem(code="B", what="b", fix="", where=Place("a.yaml", 10, 1))
    early = Problem(code="A", what="a", fix="", where=Place("a.yaml", 9, 80))
    nowhere = Problem(code="C", what="c", fix="")

    assert in_file_order([late, early, nowhere]) == (nowhere, early, late)


def test_an_error_tells_all_of_its_problems_one_to_a_line():
    problems = [
        Problem(code="A", what="one", fix="Do.", where=Place("a", 2, 1)),
        Problem(code="A", what="two", fix="Do.", where=Place("a", 1, 1)),
    ]

    with pytest.raises(DefinitionError, match=r"a:1:1: two — Do.\na:2:1: one — Do."):
        raise DefinitionError(problems)


@pytest.mark.parametrize(
    ("word", "known", "fix"),
    [
        ("systolc", ["systolic", "diastolic"], 'Did you mean "systolic"?'),
        ("zzz", ["b", "a"], "Use one of: a, b."),
        ("zzz", [], "Nothing may stand here."),
        ("zzz", [f"n{i:02}" for i in range(14)], "n11 and 2 more."),
    ],
)
def test_a_fix_names_the_nearest_word_or_lists_a_few(word, known, fix):
    assert did_you_mean(word, known).endswith(fix)
