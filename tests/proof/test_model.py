"""Does the model make of a patient what the engine makes, step for step?"""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.core.load import load
from screening.core.values import Span, State
from screening.library import shelf_for
from screening.proof.model import model_of
from screening.proof.prover import Prover
from screening.proof.records import answers_in, pinned
from screening.proof.values import (
    Day,
    Number,
    Picked,
    Rows,
    Truth,
    Word,
    Words,
)
from tests.core.building import DEFINITIONS, demonstrator
from tests.proof.definitions import definitions
from tests.properties.strategies import answers_to

TODAY = date(2026, 3, 15)
SHELF = shelf_for("ocd-ketamine")
DEMONSTRATORS = sorted(
    path.parent.name
    for path in DEFINITIONS.glob("*/questionnaire.yaml")
    if path.parent.name != "broken"
)


def prover_of(questionnaire):
    return Prover(model_of(questionnaire, TODAY, most_entries=4))


SHIPPED = prover_of(load(SHELF.questionnaire_id, SHELF.read))


def this_patient(proof, answers):
    """Return what says that the record is this one."""
    model = proof.model
    return [part for one in model.each() for part in pinned(one, answers.values)]


@pytest.fixture(scope="module", params=DEMONSTRATORS)
def proof(request):
    return prover_of(demonstrator(request.param))


def said_of(found, value):
    """Return a slot as the solver's patient has it, in the engine's words."""
    if found.holds(value.unasked):
        return "not asked"
    if found.holds(value.unknown):
        return "unknown"
    return payload_in(found, value.payload)


def payload_in(found, payload):
    match payload:
        case Truth():
            return found.holds(payload.yes), found.holds(payload.no)
        case Number():
            return rounded(found.worth(payload.low)), rounded(found.worth(payload.high))
        case Word():
            return [
                word for word, is_it in payload.is_word.items() if found.holds(is_it)
            ]
        case Words():
            return sorted(
                word for word, is_in in payload.has.items() if found.holds(is_in)
            )
        case Picked():
            return [n for n, is_it in enumerate(payload.is_kind) if found.holds(is_it)]
        case Day():
            return found.worth(payload.ordinal)
        case Rows():
            return [
                [said_of(found, field) for field in fields]
                for is_there, fields in payload.entries
                if found.holds(is_there)
            ]
    return "written"


def rounded(value):
    """Return a number as far as the engine's quotients go, which have 28 digits."""
    return round(Fraction(value), 20)


def said_by_engine(model, slot_value, value):
    """Return a slot as the engine has it, as `said_of` says it."""
    if isinstance(value, State):
        return "not asked" if value.truth is False else "unknown"
    say = SAYINGS.get(type(slot_value.payload))
    return say(model, slot_value, value) if say else "written"


def said_of_entries(model, slot_value, entries):
    return [
        [
            said_by_engine(model, field, held)
            for field, held in zip(fields, entry, strict=True)
        ]
        for (_, fields), entry in zip(slot_value.payload.entries, entries, strict=False)
    ]


def ends_of(value):
    return (value.low, value.high) if isinstance(value, Span) else (value, value)


SAYINGS = {
    Truth: lambda _, __, value: (value is True, value is False),
    Number: lambda _, __, value: tuple(map(rounded, ends_of(value))),
    Words: lambda _, __, value: sorted(value),
    Word: lambda _, __, value: [value] if value else [],
    Picked: lambda model, _, value: [kind_of(model, value)] if value.listed else [],
    Day: lambda _, __, value: value.toordinal(),
    Rows: said_of_entries,
}


def kind_of(model, entry):
    """Return which kind an entry is of its own catalogue; others may name it too."""
    made = model.questionnaire
    for page in made.pages:
        for asked in (*page.questions, *(page.repeat.questions if page.repeat else ())):
            for question in (asked, *asked.parts):
                catalogue = question.catalogue
                if catalogue and catalogue.entries.get(entry.id) is entry:
                    return model.reading.kinds[catalogue.id].place(entry)
    raise AssertionError(entry)


