"""How does an answer read to the person who gave it?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from screening.core.definition import QuestionType
from screening.core.units import SPOKEN
from screening.tongue import day, month, noted, say

if TYPE_CHECKING:
    from screening.core.answers import Stored
    from screening.core.definition import Question
    from screening.core.values import Entry

STATE_LABELS = {
    "unsure": noted("I am not sure"),
    "prefer_not": noted("I would rather not say"),
}
"""The ways not to answer, by the word of an answers file."""

LEFT_OUT = noted("Left out")

_UNITS = {
    "mm[Hg]": "mmHg",
    "week": noted("weeks"),
    "year": noted("years"),
    "month": noted("months"),
    "day": noted("days"),
    "hour": noted("hours"),
    "[lb_av]": noted("pounds"),
}
_LONGEST_PARTS = 3


def unit_words(unit: str) -> str:
    """Return a UCUM unit as people read it.

    >>> unit_words("mm[Hg]")
    'mmHg'
    """
    return say(_UNITS.get(unit, unit))


def answer_words(question: Question, stored: Stored) -> list[str]:
    """Return a stored answer as the patient would read it, a line for each part."""
    if stored is None or stored == "":
        return [say(LEFT_OUT)]
    if isinstance(stored, str) and stored in STATE_LABELS:
        return [say(STATE_LABELS[stored])]
    if isinstance(stored, list):
        return [_option_label(question, word) for word in stored] or [say("None")]
    if question.options:
        return [_option_label(question, stored)]
    if question.type is QuestionType.ACKNOWLEDGE:
        return [say("Agreed")]
    if question.type is QuestionType.PICK:
        return [pick_words(question, str(stored))]
    return [_typed_words(question, stored)]


def _typed_words(question: Question, stored: Stored) -> str:
    """Return what was typed: a day, an amount with its unit, or plain words."""
    if question.type in {QuestionType.DATE, QuestionType.MONTH}:
        return _day_words(str(stored))
    if question.units and isinstance(stored, str):
        return amount_words(stored)
    unit = f" {unit_words(question.unit)}" if question.unit else ""
    return f"{stored}{unit}"


def amount_words(stored: str) -> str:
    """Return an amount with its unit's code as people say it.

    >>> amount_words("11 [stone_av] 4")
    '11 stone 4'
    """
    words = (say(SPOKEN[one].short) if one in SPOKEN else one for one in stored.split())
    return " ".join(words)


def pick_words(question: Question, stored: str) -> str:
    """Return what was typed and what it was taken for: `Zoloft → Sertraline`."""
    found = question.catalogue.find(stored) if question.catalogue else None
    if found is None:
        return say("{name} (not on our list)", name=stored)
    return found.label if _is_called(found, stored) else f"{stored} → {found.label}"


def taken_for(question: Question, stored: Stored) -> str | None:
    """Return what a typed name was taken for, in a sentence; None where it is plain."""
    if question.catalogue is None or not isinstance(stored, str):
        return None
    if not stored or stored in STATE_LABELS:
        return None
    found = question.catalogue.find(stored)
    if found is None:
        return say("That is fine. The clinic will read it as you wrote it.")
    if _is_called(found, stored):
        return None
    return say(
        "We take this to be {name}. If that is not right, choose Change.",
        name=found.label,
    )


def _is_called(entry: Entry, stored: str) -> bool:
    return stored == entry.id or stored.casefold() == entry.label.casefold()


def _option_label(question: Question, word: object) -> str:
    option = question.option("yes" if word is True else str(word))
    return option.label if option else str(word)


def _day_words(stored: str) -> str:
    parts = stored.split("-")
    first = date(int(parts[0]), int(parts[1]), int([*parts, "1"][2]))
    return month(first) if len(parts) < _LONGEST_PARTS else day(first)
