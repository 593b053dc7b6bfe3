"""Does `screening check` say what is wrong, where, and with which exit status?"""

import pytest

from tests.cli.running import json_lines, run


def test_the_shipped_questionnaire_is_fit_and_its_notices_are_told():
    result = run("check", "ocd-ketamine")

    assert result.exit_code == 0
    assert "fit to be asked (30 pages, 105 criteria)" in result.stdout
    assert "questionnaire.yaml:230:17: notice: the text of" in result.stdout


def test_a_notice_or_a_warning_is_no_error_in_json_either():
    result = run("check", "ocd-ketamine", "--json")

    (told,) = json_lines(result)
    assert result.exit_code == 0
    severities = {problem["severity"] for problem in told["problems"]}
    assert severities == {"notice", "warning"}


def test_a_fault_is_printed_with_a_path_that_opens_from_here(demonstrators):
    file = demonstrators / "branching/questionnaire.yaml"
    file.write_text(file.read_text().replace("age < 12", "agee < 12"))

    result = run("check", "definitions/branching")

    assert result.exit_code == 1
    assert result.stdout == (
        "definitions/branching/questionnaire.yaml:20:48: "
        'there is no "agee" here — Did you mean "age"? [SC210]\n'
        "      - {id: exclude-child, kind: exclusion, when: agee < 12, "
        "clinician: Child., because: Child., sourc…\n"
        "                                                   ^\n"
        "More on a code: screening explain SC210\n"
        "1 to mend. Nothing was changed.\n"
    )


def test_a_fault_in_json_has_every_part_of_the_contract(demonstrators):
    file = demonstrators / "branching/questionnaire.yaml"
    file.write_text(file.read_text().replace("age < 12", "agee < 12"))

    result = run("check", "definitions/branching", "--json")

    assert result.exit_code == 1
    assert json_lines(result) == [
        {
            "problems": [
                {
                    "file": "definitions/branching/questionnaire.yaml",
                    "line": 20,
                    "column": 48,
                    "code": "SC210",
                    "severity": "error",
                    "message": 'there is no "agee" here',
                    "fix": 'Did you mean "age"?',
                }
            ]
        }
    ]


@pytest.mark.parametrize(
    "named", ["definitions/repeats", "definitions/repeats/questionnaire.yaml"]
)
def test_a_questionnaire_may_be_named_by_its_folder_or_file(demonstrators, named):
    assert run("check", named).exit_code == 0


def test_a_clinics_own_library_is_looked_in(demonstrators):
    settings = {"SCREENING_QUESTIONNAIRES": str(demonstrators)}

    assert run("check", "repeats", settings=settings).exit_code == 0
    assert run("check", "repeats").exit_code == 2


def test_a_name_that_is_nothing_is_wrong_usage():
    result = run("check", "ocd-ketamin")

    assert result.exit_code == 2
    assert 'Did you mean "ocd-ketamine"?' in result.stderr


def test_a_folder_without_a_questionnaire_has_a_problem(own_folder):
    (own_folder / "empty").mkdir()

    result = run("check", "empty", "--json")

    assert result.exit_code == 1
    assert json_lines(result)[0]["problems"][0]["file"] == "empty/questionnaire.yaml"


@pytest.mark.parametrize("arguments", [["check"], ["check", "a", "b"], ["chek"], []])
def test_wrong_usage_ends_with_two(arguments):
    assert run(*arguments).exit_code == 2


def test_what_is_hard_to_read_is_told_when_it_is_asked_for():
    plain = run("check", "ocd-ketamine")
    prose = run("check", "ocd-ketamine", "--prose")

    assert prose.exit_code == 0
    assert "[SC511]" not in plain.stdout
    assert "this sentence has 27 words; 25 are easy to follow" in prose.stdout


def test_the_file_of_one_instrument_can_be_checked_alone(demonstrators):
    file = demonstrators / "scales/instruments/growth.yaml"
    fit = run("check", file)

    text = file.read_text("utf-8")
    file.write_text(text.replace("range: [0, 12]", "range: [0, 13]", 1), "utf-8")
    wrong = run("check", file)

    assert fit.exit_code == 0
    assert "growth: fit to be used." in fit.stdout
    assert wrong.exit_code == 1
    assert "its range says 0 to 13" in wrong.stdout
