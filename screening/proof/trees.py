"""A typed tree -> what it is worth for every patient at once.

It goes through the same tree as `core/expression/compile`, node by node, and says in
formulas what that says in functions. A property test holds the two together.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from screening.core.calendar import months_before
from screening.core.expression import tree
from screening.core.expression.types import Sort
from screening.proof import folding
from screening.proof.comparing import compare, membership
from screening.proof.logic import (
    Bool,
    Num,
    added,
    both,
    choose_number,
    compared,
    divided,
    either,
    least,
    most,
    multiplied,
    negative,
    number,
    opposite,
)
from screening.proof.values import (
    Day,
    Number,
    Payload,
    Picked,
    Row,
    Rows,
    Several,
    Text,
    Truth,
    Value,
    Word,
    Words,
    exactly,
    settled,
    truth,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from screening.proof.catalogues import Kinds


OLDEST = 150
"""Years of age that are told apart."""


class Reading:
    """One record, slot by slot, on one day; trees are read over it."""

    def __init__(
        self, values: dict[int, Value], today: date, kinds: Mapping[str, Kinds]
    ) -> None:
        """Read over `values`, which may change; `kinds` are those of each catalogue."""
        self.values = values
        self.today = today
        self.kinds = kinds

    def truth(self, node: tree.Node) -> Truth:
        """Return a tree's worth where true or false is needed."""
        return self.value(node).truth

    def value(self, node: tree.Node) -> Value:
        """Return a tree's worth."""
        return _READERS[type(node)](self, node)


def _constant(_: Reading, node: tree.Constant) -> Value:
    value = node.value
    if isinstance(value, bool):
        return settled(value)
    if isinstance(value, tuple):
        return Value(payload=Words(dict.fromkeys(map(_word, value), True)))
    if isinstance(value, str):
        return Value(payload=Word({value: True}))
    return exactly(number(value))


def _word(value: object) -> object:
    return value if isinstance(value, str) else number(value)


def _name(reading: Reading, node: tree.Name) -> Value:
    found = reading.values.get(node.symbol.slot)
    # A scale that is left out of the questionnaire can be named; it is never asked.
    return found or Value(payload=_EMPTY[node.type.sort], unasked=True)


_EMPTY: dict[Sort, Payload] = {
    Sort.NUMBER: Number(0, 0),
    Sort.TRUTH: Truth(False, False),
    Sort.OPTION: Word({}),
    Sort.OPTIONS: Words({}),
    Sort.DATE: Day(0),
    Sort.WRITTEN: Text(),
}


def _field(reading: Reading, node: tree.Field) -> Value:
    held = reading.values[node.loop_slot]
    return cast("Row", held.payload).fields[node.position]


def _element(reading: Reading, node: tree.Element) -> Value:
    return reading.values[node.loop_slot]


def _property(reading: Reading, node: tree.Property) -> Value:
    entry = reading.value(node.entry)
    catalogue = node.entry.type.catalogue
    if catalogue is None:
        raise TypeError(node.name)
    kinds = reading.kinds[catalogue.id]
    picked = cast("Picked", entry.payload)
    found = kinds.attribute(picked.is_kind, node.position)
    given = opposite(entry.has_state)
    listed = both(given, picked.is_listed)
    return Value(
        payload=found.payload,
        unasked=either(entry.unasked, both(listed, found.unasked)),
        unknown=either(
            entry.unknown,
            both(given, either(opposite(picked.is_listed), found.unknown)),
        ),
        unsure=entry.unsure,
        declined=entry.declined,
    )


# -- comparisons


def _comparison(reading: Reading, node: tree.Compare) -> Value:
    left, right = reading.value(node.left), reading.value(node.right)
    kinds = _kinds_of(reading, node.left), _kinds_of(reading, node.right)
    return compare(node.word, left, right, kinds)


def _kinds_of(reading: Reading, node: tree.Node) -> Kinds | None:
    catalogue = node.type.catalogue
    is_entry = node.type.sort is Sort.ENTRY and catalogue is not None
    return reading.kinds[catalogue.id] if is_entry and catalogue else None


def _within(reading: Reading, node: tree.Within) -> Value:
    item, container = reading.value(node.item), reading.value(node.container)
    unasked = either(item.unasked, both(opposite(item.unknown), container.unasked))
    given = opposite(either(item.has_state, container.has_state))
    is_known, found = membership(item, container, _kinds_of(reading, node.item))
    return truth(
        both(given, is_known, found),
        either(unasked, both(given, is_known, opposite(found))),
    )


# -- logic


def _both(reading: Reading, node: tree.Both) -> Value:
    parts = [reading.truth(part) for part in node.parts]
    if node.word == "and":
        return truth(both(*(p.yes for p in parts)), either(*(p.no for p in parts)))
    return truth(either(*(p.yes for p in parts)), both(*(p.no for p in parts)))


def _negation(reading: Reading, node: tree.Negation) -> Value:
    part = reading.truth(node.part)
    return truth(part.no, part.yes)


def _state_test(reading: Reading, node: tree.StateTest) -> Value:
    part = reading.value(node.part)
    if node.word == "answered":
        return settled(opposite(part.has_state))
    return settled(part.unsure if node.word == "unsure" else part.declined)


