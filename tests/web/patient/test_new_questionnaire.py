"""Can a questionnaire that was just begun be served and answered?"""

import pytest

from tests.cli.running import run
from tests.web.patient.visitor import Patient, Visitor

WELL = {"consent": "yes", "age": "34", "chest_pain_now": "no", "medicines": "none"}


@pytest.fixture
def visitor(open_clinic, tmp_path):
    """A visitor of a clinic that serves a new questionnaire."""
    library = tmp_path / "library"
    made = run("new", "first-visit", "--title", "Your visit", "--folder", library)
    assert made.exit_code == 0, made.output
    return Visitor(open_clinic(questionnaires=library, questionnaire="first-visit"))


def test_its_article_stands_before_the_questions(visitor):
    visitor.open("/")

    assert visitor.status == 200
    assert "Your visit" in visitor.text


def test_its_questions_are_asked_to_the_end(visitor):
    patient = Patient(visitor.begin(), WELL)

    patient.answer_until("/check")

    assert "Which medicines do you take?" not in visitor.text


def test_its_help_is_shown_on_the_next_page(visitor):
    patient = Patient(visitor.begin(), WELL | {"chest_pain_now": "yes"})

    patient.answer_until("/check")

    assert patient.help_seen == ["This needs urgent medical help"]
