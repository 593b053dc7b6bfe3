"""Values worked out from others: an expression, or rows read downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.expression import Scope, Sort, Symbol, Type
from screening.core.expression.types import TRUTH
from screening.core.instrument import (
    Derived,
    Row,
)
from screening.core.schema import RowShape, ValueShape
from screening.core.values import LEFT_OUT, Open

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.expression.compile import Values
    from screening.core.load.workbench import Spot
    from screening.core.schema import DerivedShape


def derived_from(
    spot: Spot, name: str, shape: DerivedShape, scope: Scope, slot: int | None = None
) -> Derived | None:
    """Return the derived value with a slot of its own, or None with problems noted.

    `slot` is given for a value of a repeat's entry: its position in the entry.
    """
    if isinstance(shape, list):
        shape = ValueShape(rows=shape)
    elif isinstance(shape, str):
        shape = ValueShape(value=shape)
    expression = None
    if shape.value is not None:
        expression = spot.at("value").expression(shape.value, scope, None)
        if expression is None:
            return None
    rows, undetermined = _rows(spot, shape.rows, scope)
    if expression is None and not rows:
        spot.say("SC240", f'"{name}" has no value', "Write an expression.")
        return None
    return Derived(
        name=name,
        expression=expression,
        rows=rows,
        if_undetermined=undetermined,
        decimals=None if shape.decimals is None else int(shape.decimals),
        place=spot.place,
        sources=tuple(shape.sources),
        drawn=shape.drawn,
        slot=spot.bench.slot() if slot is None else slot,
    )


def _rows(
    spot: Spot, shapes: list[RowShape], scope: Scope
) -> tuple[tuple[Row, ...], str | None]:
    rows: list[Row] = []
    undetermined = None
    for number, shape in enumerate(shapes):
        if shape.if_undetermined is not None:
            undetermined = shape.if_undetermined
            continue
        when = None
        if shape.when is not None:
            when = spot.at("rows", number, "when").expression(shape.when, scope)
        if shape.is_ is None:
            spot.at("rows", number).say(
                "SC241", "a row says no word", "Add `is:` to it."
            )
            continue
        rows.append(Row(when=when, word=shape.is_, unknown=shape.unknown))
    if rows and rows[-1].when is not None:
        what = "the last row has a condition, so that nothing may be left"
        spot.say("SC242", what, "End with a row that has only `is:`.")
    if any(row.when is None for row in rows[:-1]):
        what = "a row without `when` hides the rows below it"
        spot.say("SC243", what, "Only the last row has no `when`.")
    return tuple(rows), undetermined


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


def _value_of(row: Row, *, is_truth: bool) -> object:
    if row.unknown:
        return Open(row.word)
    return row.word == "true" if is_truth else row.word


def function_of(derived: Derived) -> Callable[[Values], object]:
    """Return the function that works the value out."""
    if derived.expression is not None:
        return derived.expression.run
    is_truth = type_of_derived(derived) == TRUTH
    rows = tuple(
        (row.when.run if row.when else None, _value_of(row, is_truth=is_truth))
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


def symbols_read(derived: Derived) -> tuple[Symbol, ...]:
    """Return the symbols that a derived value reads."""
    expressions = [row.when for row in derived.rows] + [derived.expression]
    return tuple(read for e in expressions if e is not None for read in e.reads)
