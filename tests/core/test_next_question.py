"""Which open question is named first, and does any answer to it settle what is said?"""

from hypothesis import given, settings

from screening.core.answers import Answers, read_answers
from screening.core.judge import evaluate
from screening.core.next_question import next_questions
from tests.core.building import TODAY, from_text
from tests.properties.strategies import answers_to
from tests.properties.test_patients import L1, SHIPPED

SMOKES = 'smokes == "yes"'
SOURCES = "clinician: Said., because: A reason., sources: [book]"
TEXT = f"""\
language_version: 1
questionnaire: small
version: "1"
title: Small
pages:
  - page: first
    title: First
    questions:
      - {{id: age, ask: How old are you?, type: integer, unit: year, range: [0, 120]}}
      - {{id: smokes, ask: Do you smoke?, type: yes_no}}
      - {{id: coughs, ask: Do you cough?, type: yes_no}}
criteria:
  - {{id: exclude-old, kind: exclusion, when: age >= 65, {SOURCES}}}
  - {{id: review-smoking, kind: review, when: smokes == "yes", {SOURCES}}}
  - {{id: review-both, kind: review, when: '{SMOKES} and coughs == "yes"', {SOURCES}}}
  - {{id: review-old-smoker, kind: review, when: 'age > 50 and {SMOKES}', {SOURCES}}}
"""
SMALL = from_text(TEXT)


def asked_next(made, stored):
    answers = read_answers(made, stored, TODAY)
    found = next_questions(made, answers, evaluate(made, answers))
    return {one.key: one.settles for one in found}


def test_what_settles_most_is_named_first():
    found = asked_next(SMALL, {"coughs": "yes"})

    assert list(found) == ["smokes", "age"]
    assert found["smokes"] == ("smokes", "review-smoking", "review-both")


def test_what_another_open_answer_decides_too_is_not_said_to_be_settled():
    found = asked_next(SMALL, {})

    assert "review-both" not in found["coughs"]
    assert "review-old-smoker" not in found["age"]
    assert found["coughs"] == ("coughs",)


def test_of_a_record_without_unknowns_nothing_is_asked():
    assert asked_next(SMALL, {"age": 40, "smokes": "no", "coughs": "no"}) == {}


def test_a_scale_is_one_question_with_its_open_items():
    stored = {**L1, "phq9": None}
    answers = read_answers(SHIPPED, stored, TODAY)

    found = next_questions(SHIPPED, answers, evaluate(SHIPPED, answers))

    [scale] = [one for one in found if one.key == "phq9"]
    assert len(scale.questions) == 9
    assert "review-phq9-item9" in scale.settles


@settings(max_examples=60)
@given(stored=answers_to(SHIPPED))
def test_what_is_said_to_be_settled_is_settled_by_the_first_and_last_option(stored):
    answers = read_answers(SHIPPED, stored, TODAY)
    before = evaluate(SHIPPED, answers)

    for one in next_questions(SHIPPED, answers, before)[:5]:
        plain = [q for q in one.questions if q.options and not q.parts]
        if len(plain) != 1 or len(one.questions) != 1:
            continue
        [question] = plain
        for option in (question.options[0], question.options[-1]):
            if option.unknown or question.type.value == "choices":
                continue
            values = answers.values.copy()
            word = option.value
            values[question.slot] = int(word) if question.numeric_options else word
            after = evaluate(SHIPPED, Answers(values=values))
            assert not set(one.settles) & {*after.missing, *after.undetermined}


def test_a_list_that_nobody_filled_in_is_gone_through():
    stored = {**L1, "medicines": "unsure"}
    answers = read_answers(SHIPPED, stored, TODAY)

    [found] = next_questions(SHIPPED, answers, evaluate(SHIPPED, answers))

    assert (found.key, found.questions) == ("medicines", ())
    assert found.settles == ("medicines",)
