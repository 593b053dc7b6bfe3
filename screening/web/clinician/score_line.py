"""Where does a score stand among its bands? The measures of a drawing, nothing drawn.

A template draws them. The drawing repeats what stands beside it in words, so that
nobody needs to see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from screening.core.values import Number
from screening.report.content import BandLine

WIDTH = 320
"""In units of the drawing, about those of a telephone's screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One band: where it starts and how wide it is, and whether the score is in it."""

    x: float
    width: float
    low: Number
    holds_score: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """A line from the lowest to the highest points, and the score's place on it.

    `from_x` and `to_x` are the same for a score that is certain; both are None where
    nothing is known of it.
    """

    width: int
    stretches: tuple[Stretch, ...]
    end: Number
    from_x: float | None
    to_x: float | None


def score_line(
    bands: Sequence[BandLine],
    low: Number,
    high: Number,
    possible: tuple[Number, Number] | None,
) -> ScoreLine:
    """Return the measures for a scale from `low` to `high` points, both inclusive.

    `possible` are the lowest and the highest score that the answers leave open.

    >>> bands = [BandLine(label="a", low=0, high=4), BandLine(label="b", low=5, high=9)]
    >>> line = score_line(bands, 0, 9, (6, 6))
    >>> [(each.x, each.width, each.holds_score) for each in line.stretches]
    [(0.0, 160.0, False), (160.0, 160.0, True)]
    >>> line.from_x
    208.0
    """
    # Each point is a cell, so that a band of one point has a width too.
    cells = Decimal(high) - Decimal(low) + 1

    def left_of(points: Number) -> float:
        return round(float((Decimal(points) - Decimal(low)) / cells * WIDTH), 1)

    def middle_of(points: Number) -> float:
        return left_of(Decimal(points) + Decimal("0.5"))

    whole = [BandLine(label="", low=low, high=high)]
    certain = possible if bands else None
    return ScoreLine(
        width=WIDTH,
        stretches=tuple(
            Stretch(
                x=left_of(band.low),
                width=round(left_of(band.high + 1) - left_of(band.low), 1),
                low=band.low,
                holds_score=certain is not None
                and band.low <= certain[0]
                and certain[1] <= band.high,
            )
            for band in bands or whole
        ),
        end=high,
        from_x=middle_of(possible[0]) if possible else None,
        to_x=middle_of(possible[1]) if possible else None,
    )
