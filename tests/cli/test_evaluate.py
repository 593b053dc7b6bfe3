"""Does `screening evaluate` print what the contract says, for one file and for many?"""

import json

import pytest

from tests.cli.running import json_lines, run


def test_one_patient_is_one_object_of_the_contract(answers):
    result = run("evaluate", "ocd-ketamine", answers("l1.json"), "--json")

    (found,) = json_lines(result)
    assert result.exit_code == 0
    assert list(found) == [
        "outcome",
        "findings",
        "missing",
        "undetermined",
        "scores",
        "derived",
    ]
    assert found["outcome"] == "no_barrier_reported"
    assert found["findings"] == found["missing"] == []
    assert found["scores"]["phq9"] == {
        "status": "complete",
        "total": 7,
        "possible": [7, 7],
        "band": "mild",
        "band_if_certain": "mild",
        "prorated": None,
        "subscales": {},
        "results": {
            "positive_ge10": False,
            "item9_positive": False,
            "symptom_count": 0,
            "algorithm": "none",
        },
    }
    assert found["derived"]["treatment_stage"] == "treatment_resistant"


def test_findings_have_their_id_kind_and_priority(answers):
    name = answers("x.json", withdrawal="yes", cannabis="yes")

    (found,) = json_lines(run("evaluate", "ocd-ketamine", name, "--json"))

    assert found["findings"] == [
        {"id": "review-withdrawal", "kind": "review", "priority": "same_day"},
        {"id": "precaution-cannabis", "kind": "precaution", "priority": None},
    ]


def test_what_is_missing_and_undetermined_is_told(answers):
    name = answers("x.json", psychosis_now="unsure")

    (found,) = json_lines(run("evaluate", "ocd-ketamine", name, "--json"))

    assert found["outcome"] == "needs_review"
    assert found["missing"] == ["psychosis_now"]
    assert found["undetermined"] == ["exclude-psychosis-now"]


def test_several_files_are_a_line_each_in_order_though_one_has_problems(answers):
    names = [
        answers("a.json"),
        answers("b.json", age=999),
        answers("c.json", chest_pain_now="yes"),
    ]

    result = run("evaluate", "ocd-ketamine", *names, "--json")

    first, second, third = json_lines(result)
    assert result.exit_code == 1
    assert first["outcome"] == "no_barrier_reported"
    assert [problem["code"] for problem in second["problems"]] == ["SA002"]
    assert third["outcome"] == "urgent"


def test_a_person_reads_plain_lines(answers):
    result = run("evaluate", "ocd-ketamine", answers("l1.json", withdrawal="yes"))

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["outcome", "needs_review"]
    assert lines[1].split(maxsplit=1)[1] == "review-withdrawal (review, same day)"
    assert "score phq9            complete, total 7, mild" in lines


YAML = """\
age: 250
smokes: perhaps
driving: "yes"
nope: 1
"""


def test_problems_point_at_their_line_and_never_show_the_answer(demonstrators):
    (demonstrators / "a.yaml").write_text(YAML)

    result = run("evaluate", "definitions/branching", "definitions/a.yaml")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert [line.split(" ")[0] for line in result.stderr.splitlines()] == [
        "definitions/a.yaml:1:6:",
        "definitions/a.yaml:2:9:",
        "definitions/a.yaml:4:1:",
    ]
    assert "250" not in result.output
    assert "perhaps" not in result.output


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("phq9: [1, 1, 1, 1, 9, 1, 1, 0, 0]\n", "1:20"),
        ("phq9:\n  - 1\n  - 9\n" + "  - 1\n" * 7, "3:5"),
        ("phq9: {q1: 9}\n", "1:12"),
        ("phq9: {q99: 1}\n", "1:8"),
        ("phq9: [1, 2]\n", "1:7"),
        ("pc_ptsd5: {exposure: yes, answers: [yes, no, x, no, no]}\n", "1:46"),
        ("erp: {had: x}\n", "1:12"),
        ("erp: {hadd: x}\n", "1:7"),
        ("medicine_trials:\n  - {}\n  - weeks_total: x\n", "3:18"),
        ("medicine_trials:\n  - {weeks: 3}\n", "2:6"),
    ],
)
def test_a_problem_inside_an_answer_is_found(own_folder, text, place):
    (own_folder / "a.yaml").write_text(text)

    result = run("evaluate", "ocd-ketamine", "a.yaml")

    assert result.stderr.startswith(f"a.yaml:{place}: ")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", '{"age": 3', "1:10"),
        ("a.json", '{"age": 3, "age": 4}', "1:1"),
        ("a.json", "[" * 100_000, "1:1"),
        ("a.json", "[]", "1:1"),
        ("a.json", "", "1:1"),
        ("a.yaml", "age: [", "2:1"),
        ("a.yaml", "age: 3\nage: 4\n", "2:1"),
        ("a.yaml", "- 3\n", "1:1"),
        ("a.yaml", "age: &x 3\n", "1:6"),
        ("a.yaml", "x: " + "y" * 300_000, "1:1"),
    ],
)
def test_a_file_that_is_no_answers_file_is_refused_where_it_fails(
    own_folder, name, text, place
):
    (own_folder / name).write_text(text)

    result = run("evaluate", "ocd-ketamine", name, "--json")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name}:{place}: ")
    assert list(json_lines(result)[0]) == ["problems"]


