"""How did each score go over time? Points in time, with what is certain of each.

Totals are put beside each other only where they are of the same instrument on the same
scale. What the answers leave open stays a range, and nothing is drawn through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from screening.report.since import scales_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.core.values import Number
    from screening.report.content import ScaleBlock, Summary

_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """A score at one time: its lowest and highest possible total, the same if certain.

    `reference` is that of the submission, `result` the score in words.
    """

    reference: str
    at: datetime
    low: Number
    high: Number
    result: str

    @property
    def is_certain(self) -> bool:
        """Say whether the total is known."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One instrument's scores in order of time, on a scale from `low` to `high`.

    `left_out` counts the records whose score is on another scale, or not known at all.
    """

    key: str
    title: str
    low: Number
    high: Number
    points: tuple[TrendPoint, ...]
    left_out: int


def trends_of(summaries: Sequence[Summary]) -> tuple[Trend, ...]:
    """Return the trend of each instrument that the last of the summaries scores.

    `summaries` are of one person, the oldest first. An instrument with fewer than two
    scores on its scale has no trend.
    """
    if not summaries:
        return ()
    found = (_trend(scale, summaries) for scale in scales_of(summaries[-1]).values())
    return tuple(one for one in found if one is not None)


def _trend(newest: ScaleBlock, summaries: Sequence[Summary]) -> Trend | None:
    if newest.low is None or newest.high is None or newest.low >= newest.high:
        return None
    points = []
    for summary in summaries:
        scale = scales_of(summary).get(newest.key)
        if scale is None or scale.possible is None:
            continue
        if (scale.low, scale.high) != (newest.low, newest.high):
            continue
        points.append(
            TrendPoint(
                reference=summary.reference,
                at=summary.submitted_at,
                low=scale.possible[0],
                high=scale.possible[1],
                result=scale.result,
            )
        )
    if len(points) < _FEWEST:
        return None
    return Trend(
        key=newest.key,
        title=newest.title,
        low=newest.low,
        high=newest.high,
        points=tuple(points),
        left_out=len(summaries) - len(points),
    )
