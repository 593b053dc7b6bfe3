"""Answers -> scores: totals, possible ranges when items are missing, bands.

A score is one number when every asked item is answered; otherwise it is the span of
what is possible, and rules are decided only where the whole span agrees. Pro-rating
is informational and drives nothing. An item that was not asked adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, cast

from screening.core.values import (
    LEFT_OUT,
    NOT_ASKED,
    Number,
    Open,
    Span,
    State,
    is_unknown,
    spanning,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.definition import (
        Question,
    )
    from screening.core.expression.compile import Values
    from screening.core.instrument import (
        BandTable,
        Derived,
        Instrument,
        Score,
    )

COMPLETE = "complete"
INCOMPLETE = "incomplete"
INCONSISTENT = "inconsistent"
GATED = "gated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCard:
    """An instrument's scores for one patient, as the command line prints them.

    `total` and `band` are None unless every scored item that was asked is answered;
    `possible` is (lowest, highest) of the total; `subscales` and `results` hold
    numbers, words, truths, or None where something is not determined.
    """

    status: str
    total: Number | None
    possible: tuple[Number, Number] | None
    band: str | None
    band_if_certain: str | None
    prorated: Number | None
    subscales: dict[str, Number | None]
    results: dict[str, object]


def weights_of(item: Question) -> dict[object, int]:
    """Return the points of each option of an item, by its typed value."""
    points: dict[object, int] = {}
    for option in item.options:
        value = int(option.value) if item.numeric_options else option.value
        if option.weight is not None:
            points[value] = option.weight
        elif item.numeric_options:
            points[value] = int(option.value)
    return points


def possible_points(item: Question) -> tuple[Decimal, Decimal]:
    """Return the fewest and the most points an item can give."""
    points = weights_of(item).values()
    if points:
        return Decimal(min(points)), Decimal(max(points))
    return item.low or Decimal(0), item.high or Decimal(0)


def score_function(
    score: Score, instrument_items: tuple[Question, ...]
) -> Callable[[Values], object]:
    """Return the function that works the score out from the list of values."""
    by_id = {item.id: item for item in instrument_items}
    parts = tuple(
        (
            by_id[item].slot,
            points_of(score, by_id[item]),
            *possible_points(by_id[item]),
        )
        for item in score.items
    )

    def run(values: Values) -> object:
        known: list[Number] = []
        lows: list[Number] = []
        highs: list[Number] = []
        for slot, points, low, high in parts:
            value = values[slot]
            if isinstance(value, State):
                if value is not NOT_ASKED:
                    lows.append(low)
                    highs.append(high)
            elif points is None:
                known.append(cast("Number", value))
            else:
                known.append(points[value])
        if not lows:
            return _combined(score.how, known)
        return spanning(
            _combined(score.how, known + lows), _combined(score.how, known + highs)
        )

    return run


def points_of(score: Score, item: Question) -> dict[object, int] | None:
    """Return an item's points by value, None when its values are its points."""
    points = weights_of(item)
    if item.id in score.reversed:
        low, high = possible_points(item)
        return {value: int(low + high) - point for value, point in points.items()}
    return None if all(value == point for value, point in points.items()) else points


def _combined(how: str, points: list[Number]) -> Number:
    if how == "count":
        return sum(1 for point in points if point)
    if how == "max":
        return max(points, default=0)
    total = sum(points)
    if how == "mean":
        return Decimal(total) / len(points) if points else 0
    return int(total) if total == int(total) else total


def status_of(instrument: Instrument, values: Values) -> str:
    """Return complete or incomplete, looking at the scored items that were asked."""
    for item in instrument.items:
        if item.scored and is_unknown(values[item.slot]):
            return INCOMPLETE
    return COMPLETE