@pytest.mark.parametrize("number", ["1e5", "NaN", "Infinity", "1.5", "-1", "1" * 5000])
def test_a_number_in_json_is_held_to_the_same_form(own_folder, number):
    (own_folder / "a.json").write_text(f'{{"age": {number}}}')

    assert run("evaluate", "ocd-ketamine", "a.json").exit_code == 1


def test_json_and_yaml_say_the_same(own_folder, worked):
    (own_folder / "a.json").write_text(json.dumps(worked["U1"]))
    (own_folder / "a.yaml").write_text(json.dumps(worked["U1"]))

    as_json, as_yaml = json_lines(
        run("evaluate", "ocd-ketamine", "a.json", "a.yaml", "--json")
    )

    assert as_json == as_yaml


def test_an_answer_that_branching_hides_is_warned_of_and_done(demonstrators):
    (demonstrators / "a.yaml").write_text("age: 30\nsmokes: no\na_day: 40\n")

    result = run("evaluate", "definitions/branching", "definitions/a.yaml", "--json")

    assert result.exit_code == 0
    assert json_lines(result)[0]["outcome"] == "no_barrier_reported"
    assert result.stderr.startswith("definitions/a.yaml:3:8: ")
    assert "is not asked of this patient" in result.stderr


def test_the_day_can_be_set(own_folder, monkeypatch):
    folder = own_folder / "dated"
    folder.mkdir()
    (folder / "questionnaire.yaml").write_text(
        "language_version: 1\n"
        "questionnaire: dated\n"
        'version: "1"\n'
        "title: Dated\n"
        "pages: [{page: a, questions: [{id: born, ask: B?, type: date}]}]\n"
        "derived: {age: age_on(born)}\n"
    )
    (own_folder / "a.yaml").write_text("born: 2000-02-29\n")

    def age_on(day):
        result = run("evaluate", "dated", "a.yaml", "--json", "--on", day)
        return json_lines(result)[0]["derived"]["age"]

    assert age_on("2026-02-28") == 25
    assert age_on("2026-03-01") == 26


@pytest.mark.parametrize("day", ["2026-02-29", "1-1-2026", "today", "20260301"])
def test_a_day_that_does_not_exist_is_wrong_usage(answers, day):
    result = run("evaluate", "ocd-ketamine", answers("a.json"), "--on", day)

    assert result.exit_code == 2


def test_an_unknown_time_zone_is_wrong_usage(answers):
    settings = {"SCREENING_TIME_ZONE": "Mars/Olympus"}

    result = run("evaluate", "ocd-ketamine", answers("a.json"), settings=settings)

    assert result.exit_code == 2


def test_a_file_that_is_not_there_is_wrong_usage():
    assert run("evaluate", "ocd-ketamine", "nowhere.yaml").exit_code == 2


def test_a_faulty_questionnaire_is_told_once_for_all_files(demonstrators, answers):
    file = demonstrators / "branching/questionnaire.yaml"
    file.write_text(file.read_text().replace("age < 12", "agee < 12"))
    names = [answers("a.json"), answers("b.json")]

    result = run("evaluate", "definitions/branching", *names, "--json")

    assert result.exit_code == 1
    assert [p["code"] for p in json_lines(result)[0]["problems"]] == ["SC210"]
