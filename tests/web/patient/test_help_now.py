"""Does help come at once, stay within reach, and never depend on anything else?"""

import sqlite3
from datetime import timedelta

import pytest

from screening.store.problems import DatabaseUnavailable, Trouble
from tests.web.patient.cases import worked_answers
from tests.web.patient.conftest import NOW
from tests.web.patient.test_journeys import reference_on, send
from tests.web.patient.test_question_pages import stored
from tests.web.patient.visitor import Patient, Visitor

TITLE = "Please talk to someone now"


def reach_safety(visitor):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    visitor.answer(chest_pain_now="no", stroke_signs_today="no", memory="none")
    assert visitor.path == "/q/safety"


def say_yes_to_the_first_questions(visitor):
    reach_safety(visitor)
    yes = {f"asq.q{number}": "yes" for number in (1, 2, 3)}
    visitor.answer(**yes, **{"asq.q4": "no"})


def bring_up_help(visitor):
    """Say yes to thoughts right now."""
    say_yes_to_the_first_questions(visitor)
    visitor.press(visitor.form("/help-now"))
    visitor.answer(**{"asq.q5": "yes"})


def test_help_comes_before_the_question_that_follows(visitor):
    say_yes_to_the_first_questions(visitor)

    assert visitor.path == "/help-now"
    assert visitor.heading == "You do not have to manage this alone"


def test_the_same_help_does_not_come_twice_for_the_same_questions(visitor):
    say_yes_to_the_first_questions(visitor)
    visitor.press(visitor.form("/help-now"))

    visitor.answer(**{"asq.q5": "no"})

    assert visitor.path == "/q/mood"


def test_help_comes_on_the_very_next_response(visitor):
    bring_up_help(visitor)

    assert visitor.path == "/help-now"
    assert visitor.heading == TITLE
    assert 'href="tel:911"' in visitor.text
    assert 'href="sms:988"' in visitor.text
    assert "This form is not watched in real time. No one is reading" in visitor.text


