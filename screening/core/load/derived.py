"""Derived values in the order of working out, each after what it reads.

Those of a repeat's entries are worked out together, as if they were one value under
the repeat's name: entries may read what is derived outside them, and the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from screening.core.definition import Repeat
from screening.core.derived import symbols_read, type_of_derived
from screening.core.expression import Scope, Sort, Symbol, Type
from screening.core.expression.types import WRONG
from screening.core.instrument import Derived
from screening.core.load.derive import derived_from
from screening.core.load.workbench import Spot
from screening.core.problems import did_you_mean
from screening.core.schema import DerivedShape, QuestionnaireShape, ValueShape

_WORD = re.compile(r"(?<![\w.])[A-Za-z_][A-Za-z0-9_]*")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")

Part = Derived | Repeat
"""What is worked out at once: a value, or those of each entry of a repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedOut:
    """Everything that is derived: the parts in order, and what each was made of.

    `values` are those of no repeat; `repeats` have the values of their entries.
    """

    order: tuple[Part, ...]
    repeats: Mapping[str, Repeat]

    @property
    def values(self) -> tuple[Derived, ...]:
        """The values that belong to no entry, each after those it reads."""
        return tuple(part for part in self.order if isinstance(part, Derived))


def worked_out(
    spot: Spot, shape: QuestionnaireShape, repeats: Mapping[str, Repeat]
) -> WorkedOut:
    """Return what the file at `spot` derives; `repeats` have no values yet."""
    shapes = shape.derived
    graph = {
        name: {w for w in _names_in(value, repeats.get(name)) if w in shapes}
        for name, value in shapes.items()
    }
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        names = " -> ".join(error.args[1])
        what = f"derived values go round in a circle: {names}"
        fix = "Let one of them read answers only."
        first = min(error.args[1], key=lambda name: spot.at("derived", name).place)
        spot.at("derived", first).say("SC244", what, fix)
        spot.bench.lost.update(shapes)
        return WorkedOut(order=(), repeats=repeats)
    made = [
        _part(spot.at("derived", name), name, shapes[name], repeats) for name in order
    ]
    parts = tuple(part for part in made if part is not None)
    filled = {part.id: part for part in parts if isinstance(part, Repeat)}
    return WorkedOut(order=parts, repeats={**repeats, **filled})


def _names_in(shape: object, repeat: Repeat | None) -> set[str]:
    """Return the words of a value that may be names, those of its own entry not."""
    texts = shape.values() if isinstance(shape, dict) else (shape,)
    words = {word for one in texts for word in _WORD.findall(_text(one))}
    if isinstance(shape, dict):
        words.difference_update(shape)
    if repeat is not None:
        words.difference_update(question.id for question in repeat.questions)
    return words


def _text(shape: object) -> str:
    if isinstance(shape, str):
        return _QUOTED.sub(" ", shape)
    rows = shape if isinstance(shape, list) else []
    if isinstance(shape, ValueShape):
        return " ".join((_text(shape.value), _text(shape.rows)))
    return _QUOTED.sub(" ", " ".join(row.when or "" for row in rows))


def _part(
    spot: Spot,
    name: str,
    shape: DerivedShape | dict[str, DerivedShape],
    repeats: Mapping[str, Repeat],
) -> Part | None:
    if name in repeats:
        return _entry_values(spot, shape, repeats[name])
    if isinstance(shape, dict):
        if spot.bench.is_lost(name):
            return None
        what = f'"{name}" is not a repeat, so it can\'t have values for each entry'
        spot.say("SC245", what, did_you_mean(name, spot.bench.symbols))
        spot.bench.lost.add(name)
        return None
    value = derived_from(spot, name, shape, spot.bench.scope)
    if value is None:
        spot.bench.lost.add(name)
        return None
    reads = symbols_read(value)
    symbol = Symbol(
        name=name,
        type=type_of_derived(value),
        slot=value.slot,
        page=max((read.page for read in reads), default=-1),
        needs=merged_needs(reads),
    )
    spot.top().key("derived", name).name(symbol)
    return value


def _entry_values(
    spot: Spot, shape: DerivedShape | dict[str, DerivedShape], repeat: Repeat
) -> Repeat:
    """Return the repeat with its entries' values in order; each may read those above.

    Their slots are positions in the entry; while they are worked out, the entry itself
    stands in `entry_slot`.
    """
    bench = spot.bench
    rows = bench.symbols[repeat.id]
    element = rows.type.element
    if element is None:
        return repeat
    fields = dict(element.fields)
    names = frozenset(map(str, shape if isinstance(shape, dict) else ()))
    made: list[Derived] = []
    for name, value_shape in shape.items() if isinstance(shape, dict) else ():
        if name in fields:
            what = f'"{name}" is a question of the entry already'
            spot.key(name).say("SC110", what, "Choose another id.")
            continue
        entry = Type(sort=Sort.NAMES, fields=dict(fields))
        own = {
            field: Symbol(name=field, type=entry, slot=repeat.entry_slot)
            for field in fields
        }
        scope = Scope(own, bench.scope, later=names - {name})
        value = derived_from(spot.at(name), name, value_shape, scope, len(fields))
        fields[name] = (len(fields), type_of_derived(value) if value else WRONG)
        if value is not None:
            made.append(value)
    outer = [
        read
        for value in made
        for read in symbols_read(value)
        if read.slot != repeat.entry_slot
    ]
    bench.symbols[repeat.id] = replace(
        rows,
        type=replace(rows.type, element=replace(element, fields=fields)),
        page=max((rows.page, *(read.page for read in outer))),
        needs=merged_needs([rows, *outer]),
    )
    return replace(repeat, derived=tuple(made))


def merged_needs(reads: Iterable[Symbol]) -> dict[str, frozenset[int]]:
    """Return what the clinic sees behind some symbols: ids and their slots."""
    merged: dict[str, frozenset[int]] = {}
    for symbol in reads:
        for name, slots in symbol.needs.items():
            merged[name] = merged.get(name, frozenset()) | slots
    return merged
