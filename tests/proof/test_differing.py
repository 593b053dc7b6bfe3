"""Do two versions decide any patient differently, and is that patient shown?"""

from datetime import date

import pytest

from screening.authoring.checked import case_texts
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.judge import evaluate
from screening.core.load import load
from screening.library import shelf_for
from screening.proof.differing import Versions, reworded
from tests.core.building import from_text
from tests.proof.test_proving import WELL, criterion

TODAY = date(2026, 3, 15)
BEFORE = from_text(WELL)


def came_of(made, patient):
    known = {k: v for k, v in patient.answers.items() if k in made.program.keys}
    return evaluate(made, read_answers(made, known, TODAY))


def redecided(text):
    return list(Versions(BEFORE, from_text(text), TODAY).redecided())


def test_a_change_of_wording_alone_changes_no_decision():
    after = from_text(WELL.replace("How old are you?", "What is your age?"))
    versions = Versions(BEFORE, after, TODAY)

    texts = reworded(BEFORE, after)

    assert [(one.key, one.before, one.after) for one in texts] == [
        ("questions.age.ask", "How old are you?", "What is your age?")
    ]
    assert list(versions.redecided()) == list(versions.reworked()) == []


def test_a_text_that_only_one_version_has_is_told():
    after = from_text(
        WELL.replace("ask: Do you smoke?", "ask: Do you smoke?, hint: Or vape.")
    )

    [one] = reworded(BEFORE, after)

    assert (one.key, one.before, one.after) == (
        "questions.smokes.hint",
        None,
        "Or vape.",
    )


def test_a_promise_that_says_less_is_told_though_it_decides_nothing():
    rule = "promises:\n  - {id: old, never: age >= 65 and outcome == 'urgent'}\n"
    before, after = from_text(WELL + rule), from_text(WELL + rule.replace("65", "66"))

    [one] = reworded(before, after)

    assert one.key == "promises.old"
    assert list(Versions(before, after, TODAY).reworked()) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "when: age >= 65",
            "when: age >= 66",
            {("contraindication_reported", "no_barrier_reported")}
            | {("contraindication_reported", "needs_review")},
        ),
        (
            "kind: review, when: smokes",
            "kind: urgent, when: smokes",
            {("needs_review", "urgent"), ("contraindication_reported", "urgent")},
        ),
        (
            'riskier: ["no", "yes"]',
            'riskier: ["no", "yes"], must_know: age > 30, because: A reason.',
            {("needs_review", "no_barrier_reported")},
        ),
    ],
)
def test_each_pair_of_outcomes_that_differs_has_a_patient_of_whom_so(
    old, new, expected
):
    after = from_text(WELL.replace(old, new))

    found = redecided(WELL.replace(old, new))

    assert {(one.before.outcome, one.after.outcome) for one in found} == expected
    for one in found:
        assert came_of(BEFORE, one.patient).outcome is one.before.outcome
        assert came_of(after, one.patient).outcome is one.after.outcome


def test_a_flag_for_the_same_day_is_a_decision_too():
    text = WELL.replace("kind: review, when", "kind: review, priority: same_day, when")

    found = redecided(text)

    assert {(one.before.same_day, one.after.same_day) for one in found} == {
        (False, True)
    }


def test_a_new_question_that_a_rule_reads_changes_what_is_decided():
    page = (
        "  - page: second\n    title: Second\n    questions:\n"
        "      - {id: cough, ask: Do you cough?, type: yes_no}\n"
    )
    rule = "  - {id: review-cough, kind: review, when: 'cough == \"yes\"', "
    rest = "clinician: Said., because: A reason., sources: [book]}\n"
    text = WELL.replace("criteria:\n", f"{page}criteria:\n") + rule + rest

    found = redecided(text)

    assert ("no_barrier_reported", "needs_review") in {
        (one.before.outcome, one.after.outcome) for one in found
    }


def test_a_precaution_that_moved_changes_findings_and_no_decision():
    rule = "  - {id: precaution-age, kind: precaution, when: age >= LIMIT, "
    rest = "clinician: Said., because: A reason., sources: [book]}\n"
    before, after = (
        from_text(WELL + rule.replace("LIMIT", limit) + rest) for limit in ("40", "50")
    )
    versions = Versions(before, after, TODAY)

    assert list(versions.redecided()) == []
    [one] = versions.reworked()
    assert (one.what, one.before, one.after) == (
        "precaution criterion precaution-age",
        "yes",
        "no",
    )
    assert 40 <= one.patient.answers["age"] < 50


