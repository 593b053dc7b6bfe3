"""Do two versions work the same values out: scores, results, derived values?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.proof.logic import Bool, both, compared, either, opposite
from screening.proof.values import (
    Day,
    Number,
    Picked,
    Rows,
    Truth,
    Value,
    Word,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from screening.proof.model import Model
    from screening.proof.values import Payload


Worked = tuple[str, tuple["Value", ...]]
"""What something is called, and what it is worth; in a list, in each entry."""


def worked_values(model: Model) -> Iterator[Worked]:
    """Yield everything that is worked out."""
    made = model.questionnaire
    for derived in made.derived:
        yield f"value {derived.name}", (model.values[derived.slot],)
    for instrument in made.instruments.values():
        yield f"status {instrument.key}", (model.values[instrument.status_slot],)
        for name, slot in instrument.worked_slots().items():
            yield f"value {instrument.key}.{name}", (model.values[slot],)
    for repeat in made.repeats.values():
        rows = model.values[repeat.slot].payload
        if not isinstance(rows, Rows):
            continue
        for derived in repeat.derived:
            yield (
                f"value {repeat.id}.{derived.name}",
                tuple(
                    fields[derived.slot].hidden(opposite(is_there))
                    for is_there, fields in rows.entries
                ),
            )


def any_differs(some: tuple[Value, ...], others: tuple[Value, ...]) -> Bool:
    """Return that one of these values is not the same as the one in its place."""
    return either(*map(differ, some, others))


def differ(one: Value, other: Value) -> Bool:
    """Return that two values are not the same: in state, or in what they hold."""
    given = opposite(either(one.has_state, other.has_state))
    return either(
        _unlike(one.unasked, other.unasked),
        _unlike(one.unknown, other.unknown),
        both(given, _payloads_differ(one.payload, other.payload)),
    )


def _unlike(one: Bool, other: Bool) -> Bool:
    return either(both(one, opposite(other)), both(opposite(one), other))


def _payloads_differ(one: Payload, other: Payload) -> Bool:
    if type(one) is not type(other):
        return True
    if isinstance(one, Truth) and isinstance(other, Truth):
        return either(_unlike(one.yes, other.yes), _unlike(one.no, other.no))
    if isinstance(one, Number) and isinstance(other, Number):
        return either(
            compared("!=", one.low, other.low), compared("!=", one.high, other.high)
        )
    if isinstance(one, Word) and isinstance(other, Word):
        return _flags_differ(one.is_word, other.is_word)
    if isinstance(one, Words) and isinstance(other, Words):
        return _flags_differ(one.has, other.has)
    if isinstance(one, Day) and isinstance(other, Day):
        return compared("!=", one.ordinal, other.ordinal)
    if isinstance(one, Picked) and isinstance(other, Picked):
        return either(*map(_unlike, one.is_kind, other.is_kind))
    return False


def _flags_differ(one: Mapping[object, Bool], other: Mapping[object, Bool]) -> Bool:
    words = dict.fromkeys((*one, *other))
    return either(*(_unlike(one.get(w, False), other.get(w, False)) for w in words))
