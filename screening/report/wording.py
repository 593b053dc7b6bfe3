"""How is an answer said in words?

Options by their labels, numbers with their units, and each way of not knowing by its
own word: left out, not sure, preferred not to say, not asked.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from screening.core.definition import QuestionType
from screening.core.marks import without_marks
from screening.core.piping import filled as put_in
from screening.core.units import SPOKEN
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    NOT_ASKED,
    UNSURE,
    Entry,
    Measured,
    Open,
    Span,
    State,
)
from screening.tongue import day, month, noted, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Question
    from screening.core.values import Number

NOT_LISTED = noted("not in our list: check by hand")
STATES = {
    LEFT_OUT: noted("Left out"),
    UNSURE: noted("Not sure"),
    DECLINED: noted("Preferred not to say"),
    NOT_ASKED: noted("Not asked"),
}

_YES_NO = {"yes": noted("Yes"), "no": noted("No")}
_UNITS = {"mm[Hg]": "mmHg"}
_COUNTED = {
    "year": (noted("{count} year"), noted("{count} years")),
    "month": (noted("{count} month"), noted("{count} months")),
    "week": (noted("{count} week"), noted("{count} weeks")),
    "day": (noted("{count} day"), noted("{count} days")),
    "hour": (noted("{count} hour"), noted("{count} hours")),
    "minute": (noted("{count} minute"), noted("{count} minutes")),
}


def answer_in_words(question: Question, value: object, *, unit: bool = True) -> str:
    """Return the answer as a clinician reads it; numbers with their unit or bare."""
    if isinstance(value, State):
        return state_in_words(question, value)
    if isinstance(value, Measured):
        return _measured(question, value, unit=unit)
    if isinstance(value, int | Decimal):
        return _number_answered(question, value, unit=unit)
    if isinstance(value, frozenset):
        return _options(question, value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Entry):
        return value.label if value.listed else f"“{value.label}” ({say(NOT_LISTED)})"
    return _text(question, value)


def state_in_words(question: Question, state: State) -> str:
    """Return why there is no value; an open option is said by its own label."""
    if isinstance(state, Open):
        option = question.option(state.word or "")
        return option.label if option else say("Left open")
    return say(STATES[state])


def _number_answered(question: Question, value: Number, *, unit: bool) -> str:
    if question.options:
        option = question.option(str(value))
        return option.label if option else str(value)
    if question.type is QuestionType.SCALE:
        said = say(
            "{value} on a scale of {low} to {high}",
            value=value,
            low=question.low,
            high=question.high,
        )
        label = question.labels.get(str(value))
        return f"{said} ({label})" if label else said
    return amount(value, question.unit) if unit else number(value)


def _measured(question: Question, value: Measured, *, unit: bool) -> str:
    """Return an amount in the unit that rules look at, and as it was given; or bare."""
    places = Decimal(1).scaleb(-max(question.decimals, 1))
    rounded = Decimal(value).quantize(places)
    if not unit:
        return number(rounded)
    said = " ".join(SPOKEN[w].short if w in SPOKEN else w for w in value.said.split())
    exact = amount(rounded, question.unit)
    if exact == said:
        return exact
    return say("{amount} (given as {said})", amount=exact, said=said)


def _options(question: Question, chosen: frozenset[str]) -> str:
    labels = [o.label for o in question.options if o.value in chosen]
    return "; ".join(labels) if labels else say("None ticked")


def _text(question: Question, value: object) -> str:
    if question.type is QuestionType.ACKNOWLEDGE:
        return say("Agreed")
    option = question.option(str(value)) if question.options else None
    if option is not None:
        return option.label
    if question.type is QuestionType.MONTH:
        return month(date.fromisoformat(f"{value}-01"))
    if question.type is QuestionType.YES_NO:
        return say(_YES_NO.get(str(value), str(value)))
    return str(value)


def number(value: object) -> str:
    """Return a number plainly; what is only known within limits as "1 to 3"."""
    if isinstance(value, Span):
        return say("{low} to {high}", low=number(value.low), high=number(value.high))
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return str(int(whole)) if value == whole else str(value.normalize())
    return str(value)


def amount(value: object, unit: str | None) -> str:
    """Return a number with its unit: "1 week", "150 mg", "118 mmHg"."""
    if not unit:
        return number(value)
    if unit in _COUNTED:
        one, many = _COUNTED[unit]
        return say(one if value == 1 else many, count=number(value))
    return f"{number(value)} {unit_in_words(unit)}"


def unit_in_words(unit: str | None) -> str:
    """Return a unit as people write it, nothing for none: "mmHg" for "mm[Hg]"."""
    return _UNITS.get(unit or "", unit or "")


def name_in_words(name: str) -> str:
    """Return a name of the file as words: "acute_positive" is "acute positive"."""
    return name.replace("_", " ")


def worked_in_words(value: object) -> str:
    """Return a worked-out value: a truth, a number, a word, or that it is not known."""
    if value is None or isinstance(value, State):
        return say("not asked") if value is NOT_ASKED else say("not known")
    if value is True or value is False:
        return say("yes") if value else say("no")
    if isinstance(value, int | Decimal | Span):
        return number(value)
    return name_in_words(str(value))


def moment_in_words(moment: datetime, zone: str) -> str:
    """Return an instant as the clock of `zone` showed it, or in UTC."""
    try:
        local, name = moment.astimezone(ZoneInfo(zone)), zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        local, name = moment.astimezone(UTC), "UTC"
    return f"{day(local.date())}, {local:%H:%M} {name}"


def as_asked(text: str, said: Mapping[str, str]) -> str:
    """Return a question as a clinician reads it: no marks, no placeholders."""
    plain = without_marks(text)
    if "{" not in plain:
        return plain
    return re.sub(r"\{[a-z0-9_.]+\}", "…", put_in(plain, said.get))


def filled(sentence: str, values: dict[str, str]) -> str:
    """Return the sentence with each {placeholder} that `values` has replaced by it."""

    def value_of(found: re.Match[str]) -> str:
        return values.get(found[1], found[0])

    return re.sub(r"\{([a-z0-9_.]+)\}", value_of, sentence)
