"""Which help was called for in a draft, was it seen, and was its answer changed later?

Each help text is a mark in the draft's `help_shown`: its cause, the time and the
answers that called for it. When such an answer is changed, a second mark says when and
to what, under the cause with `changed:` before it. That the patient carried on from
help is a visit to the help page, remembered with the number of texts there were.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from screening.core.definition import Kind
from screening.core.safety import HelpDue, retracted
from screening.store.drafts import DraftContent, HelpShown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.definition import HelpText, Questionnaire
    from screening.core.judge import Evaluation
    from screening.store.plain import JsonObject

_CHANGED = "changed:"
_DECLINED = "declined:"
_VISIT = "help-now/"


def causes(content: DraftContent) -> list[str]:
    """Return every cause that help was shown for, in order."""
    return [mark.key for mark in content.help_shown if not _is_change(mark)]


def standing_causes(content: DraftContent) -> set[str]:
    """Return the causes whose answers were not changed since: not shown again."""
    standing: set[str] = set()
    for mark in content.help_shown:
        if _is_change(mark):
            standing.discard(mark.key.removeprefix(_CHANGED))
        else:
            standing.add(mark.key)
    return standing


def with_help(
    content: DraftContent, due: Iterable[HelpDue], now: datetime
) -> DraftContent:
    """Return the content with a mark for each help text that is due."""
    marks = tuple(
        HelpShown(key=one.cause, at=now, answers=_read(content, one.reads))
        for one in due
    )
    return replace(content, help_shown=content.help_shown + marks)


def with_changes(
    content: DraftContent, evaluation: Evaluation, now: datetime
) -> DraftContent:
    """Return the content with a mark for each urgent answer that was taken back."""
    questionnaire = evaluation.questionnaire
    taken_back = retracted(questionnaire, evaluation, standing_causes(content))
    marks = tuple(
        HelpShown(
            key=_CHANGED + cause,
            at=now,
            answers=_read(content, questionnaire.criterion(cause).reads),
        )
        for cause in taken_back
        if cause not in evaluation.undetermined
    )
    return replace(content, help_shown=content.help_shown + marks)


def is_acknowledged(content: DraftContent) -> bool:
    """Tell whether the patient carried on after the last help text."""
    shown = len(causes(content))
    return not shown or f"{_VISIT}{shown}" in content.visited


def acknowledged(content: DraftContent) -> DraftContent:
    """Return the content in which the patient has carried on from all help."""
    visit = f"{_VISIT}{len(causes(content))}"
    if visit in content.visited:
        return content
    return replace(content, visited=(*content.visited, visit))


def waiting_causes(content: DraftContent) -> list[str]:
    """Return the causes of help shown since the patient last carried on."""
    seen = [
        int(visit.removeprefix(_VISIT))
        for visit in content.visited
        if visit.startswith(_VISIT)
    ]
    return causes(content)[max(seen, default=0) :]


def text_keys(questionnaire: Questionnaire, found: Iterable[str]) -> list[str]:
    """Return the keys of the help texts for these causes, each once, urgent first."""
    by_urgency = sorted(found, key=lambda cause: not is_urgent(questionnaire, cause))
    return list(
        dict.fromkeys(
            key for cause in by_urgency if (key := text_key(questionnaire, cause))
        )
    )


def texts(questionnaire: Questionnaire, found: Iterable[str]) -> list[HelpText]:
    """Return the help texts for these causes, each once, urgent first."""
    return [questionnaire.help[key] for key in text_keys(questionnaire, found)]


def is_urgent(questionnaire: Questionnaire, cause: str) -> bool:
    """Tell whether the cause is an urgent criterion."""
    criterion = questionnaire.program.criteria_by_id.get(cause)
    return criterion is not None and criterion.kind is Kind.URGENT


def text_key(questionnaire: Questionnaire, cause: str) -> str | None:
    """Return the key of the help text that a cause brought up."""
    criterion = questionnaire.program.criteria_by_id.get(cause)
    if criterion is not None:
        return criterion.help
    for rule in questionnaire.help_rules:
        if rule.id == cause:
            return rule.help
    asked = cause.removeprefix(_DECLINED)
    for page in questionnaire.pages:
        for question in page.questions:
            for part in question.parts or (question,):
                if part.key == asked:
                    return part.help_if_declined or page.help_if_declined
    return None


def plain(questionnaire: Questionnaire, content: DraftContent) -> list[JsonObject]:
    """Return the marks as a submission keeps them, changes beside their causes."""
    kept: list[dict[str, object]] = []
    for mark in content.help_shown:
        if _is_change(mark):
            cause = mark.key.removeprefix(_CHANGED)
            changed = {"at": mark.at.isoformat(), "answers": dict(mark.answers)}
            latest = next(one for one in reversed(kept) if one["cause"] == cause)
            latest["changed"] = changed
            continue
        kept.append(
            {
                "cause": mark.key,
                "key": text_key(questionnaire, mark.key),
                "urgent": is_urgent(questionnaire, mark.key),
                "at": mark.at.isoformat(),
                "answers": dict(mark.answers),
            }
        )
    return kept  # type: ignore[return-value] # built of JSON's own kinds above


def marks_again(kept: Iterable[Mapping[str, object]]) -> tuple[HelpShown, ...]:
    """Return the marks of a draft that begins with what a submission keeps of them."""
    marks: list[HelpShown] = []
    for one in kept:
        cause = str(one["cause"])
        marks.append(_mark(cause, one))
        changed = one.get("changed")
        if isinstance(changed, Mapping):
            marks.append(_mark(_CHANGED + cause, changed))
    return tuple(marks)


def _mark(key: str, kept: Mapping[str, object]) -> HelpShown:
    at, answers = datetime.fromisoformat(str(kept["at"])), kept["answers"]
    # It was written by `plain`, of JSON's own kinds.
    return HelpShown(key=key, at=at, answers=cast("JsonObject", answers))


def _is_change(mark: HelpShown) -> bool:
    return mark.key.startswith(_CHANGED)


def _read(content: DraftContent, names: Iterable[str]) -> JsonObject:
    return {name: content.answers.get(name) for name in names}
