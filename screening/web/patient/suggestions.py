"""What does the patient's own list suggest, and because of which line of it?

A suggestion is a tick that the patient can take away: only what is confirmed counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from screening.core.progress import suggested
from screening.core.values import Entry
from screening.tongue import listed, say
from screening.web.names import field_name

if TYPE_CHECKING:
    from flask_wtf import FlaskForm

    from screening.core.definition import Page, Question
    from screening.store.drafts import DraftContent
    from screening.web.patient.journey import Journey


def suggest(journey: Journey, page: Page, form: FlaskForm) -> None:
    """Tick what the list suggests on a page not saved yet, and say why it is there."""
    for question in page.questions:
        name = field_name(question.key)
        if question.suggest_from is None or name not in form:
            continue
        reasons = reasons_for(journey, question)
        field = form[name]
        field.choices = [
            replace(choice, hint=_with_reason(choice.hint, reasons[choice.value]))
            if choice.value in reasons
            else choice
            for choice in field.choices
        ]
        is_new = page.id not in {*journey.content.visited, *journey.content.typed}
        if is_new and reasons:
            alone = {choice.value for choice in field.choices if choice.is_exclusive}
            kept = [value for value in field.raw if value not in alone]
            field.raw = [*kept, *(value for value in reasons if value not in kept)]


def reasons_for(journey: Journey, question: Question) -> dict[str, list[str]]:
    """Return the suggested options of a question, each with the names behind it."""
    questionnaire, values = journey.questionnaire, journey.evaluation.values
    options = suggested(questionnaire, question, values)
    repeat_id, _, attribute = (question.suggest_from or "").partition(".")
    repeat = questionnaire.repeats.get(repeat_id)
    entries = values[repeat.slot] if repeat is not None else None
    reasons: dict[str, list[str]] = {}
    if repeat is None or not isinstance(entries, list):
        return reasons
    for pick in repeat.questions:
        if pick.catalogue is None:
            continue
        for entry in entries:
            picked = entry[pick.position]
            if not isinstance(picked, Entry):
                continue
            words = pick.catalogue.attribute(picked, attribute)
            for word in options & (words if isinstance(words, frozenset) else set()):
                names = reasons.setdefault(word, [])
                if picked.label not in names:
                    names.append(picked.label)
    return reasons


def asked_anew(before: Journey, content: DraftContent) -> DraftContent:
    """Return the content in which a page with a new suggestion was not saved yet."""
    after = before.with_content(content)
    visited = content.visited
    for page in before.questionnaire.pages:
        for question in page.questions:
            if question.suggest_from is None or page.id not in visited:
                continue
            confirmed = content.answers.get(question.id)
            known = set(confirmed) if isinstance(confirmed, list) else set()
            known |= set(reasons_for(before, question))
            if set(reasons_for(after, question)) - known:
                visited = tuple(one for one in visited if one != page.id)
    return replace(content, visited=visited)


def _with_reason(hint: str | None, names: list[str]) -> str:
    because = say("Suggested because you listed {names}.", names=listed(names))
    return f"{hint}. {because}" if hint else because
