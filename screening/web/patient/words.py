"""How does an answer read to the person who gave it?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from screening.core.definition import QuestionType
from screening.core.units import SPOKEN

if TYPE_CHECKING:
    from screening.core.answers import Stored
    from screening.core.definition import Question

STATE_LABELS = {"unsure": "I am not sure", "prefer_not": "I would rather not say"}
"""The ways not to answer, by the word of an answers file."""

LEFT_OUT = "Left out"

_UNITS = {
    "mm[Hg]": "mmHg",
    "week": "weeks",
    "year": "years",
    "month": "months",
    "day": "days",
    "hour": "hours",
    "[lb_av]": "pounds",
}
_LONGEST_PARTS = 3


def unit_words(unit: str) -> str:
    """Return a UCUM unit as people read it.

    >>> unit_words("mm[Hg]")
    'mmHg'
    """
    return _UNITS.get(unit, unit)


def answer_words(question: Question, stored: Stored) -> list[str]:
    """Return a stored answer as the patient would read it, a line for each part."""
    if stored is None or stored == "":
        return [LEFT_OUT]
    if isinstance(stored, str) and stored in STATE_LABELS:
        return [STATE_LABELS[stored]]
    if isinstance(stored, list):
        return [_option_label(question, word) for word in stored] or ["None"]
    if question.options:
        return [_option_label(question, stored)]
    if question.type is QuestionType.ACKNOWLEDGE:
        return ["Agreed"]
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
    words = (SPOKEN[one].short if one in SPOKEN else one for one in stored.split())
    return " ".join(words)


def pick_words(question: Question, stored: str) -> str:
    """Return what was typed and what it was taken for: `Zoloft → Sertraline`."""
    found = question.catalogue.find(stored) if question.catalogue else None
    if found is None:
        return f"{stored} (not on our list)"
    if stored == found.id or stored.casefold() == found.label.casefold():
        return found.label
    return f"{stored} → {found.label}"


def _option_label(question: Question, word: object) -> str:
    option = question.option("yes" if word is True else str(word))
    return option.label if option else str(word)


def _day_words(stored: str) -> str:
    parts = stored.split("-")
    day = date(int(parts[0]), int(parts[1]), int([*parts, "1"][2]))
    if len(parts) < _LONGEST_PARTS:
        return f"{day:%B %Y}"
    return f"{day.day} {day:%B %Y}"