def test_a_number_on_a_finer_grid_is_still_the_same_number():
    finer = WELL.replace("type: integer", "type: decimal\n        decimals: 1")

    assert redecided(finer) == []


def test_a_value_that_is_worked_out_otherwise_is_told_though_no_rule_reads_it():
    derived = "derived:\n  much: age >= LIMIT\n"
    shown = "summary:\n  - {section: all, title: All, answers: [age], says: '{much}'}\n"
    before, after = (
        from_text(
            WELL.replace("criteria:", derived + "criteria:").replace("LIMIT", n) + shown
        )
        for n in ("10", "11")
    )
    versions = Versions(before, after, TODAY)

    assert list(versions.redecided()) == []
    [one] = versions.reworked()
    assert (one.what, one.patient.answers["age"]) == ("value much", 10)


def test_a_question_that_is_not_asked_any_more_is_told():
    page = (
        "  - page: second\n    title: Second\n    questions:\n      - id: cough\n"
        "        ask: Do you cough?\n        type: yes_no\n"
        "        ask_if: age >= LIMIT\n"
        "        must_know: false\n        because: A reason.\n"
    )
    rule = "  - {id: precaution-cough, kind: precaution, when: 'cough == \"yes\"', "
    rest = "clinician: Said., because: A reason., sources: [book]}\n"
    text = WELL.replace("criteria:\n", f"{page}criteria:\n") + rule + rest
    before, after = (from_text(text.replace("LIMIT", age)) for age in ("20", "30"))
    versions = Versions(before, after, TODAY)

    found = {(one.what, one.before, one.after) for one in versions.reworked()}

    assert ("question cough asked", "yes", "no") in found


def test_a_criterion_of_another_kind_is_told_though_no_decision_differs():
    text = WELL + criterion("exclude-older", "exclusion", "age >= 70")
    before, after = (
        from_text(text),
        from_text(text.replace("older, kind: exclusion", "older, kind: review")),
    )
    versions = Versions(before, after, TODAY)

    found = {(one.what, one.before, one.after) for one in versions.reworked()}

    assert list(versions.redecided()) == []
    assert ("exclusion criterion exclude-older", "yes", "no") in found
    assert ("review criterion exclude-older", "no", "yes") in found


def test_a_help_text_that_comes_for_other_patients_is_told():
    files = {
        "small/help.yaml": """\
        language_version: 1
        help:
          stop: {title: Stop, body: Please stop.}
        """
    }
    rule = "show_help:\n  - {id: on-the-way, when: age >= LIMIT, help: stop}\n"
    before, after = (
        from_text(WELL + rule.replace("LIMIT", age), files) for age in ("40", "50")
    )
    versions = Versions(before, after, TODAY)

    [one] = versions.reworked()

    assert (one.what, one.before, one.after) == ("help stop", "yes", "no")


SHELF = shelf_for("ocd-ketamine")
SHIPPED = load(SHELF.questionnaire_id, SHELF.read)


def as_written(answer):
    """Return an answer as a case writes it."""
    return {"yes": "true", "no": "false"}.get(answer, str(answer))


def with_weeks(number):
    """Return the shipped questionnaire with another length of an adequate trial."""

    def read(name):
        text = SHELF.read(name)
        old = "  minimum_weeks:\n    value: 12"
        return text and text.replace(old, f"  minimum_weeks:\n    value: {number}")

    return load(SHELF.questionnaire_id, read)


def test_a_list_that_has_to_differ_stays_as_it_was_where_it_can():
    cases = read_cases(case_texts(SHELF))
    worked = next(one for one in cases if one.id == "L1").answers["medicine_trials"]

    found = list(Versions(SHIPPED, with_weeks(13), TODAY, cases).reworked())

    changed = {one.what: one.patient.changed for one in found}
    assert "value medicine_trials.failed" in changed
    for what, answers in changed.items():
        trials = answers["medicine_trials"]
        others = sum(
            as_written(trial.get(name)) != before.get(name)
            for trial, before in zip(trials, worked, strict=False)
            for name in {**trial, **before}
        )
        added = sum(len(trial) for trial in trials[len(worked) :])
        assert others + added <= 4, (what, trials)


def test_what_is_worked_out_for_each_entry_of_a_list_is_told_once():
    names = [one.what for one in Versions(SHIPPED, with_weeks(13), TODAY).reworked()]

    assert names.count("value medicine_trials.adequate") == 1
