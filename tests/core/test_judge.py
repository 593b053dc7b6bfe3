"""What do answers come to: findings, what is missing, what is undetermined, outcome?"""

import pytest

from screening.core.judge import evaluate
from tests.core.building import answered, demonstrator, judged

CLINIC = demonstrator("must-know")
BRANCHING = demonstrator("branching")
REPEATS = demonstrator("repeats")
WELL = {
    "pain": "no",
    "fever": "no",
    "temperature": "37",
    "weight": "70",
    "complete": "all",
    "fit": "yes",
    "cough": "no",
}


def after(**changed):
    return judged(CLINIC, **(WELL | changed))


def test_a_patient_without_a_finding_reports_no_barrier():
    evaluation = after()

    assert evaluation.outcome == "no_barrier_reported"
    assert evaluation.findings == ()
    assert evaluation.missing == ()
    assert evaluation.undetermined == ()


@pytest.mark.parametrize(
    ("changed", "outcome", "findings"),
    [
        ({"pain": "yes"}, "urgent", ["urgent-pain"]),
        (
            {"temperature": "41"},
            "contraindication_reported",
            ["exclude-hot"],
        ),
        ({"fever": "yes"}, "needs_review", ["review-fever"]),
        ({"fit": "no"}, "needs_review", ["include-fit"]),
        ({"cough": "yes"}, "no_barrier_reported", ["precaution-cough"]),
        (
            {"cough": "yes", "fit": "no", "fever": "yes", "temperature": "42"},
            "contraindication_reported",
            ["exclude-hot", "review-fever", "include-fit", "precaution-cough"],
        ),
        (
            {"pain": "yes", "temperature": "42", "fever": "yes"},
            "urgent",
            ["urgent-pain", "exclude-hot", "review-fever"],
        ),
    ],
)
def test_the_worst_finding_gives_the_outcome_and_every_other_is_kept(
    changed, outcome, findings
):
    evaluation = after(**changed)

    assert evaluation.outcome == outcome
    assert [finding.id for finding in evaluation.findings] == findings


def test_the_same_day_is_asked_for_by_a_finding():
    assert after(fever="yes").same_day
    assert not after(fit="no").same_day


@pytest.mark.parametrize("unknown", [None, "unsure", "prefer_not"])
@pytest.mark.parametrize(
    ("question", "undetermined"),
    [("pain", ["urgent-pain"]), ("fever", ["review-fever"]), ("fit", ["include-fit"])],
)
def test_what_a_decisive_rule_reads_has_to_be_known(question, undetermined, unknown):
    evaluation = after(**{question: unknown})

    assert evaluation.outcome == "needs_review"
    assert evaluation.missing == (question,)
    assert evaluation.undetermined == tuple(undetermined)
    assert evaluation.findings == ()


def test_what_only_a_precaution_reads_may_stay_unknown():
    evaluation = after(cough=None)

    assert evaluation.outcome == "no_barrier_reported"
    assert evaluation.undetermined == ("precaution-cough",)
    assert evaluation.missing == ()


def test_an_accepted_unknown_leaves_its_rule_undetermined_and_passes():
    evaluation = after(weight=None)

    assert evaluation.outcome == "no_barrier_reported"
    assert evaluation.undetermined == ("review-light",)
    assert CLINIC.accepted_unknowns["weight"] == "It is measured at the clinic."


@pytest.mark.parametrize(
    ("fever", "missing"),
    [
        ("no", ()),
        ("yes", ("temperature",)),
        ("unsure", ("temperature", "fever")),
        (None, ("temperature", "fever")),
    ],
)
def test_an_unknown_is_accepted_only_while_its_condition_surely_fails(fever, missing):
    assert after(fever=fever, temperature=None).missing == missing


@pytest.mark.parametrize("unknown", [None, "part", "unsure", "prefer_not"])
def test_a_question_no_rule_reads_can_be_said_to_be_needed(unknown):
    evaluation = after(complete=unknown)

    assert evaluation.missing == ("complete",)
    assert evaluation.outcome == "needs_review"


