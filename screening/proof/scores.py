"""Scores of items that may be missing: what `core/scoring` adds up, in formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, cast

from screening.core.scoring import points_of, possible_points
from screening.proof.logic import (
    Bool,
    Num,
    added,
    both,
    choose_number,
    compared,
    either,
    multiplied,
    number,
    opposite,
)
from screening.proof.values import Number, Value, Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Question
    from screening.core.instrument import Instrument, Score
    from screening.proof.values import Payload


def is_number(payload: Payload, wanted: int) -> Bool:
    """Return that a number is this one."""
    return compared("==", cast("Number", payload).low, wanted)


def worked_out(
    score: Score, instrument: Instrument, values: Mapping[int, Value]
) -> Value:
    """Return the score: between the fewest and the most points that items may give."""
    by_id = {item.id: item for item in instrument.items}
    parts = [_part(score, by_id[item], values) for item in score.items]
    low = _combined(score.how, [(counts, least) for counts, least, _ in parts])
    high = _combined(score.how, [(counts, most) for counts, _, most in parts])
    return Value(payload=Number(low, high))


def _part(
    score: Score, item: Question, values: Mapping[int, Value]
) -> tuple[Bool, Num, Num]:
    """Return whether an item counts, and its fewest and most points."""
    value = values[item.slot]
    low, high = map(number, possible_points(item))
    points = _points(score, item, value)
    return (
        opposite(value.unasked),
        choose_number(value.unknown, low, points),
        choose_number(value.unknown, high, points),
    )


def _points(score: Score, item: Question, value: Value) -> Num:
    table = points_of(score, item)
    payload = value.payload
    if table is None:
        return cast("Number", payload).low
    pairs = list(table.items())
    worth: Num = pairs[0][1]
    for option, points in pairs[1:]:
        if isinstance(payload, Word):
            is_it = payload.is_word.get(option, False)
        else:
            is_it = is_number(payload, cast("int", option))
        worth = choose_number(is_it, points, worth)
    return worth


def _combined(how: str, parts: list[tuple[Bool, Num]]) -> Num:
    if how == "count":
        parts = [(both(counts, compared("!=", p, 0)), 1) for counts, p in parts]
    if how == "max":
        return _largest(parts)
    total: Num = 0
    for counts, points in parts:
        total = added(total, choose_number(counts, points, 0))
    return _mean(total, parts) if how == "mean" else total


def _largest(parts: list[tuple[Bool, Num]]) -> Num:
    found: Num = 0
    is_any: Bool = False
    for counts, points in parts:
        larger = both(counts, either(opposite(is_any), compared(">", points, found)))
        found = choose_number(larger, points, found)
        is_any = either(is_any, counts)
    return found


def _mean(total: Num, parts: list[tuple[Bool, Num]]) -> Num:
    """Return the mean over as many items as count: one quotient for each number."""
    count: Num = 0
    for counts, _ in parts:
        count = added(count, choose_number(counts, 1, 0))
    found: Num = 0
    for items in range(1, len(parts) + 1):
        share = multiplied(total, Fraction(1, items))
        found = choose_number(compared("==", count, items), share, found)
    return found
