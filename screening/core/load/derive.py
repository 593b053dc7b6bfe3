"""Values worked out from others: an expression, or rows read downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.instrument import (
    Derived,
    Row,
)
from screening.core.schema import RowShape, ValueShape

if TYPE_CHECKING:
    from screening.core.expression import Scope, tree
    from screening.core.load.workbench import Spot
    from screening.core.schema import DerivedShape


def derived_from(
    spot: Spot, name: str, shape: DerivedShape, scope: Scope, slot: int | None = None
) -> Derived | None:
    """Return the derived value with a slot of its own, or None with problems noted.

    `slot` is given for a value of a repeat's entry: its position in the entry.
    """
    at_rows = spot.at("rows")
    if isinstance(shape, list):
        shape, at_rows = ValueShape(rows=shape), spot
    at_value = spot.at("value")
    if isinstance(shape, str):
        shape, at_value = ValueShape(value=shape), spot
    expression = None
    if shape.value is not None:
        expression = at_value.expression(shape.value, scope, None)
        if expression is None:
            return None
    if (shape.value is None) == (not shape.rows):
        what = (
            f'"{name}" has no value' if not shape.rows else f'"{name}" has two values'
        )
        spot.say("SC240", what, "Write an expression, or rows.")
        return None
    _check_rows(at_rows, shape.rows)
    rows, undetermined = _rows(at_rows, shape.rows, scope)
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
    seen: list[tree.Node] = []
    for number, shape in enumerate(shapes):
        if shape.if_undetermined is not None:
            undetermined = shape.if_undetermined
            continue
        when = None
        if shape.when is not None:
            when = spot.at(number, "when").expression(shape.when, scope)
            if when is not None and when.tree in seen:
                what = f"a row above asks {when.text} too: this one never comes out"
                fix = "Mend it, or delete the row."
                spot.at(number, "when").say("SC185", what, fix)
            seen += [when.tree] if when is not None else []
        if shape.is_ is not None:
            rows.append(Row(when=when, word=shape.is_, unknown=shape.unknown))
    return tuple(rows), undetermined


def _check_rows(spot: Spot, shapes: list[RowShape]) -> None:
    """Note rows that say nothing, that hide others, or that leave something open."""
    said = [(n, row) for n, row in enumerate(shapes) if row.if_undetermined is None]
    for number, row in said:
        if row.is_ is None:
            spot.at(number).say("SC241", "a row says no word", "Add `is:` to it.")
    if said and said[-1][1].when is not None:
        what = "the last row has a condition, so that nothing may be left"
        spot.at(said[-1][0]).say("SC242", what, "End with a row that has only `is:`.")
    for number, row in said[:-1]:
        if row.when is None:
            what = "a row without `when` hides the rows below it"
            spot.at(number).say("SC243", what, "Only the last row has no `when`.")
    for number, row in enumerate(shapes):
        if row.if_undetermined is not None and (row.when or row.is_):
            what = "`if_undetermined` stands on a row of its own"
            spot.at(number).say("SC246", what, "Make it two rows.")
