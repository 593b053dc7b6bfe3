"""Do the pages of pictures show what there is, and only pictures that are there?"""

import re

import pytest

from docs import make_faults, make_screenshots
from tests.browser.faults import FAULTS

PICTURE = re.compile(r"!\[[^]]+\]\(([^)]+)\)")
MOST = 2_000_000
"""Bytes that all the pictures of both pages may take."""

PAGES = {
    make_faults.PAGE: make_faults.page_of_faults,
    make_screenshots.PAGE: make_screenshots.page_of_sheets,
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_of_pictures_is_what_make_screenshots_writes(page):
    assert page.read_text("utf-8") == PAGES[page]()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_is_there(page):
    shown = PICTURE.findall(page.read_text("utf-8"))

    assert shown
    assert [one for one in shown if not (page.parent / one).is_file()] == []


def test_every_fault_has_a_row_and_a_picture_of_its_own():
    assert len({row.test for row in FAULTS}) == len(FAULTS) >= 10


def test_the_pictures_are_small_enough_to_be_kept():
    folders = (make_faults.PICTURES, make_screenshots.PICTURES)

    taken = sum(file.stat().st_size for one in folders for file in one.iterdir())

    assert 0 < taken <= MOST
