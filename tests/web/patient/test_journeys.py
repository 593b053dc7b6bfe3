"""Do worked patients come out as written when they use the pages?"""

import re
from datetime import date

import pytest

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient

CONTACT = {
    "contact_name": "Sam Łęcka",
    "contact_birth": "1985-03-27",
    "contact_phone": "01632 960 001",
    "contact_message": "no",
}


def reference_on(visitor):
    return re.search(r"screening-code--large\">([0-9A-Z-]+)<", visitor.text)[1]


def send(visitor):
    """From the list of answers to the receipt."""
    visitor.open("/contact")
    form = visitor.form("/send")
    for question, value in CONTACT.items():
        form.fill(f"q-{question}", value)
    return visitor.press(form)


@pytest.mark.parametrize("case", ["L1", "U1", "N1"])
def test_a_worked_patient_is_recorded_as_the_core_evaluates(
    case, visitor, questionnaire, submission
):
    answers = worked_answers(case, questionnaire) | {"consent": "yes"}

    Patient(visitor.begin(), answers).answer_until("/check")
    send(visitor)

    kept = submission(reference_on(visitor))
    expected = evaluate(
        questionnaire, read_answers(questionnaire, answers, date(2026, 11, 23))
    )
    assert kept.facts.outcome == expected.outcome
    assert [one["id"] for one in kept.record.findings] == [
        one.id for one in expected.findings
    ]
    assert kept.record.missing == list(expected.missing)
    assert kept.record.undetermined == list(expected.undetermined)
    assert kept.record.derived == expected.derived
    assert kept.facts.same_day is expected.same_day
    assert {key: card["total"] for key, card in kept.record.scores.items()} == {
        key: card.total for key, card in expected.scores.items()
    }
