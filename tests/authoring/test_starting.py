"""What is a new questionnaire called, and what do its files say?"""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from screening.authoring.starting import (
    STARTER,
    check_id,
    starter_files,
    title_for,
)
from screening.core.problems import DefinitionError
from screening.core.source import plain, read_text

DAY = date(2026, 8, 31)


@pytest.mark.parametrize("name", ["visit", "first-visit", "visit_2", "a" * 64])
def test_an_id_of_small_letters_digits_and_joints_is_taken(name):
    check_id(name)


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("First Visit", "first-visit"),
        ("2nd visit", "nd-visit"),
        ("visit-", "visit"),
        ("a--b", "a-b"),
        ("../visit", "visit"),
        ("", "first-visit"),
        ("é", "first-visit"),
        ("a" * 65, "a" * 64),
        ("instruments", "Choose another id"),
        ("schema", "Choose another id"),
    ],
)
def test_another_id_is_refused_with_one_like_it(name, fix):
    with pytest.raises(DefinitionError) as refused:
        check_id(name)

    (problem,) = refused.value.problems
    assert problem.code == "SC016"
    assert fix in problem.fix


def test_a_title_is_made_of_the_id():
    assert title_for("before-your_visit") == "Before your visit"


def test_the_files_say_their_id_their_title_and_their_day():
    files = starter_files("visit", "Your visit", DAY)

    questionnaire = plain(read_text(files["questionnaire.yaml"], "q"))
    assert questionnaire["questionnaire"] == "visit"
    assert questionnaire["title"] == "Your visit"
    assert 'title: "Your visit"\n' in files["article.en.md"]
    assert "reviewed: 2026-08-31\nreview_due: 2027-03-01\n" in files["article.en.md"]


def test_nothing_is_left_of_the_starters_own_names():
    files = starter_files("visit", "Your visit", DAY)

    whole = "".join(files.values())
    assert "new-questionnaire" not in whole
    assert "New questionnaire" not in whole


PRINTABLE = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")
"""Signs that a title may have: all that are seen, and the plain space."""


@given(st.text(PRINTABLE, min_size=1, max_size=40))
def test_any_words_in_one_line_can_be_a_title(title):
    assume(title.strip())

    files = starter_files("visit", title, DAY)

    found = plain(read_text(files["questionnaire.yaml"], "q"))
    assert found["title"] == title


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "a\tb", "\x1b[31m"])
def test_a_title_that_nobody_could_read_is_refused(title):
    with pytest.raises(DefinitionError, match="the title is empty, or has signs"):
        starter_files("visit", title, DAY)


@pytest.mark.parametrize(
    "path", sorted(STARTER.rglob("*.yaml")), ids=lambda path: path.name
)
def test_every_file_of_the_starter_begins_with_what_it_is_for(path):
    schema, *notes = path.read_text("utf-8").splitlines()[:4]

    assert schema.startswith("# yaml-language-server: $schema=")
    assert [line for line in notes if line.startswith("#")][:2] == notes[:2]
