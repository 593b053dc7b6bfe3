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

    from screening.core.definition import (
        Criterion,
        HelpRule,
        Page,
        Question,
        Questionnaire,
    )
    from screening.core.expression.compile import Values
    from screening.core.judge import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDue:
    """A help text to show, and why.

    `cause` is a criterion's or a help rule's id, or `declined:` and a question;
    `reads` are the questions behind it, as answers name them.
    """

    cause: str
    key: str
    urgent: bool
    reads: tuple[str, ...]


def names_of_safety(
    questionnaire: Questionnaire, kinds: Collection[Kind]
) -> frozenset[str]:
    """Return what is read by criteria of these kinds and by the rules for help.

    A name is that of a question, a list or an instrument.
    """
    decisive = (one for one in questionnaire.criteria if one.kind in kinds)
    names = {name for criterion in decisive for name in criterion.reads}
    return frozenset(
        names | {name for rule in questionnaire.help_rules for name in rule.reads}
    )


def help_due(
    evaluation: Evaluation, page: Page | None, already: Collection[str]
) -> tuple[HelpDue, ...]:
    """Return the help to show now, urgent first; causes in `already` were shown.

    `evaluation` is of the answers so far; `page` is the one just posted, whose
    declined questions may have a text of their own, unless urgent help is due for the
    same ones. A text that is not urgent is not shown again for the same questions.
    """
    questionnaire = evaluation.questionnaire
    due = [*_by_findings(evaluation), *_by_rules(evaluation)]
    urgent = {name for one in due if one.urgent for name in one.reads}
    if page is not None:
        declined = _declined(page, evaluation.values)
        due += [one for one in declined if not urgent & set(one.reads)]
    seen = {(one.key, one.reads) for one in _causes(questionnaire, already)}
    return tuple(
        sorted(
            (
                one
                for one in due
                if one.cause not in already
                and (one.urgent or (one.key, one.reads) not in seen)
            ),
            key=lambda one: not one.urgent,
        )
    )


def _by_findings(evaluation: Evaluation) -> list[HelpDue]:
    by_id = evaluation.questionnaire.program.criteria_by_id
    met = [by_id[one.id] for one in evaluation.findings if one.id in by_id]
    return [_of_criterion(criterion) for criterion in met if criterion.help]


def _by_rules(evaluation: Evaluation) -> list[HelpDue]:
    rules = evaluation.questionnaire.help_rules
    return [
        _of_rule(rule) for rule in rules if rule.when.run(evaluation.values) is True
    ]


def _causes(questionnaire: Questionnaire, causes: Collection[str]) -> list[HelpDue]:
    """Return what was shown for causes that are criteria or help rules."""
    criteria = questionnaire.program.criteria_by_id
    shown = [_of_criterion(criteria[one]) for one in causes if one in criteria]
    return shown + [_of_rule(r) for r in questionnaire.help_rules if r.id in causes]


def _of_criterion(criterion: Criterion) -> HelpDue:
    return HelpDue(
        cause=criterion.id,
        key=criterion.help or "",
        urgent=criterion.kind is Kind.URGENT,
        reads=criterion.reads,
    )


def _of_rule(rule: HelpRule) -> HelpDue:
    return HelpDue(cause=rule.id, key=rule.help, urgent=False, reads=rule.reads)


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
