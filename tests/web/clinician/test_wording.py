"""Does whoever edits questions learn which are answered wrongly, and of nobody?"""

import pytest

from screening.store.decision_drafts import Author
from screening.store.visits import AnswerMark
from tests.web.clinician.deciding import words

ANN = Author(id="a" * 22, username="ann", name="Dr Ann Bell", role="clinician")


def marked(clinic, key, mark, times):
    for _ in range(times):
        one = AnswerMark(
            key=key, mark=mark, asked="", answered="", right=None, right_in_words=""
        )
        clinic.store.visits.mark(
            clinic.submit("R1"), ANN, (one,), expected_number=0, actor=clinic.actor
        )


@pytest.fixture
def page(clinic):
    """Give the words of the page as a coordinator reads it."""
    return lambda: words(clinic.quick("coordinator").get("/clinic/wording"))


def test_a_question_of_which_five_answers_were_wrong_is_named_with_its_place(
    clinic, page
):
    marked(clinic, "liver", "wrong", 5)
    marked(clinic, "liver", "confirmed", 2)
    question = clinic.questionnaire.questions["liver"]

    said = page()

    assert "Wrong 5 to 9 Right under 5 Version 2026.1" in said
    assert f"{question.place.file}:{question.place.line}" in said
    assert question.ask.split("{")[0].strip()[:20] in said


def test_few_wrong_answers_are_not_told(clinic, page):
    marked(clinic, "liver", "wrong", 4)
    marked(clinic, "liver", "confirmed", 20)

    said = page()

    assert "No question was found wrong 5 times." in said
    assert clinic.questionnaire.questions["liver"].place.file not in said


def test_the_most_often_wrong_comes_first(clinic, page):
    marked(clinic, "age", "wrong", 5)
    marked(clinic, "liver", "wrong", 11)

    said = page()

    assert said.index("10 to 14") < said.index("5 to 9")


def test_a_list_is_called_by_what_asks_for_it(clinic, page):
    marked(clinic, "medicines", "wrong", 5)

    assert clinic.questionnaire.repeats["medicines"].any in page()


def test_an_administrator_sees_none_of_it(clinic):
    assert clinic.quick("administrator").get("/clinic/wording").status_code == 403
