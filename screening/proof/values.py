"""What can a slot hold, when nothing is known of the patient yet?

A `Value` is everything that a slot may hold at once: whether it was not asked, whether
it is unknown, and, where it is neither, its payload. It mirrors `core/values`: None (a
truth that is not known) and a `Span` are payloads, not states.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from screening.proof.logic import (
    Bool,
    Num,
    both,
    choose,
    choose_number,
    compared,
    either,
    opposite,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Truth:
    """Surely so, surely not, or, where neither holds, not known. Never both."""

    yes: Bool
    no: Bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two ends, both inclusive; the same end twice is one number."""

    low: Num
    high: Num


@dataclass(frozen=True, slots=True)
class Word:
    """One word of several: for each, whether it is the one."""

    is_word: Mapping[object, Bool]


@dataclass(frozen=True, slots=True)
class Words:
    """Several words at once: for each, whether it is among them."""

    has: Mapping[object, Bool]


@dataclass(frozen=True, slots=True)
class Picked:
    """An entry of a catalogue, as its place in a row of kinds; or none that is listed.

    Entries that no rule can tell apart are one kind.
    """

    is_kind: tuple[Bool, ...]
    is_listed: Bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day, as its ordinal."""

    ordinal: Num


@dataclass(frozen=True, slots=True)
class Text:
    """Something written; no rule looks into it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Entries of a list: for each place, whether one stands there, and its fields."""

    entries: tuple[tuple[Bool, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list, on its own."""

    fields: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Values written out one beside the other."""

    values: tuple[Value, ...]


Payload = Truth | Number | Word | Words | Picked | Day | Text | Rows | Row | Several


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a slot may hold. `unsure` and `declined` are ways of being unknown.

    `opened` are options that leave the matter open, by their value; each of them is a
    way of being unsure too.
    """

    payload: Payload
    unasked: Bool = False
    unknown: Bool = False
    unsure: Bool = False
    declined: Bool = False
    opened: Mapping[str, Bool] | None = None

    @property
    def has_state(self) -> Bool:
        """Whether there is a state in place of a value."""
        return either(self.unasked, self.unknown)

    @property
    def is_open(self) -> Bool:
        """Whether it is not determined: unknown, not known, or between two ends."""
        return either(self.unknown, both(opposite(self.unasked), self._is_wide()))

    def _is_wide(self) -> Bool:
        if isinstance(self.payload, Truth):
            return both(opposite(self.payload.yes), opposite(self.payload.no))
        if isinstance(self.payload, Number):
            return compared("!=", self.payload.low, self.payload.high)
        return False

    @property
    def truth(self) -> Truth:
        """The value where true or false is needed: not asked is false."""
        if not isinstance(self.payload, Truth):
            raise TypeError(type(self.payload).__name__)
        given = opposite(self.has_state)
        return Truth(
            both(given, self.payload.yes),
            either(self.unasked, both(given, self.payload.no)),
        )

    def hidden(self, when: Bool) -> Value:
        """Return the value with not asked in its place where `when` holds."""
        stays = opposite(when)
        return replace(
            self,
            unasked=either(self.unasked, when),
            unknown=both(self.unknown, stays),
            unsure=both(self.unsure, stays),
            declined=both(self.declined, stays),
            opened=_within(self.opened, stays),
        )

    def left_out(self, when: Bool) -> Value:
        """Return the value with nothing given in its place where `when` holds."""
        stays = opposite(when)
        return replace(
            self,
            unasked=both(self.unasked, stays),
            unknown=either(self.unknown, when),
            unsure=both(self.unsure, stays),
            declined=both(self.declined, stays),
            opened=_within(self.opened, stays),
        )


def _within(opened: Mapping[str, Bool] | None, when: Bool) -> dict[str, Bool] | None:
    if opened is None:
        return None
    return {word: both(one, when) for word, one in opened.items()}


def truth(yes: Bool, no: Bool) -> Value:
    """Return a truth that may be not known."""
    return Value(payload=Truth(yes, no))


def settled(yes: Bool) -> Value:
    """Return a truth that is always known."""
    return Value(payload=Truth(yes, opposite(yes)))


def exactly(number: Num) -> Value:
    """Return one number."""
    return Value(payload=Number(number, number))


NOTHING = Value(payload=Text(), unknown=True)
"""Left out."""


def one_of_two(when: Bool, first: Value, second: Value) -> Value:
    """Return `first` where `when` holds, else `second`; both of one sort."""
    if isinstance(when, bool):
        return first if when else second
    return Value(
        payload=_payload(when, first, second),
        unasked=choose(when, first.unasked, second.unasked),
        unknown=choose(when, first.unknown, second.unknown),
        unsure=choose(when, first.unsure, second.unsure),
        declined=choose(when, first.declined, second.declined),
    )


def _payload(when: Bool, first: Value, second: Value) -> Payload:
    one, other = first.payload, second.payload
    if isinstance(one, Text):
        return other
    if isinstance(other, Text):
        return one
    if isinstance(one, Truth) and isinstance(other, Truth):
        yes = choose(when, one.yes, other.yes)
        return Truth(yes, choose(when, one.no, other.no))
    if isinstance(one, Number) and isinstance(other, Number):
        low = choose_number(when, one.low, other.low)
        if one.low is one.high and other.low is other.high:
            return Number(low, low)
        return Number(low, choose_number(when, one.high, other.high))
    if isinstance(one, Word) and isinstance(other, Word):
        return Word(_chosen(when, one.is_word, other.is_word))
    if isinstance(one, Words) and isinstance(other, Words):
        return Words(_chosen(when, one.has, other.has))
    raise TypeError(type(one).__name__, type(other).__name__)


def _chosen(
    when: Bool, one: Mapping[object, Bool], other: Mapping[object, Bool]
) -> dict[object, Bool]:
    words = dict.fromkeys((*one, *other))
    return {w: choose(when, one.get(w, False), other.get(w, False)) for w in words}
