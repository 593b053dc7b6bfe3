"""Is a worked patient that comes out otherwise noticed, whatever differs?"""

import pytest

from screening.cli.worked import read_cases, run_case
from screening.core.problems import DefinitionError
from tests.core.building import TODAY, demonstrator
from tests.core.test_scoring import SCALE

CLINIC = demonstrator("must-know")
WELL = "{pain: no, fever: no, temperature: 37, complete: all, fit: yes}"


def run(expect, answers=WELL, more=""):
    text = f"cases:\n  - case: c\n    answers: {answers}\n    expect: {expect}\n{more}"
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
        ("{outcom: urgent}", "outcom: there is no such value"),
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
        "instrument: scale\ncases:\n  - case: c\n"
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
        "cases:\n"
        "  - {case: a, answers: {pain: yes, fit: yes}}\n"
        "  - {case: b, based_on: a, answers: {pain: no}}\n"
    )

    _, second = read_cases([("c.yaml", text)])

    assert second.answers == {"pain": "no", "fit": "yes"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cases:\n  - {answers: {}}\n", "c.yaml:2:5"),
        ("case: a\n", "c.yaml:1:1"),
        ("cases:\n  - {case: a, based_on: z}\n", "c.yaml:2:5"),
        ("cases:\n  - {case: a, based_on: a}\n", "c.yaml:2:5"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused_where_it_fails(text, place):
    with pytest.raises(DefinitionError, match=place):
        read_cases([("c.yaml", text)])
