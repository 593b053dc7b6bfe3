"""Which worked patient are refuting ones kept near to, so that they read as a story?

The first of the cases of whom no barrier is reported; where there is none, one of the
solver's.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from screening.core.answers import read_answers
from screening.core.definition import Outcome
from screening.core.judge import evaluate
from screening.proof.asking import UnknownList
from screening.proof.logic import both
from screening.proof.prover import Near, NotInTimeError
from screening.proof.records import answers_in, pinned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.answers import Stored
    from screening.core.cases import Case
    from screening.proof.logic import Bool
    from screening.proof.model import Model
    from screening.proof.prover import Prover


_NOBODY = Near(case=None, pins={}, answers={}, lists={})


def near_of(prover: Prover, cases: Iterable[Case]) -> Near:
    """Return the worked patient that the prover's patients are to stay near to.

    Where the solver does not find it in time they are near to nobody, and longer to
    read.
    """
    case = _calm(prover.model, cases)
    try:
        return _near_to(prover, case) if case else _near_by_solver(prover)
    except NotInTimeError:
        return _NOBODY


def _calm(model: Model, cases: Iterable[Case]) -> Case | None:
    """Return the first patient fully written of whom no barrier is reported."""
    for case in cases:
        given = cast("dict[str, Stored]", case.answers)
        if case.instrument is not None or len(case.own) < len(given):
            continue
        answers = read_answers(model.questionnaire, given, model.today)
        found = evaluate(model.questionnaire, answers)
        if found.outcome is Outcome.NO_BARRIER_REPORTED:
            return case
    return None


def _near_to(prover: Prover, case: Case) -> Near:
    """Return a case to stay near to; answers the model has no room for are left."""
    model = prover.model
    pins, lists = _pins(model, cast("dict[str, Stored]", case.answers))
    # Read back from the solver, so that answers are written in one form.
    found = prover.find(*pins.values())
    if found is None:
        return _NOBODY
    answers = answers_in(model, found)
    return Near(case=case.id, pins=pins, answers=answers, lists=lists)


def _near_by_solver(prover: Prover) -> Near:
    model = prover.model
    known: dict[str, Bool] = {one.name: one.known for one in model.each()}
    anybody = Near(case=None, pins=known, answers={}, lists={})
    found = prover.smallest(model.outcomes[Outcome.NO_BARRIER_REPORTED], anybody)
    if found is None:
        return _NOBODY
    answers = answers_in(model, found)
    pins, lists = _pins(model, answers)
    return Near(case=None, pins=pins, answers=answers, lists=lists)


def _pins(
    model: Model, answers: dict[str, Stored]
) -> tuple[dict[str, Bool], dict[str, object]]:
    """Return what says each answer, by name, and the typed lists."""
    values = read_answers(model.questionnaire, answers, model.today).values
    pins: dict[str, Bool] = {}
    for one in model.each():
        with suppress(ValueError):
            pins[one.name] = both(*pinned(one, values))
    lists = {
        one.name: values[one.slot]
        for one in model.each()
        if isinstance(one, UnknownList)
    }
    return pins, lists