def test_a_finding_outranks_what_is_missing_and_what_is_missing_is_still_told():
    evaluation = after(temperature="42", pain=None)

    assert evaluation.outcome == "contraindication_reported"
    assert evaluation.missing == ("pain",)


def test_an_empty_record_never_passes():
    evaluation = judged(CLINIC)

    assert evaluation.outcome == "needs_review"
    assert set(evaluation.missing) == {
        "pain",
        "fever",
        "temperature",
        "complete",
        "fit",
    }


def test_an_answer_that_was_taken_back_asks_for_a_clinician_the_same_day():
    evaluation = evaluate(CLINIC, answered(CLINIC, **WELL), retracted=True)

    assert evaluation.outcome == "needs_review"
    assert evaluation.same_day
    assert [(f.id, f.kind.value) for f in evaluation.findings] == [
        ("retracted-safety-answer", "review")
    ]


def test_an_answer_that_was_taken_back_does_not_soften_the_outcome():
    answers = answered(CLINIC, **(WELL | {"pain": "yes"}))

    assert evaluate(CLINIC, answers, retracted=True).outcome == "urgent"


# -- branching


@pytest.mark.parametrize(
    ("stored", "missing", "undetermined"),
    [
        ({"age": 40, "smokes": "no"}, (), ()),
        ({"age": 40, "smokes": "yes"}, ("a_day",), ("review-heavy-smoking",)),
        (
            {"age": 40, "smokes": "unsure"},
            ("smokes", "a_day"),
            ("review-heavy-smoking",),
        ),
        (
            {"age": 70},
            ("smokes", "a_day"),
            ("review-smoking", "review-heavy-smoking"),
        ),
    ],
)
def test_a_question_is_asked_unless_branching_surely_hides_it(
    stored, missing, undetermined
):
    evaluation = judged(BRANCHING, **stored)

    assert set(evaluation.missing) == set(missing)
    assert evaluation.undetermined == undetermined


def test_an_answer_that_branching_hides_counts_for_nothing():
    evaluation = judged(BRANCHING, age=40, smokes="no", a_day=60)

    assert evaluation.outcome == "no_barrier_reported"
    assert evaluation.findings == ()


# -- lists


@pytest.mark.parametrize(
    ("baskets", "count", "harvest"),
    [
        ([], 0, "little"),
        ([{"fruit": "apple", "count": 1, "ripe": "yes"}], 1, "some"),
        ([{"fruit": "lemon", "count": 1}], 0, "little"),
        ([{"fruit": "apple", "count": 5}] * 2, 2, "plenty"),
        ([{"fruit": "apple", "count": "unsure"}], None, "unclear"),
        (
            [{"fruit": "apple", "count": 1}, {"fruit": "apple", "count": "unsure"}],
            None,
            "unclear",
        ),
        ([{"fruit": "quince", "count": 90}], None, "unclear"),
        ([{"fruit": "sloe", "count": 90}], 0, "little"),
        (None, None, "unclear"),
    ],
)
def test_values_are_worked_out_for_each_entry_and_over_all(baskets, count, harvest):
    derived = judged(REPEATS, baskets=baskets).derived

    assert derived["heavy_baskets"] == count
    assert derived["harvest"] == harvest


def test_an_entrys_values_may_read_those_above_them():
    baskets = [
        {"fruit": "apple", "count": 1, "ripe": "yes"},
        {"fruit": "apple", "count": 1, "ripe": "no"},
        {"fruit": "lemon", "count": 1},
    ]

    assert judged(REPEATS, baskets=baskets).derived["baskets"] == [
        {"is_heavy": True, "is_good": True, "word": "good"},
        {"is_heavy": True, "is_good": False, "word": "heavy"},
        {"is_heavy": False, "is_good": False, "word": "light"},
    ]


def test_working_out_leaves_the_answers_as_they_were():
    answers = answered(REPEATS, baskets=[{"fruit": "apple", "count": 1}])
    before = [
        value.copy() if isinstance(value, list) else value for value in answers.values
    ]

    evaluate(REPEATS, answers)

    assert answers.values == before
