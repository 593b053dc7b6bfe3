"""Does `screening score` read every form of an instrument's answers?"""

import pytest

from tests.cli.running import json_lines, run


@pytest.fixture
def score(own_folder):
    def scored(instrument, *texts):
        names = []
        for number, text in enumerate(texts):
            (own_folder / f"{number}.yaml").write_text(text)
            names.append(f"{number}.yaml")
        return run("score", instrument, *names, "--json")

    return scored


@pytest.mark.parametrize(
    "text",
    [
        "[3, 0, 0]",
        "{q1: 3, q2: 0, q3: 0}",
        "answers: [3, 0, 0]\n",
        "- 3\n- 0\n- 0\n",
        "{answers: [3, 0, 0], threshold_sex: female}",
    ],
)
def test_a_list_a_map_and_answers_beside_parameters_come_to_the_same(score, text):
    (found,) = json_lines(score("audit_c", text))

    assert found["total"] == 3
    assert found["results"] == {"threshold": 3, "positive": True, "all_from_q1": True}


def test_a_parameter_is_chosen_beside_the_answers(score):
    text = "{answers: [3, 0, 0], threshold_sex: male}"

    (found,) = json_lines(score("audit_c", text))

    assert found["results"]["threshold"] == 4
    assert found["results"]["positive"] is False


def test_items_stand_beside_answers_and_parameters(score):
    text = "{exposure: yes, answers: [yes, yes, yes, no, no], cut: 3}"

    (found,) = json_lines(score("pc_ptsd5", text))

    assert found["total"] == 3
    assert found["results"] == {"positive": True}


def test_a_score_in_part_has_its_range_and_what_is_certain(score):
    (found,) = json_lines(score("phq9", "[2, 2, 2, 2, 2, 2, 2, 2, null]"))

    assert found["status"] == "incomplete"
    assert found["total"] is None
    assert found["band"] is None
    assert found["possible"] == [16, 19]
    assert found["band_if_certain"] == "moderately_severe"
    assert found["prorated"] == 18


def test_numbers_with_decimals_are_json_numbers(score):
    (found,) = json_lines(score("ybocs_response", "{before: 26, after: 17}"))

    assert found["results"]["pct_reduction"] == 34.62


def test_an_instrument_whose_text_is_not_shipped_is_scored(score):
    (found,) = json_lines(score("ybocs", "[2, 2, 2, 2, 2, 2, 2, 2, 2, 2]"))

    assert (found["total"], found["band"]) == (20, "mild")


def test_several_files_are_a_line_each_though_one_has_problems(score):
    result = score("phq2", "[1, 1]", "[1, 9]", "[3, 3]")

    first, second, third = json_lines(result)
    assert result.exit_code == 1
    assert (first["total"], third["total"]) == (2, 6)
    assert [problem["line"] for problem in second["problems"]] == [1]


@pytest.mark.parametrize(
    ("instrument", "text", "place"),
    [
        ("audit_c", "[3, 0]", "1:1"),
        ("audit_c", "[3, 0, 9]", "1:8"),
        ("audit_c", "q1: 3\nq4: 1\n", "2:1"),
        ("audit_c", "answers: [3, 0, 0]\nthreshold_sex: other\n", "2:1"),
        ("pc_ptsd5", "exposure: yes\ncut: many\n", "2:1"),
        ("audit_c", "3\n", "1:1"),
    ],
)
def test_a_problem_is_told_where_it_stands(score, instrument, text, place):
    result = score(instrument, text)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"0.yaml:{place}: ")


def test_a_person_reads_plain_lines(own_folder):
    (own_folder / "a.yaml").write_text("[1, 2]")

    result = run("score", "phq2", "a.yaml")

    assert result.stdout == (
        "score         complete, total 3\npositive_ge3  yes\npositive_ge2  yes\n"
    )


def test_an_instrument_that_does_not_exist_is_wrong_usage(own_folder):
    (own_folder / "a.yaml").write_text("[1, 2]")

    result = run("score", "phq", "a.yaml")

    assert result.exit_code == 2
    assert 'Did you mean "phq2"?' in result.stderr or "phq9" in result.stderr