def check_agrees(proof, answers, found):
    """Hold every slot, verdict and what is missing to the engine's."""
    evaluation = evaluate(proof.model.questionnaire, answers)
    model = proof.model
    for slot, value in model.values.items():
        if slot == proof.model.questionnaire.program.outcome_slot:
            continue
        if slot in worked_slots(proof):
            continue
        here = said_of(found, value)
        assert here == said_by_engine(model, value, evaluation.values[slot]), slot
    for criterion, run in zip(
        proof.model.questionnaire.program.criteria,
        proof.model.questionnaire.program.verdicts,
        strict=True,
    ):
        truth = model.verdicts[criterion.id]
        verdict = run(evaluation.values)
        assert (found.holds(truth.yes), found.holds(truth.no)) == (
            verdict is True,
            verdict is False,
        ), criterion.id
    assert {one.id for one in evaluation.findings} == {
        name for name, is_met in model.met.items() if found.holds(is_met)
    }
    assert set(evaluation.missing) == {
        name for name, lacks in model.missing.items() if found.holds(lacks)
    }
    assert [o for o, is_it in model.outcomes.items() if found.holds(is_it)] == [
        evaluation.outcome
    ]


def worked_slots(proof):
    entry_slots = {one.entry_slot for one in proof.model.questionnaire.repeats.values()}
    return entry_slots | {1, 2, 3, 4}


# A patient that shows a difference is told as it is: each step of making it smaller
# would ask the solver.
PHASES = (Phase.explicit, Phase.generate)


@settings(max_examples=25, phases=PHASES)
@given(data=st.data())
def test_the_model_of_a_demonstrator_makes_of_a_patient_what_the_engine_makes(
    proof, data
):
    stored = data.draw(answers_to(proof.model.questionnaire))
    answers = read_answers(proof.model.questionnaire, stored, TODAY)

    found = proof.find(*this_patient(proof, answers))

    assert found is not None
    check_agrees(proof, answers, found)


@settings(max_examples=60, phases=PHASES)
@given(stored=answers_to(SHIPPED.model.questionnaire))
def test_the_model_of_the_shipped_one_makes_of_a_patient_what_the_engine_makes(stored):
    answers = read_answers(SHIPPED.model.questionnaire, stored, TODAY)

    found = SHIPPED.find(*this_patient(SHIPPED, answers))

    assert found is not None
    check_agrees(SHIPPED, answers, found)


def test_a_medicine_of_two_catalogues_is_the_one_of_its_own_list():
    stored = {"medicines": [{"medicine": "venlafaxine"}, {"medicine": "salbutamol"}]}
    answers = read_answers(SHIPPED.model.questionnaire, stored, TODAY)

    found = SHIPPED.find(*this_patient(SHIPPED, answers))

    check_agrees(SHIPPED, answers, found)


@settings(max_examples=60, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(definition=definitions(), data=st.data())
def test_of_random_definitions_model_and_engine_say_the_same_of_random_patients(
    definition, data
):
    assume(definition is not None)
    proof = prover_of(definition)
    stored = data.draw(answers_to(definition))
    answers = read_answers(definition, stored, TODAY)

    found = proof.find(*this_patient(proof, answers))

    assert found is not None
    check_agrees(proof, answers, found)


@settings(max_examples=40, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
@given(definition=definitions())
def test_whom_the_solver_finds_the_engine_decides_just_so(definition):
    assume(definition is not None)
    proof = prover_of(definition)
    wanted = [*proof.model.outcomes.values(), *proof.model.missing.values()]
    for truth in proof.model.verdicts.values():
        wanted += [truth.yes, truth.no]

    for formula in wanted:
        found = proof.find(formula)
        if found is not None:
            stored = answers_in(proof.model, found)
            answers = read_answers(definition, stored, TODAY)
            assert answers.problems == ()
            check_agrees(proof, answers, found)
