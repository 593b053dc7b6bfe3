"""Is a question that appears late asked before anything is looked over or sent?"""

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.test_question_pages import stored
from tests.web.patient.visitor import Patient

SAFETY = "/q/more-about-safety"


@pytest.fixture
def at_check(visitor, questionnaire):
    """Stand where all is answered, and nothing called for a question about plans."""
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    patient = Patient(visitor.begin(), answers).answer_until("/check")
    assert f"{SAFETY}?then=check" in patient.visitor.text
    assert "Suicide plan" not in patient.visitor.text
    return patient.visitor


def say_of_thoughts(visitor, answer, *, then="?then=check"):
    """Change the answer about thoughts of death; carry on from help if it comes."""
    visitor.open(f"/q/mood{then}")
    visitor.path = "/q/mood"
    visitor.answer(**{"phq9.q9": answer, "phq9.difficulty": "0"})
    if visitor.path == "/help-now":
        visitor.press(visitor.form("/help-now"))


@pytest.mark.parametrize("then", ["?then=check", ""])
def test_a_safety_question_that_appears_late_is_asked(at_check, then):
    say_of_thoughts(at_check, "1", then=then)

    assert at_check.path == SAFETY
    form = at_check.form(SAFETY)
    assert form.names == ["q-suicide_plan", "q-harm_others"]
    assert "q-suicide_plan" not in form.values


@pytest.mark.parametrize("path", ["/check", "/contact"])
def test_nothing_is_looked_over_before_it_was_asked(at_check, path):
    say_of_thoughts(at_check, "1")

    assert at_check.open(path).path == SAFETY


def test_once_asked_the_way_leads_back_to_the_list(at_check):
    say_of_thoughts(at_check, "1")

    at_check.answer(suicide_plan="no")

    assert at_check.path == "/check"


def test_left_out_on_purpose_it_is_not_asked_for_ever(at_check):
    say_of_thoughts(at_check, "1")

    at_check.answer()
    at_check.answer()

    assert at_check.path == "/check"


def test_an_answer_that_was_only_hidden_meanwhile_still_counts(
    at_check, store, database
):
    say_of_thoughts(at_check, "1")
    at_check.answer(suicide_plan="no")
    say_of_thoughts(at_check, "0")

    say_of_thoughts(at_check, "1")

    assert at_check.path == "/check"
    assert stored(store, database).answers["suicide_plan"] == "no"


def test_a_page_that_asks_nothing_new_is_not_shown_again(at_check):
    say_of_thoughts(at_check, "0")

    assert at_check.path == "/check"


def test_help_for_half_a_page_forgets_no_late_question(at_check):
    form = at_check.open("/q/mood?then=check").form("/q/mood")
    form.values |= {"q-phq9.q9": ["1"], "q-phq9.q1": ["nonsense"]}

    at_check.press(form)
    at_check.press(at_check.form("/help-now"))
    assert at_check.path == "/q/mood"
    at_check.answer(**{"phq9.q1": "0"})

    assert at_check.path == SAFETY
