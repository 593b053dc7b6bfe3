"""Where does an answer stand in the file that somebody wrote it in?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from screening.core.instrument import Instrument
from screening.core.source import Mapping, Node, Sequence, key_place_of, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping as Known

    from screening.core.problems import Place, Problem

NO_SUCH_KEY = "SA001"
"""The code of an answer to something that does not exist: its name is at fault."""

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def place_of_answer(node: Node, problem: Problem, known: Known[str, object]) -> Place:
    """Return where below `node` the answer stands that a problem is about.

    `known` maps the keys of answers to what stands behind them.
    """
    about = problem.about or ""
    if isinstance(node, Mapping) and about in node.entries:
        path: list[str | int] = [about]
    else:
        path = [
            int(number) if number else word for number, word in _STEP.findall(about)
        ]
    if path and isinstance(path[0], str):
        path = _in_list_order(node, path, known.get(path[0]))
    if not path:
        return node.place
    if problem.code == NO_SUCH_KEY:
        return key_place_of(node, tuple(path))
    return place_of(node, tuple(path))


def _in_list_order(
    node: Node, path: list[str | int], holder: object
) -> list[str | int]:
    """Return the path with an item's id as its position where a list stands."""
    if not isinstance(holder, Instrument) or len(path) != 2:  # noqa: PLR2004 - key.item
        return path
    ids = [item.id for item in holder.items]
    at = node
    head: list[str | int] = []
    if isinstance(at, Mapping) and path[0] in at.entries:
        at, head = at.entries[str(path[0])], path[:1]
    elif path[0] == holder.key:
        # An instrument scored alone: its answers are the whole file.
        head = []
    if isinstance(at, Mapping) and isinstance(at.entries.get("answers"), Sequence):
        named = [item for item in ids if item not in at.entries]
        if path[1] in named:
            return [*head, "answers", named.index(str(path[1]))]
    if isinstance(at, Sequence) and path[1] in ids:
        return [*head, ids.index(str(path[1]))]
    return [*head, path[1]]