def test_help_offers_to_call_before_it_offers_to_go_on(visitor):
    bring_up_help(visitor)

    places = [
        visitor.text.index(words)
        for words in (
            ">Call 911<",
            ">Contact 988 Suicide",
            ">Stop here<",
            ">Carry on with the form<",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ["/q/safety", "/q/mood", "/q", "/check", "/contact"])
def test_no_question_is_shown_before_the_patient_carries_on(visitor, path):
    bring_up_help(visitor)

    visitor.open(path)

    assert visitor.path == "/help-now"


def test_after_carrying_on_help_stays_within_reach(visitor):
    bring_up_help(visitor)

    visitor.press(visitor.form("/help-now"))

    assert visitor.path == "/q/mood"
    assert "See who you can call now" in visitor.text
    visitor.open("/q/mood")
    assert "See who you can call now" in visitor.text
    visitor.open("/help-now")
    assert visitor.heading == TITLE


def test_help_does_not_wait_for_the_rest_of_the_page(visitor):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")

    visitor.answer(chest_pain_now="yes")

    assert visitor.path == "/help-now"
    assert visitor.heading == "This needs urgent medical help"
    visitor.press(visitor.form("/help-now"))
    assert visitor.path == "/q/right-now"
    assert visitor.form("/q/right-now").values["q-chest_pain_now"] == ["yes"]


def test_help_does_not_wait_for_a_wrong_answer_to_be_mended(visitor):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    form = visitor.form("/q/right-now")
    form.values |= {"q-chest_pain_now": ["yes"], "q-memory": ["nonsense"]}

    visitor.press(form)

    assert visitor.path == "/help-now"


def test_a_wrong_answer_that_help_came_before_is_still_mended(visitor):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    visitor.answer(chest_pain_now="no", stroke_signs_today="no", memory="none")
    visitor.open("/q/right-now")
    form = visitor.form("/q/right-now")
    form.values |= {"q-chest_pain_now": ["yes"], "q-memory": ["nonsense"]}

    visitor.press(form)
    visitor.press(visitor.form("/help-now"))

    assert visitor.path == "/q/right-now"
    assert visitor.form("/q/right-now").values["q-chest_pain_now"] == ["yes"]


def test_a_question_left_blank_for_the_first_time_brings_no_help_yet(visitor):
    say_yes_to_the_first_questions(visitor)
    visitor.press(visitor.form("/help-now"))

    visitor.answer()
    first = visitor.path, visitor.status
    visitor.answer()

    assert first == ("/q/safety-2", 422)
    assert visitor.path == "/help-now"


def test_declining_a_safety_question_offers_help(visitor):
    reach_safety(visitor)

    visitor.answer(**{f"asq.q{number}": "prefer_not" for number in (1, 2, 3, 4)})

    assert visitor.heading == "It is all right not to answer"
    assert visitor.text.count("It is all right not to answer</h1>") == 1


def test_declining_another_question_offers_none(visitor, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"pregnancy": "prefer_not"}

    patient = Patient(visitor.begin(), answers).answer_until("/q/ocd")

    assert patient.help_seen == []


def test_help_is_shown_although_nothing_can_be_saved(visitor, store, monkeypatch):
    say_yes_to_the_first_questions(visitor)
    visitor.press(visitor.form("/help-now"))

    def away(*_, **__):
        raise DatabaseUnavailable(Trouble.FULL)

    monkeypatch.setattr(type(store.drafts), "write", away)
    visitor.answer(**{"asq.q5": "yes"})

    assert visitor.status == 503
    assert visitor.heading == TITLE
    assert "not saved" in visitor.text


def test_without_a_country_help_leads_to_a_choice_of_countries(open_clinic):
    visitor = Visitor(open_clinic(locale=None))

    bring_up_help(visitor)

    assert "call your local emergency number" in visitor.text
    assert "Choose your country to see its numbers" in visitor.text


def test_stopping_says_what_happens_and_offers_to_delete(visitor):
    bring_up_help(visitor)

    visitor.open("/stop")

    assert "Your answers have not been sent" in visitor.text
    assert 'href="tel:911"' in visitor.text
    assert visitor.form("/delete")


def test_a_retracted_answer_stays_with_both_answers_and_both_times(
    visitor, questionnaire, clock, submission
):
    answers = worked_answers("U1", questionnaire) | {"consent": "yes"}
    patient = Patient(visitor.begin(), answers)
    patient.answer_until("/check")
    clock.move(minutes=5)

    visitor.open("/q/safety-2?then=check")
    visitor.answer(**{"asq.q5": "no"})
    patient.answer_until("/check")
    visitor.open("/q/more-about-safety?then=check")
    visitor.answer(suicide_plan="no")
    send(patient.answer_until("/check").visitor)

    kept = submission(reference_on(visitor))
    shown = {one["cause"]: one for one in kept.record.help_shown}
    found = {one["id"]: one for one in kept.record.findings}
    acute = shown["urgent-asq-acute"]
    assert found["retracted-safety-answer"]["priority"] == "same_day"
    assert kept.facts.same_day is True
    assert acute["answers"]["asq"]["q5"] == "yes"
    assert acute["at"] == NOW.isoformat()
    assert acute["changed"]["answers"]["asq"]["q5"] == "no"
    assert acute["changed"]["at"] == (NOW + timedelta(minutes=5)).isoformat()
    assert shown["urgent-plan"]["changed"]["answers"] == {"suicide_plan": "no"}


def test_an_urgent_answer_given_again_brings_help_again(visitor):
    bring_up_help(visitor)
    visitor.press(visitor.form("/help-now"))
    visitor.open("/q/safety-2").answer(**{"asq.q5": "no"})

    visitor.open("/q/safety-2").answer(**{"asq.q5": "yes"})

    assert visitor.path == "/help-now"
    assert visitor.heading == TITLE


def test_help_is_kept_in_the_draft_with_its_time_and_answers(visitor, store, database):
    bring_up_help(visitor)

    marks = stored(store, database).help_shown

    assert [mark.key for mark in marks] == ["asq-positive-so-far", "urgent-asq-acute"]
    assert marks[1].at == NOW
    assert marks[1].answers["asq"]["q5"] == "yes"


def test_under_18_nothing_is_kept(visitor, database, store):
    visitor.begin()

    visitor.answer(for_self="yes", age="17", guardian="no")

    assert visitor.heading == "This form is for adults"
    assert "We have not kept your answers." in visitor.text
    assert 'href="/article"' not in visitor.text
    assert visitor.open(visitor.path).heading == "This form is for adults"
    assert visitor.open("/q").path == "/"
    with sqlite3.connect(database) as rows:
        for table in ("drafts", "submissions", "identities"):
            assert rows.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608


def test_the_age_of_a_minor_never_reaches_the_database(visitor, store, monkeypatch):
    visitor.begin()
    written = []
    monkeypatch.setattr(
        type(store.drafts), "write", lambda *_, **__: written.append("a draft")
    )

    visitor.answer(for_self="yes", age="12", guardian="no")

    assert visitor.heading == "This form is for adults"
    assert written == []


def test_a_slip_that_would_end_the_form_is_asked_about_once(visitor, database):
    reach_safety(visitor)

    visitor.open("/q/about-you").answer(age="3")
    asked = visitor.path, visitor.status, "everything you have answered" in visitor.text
    visitor.answer()

    assert asked == ("/q/about-you", 422, True)
    assert visitor.heading == "This form is for adults"


def test_a_slip_that_is_mended_ends_nothing(visitor):
    reach_safety(visitor)
    visitor.open("/q/about-you").answer(age="3")

    visitor.answer(age="33")

    assert visitor.path == "/q/right-now"
