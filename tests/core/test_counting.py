"""Does an answer that branching hides contradict the one that hides it?"""

from datetime import date

import pytest

from screening.core.answers import read_answers
from screening.core.counting import evaluate_asked
from screening.core.judge import evaluate
from screening.core.load import load
from screening.library import shelf_for

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def questionnaire():
    shelf = shelf_for("ocd-ketamine")
    return load(shelf.questionnaire_id, shelf.read)


def read(questionnaire, **items):
    return read_answers(questionnaire, {"audit_c": items}, TODAY)


def test_on_paper_amounts_beside_never_are_a_contradiction(questionnaire):
    evaluation = evaluate(questionnaire, read(questionnaire, q1=0, q2=2, q3=1))

    assert evaluation.scores["audit_c"].status == "inconsistent"


def test_on_pages_what_is_not_asked_any_more_is_no_contradiction(questionnaire):
    evaluation = evaluate_asked(questionnaire, read(questionnaire, q1=0, q2=2, q3=1))

    assert evaluation.scores["audit_c"].status == "complete"
    assert evaluation.scores["audit_c"].total == 0


def test_what_is_asked_counts_as_it_did(questionnaire):
    given = read(questionnaire, q1=4, q2=2, q3=1)

    asked = evaluate_asked(questionnaire, given)

    assert asked.values == evaluate(questionnaire, given).values
    assert asked.scores["audit_c"].total == 7


def test_that_an_urgent_answer_was_taken_back_is_still_told(questionnaire):
    given = read(questionnaire, q1=0, q2=2, q3=1)

    asked = evaluate_asked(questionnaire, given, retracted=True)

    assert [one.id for one in asked.findings if one.kind == "review"][-1:] == [
        evaluate(questionnaire, given, retracted=True).findings[-1].id
    ]
