"""Does `screening cases` run the worked patients, and notice those that differ?"""

import shutil

import pytest

from tests.cli.running import json_lines, run

GOOD = """\
language_version: 1
cases:
  - case: child
    answers: {age: 5, smokes: no}
    expect: {outcome: contraindication_reported, findings: [exclude-child]}
"""


OTHER = """\
  - case: other
    based_on: child
    expect: {findings: [x]}
"""


@pytest.fixture
def branching(demonstrators):
    folder = demonstrators / "branching/cases"
    shutil.rmtree(folder)
    folder.mkdir()
    return folder


def test_the_shipped_patients_all_come_out_as_written():
    (found,) = json_lines(run("cases", "ocd-ketamine", "--json"))

    assert found["failed"] == []
    assert found["passed"] >= 200


def test_the_cases_of_the_instruments_in_use_are_run_too_when_asked_for():
    alone, with_them = (
        json_lines(run("cases", "ocd-ketamine", "--json", *more))[0]["passed"]
        for more in ([], ["--instruments"])
    )

    assert with_them > alone


def test_the_cases_of_all_instruments_are_run_by_themselves():
    result = run("cases", "instruments")

    assert result.exit_code == 0
    assert result.stdout.endswith("came out as written, 0 did not.\n")


def test_a_patient_who_comes_out_otherwise_fails_with_the_difference(branching):
    (branching / "a.yaml").write_text(GOOD + OTHER)

    result = run("cases", "definitions/branching", "--json")

    assert result.exit_code == 1
    assert json_lines(result) == [
        {
            "passed": 1,
            "failed": [
                {
                    "case": "other",
                    "file": "definitions/branching/cases/a.yaml",
                    "line": 6,
                    "differences": ["findings: expected [x], came [exclude-child]"],
                }
            ],
        }
    ]


def test_a_person_reads_where_the_case_stands(branching):
    (branching / "a.yaml").write_text(GOOD.replace("exclude-child", "x"))

    result = run("cases", "definitions/branching")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        (
            "definitions/branching/cases/a.yaml:3:5: child: "
            "findings: expected [x], came [exclude-child]"
        ),
        "0 came out as written, 1 did not.",
    ]


def test_a_file_that_holds_no_cases_is_a_problem(branching):
    (branching / "a.yaml").write_text("language_version: 1\n")

    result = run("cases", "definitions/branching", "--json")

    assert result.exit_code == 1
    assert json_lines(result)[0]["problems"][0]["code"] == "SC101"


def test_a_promise_that_a_patient_breaks_fails_that_patient(branching):
    definition = branching.parent / "questionnaire.yaml"
    promise = "\npromises:\n  - {id: no-child, never: age < 18}\n"
    definition.write_text(definition.read_text("utf-8") + promise, "utf-8")
    (branching / "cases.yaml").write_text(GOOD, "utf-8")

    (found,) = json_lines(run("cases", str(branching.parent), "--json"))

    (failed,) = found["failed"]
    assert failed["case"] == "child"
    assert "no-child" in str(failed["differences"])
