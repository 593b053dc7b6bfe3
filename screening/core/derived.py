"""What is a value worked out of others, and how: an expression, or rows of words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.expression.types import TRUTH, Sort, Type
from screening.core.values import LEFT_OUT, Open

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.expression import Expression, Symbol
    from screening.core.expression.compile import Values
    from screening.core.instrument import Derived, Row


def type_of_derived(derived: Derived) -> Type:
    """Return the type of a derived value: its expression's, or its rows' words."""
    if derived.expression is not None:
        return derived.expression.type
    words = [row.word for row in derived.rows]
    if derived.if_undetermined is not None:
        words.append(derived.if_undetermined)
    if set(words) <= {"true", "false"}:
        return TRUTH
    return Type(sort=Sort.OPTION, options=tuple(dict.fromkeys(words)))


def value_of(row: Row, *, is_truth: bool) -> object:
    """Return what a row says: a truth, a word, or a word for not knowing."""
    if row.unknown:
        return Open(row.word)
    return row.word == "true" if is_truth else row.word


def function_of(derived: Derived) -> Callable[[Values], object]:
    """Return the function that works the value out."""
    if derived.expression is not None:
        return derived.expression.run
    is_truth = type_of_derived(derived) == TRUTH
    rows = tuple(
        (row.when.run if row.when else None, value_of(row, is_truth=is_truth))
        for row in derived.rows
    )
    undetermined = derived.if_undetermined or LEFT_OUT

    def run(values: Values) -> object:
        for when, word in rows:
            truth = True if when is None else when(values)
            if truth:
                return word
            if truth is None:
                return undetermined
        return undetermined

    return run


def expressions_of(derived: Derived) -> tuple[Expression, ...]:
    """Return the expressions that a derived value is made of."""
    found = (*(row.when for row in derived.rows), derived.expression)
    return tuple(one for one in found if one is not None)


def symbols_read(derived: Derived) -> tuple[Symbol, ...]:
    """Return the symbols that a derived value reads."""
    return tuple(read for one in expressions_of(derived) for read in one.reads)
