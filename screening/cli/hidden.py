"""Which answers does branching hide, so that they count for nothing?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import (
    Question,
    Repeat,
)
from screening.core.instrument import (
    Instrument,
)
from screening.core.problems import Problem, Severity
from screening.core.values import LEFT_OUT, NOT_ASKED, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.answers import Answers
    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation


def hidden_answers(
    definition: Questionnaire, answers: Answers, evaluation: Evaluation
) -> tuple[Problem, ...]:
    """Return a warning for each answer to a question that is not asked."""
    warnings = []
    for key, slot in _slots(definition):
        given = answers.values[slot]
        came = evaluation.values[slot]
        if given is not LEFT_OUT and (
            came is NOT_ASKED or (came is LEFT_OUT and not isinstance(given, State))
        ):
            what = f'"{key}" is not asked of this patient, so the answer is ignored'
            if came is LEFT_OUT:
                what = f'the answer to "{key}" is not offered to this patient'
            fix = "Take it out, or look again at the answers before it."
            warnings.append(
                Problem(
                    code="SA020",
                    what=what,
                    fix=fix,
                    about=key,
                    severity=Severity.WARNING,
                )
            )
    return tuple(warnings)


def _slots(definition: Questionnaire) -> Iterator[tuple[str, int]]:
    for key, holder in definition.program.keys.items():
        if isinstance(holder, Instrument):
            yield from ((item.key, item.slot) for item in holder.items)
        elif isinstance(holder, Repeat):
            yield key, holder.slot
        else:
            yield from _question_slots(holder)


def _question_slots(question: Question) -> Iterator[tuple[str, int]]:
    for part in question.parts or (question,):
        yield part.key, part.slot
