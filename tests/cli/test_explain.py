"""Does `screening explain` say what a part does, who uses it, and who shows it?"""

import pytest

from screening.authoring.explain import explanations, known_ids
from screening.core.load import load
from screening.library import shelf_for
from tests.cli.running import json_lines, run


@pytest.fixture(scope="module")
def shipped():
    """The shipped questionnaire."""
    shelf = shelf_for("ocd-ketamine")
    return load("ocd-ketamine", shelf.read)


def in_one_line(result):
    """Return what was printed without its line breaks."""
    return " ".join(result.stdout.split())


def test_every_part_of_the_shipped_questionnaire_can_be_explained(shipped):
    ids = known_ids(shipped)

    explained = [explanations(shipped, part_id) for part_id in ids]

    assert len(ids) > 600
    assert all(explained)
    assert all(one.what for found in explained for one in found)


def test_a_criterion_is_told_with_its_rule_sources_and_patients():
    said = in_one_line(run("explain", "ocd-ketamine", "exclude-age"))

    assert "criterion exclude-age (" in said
    assert "When it is met, a contraindication is reported" in said
    assert "Rule: Age is below 18 years. as written: age < 18" in said
    assert "Source: nct01100255: Trial register entry" in said
    assert "(read when the rule was written)" in said
    assert "Worked patients: met: age-01" in said
    assert "Worked patients: undetermined: age-unknown" in said


def test_a_value_is_told_with_who_uses_it_by_itself_and_through_others():
    said = in_one_line(run("explain", "ocd-ketamine", "adequate_trials"))

    assert "Used by: derived value treatment_stage" in said
    assert "Through these by: criterion review-first-line" in said


def test_a_score_is_told_with_items_range_and_bands():
    said = in_one_line(run("explain", "ocd-ketamine", "phq9.total"))

    assert "The sum of q1, q2, q3" in said
    assert "From, to: 0 to 27" in said
    assert "mild 5 to 9" in said


def test_a_part_of_a_group_and_an_entrys_question_have_ids_too():
    part = in_one_line(run("explain", "ocd-ketamine", "medicine_trials.drug"))

    assert part.startswith("question medicine_trials.drug (")
    assert "On the page:" in part


def test_a_name_of_two_parts_is_told_twice(demonstrators):
    file = demonstrators / "translated/questionnaire.yaml"
    text = file.read_text("utf-8").replace("page: last", "page: hours")
    file.write_text(text, "utf-8")

    result = run("explain", demonstrators / "translated", "hours")

    kinds = [line for line in result.stdout.splitlines() if line[:1].isalpha()]
    assert [line.split()[0] for line in kinds] == ["page", "question"]


def test_rules_are_said_in_another_language_on_request():
    said = run("explain", "ocd-ketamine", "exclude-age", "--language", "es").stdout

    assert "es menos de 18" in said or "menos de 18" in said


def test_a_criterion_that_no_patient_meets_is_told(demonstrators):
    (demonstrators / "translated/cases/walkers.yaml").unlink()

    result = run("explain", demonstrators / "translated", "exclude-pain")

    assert "No worked patient meets it: add one to cases/." in result.stdout


def test_a_program_gets_the_same_as_data():
    result = run("explain", "ocd-ketamine", "exclude-age", "--json")

    (told,) = json_lines(result)
    (criterion,) = told
    assert criterion["kind"] == "criterion"
    assert criterion["rules"][0]["written"] == "age < 18"
    assert criterion["patients"]["met"] == ["age-01", "not-yet-an-adult"]


def test_an_id_that_there_is_not_brings_the_nearest():
    result = run("explain", "ocd-ketamine", "exclude-agee")

    assert result.exit_code == 1
    assert 'Did you mean "exclude-age"?' in result.stderr


def test_a_code_is_explained_by_itself():
    result = run("explain", "SC104")

    assert result.exit_code == 0
    assert result.stdout.startswith("SC104: ")
    assert "What to do:" in result.stdout


def test_a_word_that_is_no_code_is_refused():
    result = run("explain", "SC999")

    assert result.exit_code == 2
    assert "is no code of a problem" in result.stderr
