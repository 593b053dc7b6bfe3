"""`count`, `sum`, `min`, `max`, `any`, `all`, over a list whose entries may be there.

Each pair is (whether the entry surely counts or surely does not, what it gives); the
formulas say what `core/expression/folds` does one entry after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.proof.logic import (
    Bool,
    Num,
    added,
    both,
    choose_number,
    compared,
    either,
    opposite,
)
from screening.proof.values import Number, Truth, Value, truth

if TYPE_CHECKING:
    from collections.abc import Callable

    Pairs = list[tuple[Truth, Value]]


def folded(word: str, source: Value, pairs: Pairs) -> Value:
    """Return what the fold comes to; a list that is not known makes it so."""
    found = _FOLDS[word](pairs)
    if isinstance(found.payload, Truth):
        given = opposite(source.has_state)
        return truth(
            both(given, found.payload.yes),
            either(source.unasked, both(given, found.payload.no)),
        )
    listed = opposite(source.has_state)
    return Value(
        payload=found.payload,
        unasked=either(source.unasked, both(listed, found.unasked)),
        unknown=either(source.unknown, both(listed, found.unknown)),
    )


def _count(pairs: Pairs) -> Value:
    low: Num = 0
    high: Num = 0
    for here, _ in pairs:
        low = added(low, choose_number(here.yes, 1, 0))
        high = added(high, choose_number(here.no, 0, 1))
    return Value(payload=Number(low, high))


def _any(pairs: Pairs) -> Value:
    truths = [(here, cast("Truth", value.payload)) for here, value in pairs]
    return truth(
        either(*(both(here.yes, one.yes) for here, one in truths)),
        both(*(either(here.no, one.no) for here, one in truths)),
    )


def _all(pairs: Pairs) -> Value:
    truths = [(here, cast("Truth", value.payload)) for here, value in pairs]
    return truth(
        both(*(either(here.no, one.yes) for here, one in truths)),
        either(*(both(here.yes, one.no) for here, one in truths)),
    )


def _sum(pairs: Pairs) -> Value:
    low: Num = 0
    high: Num = 0
    unknown: Bool = False
    for here, value in pairs:
        ends = cast("Number", value.payload)
        counts = both(opposite(here.no), opposite(value.unasked))
        unknown = either(unknown, both(counts, value.unknown))
        least = _least_of(here, ends)
        low = added(low, choose_number(counts, least[0], 0))
        high = added(high, choose_number(counts, least[1], 0))
    return Value(payload=Number(low, high), unknown=unknown)


def _least_of(here: Truth, ends: Number) -> tuple[Num, Num]:
    """Return what an entry adds at least and at most; it may not count at all."""
    below = both(opposite(here.yes), compared(">", ends.low, 0))
    above = both(opposite(here.yes), compared("<", ends.high, 0))
    return choose_number(below, 0, ends.low), choose_number(above, 0, ends.high)


def _smallest(pairs: Pairs) -> Value:
    return _extreme(pairs, "<")


def _largest(pairs: Pairs) -> Value:
    return _extreme(pairs, ">")


def _extreme(pairs: Pairs, word: str) -> Value:
    low: Num = 0
    high: Num = 0
    is_any: Bool = False
    unknown: Bool = False
    for here, value in pairs:
        ends = cast("Number", value.payload)
        counts = both(opposite(here.no), opposite(value.unasked))
        maybe = opposite(here.yes)
        unknown = either(unknown, both(counts, either(value.unknown, maybe)))
        low = _picked(counts, is_any, word, ends.low, low)
        high = _picked(counts, is_any, word, ends.high, high)
        is_any = either(is_any, counts)
    return Value(
        payload=Number(low, high),
        unasked=both(opposite(is_any), opposite(unknown)),
        unknown=unknown,
    )


def _picked(counts: Bool, is_any: Bool, word: str, new: Num, old: Num) -> Num:
    better = both(counts, either(opposite(is_any), compared(word, new, old)))
    return choose_number(better, new, old)


_FOLDS: dict[str, Callable[[Pairs], Value]] = {
    "count": _count,
    "any": _any,
    "all": _all,
    "sum": _sum,
    "min": _smallest,
    "max": _largest,
}
