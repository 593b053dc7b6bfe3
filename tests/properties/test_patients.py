"""What holds of every patient of the shipped questionnaire?"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.core.answers import read_answers, stored_form, typed
from screening.core.cases import read_cases
from screening.core.definition import (
    Kind,
    Outcome,
    Repeat,
)
from screening.core.instrument import (
    Instrument,
)
from screening.core.judge import evaluate
from screening.core.load import load
from screening.core.values import NOT_ASKED, is_unknown
from screening.library import shelf_for
from screening.resources import questionnaires_folder
from tests.core.building import demonstrator
from tests.properties.strategies import answer_to, answers_to, value_of

TODAY = date(2026, 3, 15)
SHELF = shelf_for("ocd-ketamine")
SHIPPED = load(SHELF.questionnaire_id, SHELF.read)
KEYS = SHIPPED.program.keys
EVERY = demonstrator("every-type")
WORKED = questionnaires_folder() / "ocd-ketamine/cases/worked.yaml"
L1 = next(
    case.answers
    for case in read_cases([(WORKED.name, WORKED.read_text("utf-8"))])
    if case.id == "L1"
)


def judged(stored):
    answers = read_answers(SHIPPED, stored, TODAY)
    assert answers.problems == ()
    return evaluate(SHIPPED, answers)


def by_item(key):
    """Return L1's answers to an instrument as a map."""
    holder, given_answers = KEYS[key], L1[key]
    if isinstance(given_answers, list):
        return {
            item.id: a for item, a in zip(holder.items, given_answers, strict=False)
        }
    return {k: v for k, v in given_answers.items() if k != "answers"}


PASSING = {
    key: by_item(key) if isinstance(KEYS[key], Instrument) else answer
    for key, answer in L1.items()
}


@st.composite
def near_passing(draw):
    """Return answers near those of a patient who passes, with some left unknown."""
    stored = dict(PASSING)
    for key in draw(st.sets(st.sampled_from(sorted(KEYS)), max_size=6)):
        holder = KEYS[key]
        if isinstance(holder, Instrument) and draw(st.booleans()):
            item = draw(st.sampled_from(holder.items))
            stored[key] = {**stored[key], item.id: None}
        elif draw(st.booleans()):
            stored[key] = draw(answer_to(holder))
        else:
            stored[key] = None
    return stored


@st.composite
def completed(draw, evaluation, stored):
    """Return the answers with everything asked and unknown filled in.

    What the clinic accepts not to know stays as it is.
    """
    complete = dict(stored)
    accepted = set(SHIPPED.accepted_unknowns)
    for key, holder in KEYS.items():
        if key in accepted and not is_needed(evaluation, key):
            continue
        if isinstance(holder, Instrument):
            given_items = stored.get(key) or {}
            complete[key] = {
                item.id: draw(value_of(item))
                if is_unknown(evaluation.values[item.slot])
                else given_items.get(item.id)
                for item in holder.items
            }
        elif isinstance(holder, Repeat):
            if is_unknown(evaluation.values[holder.slot]):
                complete[key] = draw(answer_to(holder, st.nothing()))
        elif holder.parts:
            continue
        elif is_unknown(evaluation.values[holder.slot]):
            complete[key] = draw(value_of(holder))
    return complete


def is_needed(evaluation, key):
    """Tell whether a condition makes an otherwise accepted unknown needed."""
    return any(
        needed.id == key
        and needed.when is not None
        and needed.when.run(evaluation.values) is not False
        for needed in SHIPPED.program.must_know
    )


@settings(max_examples=400)
@given(data=st.data())
def test_not_knowing_never_passes(data):
    stored = data.draw(near_passing())
    before = judged(stored)
    if before.outcome is not Outcome.NO_BARRIER_REPORTED:
        return

    after = judged(data.draw(completed(before, stored)))

    assert after.outcome is Outcome.NO_BARRIER_REPORTED


@settings(max_examples=300)
@given(stored=answers_to(SHIPPED))
def test_the_outcome_is_the_worst_of_the_findings(stored):
    evaluation = judged(stored)
    kinds = {finding.kind for finding in evaluation.findings}

    assert (evaluation.outcome is Outcome.URGENT) == (Kind.URGENT in kinds)
    if evaluation.outcome is Outcome.NO_BARRIER_REPORTED:
        assert kinds <= {Kind.PRECAUTION}
        assert not evaluation.missing
    if Kind.EXCLUSION in kinds:
        assert evaluation.outcome in {
            Outcome.URGENT,
            Outcome.CONTRAINDICATION_REPORTED,
        }


@settings(max_examples=200)
@given(stored=answers_to(SHIPPED))
def test_every_promise_is_kept(stored):
    evaluation = judged(stored)

    assert evaluation.broken_promises == ()


@given(stored=answers_to(SHIPPED))
def test_a_criterion_is_met_or_undetermined_or_neither_but_never_both(stored):
    evaluation = judged(stored)

    met = {finding.id for finding in evaluation.findings}

    assert not met & set(evaluation.undetermined)
    assert len(met) == len(evaluation.findings)


@settings(max_examples=200)
@given(stored=answers_to(SHIPPED), data=st.data())
def test_the_order_of_the_answers_changes_nothing(stored, data):
    turned = dict(data.draw(st.permutations(list(stored.items()))))

    assert judged(turned).values == judged(stored).values


@settings(max_examples=200)
@given(stored=answers_to(SHIPPED), data=st.data())
def test_an_answer_that_branching_hides_changes_nothing(stored, data):
    before = judged(stored)
    hidden = [
        key
        for key, holder in KEYS.items()
        if getattr(holder, "ask_if", None) and before.values[holder.slot] is NOT_ASKED
    ]
    added = {key: data.draw(answer_to(KEYS[key])) for key in hidden}

    after = judged({**stored, **added})

    assert after.values == before.values
    assert (after.outcome, after.findings) == (before.outcome, before.findings)


def test_a_patient_who_passes_leaves_a_question_unasked():
    assert judged(PASSING).outcome is Outcome.NO_BARRIER_REPORTED
    assert judged(PASSING).values[KEYS["suicide_plan"].slot] is NOT_ASKED


QUESTIONS = [
    question
    for definition in (SHIPPED, EVERY)
    for page in definition.pages
    for whole in (page.repeat.questions if page.repeat else page.questions)
    for question in (whole.parts or (whole,))
    if question.type != "note"
]


@settings(max_examples=300)
@given(data=st.data())
def test_what_is_kept_is_read_back_as_it_was(data):
    question = data.draw(st.sampled_from(QUESTIONS))
    value = typed(question, data.draw(answer_to(question)))

    again = typed(question, stored_form(value))

    assert again == value
    assert stored_form(again) == stored_form(value)


@settings(max_examples=300)
@given(
    data=st.data(),
    stored=st.recursive(
        st.none() | st.booleans() | st.text() | st.integers() | st.floats(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)
def test_whatever_is_posted_is_an_answer_or_a_refusal(data, stored):
    key = data.draw(st.sampled_from(sorted(KEYS)))

    answers = read_answers(SHIPPED, {key: stored}, TODAY)

    evaluate(SHIPPED, answers)
    assert all(problem.code.startswith("SA") for problem in answers.problems)
