"""Is a worked patient that comes out otherwise noticed, whatever differs?"""

from datetime import date

import pytest

from screening.core.cases import case_problems, read_cases, run_case
from screening.core.problems import DefinitionError
from tests.core.building import TODAY, demonstrator
from tests.core.test_scoring import SCALE

CLINIC = demonstrator("must-know")
WELL = "{pain: no, fever: no, temperature: 37, complete: all, fit: yes}"


def run(expect, answers=WELL, more=""):
    text = (
        "language_version: 1\ncases:\n  - case: c\n"
        f"    answers: {answers}\n    expect: {expect}\n{more}"
    )
    (case,) = read_cases([("c.yaml", text)])
    failure = run_case(case, questionnaire=CLINIC, read_file=lambda _: None, on=TODAY)
    return failure.differences if failure else ()


@pytest.mark.parametrize(
    "expect",
    [
        "{outcome: no_barrier_reported}",
        "{findings: []}",
        "{missing: []}",
        "{same_day: false}",
        "{undetermined: [precaution-cough, review-light]}",
        "{scores: {}, derived: {}}",
        "{}",
    ],
)
def test_a_patient_who_comes_out_as_written_is_no_failure(expect):
    assert run(expect) == ()


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        (
            "{outcome: urgent}",
            "outcome: expected urgent, came no_barrier_reported",
        ),
        ("{findings: [urgent-pain]}", "findings: expected [urgent-pain], came []"),
        ("{missing: [pain]}", "missing: expected [pain], came []"),
        ("{same_day: true}", "same_day: expected true, came false"),
        ("{derived: {stage: one}}", "derived.stage: there is no such value"),
        ("{scores: {phq9: {total: 1}}}", "scores.phq9: there is no such value"),
    ],
)
def test_a_patient_who_comes_out_otherwise_is_told(expect, difference):
    assert run(expect) == (difference,)


def test_answers_that_do_not_fit_are_a_failure():
    assert "there is no question" in run("{}", "{nope: 1}")[0]


def score(expect, answers="[1, 1, 1]", more=""):
    text = (
        "language_version: 1\ninstrument: scale\ncases:\n  - case: c\n"
        f"    answers: {answers}\n    expect: {expect}\n{more}"
    )
    (case,) = read_cases([("c.yaml", text)])
    read_file = {"instruments/scale.yaml": SCALE}.get
    failure = run_case(case, questionnaire=None, read_file=read_file, on=TODAY)
    return failure.differences if failure else ()


def test_numbers_are_compared_as_numbers_and_null_as_nothing():
    assert score("{total: 3, results: {share: 33.30}, prorated: null}") == ()
    assert score("{total: 4}") == ("total: expected 4, came 3",)
    assert score("{total: null}") == ("total: expected null, came 3",)
    assert score("{prorated: 0}") == ("prorated: expected 0, came null",)
    assert score("{results: {positive: true}}") == (
        "results.positive: expected true, came false",
    )


def test_a_refusal_that_is_expected_has_to_come():
    refused = "    refused: true\n"

    assert score("{}", "[9, 9, 9]", refused) == ()
    assert score("{}", "[1, 1, 1]", refused) == (
        "the answers were to be refused, and were not",
    )
    assert score("{}", "[9, 9, 9]") != ()


