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


def test_what_is_open_is_said_and_counted(page):
    assert "I am not sure" in page
    assert "I would rather not say" in page
    assert "Left out" in page
    assert "questions are left out, unsure or not said. That is fine" in page


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
