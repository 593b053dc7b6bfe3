"""What should be asked next: what may be urgent, then what settles most?

Each question that is open is given one answer after the other, and the record judged
again: what stays open whichever answer it is, that question does not settle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.answers import Answers
from screening.core.definition import (
    NUMERIC_TYPES,
    Kind,
    Question,
    QuestionType,
    Repeat,
)
from screening.core.expression.compile import TODAY_SLOT
from screening.core.instrument import Instrument
from screening.core.judge import evaluate
from screening.core.values import is_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Questionnaire
    from screening.core.expression.compile import Values
    from screening.core.judge import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A question, scale or list that is open, and what an answer to it settles.

    `settles` are what must be known, and criteria, that are open now and not once it
    is answered, whatever the answer. `questions` are those to ask: its open parts.
    """

    key: str
    questions: tuple[Question, ...]
    settles: tuple[str, ...]


def next_questions(
    questionnaire: Questionnaire, answers: Answers, evaluation: Evaluation
) -> tuple[NextQuestion, ...]:
    """Return what to ask next; what settles nothing by itself is left out.

    What settles something urgent comes first, then what settles most; of two alike, the
    one that stands first in the questionnaire. `evaluation` is of the `answers`.
    """
    before = _open(evaluation)
    found = []
    for key, holder in questionnaire.program.keys.items():
        questions = tuple(_open_parts(holder, evaluation.values))
        if not questions and not _is_open_list(holder, evaluation.values):
            continue
        settles = before
        for values in _tried(holder, questions, answers.values):
            after = evaluate(questionnaire, Answers(values=values))
            settles = settles - _open(after)
            if not settles:
                break
        if settles:
            ordered = tuple(one for one in _in_order(evaluation) if one in settles)
            found.append(NextQuestion(key=key, questions=questions, settles=ordered))
    urgent = {one.id for one in questionnaire.criteria if one.kind is Kind.URGENT}

    def order(one: NextQuestion) -> tuple[bool, int]:
        return urgent.isdisjoint(one.settles), -len(one.settles)

    return tuple(sorted(found, key=order))


def _open(evaluation: Evaluation) -> frozenset[str]:
    return frozenset(_in_order(evaluation))


def _in_order(evaluation: Evaluation) -> tuple[str, ...]:
    return (*evaluation.missing, *evaluation.undetermined)


def _parts(holder: Question | Instrument | Repeat) -> tuple[Question, ...]:
    if isinstance(holder, Instrument):
        return tuple(item for item in holder.items if item.scored)
    if isinstance(holder, Question):
        return holder.parts or (holder,)
    return ()


def _open_parts(
    holder: Question | Instrument | Repeat, values: Values
) -> Iterator[Question]:
    for part in _parts(holder):
        if part.slot >= 0 and is_unknown(values[part.slot]):
            yield part


def _is_open_list(holder: Question | Instrument | Repeat, values: Values) -> bool:
    return isinstance(holder, Repeat) and is_unknown(values[holder.slot])


def _tried(
    holder: Question | Instrument | Repeat,
    questions: tuple[Question, ...],
    values: Values,
) -> Iterator[Values]:
    """Yield the record with each answer to a question; of several, each to all."""
    if isinstance(holder, Repeat):
        tried = values.copy()
        tried[holder.slot] = []
        yield tried
        return
    choices = [tuple(_answers(question, values)) for question in questions]
    for number in range(max(map(len, choices))):
        tried = values.copy()
        for question, some in zip(questions, choices, strict=True):
            if some:
                tried[question.slot] = some[min(number, len(some) - 1)]
        yield tried


def _answers(question: Question, values: Values) -> Iterator[object]:
    """Yield answers that differ for rules: each option; ends and middle of a range."""
    known = [option.value for option in question.options if not option.unknown]
    if question.type is QuestionType.CHOICES:
        yield from (frozenset({word}) for word in known)
    elif question.numeric_options:
        yield from map(int, known)
    elif known:
        yield from known
    elif question.type in NUMERIC_TYPES:
        low = 0 if question.low is None else question.low
        high = 1000 if question.high is None else question.high
        yield from (low, (low + high) / 2, high)
    elif question.type is QuestionType.DATE:
        yield values[TODAY_SLOT]
    elif question.catalogue is not None:
        yield from question.catalogue.entries.values()
    else:
        yield "yes"
