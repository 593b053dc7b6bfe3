"""What the name of a question can stand for while rules are worked out.

A question is answered (it has a value), unknown (left out, not sure, declined, or an
option that leaves the matter open) or not asked. A number that is only known within
limits is a `Span`. A truth is True, False or None: None is *not known*.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

Number = int | Decimal
Truth = bool | None


class State:
    """Why a question has no value; `truth` is what any comparison with it yields.

    Compared with anything, an unknown answer gives None (not known) and a question
    that was not asked gives False: it equals nothing and is ordered with nothing.
    """

    __slots__ = ("name", "truth", "word")

    def __init__(self, name: str, *, truth: Truth, word: str | None = None) -> None:
        """Make a state; `word` is how an answers file writes it (None: absent)."""
        self.name = name
        self.truth = truth
        self.word = word

    def __repr__(self) -> str:
        """Show the state's name only."""
        return f"<{self.name}>"


LEFT_OUT = State("left out", truth=None)
UNSURE = State("not sure", truth=None, word="unsure")
DECLINED = State("declined", truth=None, word="prefer_not")
NOT_ASKED = State("not asked", truth=False)
NOT_YET = State("not reached yet", truth=None)
"""A question on a page the patient has not reached: even its state is not known."""

STATE_WORDS = {"unsure": UNSURE, "prefer_not": DECLINED}
"""How an answers file writes the states that a patient can choose."""


class Open(State):
    """An option that was chosen and yet leaves the matter open, kept by its value."""

    __slots__ = ()

    def __init__(self, value: str) -> None:
        """Keep the chosen option's value as the word."""
        super().__init__("open", truth=None, word=value)


class Measured(Decimal):
    """An amount in a question's first unit, and how it was `said` in another one."""

    __slots__ = ("said",)

    said: str

    def __new__(cls, amount: Number, said: str) -> Self:
        """Make the exact amount and keep the words, such as `158 lb`."""
        made = super().__new__(cls, amount)
        made.said = said
        return made


@dataclass(frozen=True, slots=True)
class Span:
    """A number known only to lie between `low` and `high`, both inclusive."""

    low: Number
    high: Number


def spanning(low: Number, high: Number) -> Number | Span:
    """Return the number when both ends are the same, else the span."""
    return low if low == high else Span(low, high)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A line of a catalogue that was picked; `attributes` in catalogue order.

    `listed` is False for something the patient wrote that is not in the catalogue:
    then `label` is the patient's text, and what it is and has is not known.
    """

    id: str
    label: str
    attributes: tuple[object, ...] = ()
    listed: bool = True


def is_unknown(value: object) -> bool:
    """Tell whether a value is not determined (a span counts as not determined)."""
    if value is None or value.__class__ is Span:
        return True
    return isinstance(value, State) and value.truth is None
