"""Do the article's pictures show the right numbers to everyone?"""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from screening.web.article.front_matter import read_front_matter, split
from screening.web.article.pictures import Group, draw, table

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(folder):
    text = (folder / "article.en.md").read_text(encoding="utf-8")
    above, _ = split(text, "article.en.md")
    return read_front_matter(above, "article.en.md").pictures


def drawn(picture) -> ET.Element:
    svg = draw(picture).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ET.fromstring(svg)  # noqa: S314 - drawn by this project


def figures(picture, kind: str) -> int:
    return len(drawn(picture).findall(f"{SVG}g[@class='person {kind}']"))


def test_the_trial_of_2013_shows_fifteen_people_of_whom_four_responded(pictures):
    picture = pictures["responders"]

    assert figures(picture, "filled") == 4
    assert figures(picture, "outlined") == 11


def test_the_table_beside_the_picture_holds_the_same_numbers(pictures):
    rows = table(pictures["responders"])

    assert rows == (("Ketamine", "4", "4", "8"), ("Salt water", "0", "7", "7"))


def test_the_description_tells_the_same_numbers_in_words(pictures):
    description = pictures["responders"].description

    assert "4 of 8" in description
    assert "0 of 7" in description


def test_the_label_of_a_group_counts_what_is_drawn(pictures):
    picture = replace(
        pictures["responders"], groups=(Group(label="Tea", filled=2, people=12),)
    )

    assert "Tea: 2 of 12 people responded" in draw(picture)
    assert figures(picture, "filled") == 2


@pytest.mark.parametrize("name", ["responders", "visit", "knowledge"])
def test_a_picture_has_a_title_and_a_description_for_those_who_hear_it(pictures, name):
    svg = drawn(pictures[name])

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{name}-title {name}-description"
    assert svg.find(f"{SVG}title").text == pictures[name].title
    assert svg.find(f"{SVG}desc").text == pictures[name].description


@pytest.mark.parametrize("name", ["responders", "visit", "knowledge"])
def test_a_picture_keeps_to_the_security_policy(pictures, name):
    svg = draw(pictures[name])

    assert not re.search(r"style=|<style|<script|href|url\(|\son\w+=", svg)


@pytest.mark.parametrize("name", ["responders", "knowledge"])
def test_no_meaning_rests_on_colour(pictures, name):
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', draw(pictures[name])))

    assert colours == {"currentColor", "none"}
    assert "stroke-dasharray" in draw(pictures[name])


def test_what_is_known_partly_known_and_not_known_have_marks_of_their_own(pictures):
    picture = pictures["knowledge"]

    marks = {
        state: drawn(picture).findall(f"{SVG}g[@class='{state}']")
        for state in ("known", "partly", "unknown")
    }

    assert {state: len(found) for state, found in marks.items()} == {
        "known": len(picture.known),
        "partly": len(picture.partly),
        "unknown": len(picture.unknown),
    }
    shapes = {ET.tostring(found[0][0]) for found in marks.values()}
    assert len(shapes) == 3


def test_each_thing_known_or_not_can_be_read_whole(pictures):
    picture = pictures["knowledge"]
    shown = " ".join(element.text for element in drawn(picture).iter(f"{SVG}text"))

    assert [what for _, what in table(picture) if what not in shown] == []
    assert [label for label, _ in table(picture) if label not in shown] == []


def test_the_same_data_gives_the_same_drawing(pictures):
    assert draw(pictures["visit"]) == draw(pictures["visit"])


def test_words_in_a_picture_stay_words(pictures):
    hostile = replace(pictures["visit"], title="<script>alert(1)</script>")

    assert "<script" not in draw(hostile)


def test_each_step_of_a_visit_can_be_read_whole(pictures):
    shown = " ".join(
        element.text for element in drawn(pictures["visit"]).iter(f"{SVG}text")
    )

    assert all(step.what in shown for step in pictures["visit"].steps)
