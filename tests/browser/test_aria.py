"""What does a screen reader find on ten key pages? Trees that stand in golden files.

`make goldens` writes tests/golden/aria anew, where a change of names, roles or order
shows as a diff to be read. What differs from day to day is written as a word for it.
"""

import os
import re
from pathlib import Path

import pytest

from tests.browser.kept import begin, begin_with
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent.parent / "golden/aria"
MOST_OF_ARTICLE = 30
"""Lines of the article's tree: its head, and the way into it."""

PASSING = (
    (re.compile(r"https?://127\.0\.0\.1:\d+"), "ADDRESS"),
    (re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b"), "REFERENCE"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b"), "DAY"),
    (re.compile(r"about (a minute|\d+ minutes) left"), "about MINUTES left"),
)


class Reader:
    """Opens a page of the form in one browser, as far as it takes."""

    def __init__(self, page, clinic, questionnaire):
        self.page, self.clinic, self.questionnaire = page, clinic, questionnaire
        self.answers = worked_answers("L1", questionnaire) | {"consent": "yes"}

    def at(self, path):
        self.page.goto(path)

    def answered_at(self, path):
        store = self.clinic.store
        self.person = begin_with(self.page, store, self.questionnaire, self.answers)
        self.page.goto(path)

    def of_kind(self, wanted):
        """Return the address of the first page of questions that is wanted."""
        found = next(page for page in self.questionnaire.pages if wanted(page))
        return f"/q/{found.id}"

    def in_danger(self):
        person = begin(self.page)
        person.answers = self.answers | {"chest_pain_now": "yes"}
        person.answer_until_path("/help-now")

    def wrong(self):
        person = begin(self.page)
        person.press_in(person.path)

    def sent(self):
        self.answered_at("/contact")
        self.person.say_how_to_be_reached()
        self.person.press_in("/send")


def has_list(page):
    return page.repeat is not None


def has_radios(page):
    return page.repeat is None and len(page.questions) > 3


PAGES = {
    "start": lambda one: one.at("/"),
    "article": lambda one: one.at("/article"),
    "question": lambda one: one.answered_at(one.of_kind(has_radios)),
    "error": lambda one: one.wrong(),
    "list": lambda one: one.answered_at(one.of_kind(has_list)),
    "entry": lambda one: one.answered_at(f"{one.of_kind(has_list)}/entry/1"),
    "help-now": lambda one: one.in_danger(),
    "check": lambda one: one.answered_at("/check"),
    "contact": lambda one: one.answered_at("/contact"),
    "receipt": lambda one: one.sent(),
}


def tree_of(page, name):
    tree = page.locator("body").aria_snapshot()
    for pattern, word in PASSING:
        tree = pattern.sub(word, tree)
    lines = tree.splitlines()
    return "\n".join(lines[: MOST_OF_ARTICLE if name == "article" else None]) + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_a_screen_reader_finds_what_it_found_before(
    name, open_page, clinic, questionnaire
):
    page = open_page()
    PAGES[name](Reader(page, clinic, questionnaire))

    tree = tree_of(page, name)

    golden = GOLDEN / f"{name}.yaml"
    if os.environ.get("ARIA_GOLDENS") == "write":
        golden.write_text(tree, "utf-8")
    assert tree == golden.read_text("utf-8")