def _determined(reading: Reading, node: tree.Determined) -> Value:
    part = reading.value(node.part)
    if node.word == "known":
        return settled(opposite(part.is_open))
    if not isinstance(part.payload, Truth):
        return settled(False)
    return settled(both(opposite(part.has_state), part.payload.yes))


# -- numbers


def _arithmetic(reading: Reading, node: tree.Arithmetic) -> Value:
    left, right = reading.value(node.left), reading.value(node.right)
    one, other = cast("Number", left.payload), cast("Number", right.payload)
    unasked = either(left.unasked, right.unasked)
    payload, fails = _calculated(node.word, one, other)
    given = opposite(either(left.has_state, right.has_state))
    unknown = both(
        opposite(unasked), either(left.unknown, right.unknown, both(given, fails))
    )
    return Value(payload=payload, unasked=unasked, unknown=unknown)


def _calculated(word: str, one: Number, other: Number) -> tuple[Number, Bool]:
    """Return the result, and whether it can't be worked out (by zero)."""
    is_point = one.low is one.high and other.low is other.high
    if word in {"+", "-"}:
        low, high = other.low, other.high
        if word == "-":
            low, high = negative(other.high), negative(other.low)
        first = added(one.low, low)
        return Number(first, first if is_point else added(one.high, high)), False
    fails: Bool = False
    combine: Callable[[Num, Num], Num] = multiplied
    if word == "/":
        combine = divided
        fails = both(compared("<=", other.low, 0), compared(">=", other.high, 0))
    if is_point:
        exact = combine(one.low, other.low)
        return Number(exact, exact), fails
    ends = [combine(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Number(least(ends), most(ends)), fails


def _calendar(reading: Reading, node: tree.Calendar) -> Value:
    if node.word in {"days", "weeks"}:
        return exactly(node.amount * (7 if node.word == "weeks" else 1))
    months = node.amount * (12 if node.word == "years" else 1)
    return exactly((reading.today - months_before(reading.today, months)).days)


def _since(reading: Reading, node: tree.Since) -> Value:
    day = reading.value(node.part)
    ordinal = cast("Day", day.payload).ordinal
    today = reading.today
    if node.word == "days_since":
        passed = added(today.toordinal(), negative(ordinal))
    else:
        passed = _age(today, ordinal)
    return Value(
        payload=Number(passed, passed),
        unasked=day.unasked,
        unknown=day.unknown,
        unsure=day.unsure,
        declined=day.declined,
    )


def _age(today: date, ordinal: Num) -> Num:
    """Return the years since a day: one more from each birthday on."""
    age: Num = -1 - OLDEST
    for years in range(-OLDEST, OLDEST + 1):
        is_born = compared("<=", ordinal, _latest_birth(today, years))
        age = choose_number(is_born, years, age)
    return age


def _latest_birth(today: date, years: int) -> int:
    """Return the last day of birth of who is so many years old today, as ordinal."""
    year = today.year - years
    if not 1 <= year <= date.max.year:
        return 0 if year < 1 else date.max.toordinal()
    try:
        return today.replace(year=year).toordinal()
    except ValueError:  # today is 29 February: who was born on 1 March is younger
        return (date(year, 3, 1) - timedelta(days=1)).toordinal()


# -- lists


def _listing(reading: Reading, node: tree.Listing) -> Value:
    return Value(payload=Several(tuple(map(reading.value, node.parts))))


def _fold(reading: Reading, node: tree.Fold) -> Value:
    source = reading.value(node.source)
    pairs = []
    for is_there, item in _items(source):
        reading.values[node.loop_slot] = item
        qualifies = (
            reading.truth(node.condition) if node.condition else Truth(True, False)
        )
        here = Truth(
            both(is_there, qualifies.yes), either(opposite(is_there), qualifies.no)
        )
        is_truth = node.word in {"any", "all"}
        element = reading.value(node.element)
        pairs.append((here, _settled_truth(element) if is_truth else element))
    return folding.folded(node.word, source, pairs)


def _settled_truth(element: Value) -> Value:
    found = element.truth
    return truth(found.yes, found.no)


def _items(source: Value) -> list[tuple[Bool, Value]]:
    payload = source.payload
    if isinstance(payload, Rows):
        return [(one, Value(payload=Row(fields))) for one, fields in payload.entries]
    if isinstance(payload, Several):
        return [(True, value) for value in payload.values]
    if isinstance(payload, Words):
        return [(True, _constant_of(word)) for word in payload.has]
    raise TypeError(type(payload).__name__)


def _constant_of(word: object) -> Value:
    if isinstance(word, str):
        return Value(payload=Word({word: True}))
    return exactly(cast("Num", word))


_READERS: dict[type, Callable[[Reading, Any], Value]] = {
    tree.Constant: _constant,
    tree.Name: _name,
    tree.Field: _field,
    tree.Element: _element,
    tree.Property: _property,
    tree.Compare: _comparison,
    tree.Within: _within,
    tree.Both: _both,
    tree.Negation: _negation,
    tree.StateTest: _state_test,
    tree.Determined: _determined,
    tree.Arithmetic: _arithmetic,
    tree.Calendar: _calendar,
    tree.Since: _since,
    tree.Listing: _listing,
    tree.Fold: _fold,
}
