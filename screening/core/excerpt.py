"""The line that a problem is about, with a caret under the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.core.problems import Place

WIDEST = 100
"""Characters of a line that are shown; a longer one is cut around the place."""


def excerpt(text: str, place: Place) -> tuple[str, str]:
    r"""Return the line at `place` and a line with a caret under its column.

    A line wider than `WIDEST` is cut, with an ellipsis on each side that was cut off.
    Tabs and control characters are shown as spaces, so that the caret stays in place.

    >>> from screening.core.problems import Place
    >>> excerpt("a: 1\nb: no", Place("f", 2, 4))
    ('b: no', '   ^')
    """
    lines = text.split("\n")
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    shown = "".join(sign if sign.isprintable() else " " for sign in line.rstrip("\r"))
    at = min(place.column - 1, len(shown))
    start = 0
    if len(shown) > WIDEST:
        start = max(0, min(at - WIDEST // 2, len(shown) - WIDEST))
    piece = shown[start : start + WIDEST]
    if start:
        piece = "…" + piece[1:]
    if start + WIDEST < len(shown):
        piece = piece[:-1] + "…"
    return piece, " " * (at - start) + "^"
