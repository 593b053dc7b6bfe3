"""What was typed as a number, with or without a unit -> an exact number, or why not."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from screening.core.answers.refused import Refused
from screening.core.schema import NUMERAL
from screening.core.units import SMALLER, SPOKEN, converted
from screening.core.values import Measured

if TYPE_CHECKING:
    from screening.core.definition import Question
    from screening.core.values import Number

_AMOUNT = re.compile(
    r"\s*(?P<number>\d{1,9}(?:\.\d{1,4})?)\s*(?P<unit>[^\d\s.,-][^\d\s]{0,23})?",
    re.ASCII,
)
_LONGEST = 60
"""Characters of an amount with its unit; more is no amount."""


Limits = Refused | str
"""The part of a sentence that says the limits, or nothing."""


def read_number(question: Question, stored: object) -> Number | Refused:
    """Return the number as int or Decimal within the question's range.

    Where several units are offered, text may name one of them (`158 lb`, `11 stone
    4`); the number is then in the first of them, exact, and remembers what was said.
    A number alone is in the first unit.
    """
    limits = _limits(question)
    numeral = str(stored).strip(" ")
    if question.units and isinstance(stored, str) and not NUMERAL.fullmatch(numeral):
        return _measured(question, numeral, limits)
    if isinstance(stored, bool) or not NUMERAL.fullmatch(numeral):
        return _how_to_write(numeral, question, limits)
    number = Decimal(numeral)
    return _too_fine(question, number, limits) or _within(question, number, limits)


def _too_fine(
    question: Question, number: Decimal, limits: Refused | str
) -> Refused | None:
    if question.decimals == 0 and number != number.to_integral_value():
        return Refused("Enter a whole number{limits}", {"limits": limits})
    if _decimals(number) > question.decimals:
        return Refused(
            "Enter a number with at most {places} decimals{limits}",
            {"places": question.decimals, "limits": limits},
        )
    return None


def _within(
    question: Question, number: Decimal, limits: Refused | str
) -> Number | Refused:
    too_low = question.low is not None and number < question.low
    if too_low or (question.high is not None and number > question.high):
        return Refused("Enter a number{limits}", {"limits": limits})
    whole = number.to_integral_value()
    return int(whole) if number == whole else number


def _measured(question: Question, text: str, limits: Limits) -> Number | Refused:
    """Return an amount with its unit in the question's first unit."""
    parts = amounts_in(text, question.units)
    if parts is None:
        return Refused(
            "Enter a number with its unit, such as {examples}",
            {"examples": examples_of(question)},
        )
    for amount, _ in parts:
        refused = _too_fine(question, amount, limits)
        if refused is not None:
            return refused
    first = question.units[0]
    whole = sum(
        (converted(amount, unit, first) for amount, unit in parts), start=Decimal(0)
    )
    found = _within(question, whole, limits)
    return found if isinstance(found, Refused) else Measured(found, said=text)


def amounts_in(
    text: str, units: tuple[str, ...]
) -> tuple[tuple[Decimal, str], ...] | None:
    """Return the amounts that a text says, each with its unit; None if it says none.

    >>> amounts_in("11 stone 4", ("kg", "[stone_av]"))
    ((Decimal('11'), '[stone_av]'), (Decimal('4'), '[lb_av]'))
    """
    found: list[tuple[Decimal, str]] = []
    position = 0
    while position < len(text) <= _LONGEST and len(found) < 2:  # noqa: PLR2004 - a unit and the smaller one after it
        part = _AMOUNT.match(text, position)
        if part is None:
            return None
        before = found[-1][1] if found else None
        unit = _unit(part["unit"], units, before)
        amount = Decimal(part["number"])
        if unit is None or (before and amount >= SMALLER[before][1]):
            return None
        found.append((amount, unit))
        position = part.end()
    return tuple(found) if found and not text[position:].strip() else None


def _unit(word: str | None, units: tuple[str, ...], before: str | None) -> str | None:
    """Return the unit that a word says, after a larger one the smaller that follows."""
    if before is not None:
        smaller = SMALLER.get(before, (None, 0))[0]
        if smaller is None:
            return None
        return smaller if word is None or _says(word, smaller) else None
    if word is None:
        return None
    return next((unit for unit in units if _says(word, unit)), None)


def _says(word: str, unit: str) -> bool:
    spoken = SPOKEN.get(unit)
    said = word.casefold().rstrip(".")
    return word == unit or (spoken is not None and said in spoken.typed)


_EXAMPLES = {
    "kg": "72 kg",
    "[lb_av]": "158 lb",
    "[stone_av]": "11 stone 4",
    "cm": "170 cm",
    "m": "1.7 m",
    "[in_i]": "67 in",
    "[ft_i]": "5 ft 7",
}


def examples_of(question: Question) -> Refused:
    """Return how an amount may be written in each unit that is offered."""
    *others, last = (_EXAMPLES.get(unit, f"10 {unit}") for unit in question.units)
    return Refused("{others} or {last}", {"others": ", ".join(others), "last": last})


def _decimals(number: Decimal) -> int:
    """Return how many decimals a number has, closing zeros left out."""
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _how_to_write(numeral: str, question: Question, limits: Limits) -> Refused:
    """Say how a number is written; most who fail here wrote a comma or a unit."""
    values = {"limits": limits}
    if question.decimals and re.fullmatch(r"\d+,\d+", numeral, re.ASCII):
        return Refused(
            "Enter a number{limits}, with a point before the decimals", values
        )
    if question.unit and limits:
        return Refused("Enter a number alone, in digits,{limits}", values)
    if question.unit:
        return Refused("Enter a number alone, in digits")
    if limits:
        return Refused("Enter a number in digits,{limits}", values)
    return Refused("Enter a number in digits")


def _limits(question: Question) -> Limits:
    """Return the part of a sentence that says the limits; empty where there is none."""
    low, high = question.low, question.high
    spoken = SPOKEN.get(question.units[0]) if question.units else None
    unit = f" {spoken.short if spoken else question.units[0]}" if question.units else ""
    values = {"low": low, "high": high, "unit": unit}
    if low is not None and high is not None:
        return Refused(" between {low} and {high}{unit}", values)
    if low is not None:
        return Refused(" of {low} or more{unit}", values)
    if high is not None:
        return Refused(" of {high} or less{unit}", values)
    return ""
