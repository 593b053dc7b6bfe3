"""Does a forecast say what the rules make of simulated people, and no more?"""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from screening.authoring.forecast_drawing import drawn
from screening.authoring.forecasting import Cohort, forecast
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.definition import Outcome
from screening.core.judge import evaluate
from tests.core.building import from_text

TODAY = date(2026, 3, 15)
MADE = """
language_version: 1
questionnaire: small
version: "1"
title: Small
language: en
pages:
  - page: one
    title: One
    questions:
      - id: age
        ask: "How old are you?"
        type: integer
        unit: year
        range: [0, 120]
        not_sure: true
      - {id: smokes, ask: "Do you smoke?", type: yes_no}
criteria:
  - id: exclude-child
    kind: exclusion
    when: age < 18
    clinician: A child.
    because: So.
    sources: [book]
  - id: review-smoker
    kind: review
    when: smokes == "yes"
    clinician: Smokes.
    because: So.
    sources: [book]
"""
CASES = """
language_version: 1
cases:
  - case: well
    answers: {age: 40, smokes: "no"}
  - case: child
    based_on: well
    answers: {age: 12}
    share: 0.2
    because: So.
    sources: [book]
  - case: smoker
    based_on: well
    answers: {smokes: "yes"}
    share: 0.5
    because: So.
    sources: [book]
  - case: does-not-say
    based_on: well
    answers: {age: unsure}
    share: 0.1
    because: So.
    sources: [book]
"""


def cases(text=CASES):
    return read_cases([("cases/all.yaml", text)])


def stepping(*numbers):
    """Return a chance that gives these numbers over and over."""

    def give():
        given.append(numbers[len(given) % len(numbers)])
        return given[-1]

    given = []
    return give


def come(made=None, people=4, chance=None):
    # Three shares: for each person a number each. In turn: nothing; a child who
    # smokes; a smoker; somebody who does not say.
    numbers = (0.9, 0.9, 0.9, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.05)
    cohort = Cohort(cases(), people, chance or stepping(*numbers))
    return forecast(made or from_text(MADE), cohort, TODAY)


def test_outcomes_are_counted_as_the_engine_decides_them():
    found = come()

    assert found.people == 4
    assert found.outcomes == {
        Outcome.NO_BARRIER_REPORTED: 1,
        Outcome.CONTRAINDICATION_REPORTED: 1,
        Outcome.NEEDS_REVIEW: 2,
    }
    assert found.same_day == 0


def test_a_cause_says_how_many_and_how_many_for_it_alone():
    found = come()

    causes = {name: (one.people, one.alone) for name, one in found.criteria.items()}
    assert causes == {"exclude-child": (1, 1), "review-smoker": (2, 1)}
    unknown = {name: (one.people, one.alone) for name, one in found.unknown.items()}
    assert unknown == {"age": (1, 1)}


def test_every_share_is_drawn_as_often_as_it_says():
    chance = stepping(*(n / 1000 for n in range(0, 1000, 7)))

    found = come(people=9009, chance=chance)

    smokers = found.criteria["review-smoker"].people / found.people
    assert smokers == pytest.approx(0.5, abs=0.02)


def test_two_versions_are_asked_of_the_same_people():
    numbers = (0.9, 0.1, 0.9, 0.9, 0.9, 0.9)
    milder = from_text(MADE.replace("kind: review", "kind: precaution"))
    cohort = Cohort(cases(), 100, stepping(*numbers))

    before, after = (forecast(m, cohort, TODAY) for m in (from_text(MADE), milder))

    assert before.outcomes[Outcome.NEEDS_REVIEW] == 50
    assert after.outcomes[Outcome.NEEDS_REVIEW] == 0
    assert (
        sum(a != b for a, b in zip(before.decisions, after.decisions, strict=True))
        == 50
    )


def test_each_decision_is_the_engines():
    made = from_text(MADE)
    cohort = Cohort(cases(), 60, stepping(0.05, 0.4, 0.6, 0.15, 0.3))

    found = forecast(made, cohort, TODAY)

    for drawn_ones, decision in zip(cohort.people, found.decisions, strict=True):
        answers = read_answers(made, cohort.answers(drawn_ones), TODAY)
        assert evaluate(made, answers).decision == decision


def test_without_shares_there_is_no_forecast():
    with pytest.raises(ValueError, match="share"):
        Cohort(cases(CASES.split("  - case: child", maxsplit=1)[0]), 10, lambda: 0.5)


def test_answers_that_a_version_can_not_take_are_told():
    other = from_text(MADE.replace("smokes", "vapes"))

    with pytest.raises(ValueError, match="smokes"):
        come(other)


@pytest.mark.parametrize("is_compared", [False, True])
def test_the_drawing_says_every_number_in_words_and_that_it_is_simulated(is_compared):
    made, found = from_text(MADE), come()
    milder = come(from_text(MADE.replace("kind: review", "kind: precaution")))

    text = drawn(made, found, milder if is_compared else None)

    root = ET.fromstring(text)  # noqa: S314 - our own
    said = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said[0].startswith("SIMULATED: Small")
    for name in ("needs review", "exclude-child", "review-smoker", "age"):
        assert name in said
    number = said[said.index("needs review") + 1]
    assert number == ("25.0 → 50.0" if is_compared else "50.0")
    hollow = text.count('class="before"')
    assert (hollow > 0) == is_compared


def test_a_criterion_that_only_the_version_before_has_is_drawn_too():
    made = from_text(MADE)
    milder = come(from_text(MADE.replace("kind: review", "kind: precaution")))

    text = drawn(made, milder, come())

    assert "review-smoker" in text
    assert "50.0 → 0.0" in text
