"""How long is each bar of a drawing? Its measures, nothing drawn.

A template draws them, in rows from top to bottom: the words of a row above its bars.
A bar reaches to the top of its band, so that a hidden count always has the same.
Every bar has words, and stands in the table beside it too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from screening.web.clinician.bands import Band

WIDTH = 320
"""In units of the drawing, about those of a telephone's screen."""

_LONGEST = 230
_LABEL = 20
_BAR = 16
_GAP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Something to draw: how much, which words stand at its end, in which pattern.

    `look` is solid, stripes, dots, outline or hidden.
    """

    amount: float
    words: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; `y` is its upper edge."""

    y: int
    width: float
    words: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The bars of one row of the table; `y` is the line that its label stands on."""

    label: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All of it, and how large it is."""

    width: int
    height: int
    groups: tuple[Group, ...]


def of_band(band: Band, look: str) -> Length:
    """Return the length of a band; one that is hidden looks so."""
    return Length(
        amount=band.high,
        words=band.words,
        look="hidden" if band.is_hidden else look,
    )


def draw(rows: Sequence[tuple[str, Sequence[Length]]]) -> Drawing:
    """Return the measures of rows, each a label and what is drawn below it.

    >>> drawing = draw([("2 March", [Length(amount=9, words="5 to 9", look="solid")])])
    >>> drawing.height, drawing.groups[0].bars[0].width
    (46, 230.0)
    """
    most = max((each.amount for _, lengths in rows for each in lengths), default=0)
    groups, y = [], 0
    for label, lengths in rows:
        groups.append(
            Group(
                label=label,
                y=y + _LABEL - 5,
                bars=tuple(
                    Bar(
                        y=y + _LABEL + at * _BAR,
                        width=round(each.amount / most * _LONGEST, 1) if most else 0,
                        words=each.words,
                        look=each.look,
                    )
                    for at, each in enumerate(lengths)
                ),
            )
        )
        y += _LABEL + len(lengths) * _BAR + _GAP
    return Drawing(width=WIDTH, height=y, groups=tuple(groups))
