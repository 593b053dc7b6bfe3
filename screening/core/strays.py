"""What was left behind in a file: a quote without its pair, a name without a value.

YAML reads both without a word: a quote in the middle of plain text is text, and a name
with nothing after its colon counts as not given at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.problems import Problem
from screening.core.source import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAY_BE_EMPTY = frozenset({"answers", "expect", "verified_on"})
"""Names below which nothing may be said: it is an answer there, or not known yet."""

EMPTY = "SC105"
"""The code of a name that has no value."""

_PAIRS = (("[", "]"), ("{", "}"), ("“", "”"), ("«", "»"))


def strays_in(node: Node, *, may_be_empty: bool = False) -> Iterator[Problem]:
    """Yield a problem for everything that was left behind below `node`.

    `may_be_empty` tells that nothing may be said there.
    """
    if isinstance(node, Scalar):
        if node.is_plain and not node.is_null:
            yield from _unpaired(node)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from strays_in(item, may_be_empty=may_be_empty)
    else:
        yield from _below(node, may_be_empty=may_be_empty)


def _below(node: Mapping, *, may_be_empty: bool) -> Iterator[Problem]:
    for name, value in node.entries.items():
        may = may_be_empty or name in _MAY_BE_EMPTY
        if not isinstance(value, Scalar) or not value.is_null:
            yield from strays_in(value, may_be_empty=may)
        elif not may:
            what = f'"{name}" has no value'
            fix = "Write a value after the colon, or delete the line."
            yield Problem(code=EMPTY, what=what, fix=fix, where=node.keys[name])


def _unpaired(node: Scalar) -> Iterator[Problem]:
    text = node.text
    if text.count('"') % 2:
        what = "this text holds one quote without its pair"
        fix = "Put a quote at both ends of the text, or delete it."
        yield Problem(code="SC510", what=what, fix=fix, where=node.place)
        return
    for opened, closed in _PAIRS:
        if text.count(opened) != text.count(closed):
            sign = opened if opened in text else closed
            what = f"this text holds {sign} without its pair"
            fix = f"Write both, {opened} and {closed}, or delete it."
            yield Problem(code="SC510", what=what, fix=fix, where=node.place)
            return
