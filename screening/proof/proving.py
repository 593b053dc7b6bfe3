"""Everything that is proved of a definition before it may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.proof import criteria, knowing, promises, reaching
from screening.proof.model import model_of
from screening.proof.near import near_of
from screening.proof.prover import SECONDS, Prover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

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
    near = near_of(prover, cases)
    yield from promises.promises(prover, near)
    yield from knowing.unknown(prover, near)
    yield from knowing.risks(prover, near)
    yield from promises.asked(prover, near)
    yield from reaching.reached(prover)
    yield from criteria.constant(prover)
    yield from criteria.alone(prover)
    yield from criteria.together(prover)
