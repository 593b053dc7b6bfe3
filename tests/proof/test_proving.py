"""Is what does not hold refuted, by a patient whom the engine decides just so?"""

from dataclasses import replace
from datetime import date

import pytest

from screening.authoring.checked import case_texts
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.judge import evaluate
from screening.core.load import load
from screening.library import shelf_for
from screening.proof.found import Standing, Subject
from screening.proof.prover import NotInTimeError, UnconfirmedError
from screening.proof.proving import proved
from screening.resources import questionnaires_folder
from tests.core.building import from_text

TODAY = date(2026, 3, 15)
WORKED = questionnaires_folder() / "ocd-ketamine/cases/worked.yaml"
SOURCES = "clinician: Said., because: A reason., sources: [book]"
PAGES = """\
language_version: 1
questionnaire: small
version: "1"
title: Small
pages:
  - page: first
    title: First
    questions:
      - id: age
        ask: How old are you?
        type: integer
        unit: year
        range: [0, 120]
        riskier: up
      - {id: smokes, ask: Do you smoke?, type: yes_no, riskier: ["no", "yes"]}
"""
OLD = f"  - {{id: exclude-old, kind: exclusion, when: age >= 65, {SOURCES}}}\n"
COUGH = """\
  - page: second
    title: Second
    questions:
      - id: cough
        ask: Do you cough?
        type: yes_no
        ask_if: IF
"""
CRITERIA = f"""\
criteria:
{OLD}\
  - {{id: review-smoking, kind: review, when: smokes == "yes", {SOURCES}}}
"""
WELL = PAGES + CRITERIA
NOBODY = "certain(age + age > 240)"
"""A rule that nobody meets, and that the checker leaves to proofs."""


def criterion(name, kind, when):
    return f"  - {{id: {name}, kind: {kind}, when: '{when}', {SOURCES}}}\n"


def failed(text, subject, files=None):
    """Return what is refuted of one subject."""
    return [
        one
        for one in proved(from_text(text, files), TODAY)
        if one.subject is subject and one.standing is not Standing.PROVED
    ]


def came_of(text, patient):
    made = from_text(text)
    answers = read_answers(made, patient.answers, TODAY)
    assert answers.problems == ()
    return evaluate(made, answers)


def test_of_a_definition_that_holds_everything_is_proved():
    found = list(proved(from_text(WELL), TODAY))

    assert {one.standing for one in found} == {Standing.PROVED}
    assert {one.subject for one in found} == set(Subject) - {
        Subject.PROMISE,
        Subject.TOGETHER,
    }


def test_a_broken_promise_is_shown_by_a_patient_who_breaks_it():
    rule = """never: 'outcome == "no_barrier_reported" and age >= 60'"""
    text = f"{WELL}promises:\n  - {{id: nobody-old, {rule}}}\n"

    [found] = failed(text, Subject.PROMISE)

    came = came_of(text, found.patient)
    assert came.broken_promises == ("nobody-old",)
    assert 60 <= found.patient.answers["age"] < 65
    assert found.where.line == text[: text.index("nobody-old")].count("\n") + 1


def test_an_unknown_that_passes_is_shown_with_the_answer_that_would_not():
    text = (
        PAGES
        + COUGH.replace("IF", "answered(smokes)")
        + f"criteria:\n{OLD}"
        + criterion("review-cough", "review", 'cough == "yes"')
    )

    [found] = failed(text, Subject.UNKNOWN)

    before, after = came_of(text, found.patient), came_of(text, found.then)
    assert found.about == "question smokes"
    assert found.patient.answers.get("smokes") in {None, "unsure", "prefer_not"}
    assert before.outcome == "no_barrier_reported"
    assert (after.outcome, found.then.answers["cough"]) == ("needs_review", "yes")


def test_a_risk_that_helps_is_shown_by_both_records():
    text = WELL.replace("when: age >= 65", "when: 'age >= 65 and age < 80'")

    [found] = failed(text, Subject.RISK)

    before, after = came_of(text, found.patient), came_of(text, found.then)
    assert found.about == "question age"
    assert found.patient.answers["age"] < found.then.answers["age"]
    assert list(type(before.outcome)).index(after.outcome) > list(
        type(before.outcome)
    ).index(before.outcome)


def test_what_must_be_known_and_can_be_hidden_is_shown_by_who_is_not_asked():
    text = (
        PAGES
        + COUGH.replace("IF", """'smokes == "yes"'""")
        + CRITERIA
        + criterion("review-cough", "review", 'cough == "yes"')
    )

    [found] = failed(text, Subject.ASKED)

    assert found.about == "question cough"
    assert "cough" not in found.patient.answers
    assert found.patient.answers["smokes"] == "no"


def test_what_nobody_reaches_is_named():
    text = WELL.replace("criteria:\n", COUGH.replace("IF", NOBODY) + "criteria:\n")
    text += criterion("review-cough", "review", 'cough == "yes"')

    found = failed(text, Subject.REACHED)

    assert [one.about for one in found] == [
        "page second",
        "question cough",
        "option cough: yes",
        "option cough: no",
        "criterion review-cough",
    ]


@pytest.mark.parametrize(
    ("rule", "part"),
    [
        ("never: 'outcome == \"urgent\" and age >= 60'", 1),
        ("always: 'age <= 120 or smokes == \"no\"'", 1),
        (f"never: 'age >= 60 and {NOBODY}'", 2),
    ],
)
def test_a_promise_that_forbids_nothing_is_named_by_the_part_nobody_has(rule, part):
    text = f"{WELL}promises:\n  - {{id: nothing, {rule}}}\n"

    found = [one.about for one in failed(text, Subject.REACHED)]

    assert f"part {part} of promise nothing" in found
    assert failed(text, Subject.PROMISE) == []


