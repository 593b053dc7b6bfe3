"""Where do the points of a trend stand? The measures of a drawing, nothing drawn.

A template draws them. The table below has the same in words, so that nobody needs to
see the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from screening.core.values import Number
    from screening.report.trend import Trend

WIDTH, HEIGHT = 320, 120
"""In units of the drawing, about those of a telephone's screen."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 12, 10, 12
"""Room for the numbers at the side, and for half a point at each edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One record: how far to the right it stands, and from where to where it reaches.

    `low_y` and `high_y` are the same for a total that is certain. `y` grows downwards.
    """

    x: float
    low_y: float
    high_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line between two records that follow each other, both of them certain."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """All of it; `ends` are the lowest and highest points with where they stand."""

    width: int
    height: int
    left: int
    right: int
    ends: tuple[tuple[Number, float], tuple[Number, float]]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]


def trend_line(trend: Trend) -> TrendLine:
    """Return the measures: time from left to right, true to it, points upwards."""
    first, last = trend.points[0].at, trend.points[-1].at
    whole_s = (last - first).total_seconds()
    room = WIDTH - _LEFT - _RIGHT

    def x_of(at: datetime) -> float:
        share = (at - first).total_seconds() / whole_s if whole_s else 0.5
        return round(_LEFT + room * share, 1)

    def y_of(points: Number) -> float:
        share = float(
            (Decimal(points) - Decimal(trend.low))
            / (Decimal(trend.high) - Decimal(trend.low))
        )
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)

    marks = tuple(
        Mark(x=x_of(point.at), low_y=y_of(point.low), high_y=y_of(point.high))
        for point in trend.points
    )
    return TrendLine(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=WIDTH - _RIGHT,
        ends=((trend.low, y_of(trend.low)), (trend.high, y_of(trend.high))),
        marks=marks,
        lines=tuple(
            Line(x1=one.x, y1=one.low_y, x2=other.x, y2=other.low_y)
            for one, other in pairwise(marks)
            if one.low_y == one.high_y and other.low_y == other.high_y
        ),
    )
