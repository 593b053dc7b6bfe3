"""What help is due now, and which urgent answer was taken back later.

Help is due on the very next response after the answer that calls for it. An answer
that brought up urgent help stays on the record: changing it adds a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.definition import Kind
from screening.core.values import DECLINED

if TYPE_CHECKING:
    from collections.abc import Collection

    from screening.core.definition import Page, Question, Questionnaire
    from screening.core.expression.compile import Values
    from screening.core.judge import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDue:
    """A help text to show: `cause` is a criterion's id, or `declined:` a question."""

    cause: str
    key: str
    urgent: bool
    reads: tuple[str, ...]


def help_due(
    evaluation: Evaluation, page: Page | None, already: Collection[str]
) -> tuple[HelpDue, ...]:
    """Return the help to show now, urgent first; causes in `already` were shown.

    `evaluation` is of the answers so far; `page` is the one just posted, whose
    declined questions may have a text of their own.
    """
    questionnaire = evaluation.questionnaire
    due = [
        HelpDue(
            cause=finding.id,
            key=criterion.help,
            urgent=criterion.kind is Kind.URGENT,
            reads=criterion.reads,
        )
        for finding in evaluation.findings
        if (criterion := questionnaire.program.criteria_by_id.get(finding.id))
        and criterion.help
        and finding.id not in already
    ]
    if page is not None:
        due += [
            declined
            for declined in _declined(page, evaluation.values)
            if declined.cause not in already
        ]
    return tuple(sorted(due, key=lambda one: not one.urgent))


def _declined(page: Page, values: Values) -> list[HelpDue]:
    found = []
    for question in _parts(page):
        key = question.help_if_declined or page.help_if_declined
        if key and question.slot >= 0 and values[question.slot] is DECLINED:
            name = page.instrument.key if page.instrument else question.id
            cause = f"declined:{question.key}"
            found.append(HelpDue(cause=cause, key=key, urgent=False, reads=(name,)))
    return found


def _parts(page: Page) -> tuple[Question, ...]:
    return tuple(
        part for question in page.questions for part in question.parts or (question,)
    )


def ending(evaluation: Evaluation) -> str | None:
    """Return the help text with which the questionnaire ends here, if it does."""
    for finding in evaluation.findings:
        criterion = evaluation.questionnaire.program.criteria_by_id.get(finding.id)
        if criterion is not None and criterion.ends:
            return criterion.ends
    return None


def retracted(
    questionnaire: Questionnaire, evaluation: Evaluation, shown: Collection[str]
) -> tuple[str, ...]:
    """Return the urgent criteria whose help was shown and that are met no more."""
    urgent = (c.id for c in questionnaire.criteria if c.kind is Kind.URGENT)
    return tuple(one for one in urgent if one in shown and not evaluation.has(one))
