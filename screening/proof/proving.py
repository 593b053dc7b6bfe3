"""Everything that is proved of a definition before it may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.core.answers import read_answers
from screening.core.definition import Outcome
from screening.core.judge import evaluate
from screening.proof import criteria, knowing, promises, reaching
from screening.proof.model import model_of
from screening.proof.prover import SECONDS, Prover, near_by_solver, near_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from screening.core.answers import Stored
    from screening.core.cases import Case
    from screening.core.definition import Questionnaire
    from screening.proof.found import Found


def proved(
    questionnaire: Questionnaire,
    today: date,
    cases: Iterable[Case] = (),
    *,
    seconds: float = SECONDS,
    most_entries: int | None = None,
) -> Iterator[Found]:
    """Yield every property of a definition with what became of it, subject by subject.

    It is proved for records sent on `today`; `most_entries` keeps lists shorter than
    the definition does. A refuted one comes with a patient that differs from one of
    the `cases` in as few answers as can be. `seconds` is the solver's time for each
    question to it.
    """
    prover = Prover(
        model_of(questionnaire, today, most_entries=most_entries), seconds=seconds
    )
    case = calm_case(questionnaire, today, cases)
    near = near_to(prover, case) if case else near_by_solver(prover)
    yield from promises.promises(prover, near)
    yield from knowing.unknown(prover, near)
    yield from knowing.risks(prover, near)
    yield from promises.asked(prover, near)
    yield from reaching.reached(prover)
    yield from criteria.constant(prover)
    yield from criteria.alone(prover)
    yield from criteria.together(prover)


def calm_case(
    questionnaire: Questionnaire, today: date, cases: Iterable[Case]
) -> Case | None:
    """Return the first patient fully written of whom no barrier is reported."""
    for case in cases:
        given = cast("dict[str, Stored]", case.answers)
        if case.instrument is not None or len(case.own) < len(given):
            continue
        found = evaluate(questionnaire, read_answers(questionnaire, given, today))
        if found.outcome is Outcome.NO_BARRIER_REPORTED:
            return case
    return None
