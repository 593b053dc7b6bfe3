"""`count`, `sum`, `min`, `max`, `any`, `all` over a list, when parts are not known.

An entry that may or may not qualify makes a count a span: the entries that surely
qualify, up to those that may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.core.values import LEFT_OUT, NOT_ASKED, Number, Span, State, spanning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Values = list[object]
    Run = Callable[[Values], object]


def folded(
    word: str, source: Run, element: Run, condition: Run | None, loop_slot: int
) -> Run:
    """Return the function that folds the list that `source` gives.

    A list that is unknown or was not asked makes the whole value so, and a truth
    over it None or False.
    """

    def each(values: Values, items: list[object]) -> Iterator[tuple[object, object]]:
        for item in items:
            values[loop_slot] = item
            qualifies = condition(values) if condition else True
            if qualifies is not False:
                yield qualifies, element(values)

    fold = _FOLDS[word]

    def run(values: Values) -> object:
        items = source(values)
        if isinstance(items, State):
            if word in {"any", "all"}:
                return items.truth
            return NOT_ASKED if items is NOT_ASKED else LEFT_OUT
        if not isinstance(items, list):
            items = list(cast("tuple[object, ...]", items))
        return fold(each(values, items))

    return run


def _count(pairs: Iterator[tuple[object, object]]) -> object:
    sure = possible = 0
    for qualifies, _ in pairs:
        possible += 1
        sure += qualifies is True
    return spanning(sure, possible)


def _any(pairs: Iterator[tuple[object, object]]) -> object:
    unknown = False
    for qualifies, truth in pairs:
        if truth is True and qualifies is True:
            return True
        unknown = unknown or truth is not False
    return None if unknown else False


def _all(pairs: Iterator[tuple[object, object]]) -> object:
    unknown = False
    for qualifies, truth in pairs:
        if truth is False and qualifies is True:
            return False
        unknown = unknown or truth is not True
    return None if unknown else True


def _sum(pairs: Iterator[tuple[object, object]]) -> object:
    low: Number = 0
    high: Number = 0
    for qualifies, value in pairs:
        if value is NOT_ASKED:
            continue
        if isinstance(value, State) or value is None:
            return LEFT_OUT
        least, most = (
            (value.low, value.high)
            if isinstance(value, Span)
            else (cast("Number", value), cast("Number", value))
        )
        if qualifies is None:
            least, most = min(least, 0), max(most, 0)
        low, high = low + least, high + most
    return spanning(low, high)


def _extreme(
    pairs: Iterator[tuple[object, object]], pick: Callable[[list[Number]], Number]
) -> object:
    lows: list[Number] = []
    highs: list[Number] = []
    for qualifies, value in pairs:
        if value is NOT_ASKED:
            continue
        if isinstance(value, State) or qualifies is None:
            return LEFT_OUT
        if isinstance(value, Span):
            lows.append(value.low)
            highs.append(value.high)
        else:
            lows.append(cast("Number", value))
            highs.append(cast("Number", value))
    return spanning(pick(lows), pick(highs)) if lows else NOT_ASKED


_FOLDS: dict[str, Callable[[Iterator[tuple[object, object]]], object]] = {
    "count": _count,
    "any": _any,
    "all": _all,
    "sum": _sum,
    "min": lambda pairs: _extreme(pairs, min),
    "max": lambda pairs: _extreme(pairs, max),
}
