"""A question in one patient's words: earlier answers put in, options as offered.

What is made here belongs to one patient and one moment, and must never be kept for
another: it has a type of its own, so that whoever keeps things can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from screening.core.definition import Question
from screening.core.instrument import Instrument
from screening.core.piping import filled
from screening.core.values import NOT_ASKED, State

if TYPE_CHECKING:
    from screening.core.definition import Option, Questionnaire
    from screening.core.expression.compile import Values

Say = Callable[[str], str | None]
"""What an earlier answer is in words, by its name; None where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalQuestion(Question):
    """A question with one patient's answers in its wording. Never kept."""


def personal(question: Question, values: Values, say: Say) -> Question:
    """Return the question as this patient is asked it; itself where nothing differs.

    `values` are the worked-out values, by which options are offered or not.
    """
    changed = {
        name: text
        for name in ("ask", "hint", "help", "short")
        if (written := getattr(question, name)) is not None
        and (text := filled(written, say)) is not written
    }
    options = offered(question, values)
    parts = tuple(personal(part, values, say) for part in question.parts)
    if (
        not changed
        and options is question.options
        and all(one is other for one, other in zip(parts, question.parts, strict=True))
    ):
        return question
    own = {field.name: getattr(question, field.name) for field in fields(Question)}
    return PersonalQuestion(**{**own, **changed, "options": options, "parts": parts})


def offered(question: Question, values: Values) -> tuple[Option, ...]:
    """Return the options that are offered: all but those surely not to be."""
    if all(option.ask_if is None for option in question.options):
        return question.options
    return tuple(
        option
        for option in question.options
        if option.ask_if is None or option.ask_if.run(values) is not False
    )


def question_named(questionnaire: Questionnaire, name: str) -> Question | None:
    """Return the question, the part of a group or the item that a text calls `name`."""
    key, _, part = name.partition(".")
    holder = questionnaire.program.keys.get(key)
    if not part:
        return holder if isinstance(holder, Question) and not holder.parts else None
    inside: Sequence[Question] = ()
    if isinstance(holder, Question):
        inside = holder.parts
    elif isinstance(holder, Instrument):
        inside = holder.items
    return next((one for one in inside if one.id == part), None)


def is_said(questionnaire: Questionnaire, name: str, values: Values) -> bool:
    """Tell whether a named question was asked and has an answer to put in."""
    question = question_named(questionnaire, name)
    if question is None or question.slot < 0:
        return False
    value = values[question.slot]
    return value is not NOT_ASKED and not isinstance(value, State)
