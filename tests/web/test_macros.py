import re
from html.parser import HTMLParser

import pytest
from flask import get_template_attribute, render_template_string

from screening.web.fields import (
    AcknowledgeAnswer,
    Choice,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    ParagraphAnswer,
    PickAnswer,
    ScaleAnswer,
    TextAnswer,
    Wording,
    answers_of,
    build_form,
)
from screening.web.help_text import fill, fill_button
from tests.web.conftest import LOCALES

MARKER = "<x-marker>\"'&amp;"
OPTIONS = [
    Choice(value=MARKER, label=MARKER, hint=MARKER),
    Choice(value="none", label="None of these", is_exclusive=True, stands_apart=True),
]
STATES = [Choice(value="unsure", label=MARKER)]
SAID = Wording(hint=MARKER, help=MARKER, unit=MARKER, width=3, states=STATES)


def parse(raw):
    return raw


KINDS = {
    "q-text": TextAnswer(MARKER, parse=parse, wording=SAID),
    "q-paragraph": ParagraphAnswer(MARKER, parse=parse, wording=SAID),
    "q-choice": ChoiceAnswer(MARKER, parse=parse, choices=OPTIONS, wording=SAID),
    "q-choices": ChoicesAnswer(MARKER, parse=parse, choices=OPTIONS, wording=SAID),
    "q-date": DateAnswer(MARKER, parse=parse, wording=SAID),
    "q-pick": PickAnswer(MARKER, parse=parse, choices=OPTIONS, wording=SAID),
    "q-list": PickAnswer(
        MARKER, parse=parse, choices=OPTIONS, wording=SAID, as_list=True
    ),
    "q-scale": ScaleAnswer(
        MARKER,
        parse=parse,
        choices=OPTIONS,
        wording=Wording(ends=(MARKER, MARKER), states=STATES),
    ),
    "q-agree": AcknowledgeAnswer(MARKER, parse=parse, wording=SAID),
}
Page = build_form("Page", KINDS)


class Elements(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def ids(self):
        return [found["id"] for _, found in self.tags if "id" in found]


@pytest.fixture
def draw(app):
    def drawn(name, *, wrong=False, **options):
        with app.test_request_context():
            form = Page(formdata=None, data=dict.fromkeys(KINDS, MARKER))
            field = form[name]
            field.errors = [MARKER] if wrong else []
            answer = get_template_attribute("macros/fields.html", "answer")
            return str(answer(field, **options))

    return drawn


@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("name", KINDS)
def test_no_word_of_a_file_or_patient_becomes_markup(draw, name, wrong):
    page = draw(name, wrong=wrong)

    assert "x-marker" in page
    assert not [tag for tag, _ in Elements(page).tags if tag == "x-marker"]


@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("name", KINDS)
def test_every_control_has_a_label_and_every_reference_a_target(draw, name, wrong):
    elements = Elements(draw(name, wrong=wrong))

    ids = elements.ids()
    assert len(ids) == len(set(ids))
    labelled = {found["for"] for tag, found in elements.tags if tag == "label"}
    for tag, found in elements.tags:
        if tag in {"input", "select", "textarea"}:
            assert found["id"] in labelled
        for reference in ("aria-describedby", "aria-labelledby", "list"):
            assert set(found.get(reference, "").split()) <= set(ids)


@pytest.mark.parametrize("name", KINDS)
def test_the_error_is_described_and_its_link_has_a_target(draw, app, name):
    page = draw(name, wrong=True)

    with app.test_request_context():
        target = Page(formdata=None)[name].target
    assert f'id="{name}-error"' in page
    assert re.search(rf'aria-describedby="[^"]*{name}-error"', page)
    assert f'id="{target}"' in page


@pytest.mark.parametrize("name", [each for each in KINDS if each != "q-agree"])
def test_the_only_question_of_a_page_can_be_its_heading(draw, name):
    page = draw(name, heading=True)

    assert page.count("<h1") == 1


def test_none_of_these_clears_the_others_and_stands_apart(draw):
    page = draw("q-choices")

    assert 'data-behaviour="exclusive"' in page
    assert '<div class="nhsuk-checkboxes__divider">or</div>' in page


def test_what_was_answered_is_marked(draw):
    assert draw("q-choice").count(" checked") == 1
    assert draw("q-choices").count(" checked") == 1
    assert draw("q-list").count(" selected") == 1


@pytest.mark.parametrize("text", ["", "one", "\nfirst line was empty", "a\r\nb"])
def test_a_paragraph_comes_back_as_it_was(app, text):
    with app.test_request_context():
        form = Page(formdata=None, data={"q-paragraph": text})
        answer = get_template_attribute("macros/fields.html", "answer")
        page = str(answer(form["q-paragraph"]))

    [inside] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert inside == text


def test_a_grid_is_cards_of_fieldsets_not_a_table(app):
    with app.test_request_context():
        fields = [
            each for each in answers_of(Page(formdata=None)) if each.kind == "choice"
        ]
        grid = get_template_attribute("macros/fields.html", "grid")
        page = str(grid(fields))

    assert page.count("<fieldset") == len(fields)
    assert "<table" not in page


def test_the_summary_of_errors_links_each_to_its_field(app):
    with app.test_request_context():
        form = Page(formdata=None)
        form["q-date"].errors = ["Enter the date"]
        form["q-choice"].errors = ["Choose one"]
        summary = get_template_attribute("macros/page.html", "error_summary")
        page = str(summary(answers_of(form)))

    assert '<a href="#q-date-day">Enter the date</a>' in page
    assert '<a href="#q-choice">Choose one</a>' in page
    assert page.count("<li>") == 2


def test_a_page_with_errors_says_so_in_its_title(app):
    page = (
        '{% extends "layout.html" %}{% set page_title = "About you" %}'
        "{% set has_errors = true %}"
    )

    with app.test_request_context():
        drawn = render_template_string(page)

    assert "<title>Error: About you – Riverside Clinic</title>" in drawn


def test_a_help_card_shows_numbers_to_tap_and_no_button_that_leads_nowhere(app, config):
    place = LOCALES.choose("UK")
    card = (
        '{% from "macros/page.html" import care_card %}{{ care_card("Now", b, h, k) }}'
    )

    with app.test_request_context():
        page = render_template_string(
            card,
            b=fill("Call {emergency} or {crisis_list}.", place, config),
            h=fill("{monitoring_statement}", place, config),
            k=[
                fill_button(label, place) for label in ("Call {emergency}", "Stop here")
            ],
        )

    assert page.count('href="tel:999"') == 2
    assert "Stop here" not in page
    assert "No one is reading this right now." in page


def test_answers_can_be_looked_over_and_changed(app):
    rows = [
        {"key": MARKER, "values": [MARKER, "two"], "change": "/p", "about": None},
        {"key": "b", "values": ["1"], "change": None, "about": None},
    ]

    with app.test_request_context():
        page = str(get_template_attribute("macros/page.html", "summary_list")(rows))

    assert page.count("Change<span") == 1
    assert page.count("<p>") == 3
    assert "<x-marker>" not in page


def test_parts_of_the_form_say_how_far_they_are(app):
    tasks = [
        {"title": "About you", "address": "/p", "status": "Done", "is_done": True},
        {"title": "Later", "address": None, "status": "Later", "is_done": False},
    ]

    with app.test_request_context():
        page = str(get_template_attribute("macros/page.html", "task_list")(tasks))

    assert page.count("<a ") == 1
    assert 'aria-describedby="task-1-status"' in page