def test_a_case_stands_on_the_one_it_is_based_on():
    text = (
        "language_version: 1\n"
        "cases:\n"
        "  - {case: a, answers: {pain: yes, fit: yes}}\n"
        "  - {case: b, based_on: a, answers: {pain: no}}\n"
    )

    _, second = read_cases([("c.yaml", text)])

    assert second.answers == {"pain": "no", "fit": "yes"}


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ("cases:\n  - {answers: {}}\n", "SC101 2:5"),
        ("case: a\n", "SC102 1:1"),
        ("cases:\n  - {case: a, expect: {outcom: urgent}}\n", "SC102 2:24"),
        ("cases:\n  - {case: a, expect: {outcome: urgnt}}\n", "SC103 2:33"),
        ("cases:\n  - {case: a, based_on: z}\n", "SC404 2:25"),
        ("cases:\n  - {case: a, based_on: a}\n", "SC404 2:25"),
        ("cases:\n  - {case: a}\n  - {case: a}\n", "SC403 3:12"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused_where_it_fails(cases, told):
    with pytest.raises(DefinitionError) as refused:
        read_cases([("c.yaml", f"language_version: 1\n{cases}")])

    first = refused.value.problems[0]
    assert told_of(first) == told_on_line_below(told)


def told_of(problem):
    return f"{problem.code} {problem.where.line}:{problem.where.column}"


def told_on_line_below(told):
    """Return a place that was counted without the first line of the file."""
    code, line, column = told.replace(":", " ").split()
    return f"{code} {int(line) + 1}:{column}"


def problems_of(expect, answers=WELL, base=""):
    text = (
        "language_version: 1\ncases:\n"
        f"  - case: base\n    answers: {WELL}\n"
        f"  - case: c\n    answers: {answers}\n    expect: {expect}\n{base}"
    )
    found = case_problems([("c.yaml", text)], CLINIC, lambda _: None, TODAY)
    return [told_of(one) for one in found]


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{}", []),
        ("{outcome: urgent}", ["SC402 7:23"]),
        ("{findings: [urgent-pian]}", ["SC401 7:25"]),
        ("{missing: [pian]}", ["SC401 7:24"]),
        ("{undetermined: [review-ligth]}", ["SC401 7:29"]),
        ("{derived: {stage: one}}", ["SC401 7:24"]),
        ("{scores: {phq9: {total: 1}}}", ["SC401 7:23"]),
    ],
)
def test_what_is_expected_and_can_not_be_is_told_where_it_stands(expect, told):
    assert problems_of(expect) == told


def test_answers_that_do_not_fit_are_told_where_they_stand():
    assert problems_of("{}", "{pain: no, nope: 1}") == ["SA001 6:25"]
    assert problems_of("{}", "{pain: perhaps}") == ["SA002 6:21"]


def test_an_answer_of_another_case_is_told_there_alone():
    text = (
        "language_version: 1\ncases:\n"
        "  - {case: a, answers: {pain: perhaps}}\n"
        "  - {case: b, answers: {fever: no}, based_on: a}\n"
    )

    found = case_problems([("c.yaml", text)], CLINIC, lambda _: None, TODAY)

    assert [told_of(one) for one in found] == ["SA002 3:31"]


def test_without_a_questionnaire_the_files_alone_are_looked_at():
    text = "language_version: 1\ncases:\n  - {case: a, answers: {nope: 1}}\n"

    assert case_problems([("c.yaml", text)], None, lambda _: None, TODAY) == ()
    assert case_problems([("c.yaml", "cases: 1")], None, lambda _: None, TODAY) != ()


DATED = "language_version: 1\ncases:\n  - {case: a, day: 2026-03-15}\n"


def test_a_case_is_of_the_day_that_it_or_its_base_says():
    text = DATED + (
        "  - {case: b, based_on: a}\n"
        "  - {case: c, based_on: b, day: 2027-03-15}\n"
        "  - {case: d}\n"
    )

    days = [case.day for case in read_cases([("c.yaml", text)])]

    assert days == [TODAY, TODAY, date(2027, 3, 15), None]


def test_a_case_comes_out_alike_on_any_day_where_it_says_its_own():
    dates = demonstrator("dates")
    text = DATED.replace(
        "}", ", answers: {born: 2008-03-15}, expect: {derived: {age: 18}}}"
    )
    (case,) = read_cases([("c.yaml", text)])

    failure = run_case(
        case, questionnaire=dates, read_file=lambda _: None, on=date(2030, 1, 1)
    )

    assert failure is None


def test_a_day_that_there_is_not_is_refused_where_it_stands():
    text = DATED.replace("2026-03-15", "2026-02-30")

    with pytest.raises(DefinitionError, match=r"c.yaml:3:20.*2026-03-15"):
        read_cases([("c.yaml", text)])
