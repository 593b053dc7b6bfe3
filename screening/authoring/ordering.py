"""In which order do the names of a part stand? In that of its shape.

Whole lines are moved, each with the comments above it. A part keeps its order where it
is not plain which name a comment belongs to, and where a name is not one of its shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from screening.authoring.shape_walk import item_kind, named_kind, shape_names

if TYPE_CHECKING:
    from screening.authoring.shape_walk import Kind

_BEFORE_A_NAME = re.compile(r" *(- +)*")


def ordered(text: str, root: Node, kind: Kind) -> str:
    """Return the text with the lines of each part in the order of its shape.

    `root` is what ruamel.yaml composes of the text.
    """
    lines = text.split("\n")
    _order(lines, root, kind)
    return "\n".join(lines)


def _order(lines: list[str], node: Node, kind: Kind) -> None:
    """Put a part's lines in order, what is inside of it first."""
    if not isinstance(node, CollectionNode) or node.flow_style:
        return
    if not isinstance(node, MappingNode):
        for item in node.value:
            _order(lines, item, item_kind(kind))
        return
    for key, value in node.value:
        _order(lines, value, named_kind(kind, key.value))
    names = shape_names(kind)
    if node.value and {key.value for key, _ in node.value} <= set(names):
        _order_names(lines, node, names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A name with its value: the first and the last of its lines, from 0."""

    rank: int
    name_line: int
    last_line: int


def _order_names(lines: list[str], node: MappingNode, names: tuple[str, ...]) -> None:
    entries = [
        _Entry(
            rank=names.index(key.value),
            name_line=key.start_mark.line,
            last_line=_last_line(lines, value),
        )
        for key, value in node.value
    ]
    wanted = sorted(range(len(entries)), key=lambda number: entries[number].rank)
    if wanted == list(range(len(entries))):
        return
    column = node.value[0][0].start_mark.column
    if not _is_plain(lines, node, entries, column):
        return
    starts = _starts(lines, entries, column)
    ends = [*(start - 1 for start in starts[1:]), entries[-1].last_line]
    if wanted[0] != 0 and starts[wanted[0]] != entries[wanted[0]].name_line:
        return  # the comment above it would stand between the dash and the name
    if wanted[-1] != len(entries) - 1 and _trails(lines, entries[-1], column):
        return  # the comment below it may be about it
    blocks = [lines[start : end + 1] for start, end in zip(starts, ends, strict=True)]
    head = blocks[0][0][:column]
    blocks[0][0] = " " * column + blocks[0][0][column:]
    moved = [line for number in wanted for line in blocks[number]]
    moved[0] = head + moved[0][column:]
    lines[starts[0] : ends[-1] + 1] = moved


def _is_plain(
    lines: list[str], node: MappingNode, entries: list[_Entry], column: int
) -> bool:
    """Tell whether each name begins a line of its own, and the first has no comment."""
    first = entries[0].name_line
    heads = [lines[entry.name_line][:column] for entry in entries]
    if not _BEFORE_A_NAME.fullmatch(heads[0]) or any(map(str.strip, heads[1:])):
        return False
    if any(key.start_mark.column != column for key, _ in node.value):
        return False
    is_below_a_comment = first > 0 and lines[first - 1].lstrip().startswith("#")
    return "-" in heads[0] or not is_below_a_comment


def _starts(lines: list[str], entries: list[_Entry], column: int) -> list[int]:
    """Return the line on which each entry begins, with the comments above its name.

    Comments that stand further in or out than the name belong to what is before.
    """
    starts = [entries[0].name_line]
    for before, entry in pairwise(entries):
        start = entry.name_line
        while start > before.last_line + 1 and _may_lead(lines[start - 1], column):
            start -= 1
        starts.append(start)
    return starts


def _may_lead(line: str, column: int) -> bool:
    words = line.lstrip()
    return not words or (words.startswith("#") and len(line) - len(words) == column)


def _trails(lines: list[str], last: _Entry, column: int) -> bool:
    """Tell whether a comment below the last entry stands as far in as its value."""
    for line in lines[last.last_line + 1 :]:
        words = line.lstrip()
        if words and not words.startswith("#"):
            return False
        if words and len(line) - len(words) > column:
            return True
    return False


def _last_line(lines: list[str], node: Node) -> int:
    """Return the last line, from 0, on which a node has something of its own."""
    if isinstance(node, ScalarNode):
        if node.style not in {"|", ">"}:
            return int(node.end_mark.line)
        end = node.end_mark.line - (node.end_mark.column == 0)
        while end > node.start_mark.line and not lines[end].strip():
            end -= 1
        return int(end)
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(lines, last[1] if isinstance(last, tuple) else last)
