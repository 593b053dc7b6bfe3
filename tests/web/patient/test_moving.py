"""Can a form that was begun before the questions changed go on with the new ones?"""

import os
import shutil
import time

import pytest

from screening.resources import questionnaires_folder
from screening.web.patient.room import current_room
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "questionnaires"
    shutil.copytree(questionnaires_folder(), copy)
    return copy


@pytest.fixture
def clinic(open_clinic, folder):
    return open_clinic(questionnaires=folder)


@pytest.fixture
def publish(clinic, folder):
    """Change the questionnaire's file, and have the service look at it."""

    def change(old, new):
        file = folder / "ocd-ketamine" / "questionnaire.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        os.utime(file, (time.time() - 60, time.time() - 60))
        with clinic.app_context():
            questionnaires = current_room().questionnaires
        before = questionnaires.latest.sha256
        deadline = time.monotonic() + 20
        while questionnaires.current().sha256 == before:
            assert time.monotonic() < deadline, "the new version was not met"
            time.sleep(0.05)

    return change


@pytest.fixture
def patient(clinic, questionnaire):
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    return Patient(Visitor(clinic).begin(), answers)


AGE = 'ask: "How old are you?"'

SHOES = (
    "      - id: age\n",
    (
        "      - id: shoe_size\n"
        '        ask: "Which size are your shoes?"\n'
        '        short: "Shoes"\n'
        "        type: integer\n"
        "        range: [20, 60]\n"
        "      - id: age\n"
    ),
)
"""A question that there is only in one version."""


def test_a_patient_is_told_and_may_go_on_as_before(patient, publish):
    visitor = patient.answer_until("/q/safety").visitor
    assert "Some questions have changed" not in visitor.text

    publish(AGE, 'ask: "How old are you now?"')
    visitor.open("/q/safety")

    assert "Some questions have changed since you began." in visitor.text
    assert patient.answer_until("/check").visitor.path == "/check"
    assert "How old are you?" in visitor.text


def test_moving_over_keeps_every_answer_and_asks_only_what_changed(patient, publish):
    visitor = patient.answer_until("/q/safety").visitor
    publish(AGE, 'ask: "How old are you now?"')

    visitor.open("/move")
    assert "No answer is lost." in visitor.text
    visitor.press(visitor.form("/move"))

    assert visitor.path == "/q/about-you"
    assert "How old are you now?" in visitor.text
    assert visitor.form("/q/about-you").values["q-age"] == ["34"]
    assert "Some questions have changed" not in visitor.text
    visitor.press(visitor.form("/q/about-you"))
    assert visitor.open("/q/safety").path == "/q/safety"


def test_a_question_that_is_new_is_asked_although_its_page_was_done(patient, publish):
    visitor = patient.answer_until("/q/safety").visitor
    publish(*SHOES)

    visitor.open("/move")
    visitor.press(visitor.form("/move"))

    assert visitor.path == "/q/about-you"
    assert "Which size are your shoes?" in visitor.text


def test_what_has_no_place_any_more_is_shown_before_it_goes(patient, publish):
    publish(*SHOES)
    patient.visitor.begin()
    patient.answers["shoe_size"] = 42
    visitor = patient.answer_until("/q/safety").visitor
    publish(*reversed(SHOES))

    visitor.open("/move")

    assert "These answers have no place among the new questions" in visitor.text
    assert "Which size are your shoes? <strong>42</strong>" in visitor.text
    visitor.open("/q/about-you")
    assert visitor.form("/q/about-you").values["q-shoe_size"] == ["42"]


def test_help_that_was_shown_stays_on_the_record(clinic, publish, questionnaire):
    answers = worked_answers("U1", questionnaire) | {"consent": "yes"}
    visitor = (
        Patient(Visitor(clinic).begin(), answers).answer_until("/help-now").visitor
    )
    publish(AGE, 'ask: "How old are you now?"')

    visitor.press(visitor.form("/help-now"))
    visitor.open("/move")
    visitor.press(visitor.form("/move"))

    assert "See who you can call now" in visitor.text


def test_nobody_moves_to_other_questions_than_the_page_was_about(patient, publish):
    publish(*SHOES)
    patient.visitor.begin()
    patient.answers["shoe_size"] = 42
    visitor = patient.answer_until("/q/safety").visitor
    publish(AGE, 'ask: "How old are you now?"')
    form = visitor.open("/move").form("/move")
    assert "No answer is lost." in visitor.text

    publish(*reversed(SHOES))
    visitor.press(form)

    assert visitor.path == "/move"
    assert "Which size are your shoes? <strong>42</strong>" in visitor.text


def test_what_the_newer_questions_call_urgent_brings_help_at_once(patient, publish):
    patient.answers["memory"] = "dementia"
    visitor = patient.answer_until("/check").visitor
    assert patient.help_seen == []
    publish('when: memory == "new_confusion"', 'when: memory == "dementia"')

    visitor.open("/move")
    visitor.press(visitor.form("/move"))

    assert visitor.path == "/help-now"
    assert visitor.heading == "This needs urgent medical help"
    assert visitor.open("/check").path == "/help-now"


def test_where_nothing_changed_there_is_nothing_to_move_to(patient):
    visitor = patient.answer_until("/q/safety").visitor

    assert visitor.open("/move").path == "/q/safety"
