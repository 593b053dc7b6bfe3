"""Does `screening new` make a questionnaire that works from the first moment?"""

import json
from datetime import date

import pytest

from screening.web.article.load import load_article
from screening.web.crisis import read_locales
from tests.cli.running import json_lines, run

ANSWERS = {"age": 34, "chest_pain_now": "no", "medicines": "none"}


@pytest.fixture
def made(own_folder):
    """A new questionnaire in a library of its own."""
    result = run("new", "first-visit", "--title", "Your visit", "--folder", "library")
    assert result.exit_code == 0, result.output
    return own_folder / "library"


def test_what_to_do_next_is_said_in_three_lines(own_folder):
    result = run("new", "first-visit", "--folder", "library")

    made, *next_lines = result.stdout.splitlines()
    assert made.startswith("Made library/first-visit: article.en.md, cases/first.yaml")
    assert next_lines == [
        "Next: open library/first-visit/questionnaire.yaml, and change it bit by bit.",
        "  screening check library/first-visit    what is wrong, after each change",
        "  screening cases library/first-visit    do its patients come out as written?",
    ]


def test_the_checker_has_nothing_to_say(made):
    result = run("check", "library/first-visit", "--json")

    assert result.exit_code == 0
    assert json_lines(result) == [{"problems": []}]


def test_its_worked_patients_come_out_as_written(made):
    result = run("cases", "library/first-visit", "--json")

    assert result.exit_code == 0
    assert json_lines(result) == [{"passed": 5, "failed": []}]


def test_answers_can_be_evaluated(made, own_folder):
    (own_folder / "a.json").write_text(json.dumps(ANSWERS), "utf-8")

    result = run("evaluate", "library/first-visit", "a.json", "--json")

    assert json_lines(result)[0]["outcome"] == "no_barrier_reported"


def test_every_file_is_in_its_form(made):
    assert run("fmt", "--check", "library").exit_code == 0


def test_its_files_find_their_schemas(made):
    lines = {
        path: path.read_text("utf-8").splitlines()[0]
        for path in (made / "first-visit").rglob("*.yaml")
    }

    named = [
        path.parent / line.partition("$schema=")[2] for path, line in lines.items()
    ]
    assert len(named) == 4
    assert [path for path in named if not path.is_file()] == []


def test_its_article_can_be_shown(made):
    locales = read_locales(made / "locales.yaml")

    article = load_article(made / "first-visit", "en", locales.choose("UK"))

    assert article.title == "Your visit"
    assert article.reviewed <= date.today()  # noqa: DTZ011 - the command's own day


def test_it_is_found_by_its_id_in_a_clinics_own_library(made, own_folder):
    settings = {"SCREENING_QUESTIONNAIRES": str(made)}

    run("new", "second-visit", settings=settings)

    assert (made / "second-visit/questionnaire.yaml").is_file()
    assert run("check", "second-visit", settings=settings).exit_code == 0


def test_a_questionnaire_that_is_there_is_never_replaced(made):
    file = made / "first-visit/questionnaire.yaml"
    file.write_text("mine", "utf-8")

    result = run("new", "first-visit", "--folder", "library")

    assert result.exit_code == 1
    assert "library/first-visit is there already — Choose another id" in result.stderr
    assert file.read_text("utf-8") == "mine"


def test_what_stands_beside_it_is_never_replaced(own_folder):
    (own_folder / "library").mkdir()
    (own_folder / "library/locales.yaml").write_text("mine", "utf-8")

    run("new", "first-visit", "--folder", "library")

    assert (own_folder / "library/locales.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["First Visit"],
            "Write small letters and digits, with single - between words",
        ),
        (["packs"], 'the folder "packs" holds something else'),
        (["visit", "--title", "a\tb"], "the title is empty, or has signs"),
        (["visit", "--title", "<b>Visit</b>"], "<b> is HTML"),
    ],
)
def test_a_bad_id_or_title_is_told_and_nothing_is_made(own_folder, arguments, told):
    result = run("new", *arguments, "--folder", "library")

    assert result.exit_code == 1
    assert told in result.stderr
    assert list(own_folder.iterdir()) == []


def test_a_folder_that_can_not_be_written_to_is_told(own_folder):
    (own_folder / "file").write_text("", "utf-8")

    result = run("new", "visit", "--folder", "file/library")

    assert result.exit_code == 1
    assert "file/library/visit: it can't be written (Not a directory)" in result.stderr


def test_no_id_is_wrong_usage():
    assert run("new").exit_code == 2
