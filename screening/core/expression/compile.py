"""Typed tree -> a function of the list of values, in three-valued logic.

Truths are True, False and None (not known), combined by Kleene's strong logic. A
number may be a `Span`: a comparison is decided when the whole span falls on one side.
Functions are closures made once a version; the common shapes (a question compared
with a constant) have closures of their own, since every rule of every patient runs
through them.
"""

from __future__ import annotations

import operator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from screening.core.calendar import months_before
from screening.core.expression import folds, tree
from screening.core.expression.types import Sort
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    NOT_ASKED,
    NOT_YET,
    UNSURE,
    Entry,
    Number,
    Open,
    Span,
    State,
    Truth,
    is_unknown,
    spanning,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Values = list[object]
Run = "Callable[[Values], object]"

TODAY_SLOT = 0
"""Where the list of values holds the day of submission."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compiled(node: tree.Node) -> Callable[[Values], object]:
    """Return the function that works the tree out for one list of values."""
    maker = _MAKERS[type(node)]
    return maker(node)


def compiled_truth(node: tree.Node) -> Callable[[Values], object]:
    """Return the function of a tree that stands where true or false is needed.

    A worked-out truth may hold a state instead (its instrument was not asked, or its
    answers contradict each other): not asked is then false, unknown not known.
    """
    run = compiled(node)
    if not isinstance(node, tree.Name | tree.Field | tree.Element | tree.Property):
        return run

    def settled(values: Values) -> object:
        value = run(values)
        return value.truth if isinstance(value, State) else value

    return settled


def _constant(node: tree.Constant) -> Callable[[Values], object]:
    value = node.value
    return lambda _: value


def _name(node: tree.Name) -> Callable[[Values], object]:
    return operator.itemgetter(node.symbol.slot)


def _field(node: tree.Field) -> Callable[[Values], object]:
    loop_slot, position = node.loop_slot, node.position
    return lambda values: cast("list[object]", values[loop_slot])[position]


def _element(node: tree.Element) -> Callable[[Values], object]:
    return operator.itemgetter(node.loop_slot)


def _property(node: tree.Property) -> Callable[[Values], object]:
    entry_of, position = compiled(node.entry), node.position

    def run(values: Values) -> object:
        entry = entry_of(values)
        if isinstance(entry, Entry):
            return entry.attributes[position] if entry.listed else LEFT_OUT
        return entry

    return run


# -- comparisons


def compare(word: str, left: object, right: object) -> Truth:
    """Compare two values of any state; None when it is not known."""
    if isinstance(left, State) or isinstance(right, State):
        states = [side for side in (left, right) if isinstance(side, State)]
        if any(state.truth is False for state in states):
            return word == "!="
        return None
    if left is None or right is None:
        return None
    if isinstance(left, Span) or isinstance(right, Span):
        return _compare_spans(word, left, right)
    if isinstance(left, Entry) or isinstance(right, Entry):
        return _compare_entries(word, left, right)
    return _COMPARE[word](left, right)


def _compare_entries(word: str, left: object, right: object) -> Truth:
    """Compare by id; what is not in the catalogue may be anything."""
    ids = []
    for side in (left, right):
        if isinstance(side, Entry):
            if not side.listed:
                return None
            ids.append(side.id)
        else:
            ids.append(cast("str", side))
    return _COMPARE[word](*ids)


def _compare_spans(word: str, left: object, right: object) -> Truth:
    low, high = _ends(left)
    other_low, other_high = _ends(right)
    if word in {"==", "!="}:
        if high < other_low or other_high < low:
            return word == "!="
        return None
    outcomes = {
        _COMPARE[word](low, other_high),
        _COMPARE[word](high, other_low),
    }
    return outcomes.pop() if len(outcomes) == 1 else None


def _ends(value: object) -> tuple[Number, Number]:
    if isinstance(value, Span):
        return value.low, value.high
    number = cast("Number", value)
    return number, number


def _comparison(node: tree.Compare) -> Callable[[Values], object]:
    word = node.word
    if isinstance(node.left, tree.Name) and isinstance(node.right, tree.Constant):
        if node.left.type.sort is Sort.OPTION:
            return _option_is(node.left.symbol.slot, node.right.value, word == "==")
        if node.left.type.sort is Sort.NUMBER:
            number = cast("Number", node.right.value)
            return _number_against(node.left.symbol.slot, word, number)
    left, right = compiled(node.left), compiled(node.right)
    return lambda values: compare(word, left(values), right(values))


def _option_is(slot: int, word: object, equal: bool) -> Callable[[Values], object]:  # noqa: FBT001 - == or !=
    def run(values: Values) -> Truth:
        value = values[slot]
        if value.__class__ is str:
            return (value == word) is equal
        truth = cast("State", value).truth
        return truth if equal or truth is None else True

    return run


def _number_against(slot: int, word: str, number: Number) -> Callable[[Values], object]:
    against = _COMPARE[word]

    def run(values: Values) -> Truth:
        value = values[slot]
        if value.__class__ is int or value.__class__ is Decimal:
            return against(value, number)
        return compare(word, value, number)

    return run


def _within(node: tree.Within) -> Callable[[Values], object]:
    item = compiled(node.item)
    if isinstance(node.container, tree.Constant):
        words = frozenset(cast("tuple[object, ...]", node.container.value))
        return lambda values: _member(item(values), words)
    if isinstance(node.item, tree.Constant) and isinstance(node.container, tree.Name):
        return _has_option(node.item.value, node.container.symbol.slot)
    container = compiled(node.container)

    def run(values: Values) -> Truth:
        option, chosen = item(values), container(values)
        if isinstance(option, State):
            return option.truth
        return _member(option, chosen)

    return run


def _has_option(option: object, slot: int) -> Callable[[Values], object]:
    def run(values: Values) -> Truth:
        chosen = values[slot]
        if isinstance(chosen, State):
            return chosen.truth
        return option in cast("frozenset[object]", chosen)

    return run


def _member(value: object, words: object) -> Truth:
    """Tell whether a value is among words; unknown on either side stays unknown."""
    for side in (value, words):
        if isinstance(side, State):
            return side.truth
    if isinstance(value, Span) or value is None:
        return None
    if isinstance(value, Entry):
        if not value.listed:
            return None
        value = value.id
    return value in cast("frozenset[object]", words)


# -- logic


def _both(node: tree.Both) -> Callable[[Values], object]:
    parts = tuple(compiled_truth(part) for part in node.parts)
    decided = node.word == "or"
    if len(parts) == 2:  # noqa: PLR2004 - the common pair, without a loop
        first, second = parts
        return lambda values: _pair(first, second, decided, values)

    def run(values: Values) -> Truth:
        unknown = False
        for part in parts:
            truth = part(values)
            if truth is decided:
                return decided
            unknown = unknown or truth is None
        return None if unknown else not decided

    return run


def _pair(
    first: Callable[[Values], object],
    second: Callable[[Values], object],
    decided: bool,  # noqa: FBT001 - True for or, False for and
    values: Values,
) -> Truth:
    left = first(values)
    if left is decided:
        return decided
    right = second(values)
    if right is decided:
        return decided
    return None if left is None or right is None else not decided


def _negation(node: tree.Negation) -> Callable[[Values], object]:
    part = compiled_truth(node.part)

    def run(values: Values) -> Truth:
        truth = part(values)
        return None if truth is None else not truth

    return run


def _state_test(node: tree.StateTest) -> Callable[[Values], object]:
    part, word = compiled(node.part), node.word
    is_so = _STATE_TESTS[word]

    def run(values: Values) -> Truth:
        value = part(values)
        return None if value is NOT_YET else is_so(value)

    return run


_STATE_TESTS: dict[str, Callable[[object], bool]] = {
    "answered": lambda value: not isinstance(value, State),
    "declined": lambda value: value is DECLINED,
    "unsure": lambda value: value is UNSURE or isinstance(value, Open),
}


def _determined(node: tree.Determined) -> Callable[[Values], object]:
    part = compiled(node.part)
    if node.word == "certain":
        return lambda values: part(values) is True
    return lambda values: not is_unknown(part(values))


# -- numbers


def _arithmetic(node: tree.Arithmetic) -> Callable[[Values], object]:
    left, right, word = compiled(node.left), compiled(node.right), node.word
    return lambda values: calculate(word, left(values), right(values))


def calculate(word: str, left: object, right: object) -> object:
    """Combine two numbers of any state; exact, in int and Decimal.

    With something not asked the result is not asked, with something unknown, or
    divided by what may be zero, unknown; spans give the span of all results.
    """
    if left is NOT_ASKED or right is NOT_ASKED:
        return NOT_ASKED
    if isinstance(left, State) or isinstance(right, State):
        return LEFT_OUT
    low, high = _ends(left)
    other_low, other_high = _ends(right)
    if word == "+":
        return spanning(low + other_low, high + other_high)
    if word == "-":
        return spanning(low - other_high, high - other_low)
    combine: Callable[[Number, Number], Number] = operator.mul
    if word == "/":
        if other_low <= 0 <= other_high:
            return LEFT_OUT
        combine = _quotient
    corners = [combine(a, b) for a in (low, high) for b in (other_low, other_high)]
    return spanning(min(corners), max(corners))


def _quotient(number: Number, divisor: Number) -> Number:
    return Decimal(number) / Decimal(divisor)


def _calendar(node: tree.Calendar) -> Callable[[Values], object]:
    word, amount = node.word, node.amount
    if word in {"days", "weeks"}:
        stretch = amount * (7 if word == "weeks" else 1)
        return lambda _: stretch
    months = amount * (12 if word == "years" else 1)

    def run(values: Values) -> int:
        today = cast("date", values[TODAY_SLOT])
        return (today - months_before(today, months)).days

    return run


def _since(node: tree.Since) -> Callable[[Values], object]:
    part = compiled(node.part)

    def run(values: Values) -> object:
        day = part(values)
        if not isinstance(day, date):
            return day
        today = cast("date", values[TODAY_SLOT])
        if node.word == "days_since":
            return (today - day).days
        had_birthday = (today.month, today.day) >= (day.month, day.day)
        return today.year - day.year - (0 if had_birthday else 1)

    return run


def _listing(node: tree.Listing) -> Callable[[Values], object]:
    parts = tuple(compiled(part) for part in node.parts)
    return lambda values: [part(values) for part in parts]


def _fold(node: tree.Fold) -> Callable[[Values], object]:
    source = compiled(node.source)
    is_truth = node.word in {"any", "all"}
    element = compiled_truth(node.element) if is_truth else compiled(node.element)
    condition = compiled_truth(node.condition) if node.condition else None
    return folds.folded(node.word, source, element, condition, node.loop_slot)


_MAKERS: dict[type, Callable[[Any], Callable[[Values], object]]] = {
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
