"""Is the patient's own copy whole, in their language, and free of any judgement?"""

from dataclasses import replace

import pytest

from screening.report.copy import copy_of, copy_pdf
from tests.report.patients import (
    MANY_SCRIPTS,
    WORKED,
    answers_of,
    contact,
    full_answers,
    questionnaire,
    record_of,
    worked,
)
from tests.report.test_pdf import squeezed, text_of

STEPS = ("A clinician reads your answers.", "Nobody decides by a computer.")
NUMBERS = (("In an emergency", "999"),)


def copied(answers, language="en"):
    made = replace(questionnaire(), language=language)
    record = record_of(answers, identity=contact())
    return copy_pdf(copy_of(made, record, STEPS, NUMBERS))


def test_everything_that_was_answered_stands_in_it():
    text = squeezed(text_of(copied(full_answers()), "-raw"))

    for page in worked("U1").pages:
        for line in page.lines:
            if line.is_asked and line.is_known:
                assert squeezed(line.question) in text
    assert all(squeezed(step) in text for step in STEPS)
    assert "999" in text


@pytest.mark.parametrize("case", WORKED)
def test_no_rule_no_outcome_and_no_score_stand_in_it(case):
    text = text_of(copied(answers_of(case)), "-raw")

    rules = [criterion.id for criterion in questionnaire().criteria]
    assert [rule for rule in rules if rule in text] == []
    for word in ("Outcome", "Needs review", "Contraindication", "Total", "moderate"):
        assert word not in text


def test_who_the_patient_is_does_not_stand_in_it():
    text = text_of(copied(answers_of("L1")))

    assert MANY_SCRIPTS not in text
    assert "1985" not in text


def test_it_can_be_in_spanish():
    text = " ".join(text_of(copied(answers_of("L1"), "es")).split())

    assert "Sus respuestas" in text
    assert "Enviado el 23 de noviembre de 2026. Referencia: K7QM-2XRD." in text
    assert "Página 1 de" in text
    assert "Question" not in text