def test_a_criterion_that_everybody_meets_is_named():
    text = WELL + criterion(
        "precaution-all", "precaution", "age >= 0 or not known(age)"
    )

    [found] = failed(text, Subject.CONSTANT)

    assert found.about == "criterion precaution-all"


def test_a_criterion_that_others_imply_is_named_with_them():
    text = WELL + criterion("exclude-older", "exclusion", "age >= 70")

    [found] = failed(text, Subject.ALONE)

    assert found.about == "criterion exclude-older"
    assert found.words == "whoever meets exclude-older meets exclude-old too"


@pytest.mark.parametrize(("limit", "is_refuted"), [(70, False), (50, True)])
def test_a_criterion_that_says_what_implies_it_is_held_to_it(limit, is_refuted):
    rule = criterion("exclude-other", "exclusion", f"age >= {limit}").replace(
        "kind:", "implied_by: exclude-old, kind:"
    )

    found = failed(WELL + rule, Subject.ALONE)

    assert bool(found) is is_refuted or [one.about for one in found] == [
        "criterion exclude-old"
    ]


def test_inclusions_that_nobody_fulfils_together_are_named():
    text = (
        WELL
        + criterion("include-young", "inclusion", "age < 30")
        + criterion("include-old", "inclusion", "age > 40")
    )

    [found] = failed(text, Subject.TOGETHER)

    assert found.about == "criteria include-young and include-old"


def test_entries_that_are_compared_with_each_other_are_told_apart():
    asked = "      - {{id: {}, ask: 'Which {}?', type: pick, from: things}}\n"
    picks = asked.format("one", "one") + asked.format("other", "other")
    rule = "{id: never-the-same, never: one == other}"
    text = PAGES + picks + CRITERIA + criterion("review-same", "review", "one == other")
    files = {
        "catalogues/things.yaml": """\
        language_version: 1
        catalogue: things
        title: Things
        attributes: {alive: {type: yes_no}}
        entries: {cat: {label: Cat, alive: "yes"}, dog: {label: Dog, alive: "yes"}}
        sources: [book]
        """
    }

    found = failed(f"{text}promises:\n  - {rule}\n", Subject.PROMISE, files)

    [patient] = [one.patient.answers for one in found]
    assert patient["one"] == patient["other"]
    assert failed(text, Subject.REACHED, files) == []


def test_a_patient_who_shows_something_stays_near_to_a_worked_one():
    shelf = shelf_for("ocd-ketamine")
    name = "ocd-ketamine/questionnaire.yaml"
    edited = shelf.read(name).replace(
        "when: systolic >= 180 or diastolic >= 110",
        "when: systolic >= 180 and diastolic >= 110",
    )
    made = load("ocd-ketamine", lambda n: edited if n == name else shelf.read(n))
    cases = read_cases([(WORKED.name, WORKED.read_text("utf-8"))])

    found = [
        one
        for one in proved(made, TODAY, cases, most_entries=3)
        if one.standing is Standing.REFUTED and one.subject is Subject.PROMISE
    ]

    [one] = found
    assert one.about == "promise severe-pressure-never-passes"
    assert one.patient.near == "L1"
    assert set(one.patient.changed) <= {"systolic", "diastolic"}
    came = evaluate(made, read_answers(made, one.patient.answers, TODAY))
    assert came.broken_promises == ("severe-pressure-never-passes",)


def test_the_shipped_questionnaire_is_proved_whole():
    shelf = shelf_for("ocd-ketamine")
    made = load(shelf.questionnaire_id, shelf.read)

    found = list(proved(made, TODAY))

    assert [one.about for one in found if one.standing is not Standing.PROVED] == []
    assert {one.subject for one in found} >= set(Subject) - {Subject.TOGETHER}


def test_what_worked_patients_show_is_no_more_than_what_the_solver_finds():
    shelf = shelf_for("ocd-ketamine")
    rule = "  - id: exclude-age\n    kind: exclusion\n    when: age < 18\n"
    name = "ocd-ketamine/questionnaire.yaml"
    text = shelf.read(name)
    again = rule.replace("exclude-age", "exclude-child").replace("18", "12")
    rest = "    clinician: A child.\n    because: So.\n    sources: [spravato_pi]\n"
    edited = text.replace(rule, again + rest + rule)
    assert edited != text
    made = load("ocd-ketamine", lambda n: edited if n == name else shelf.read(n))
    cases = read_cases(case_texts(shelf))

    alone, beside = (
        {(one.key, one.standing) for one in proved(made, TODAY, shown)}
        for shown in ((), cases)
    )

    assert alone == beside
    assert ("alone: criterion exclude-child", Standing.REFUTED) in beside


def test_nobody_is_shown_of_whom_the_engine_says_otherwise(monkeypatch):
    rule = """never: 'outcome == "no_barrier_reported" and age >= 60'"""
    made = from_text(f"{WELL}promises:\n  - {{id: nobody-old, {rule}}}\n")

    def another(questionnaire, answers):
        return replace(evaluate(questionnaire, answers), findings=(), missing=("age",))

    monkeypatch.setattr("screening.proof.prover.evaluate", another)

    with pytest.raises(UnconfirmedError):
        list(proved(made, TODAY))


def test_without_time_to_find_a_calm_patient_the_rest_is_proved_all_the_same(
    monkeypatch,
):
    def never(*_):
        raise NotInTimeError("canceled")

    monkeypatch.setattr("screening.proof.near._near_by_solver", never)
    text = f"{WELL}promises:\n  - {{id: nobody-old, never: age >= 60}}\n"

    [found] = failed(text, Subject.PROMISE)

    assert found.patient.answers["age"] >= 60
    assert found.patient.near is None
