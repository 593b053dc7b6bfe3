"""Can a patient read every answer over, in the words of the questions?"""

import html

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor


@pytest.fixture
def page(app, questionnaire):
    answers = worked_answers("L1", questionnaire) | {
        "consent": "yes",
        "guardian": "unsure",
        "pregnancy": "prefer_not",
        "weight": None,
    }
    visitor = Patient(Visitor(app).begin(), answers).answer_until("/check").visitor
    return html.unescape(visitor.text)


def test_answers_stand_under_the_words_they_answered(page):
    for words in (
        "How old are you?",
        "34 years",
        "In the past few weeks, have you wished you were dead?",
        "What was the highest dose you took in a day? 200 mg",
        "Have you had this treatment?",
    ):
        assert words in page


def part(page, title):
    """Return what stands under a heading of the page."""
    return page.split(f">{title}</h2>", 1)[1].split("</section>", 1)[0]


def test_what_is_open_stands_first_and_may_stay_so(page):
    first = part(page, "What you left open")

    for words in ("I am not sure", "I would rather not say", "Left out"):
        assert words in first
    assert "a clinician can go through them with you" in first
    assert "34 years" not in first


def test_what_safety_hangs_on_stands_next(page):
    safety = part(page, "What matters most for your safety")

    assert "In the past few weeks, have you wished you were dead?" in safety
    assert "I am not sure" not in safety
    assert page.index("What you left open") < page.index("What matters most for your")


def test_it_is_said_when_it_is_enough(page):
    said = "That is all you need to look at."

    other = page.rindex("What was the highest dose you took in a day?")
    assert page.index("What matters most") < page.index(said) < other


def test_safety_stands_before_the_rest(page):
    places = [
        page.index(f">{title}</h2>")
        for title in (
            "How you are right now",
            "Thoughts about life and death",
            "OCD and you",
            "The medicines you take now",
        )
    ]
    assert places == sorted(places)


def test_every_answer_can_be_changed_from_here(page):
    for address in (
        "/q/about-you?then=check#q-age",
        "/q/safety?then=check#q-asq.q1",
        "/q/medicines-for-ocd/entry/2?then=check",
        "/q/medicines?then=check",
    ):
        assert f'href="{address}"' in page


def test_questions_that_were_not_asked_do_not_stand_here(page):
    assert "Are you having thoughts of killing yourself right now?" not in page
