"""Two values compared, or one looked for in a list, for every patient at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.proof.logic import Bool, Num, both, compared, either, opposite
from screening.proof.values import (
    Day,
    Number,
    Picked,
    Text,
    Truth,
    Value,
    Word,
    Words,
    truth,
)

if TYPE_CHECKING:
    from screening.proof.catalogues import Kinds


def compare(
    word: str, left: Value, right: Value, kinds: tuple[Kinds | None, Kinds | None]
) -> Value:
    """Return whether two values compare so (`==`, `<`, …); `kinds` are of entries."""
    unasked = either(left.unasked, right.unasked)
    given = opposite(either(left.has_state, right.has_state))
    found = _payloads(word, left, right, kinds)
    is_unequal = word == "!="
    return truth(
        either(both(unasked, is_unequal), both(given, found.yes)),
        either(both(unasked, not is_unequal), both(given, found.no)),
    )


def _payloads(
    word: str, left: Value, right: Value, kinds: tuple[Kinds | None, Kinds | None]
) -> Truth:
    one, other = left.payload, right.payload
    if isinstance(one, Number) and isinstance(other, Number):
        return _ends(word, one, other)
    if isinstance(one, Day) and isinstance(other, Day):
        return _sure(compared(word, one.ordinal, other.ordinal))
    if isinstance(one, Truth) and isinstance(other, Truth):
        same = either(both(one.yes, other.yes), both(one.no, other.no))
        differ = either(both(one.yes, other.no), both(one.no, other.yes))
        return Truth(same, differ) if word == "==" else Truth(differ, same)
    if isinstance(one, Text) or isinstance(other, Text):
        return Truth(False, False)
    return _equals(word, _as_words(one, kinds[0]), _as_words(other, kinds[1]))


def _sure(yes: Bool) -> Truth:
    return Truth(yes, opposite(yes))


def _ends(word: str, one: Number, other: Number) -> Truth:
    if one.low is one.high and other.low is other.high:
        return _sure(compared(word, one.low, other.low))
    if word in {"==", "!="}:
        apart = either(
            compared("<", one.high, other.low), compared("<", other.high, one.low)
        )
        same = both(
            compared("==", one.low, one.high),
            compared("==", other.low, other.high),
            compared("==", one.low, other.low),
        )
        return Truth(same, apart) if word == "==" else Truth(apart, same)
    first = compared(word, one.low, other.high)
    second = compared(word, one.high, other.low)
    return Truth(both(first, second), both(opposite(first), opposite(second)))


def _as_words(payload: object, kinds: Kinds | None) -> tuple[Bool, dict[object, Bool]]:
    """Return whether a word or an entry is one at all, and which."""
    if isinstance(payload, Picked) and kinds is not None:
        return payload.is_listed, kinds.named(payload.is_kind)
    return True, dict(cast("Word", payload).is_word)


def _equals(
    word: str,
    one: tuple[Bool, dict[object, Bool]],
    other: tuple[Bool, dict[object, Bool]],
) -> Truth:
    listed = both(one[0], other[0])
    shared = [w for w in one[1] if w in other[1]]
    same = either(*(both(one[1][w], other[1][w]) for w in shared))
    yes, no = both(listed, same), both(listed, opposite(same))
    return Truth(yes, no) if word == "==" else Truth(no, yes)


def membership(item: Value, container: Value, kinds: Kinds | None) -> tuple[Bool, Bool]:
    """Return whether membership is known at all, and whether it is so."""
    words = cast("Words", container.payload).has
    payload = item.payload
    if isinstance(payload, Number):
        is_known = compared("==", payload.low, payload.high)
        same = (
            both(compared("==", payload.low, cast("Num", w)), words[w]) for w in words
        )
        return is_known, either(*same)
    if isinstance(payload, Text):
        return False, False
    is_known, named = _as_words(payload, kinds)
    return is_known, either(*(both(named[w], words[w]) for w in named if w in words))
