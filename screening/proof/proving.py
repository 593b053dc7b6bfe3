"""Everything that is proved of a definition before it may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.proof import criteria, knowing, promises, reaching
from screening.proof.model import model_of
from screening.proof.near import near_of
from screening.proof.prover import SECONDS, Prover

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
    cases = tuple(cases)
    near = near_of(prover, cases)
    yield from promises.promises(prover, near)
    yield from knowing.unknown(prover, near)
    yield from knowing.risks(prover, near)
    yield from promises.asked(prover, near)
    yield from reaching.reached(prover)
    seen = tuple(_findings(questionnaire, today, cases))
    yield from criteria.constant(prover, seen)
    yield from criteria.alone(prover, seen)
    yield from criteria.together(prover)


def _findings(
    questionnaire: Questionnaire, today: date, cases: Iterable[Case]
) -> Iterator[frozenset[str]]:
    """Yield the findings of each worked patient whose answers can be read."""
    for case in cases:
        if case.instrument is None:
            given = cast("dict[str, Stored]", case.answers)
            answers = read_answers(questionnaire, given, today)
            if not answers.problems:
                found = evaluate(questionnaire, answers).findings
                yield frozenset(finding.id for finding in found)
