"""What do the answers of somebody on the pages mean, who went back and changed one?

A scale that looks for contradictions looks among everything it was given: on paper,
amounts beside "never" were written so. On pages they are what branching hid after the
first answer was changed, taken back by the patient; they count nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.answers import Answers
from screening.core.judge import Evaluation, evaluate
from screening.core.scoring import INCONSISTENT
from screening.core.values import LEFT_OUT, NOT_ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Questionnaire


def evaluate_asked(
    questionnaire: Questionnaire, answers: Answers, *, retracted: bool = False
) -> Evaluation:
    """Return what the answers mean without those to questions that are not asked.

    `retracted` is as in `evaluate`.
    """
    evaluation = evaluate(questionnaire, answers, retracted=retracted)
    hidden = tuple(_hidden(evaluation, answers))
    if not hidden:
        return evaluation
    values = answers.values.copy()
    for slot in hidden:
        values[slot] = LEFT_OUT
    alone = Answers(values=values, problems=answers.problems)
    return evaluate(questionnaire, alone, retracted=retracted)


def _hidden(evaluation: Evaluation, answers: Answers) -> Iterator[int]:
    """Give where answers stand that are not asked for, yet contradict others."""
    for instrument in evaluation.questionnaire.instruments.values():
        if evaluation.values[instrument.status_slot] == INCONSISTENT:
            for item in instrument.items:
                is_hidden = evaluation.values[item.slot] is NOT_ASKED
                if is_hidden and answers.values[item.slot] is not LEFT_OUT:
                    yield item.slot
