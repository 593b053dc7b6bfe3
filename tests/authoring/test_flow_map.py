"""Can a questionnaire's drawing be read without seeing it, printed, and followed?"""

import re
from itertools import pairwise

import pytest
from lxml import etree

from screening.authoring.flow_map import drawn
from screening.core.load import load
from screening.library import shelf_for
from tests.core.building import demonstrator

SVG = "{http://www.w3.org/2000/svg}"
SHELF = shelf_for("ocd-ketamine")


@pytest.fixture(scope="module")
def made():
    return load(SHELF.questionnaire_id, SHELF.read)


@pytest.fixture(scope="module")
def drawing(made):
    return etree.fromstring(drawn(made))


def texts(element):
    return [one.text for one in element.iter(f"{SVG}text")]


def boxes(drawing):
    return [box for link in drawing.iter(f"{SVG}a") for box in link.iter(f"{SVG}rect")]


def edges(box):
    x, y, width, height = (int(box.get(n)) for n in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def test_it_has_a_title_and_says_what_it_shows(drawing, made):
    assert made.title in drawing.find(f"{SVG}title").text
    assert "30 pages" in drawing.find(f"{SVG}desc").text


def test_every_page_and_every_criterion_is_in_it_in_words(drawing, made):
    said = " ".join(texts(drawing))

    assert [page.id for page in made.pages if f"{page.id}: " not in said] == []
    assert [one.id for one in made.criteria if one.id not in said] == []
    assert "Age is below 18 years." in said


def test_every_box_leads_to_its_line(drawing, made):
    links = {link.get("href") for link in drawing.iter(f"{SVG}a")}

    for part in (*made.pages, *made.criteria):
        assert f"{part.place.file}#L{part.place.line}" in links


def test_no_two_boxes_lie_over_each_other(drawing):
    found = sorted(map(edges, boxes(drawing)), key=lambda one: (one[0], one[1]))

    for one, other in pairwise(found):
        assert one[0] != other[0] or one[3] <= other[1]


def test_every_box_lies_within_the_drawing(drawing):
    width, height = int(drawing.get("width")), int(drawing.get("height"))

    assert all(
        x >= 0 and right <= width for x, _, right, _ in map(edges, boxes(drawing))
    )
    assert all(bottom <= height for *_, bottom in map(edges, boxes(drawing)))


def test_the_kind_of_a_criterion_is_written_and_not_only_drawn(drawing, made):
    said = texts(drawing)

    for criterion in made.criteria:
        words = [t for t in said if t.startswith(f"{criterion.id} (")]
        assert any(criterion.kind.value in one for one in words)


def test_a_page_that_not_everybody_is_asked_says_of_whom():
    drawing = drawn(demonstrator("branching"))

    assert "Asked unless this is surely not so" in re.sub(r"\s+", " ", drawing)


def test_what_a_file_says_is_text_and_no_mark_up(made):
    assert "<script" not in drawn(made).lower()
    assert "&amp;" in drawn(made) or "&" not in made.title
