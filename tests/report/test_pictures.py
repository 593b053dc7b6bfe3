"""Does every page look as it did when somebody last looked at it?"""

from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageFilter

from screening.report.pdf import render
from tests.report.patients import worked
from tests.report.pictures import (
    FOLDER,
    MOST,
    SUMMARIES,
    difference,
    golden,
    pages_of,
    pictures,
)


def kept(name, number):
    return Image.open(golden(name, number)).convert("L")


@pytest.mark.parametrize("name", SUMMARIES)
def test_every_page_looks_as_it_did(name, tmp_path):
    # Where a change is meant: make goldens, and look at the pictures.
    pages = pages_of(name)

    assert len(pages) == len(list(FOLDER.glob(f"{name}-*.png")))
    for number, page in enumerate(pages, 1):
        share, box = difference(page, kept(name, number))
        new = tmp_path / golden(name, number).name
        page.save(new)
        assert share <= MOST, f"page {number} differs at {box}: see {new}"


# -- would it be seen?


def differs(one, other):
    return difference(one, other)[0] > MOST


def test_letters_that_are_smoothed_in_another_way_are_the_same():
    page = kept("full", 2)
    larger = page.resize((page.width * 3, page.height * 3), Image.Resampling.BICUBIC)
    again = larger.resize(page.size, Image.Resampling.BOX)
    softer = page.filter(ImageFilter.GaussianBlur(0.4))

    assert not differs(page, again)
    assert not differs(page, softer)


@pytest.mark.parametrize("number", [1, 2, 6])
def test_what_moved_by_two_points_is_seen(number):
    page = kept("full", number)

    assert differs(page, ImageChops.offset(page, 0, 2))


def test_a_line_of_words_that_is_missing_is_seen():
    page = kept("full", 1)
    other = page.copy()
    other.paste(255, (60, 232, 300, 238))

    assert differs(page, other)


def test_another_answer_is_seen():
    summary = worked("R2")
    [first, *rest] = summary.findings
    other = replace(summary, findings=(replace(first, sentence="No."), *rest))

    pairs = zip(pictures(render(summary)), pictures(render(other)), strict=True)

    assert any(differs(one, two) for one, two in pairs)


def test_where_it_differs_is_told():
    page = kept("full", 1)
    other = page.copy()
    other.paste(0, (100, 200, 140, 230))

    _, (left, top, right, bottom) = difference(page, other)

    assert 95 <= left <= 105
    assert 195 <= top <= 205
    assert 135 <= right <= 145
    assert 225 <= bottom <= 235