def score_card(instrument: Instrument, values: Values) -> ScoreCard | None:
    """Return the instrument's scores, or None when it was not asked."""
    status = values[instrument.status_slot]
    if status is NOT_ASKED:
        return None
    total = next((s for s in instrument.scores if s.name == "total"), None)
    value = values[total.slot] if total else None
    table = instrument.default_bands("total") if total else None
    if total is None and instrument.bands:
        table = instrument.bands[0]
        value = _single_item(instrument, table, values)
    possible = _possible(value)
    settled = status in {COMPLETE, GATED}
    number = possible[0] if settled and possible else None
    certain = _certain_band(table, possible)
    return ScoreCard(
        status=cast("str", status),
        total=number,
        possible=possible,
        band=certain if settled else None,
        band_if_certain=certain,
        prorated=_prorated(total, instrument, values) if total else None,
        subscales=_subscales(instrument, values),
        results=_results(instrument, values, total, table),
    )


def _single_item(instrument: Instrument, table: BandTable, values: Values) -> object:
    for item in instrument.items:
        if item.id == table.of:
            return values[item.slot]
    return None


def _possible(value: object) -> tuple[Number, Number] | None:
    if isinstance(value, Span):
        return value.low, value.high
    if isinstance(value, int | Decimal):
        return value, value
    return None


def _certain_band(
    table: BandTable | None, possible: tuple[Number, Number] | None
) -> str | None:
    if table is None or possible is None:
        return None
    low, high = (table.band(end) for end in possible)
    return low.name if low is high else None


def _prorated(score: Score, instrument: Instrument, values: Values) -> Number | None:
    """Return the total scaled up for missing items, halves up; only if some miss.

    Source: Kroenke 2010 (convention for PHQ-9), to be verified; never drives a rule.
    """
    if score.prorate_missing is None:
        return None
    by_id = {item.id: item for item in instrument.items}
    known: list[Number] = []
    for item_id in score.items:
        item = by_id[item_id]
        value = values[item.slot]
        if not isinstance(value, State):
            points = points_of(score, item)
            known.append(cast("Number", value) if points is None else points[value])
    missing = len(score.items) - len(known)
    if not 0 < missing <= score.prorate_missing:
        return None
    scaled = Decimal(sum(known)) * len(score.items) / len(known)
    return int(scaled.to_integral_value(ROUND_HALF_UP))


def _subscales(instrument: Instrument, values: Values) -> dict[str, Number | None]:
    return {
        score.name: _settled(values[score.slot])
        for score in instrument.scores
        if score.subscale
    }


def _settled(value: object) -> Number | None:
    return value if isinstance(value, int | Decimal) else None


def _results(
    instrument: Instrument,
    values: Values,
    total: Score | None,
    table: BandTable | None,
) -> dict[str, object]:
    results: dict[str, object] = {
        score.name: _settled(values[score.slot])
        for score in instrument.scores
        if score is not total
    }
    results |= _named_bands(instrument, values)
    if total is not None and table is not None:
        prorated = _prorated(total, instrument, values)
        if prorated is not None:
            results["prorated_band"] = table.band(prorated).name
    for result in instrument.results:
        results[result.name] = shown(result, values[result.slot])
    return results


def _named_bands(instrument: Instrument, values: Values) -> dict[str, object]:
    """Return the bands by further tables: `band_NAME` of the total, else the name."""
    slots = {score.name: score.slot for score in instrument.scores}
    of_total = sum(table.of == "total" for table in instrument.bands)
    found: dict[str, object] = {}
    for table in instrument.bands:
        if table.of not in slots:
            continue
        band = _certain_band(table, _possible(values[slots[table.of]]))
        if table.of != "total":
            found[table.name] = band
        elif of_total > 1:
            found[f"band_{table.name}"] = band
    return found


def shown(result: Derived, value: object) -> object:
    """Return a result for people and programs: rounded, words kept, None if unknown.

    A word for not knowing (`incomplete`) is kept although its state is unknown.
    """
    if isinstance(value, Open):
        return value.word
    if isinstance(value, State | Span) or value is LEFT_OUT:
        return None
    if isinstance(value, Decimal) and result.decimals is not None:
        return value.quantize(Decimal(1).scaleb(-result.decimals), ROUND_HALF_UP)
    return value
