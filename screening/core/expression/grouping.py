"""Which parts of a rule are said in one breath, and which need a list?

Two limits of one number become a range, several answers to one question one clause,
and an `and` inside an `and` belongs to it. Nothing here changes what a rule means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from screening.core.expression import tree
from screening.core.expression.types import Sort

PAIR = 2
"""Parts that "either … or" and "both … and" can hold."""

_HOLDS_END = {"<": False, "<=": True}
_MIRRORED: dict[str, tree.CompareWord] = {
    "==": "==",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}


@dataclass(frozen=True, slots=True)
class Range:
    """A value between two limits; `ends` tell whether they belong to it."""

    of: tree.Node
    low: tree.Node
    high: tree.Node
    ends: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Answers:
    """Several answers to one question, any of which will do."""

    asked: tree.Node
    parts: tuple[tree.Compare | tree.StateTest, ...]


Clause = tree.Node | Range | Answers


def clauses_of(node: tree.Both) -> list[Clause]:
    """Return the parts as they are said, in the order of the rule."""
    parts = _flattened(node)
    return _with_ranges(parts) if node.word == "and" else _with_answers(parts)


def is_simple(clause: Clause) -> bool:
    """Tell whether it is one clause, so that "and" and "or" behind it are clear."""
    match clause:
        case tree.Both() | tree.Fold():
            return False
        case tree.Negation() | tree.Determined():
            part = clause.part
            return is_simple(part) or part.type.sort is not Sort.TRUTH
        case _:
            return True


def is_pair(clause: Clause) -> bool:
    """Tell whether it can be said as "either … or …", or is one clause in the end."""
    if not isinstance(clause, tree.Both):
        return False
    parts = clauses_of(clause)
    return len(parts) <= PAIR and all(is_simple(part) for part in parts)


def is_plain(node: tree.Node) -> bool:
    """Tell whether a part is written out: a number, a word or a stretch of days."""
    if isinstance(node, tree.Arithmetic):
        return below_zero(node) is not None
    return isinstance(node, tree.Constant | tree.Calendar)


def below_zero(node: tree.Arithmetic) -> tree.Constant | None:
    """Return the amount of a number below zero, which is written as `0 - amount`."""
    zero, amount = node.left, node.right
    if node.word != "-" or not isinstance(zero, tree.Constant) or zero.value != 0:
        return None
    return amount if isinstance(amount, tree.Constant) else None


def is_word(node: tree.Node) -> bool:
    """Tell whether a part is an option or another word, written out."""
    return isinstance(node, tree.Constant) and isinstance(node.value, str)


def limit_last(node: tree.Compare) -> tree.Compare:
    """Return the comparison with what is written out behind what is asked about."""
    if is_plain(node.left) and not is_plain(node.right):
        return _mirrored(node)
    return node


def _mirrored(node: tree.Compare) -> tree.Compare:
    return tree.Compare(_MIRRORED[node.word], node.right, node.left, node.type)


def _flattened(node: tree.Both) -> list[tree.Node]:
    """Return the parts, those of inner parts with the same word among them."""
    parts: list[tree.Node] = []
    for part in node.parts:
        if isinstance(part, tree.Both) and part.word == node.word:
            parts += _flattened(part)
        else:
            parts.append(part)
    return parts


def _with_ranges(parts: list[tree.Node]) -> list[Clause]:
    made: list[Clause] = []
    before: tree.Node | None = None
    for part in parts:
        found = _range(before, part)
        if found is not None:
            made[-1] = found
        else:
            made.append(part)
        before = None if found is not None else part
    return made


def _range(low: tree.Node | None, high: tree.Node) -> Range | None:
    if not isinstance(low, tree.Compare) or not isinstance(high, tree.Compare):
        return None
    if low.word not in _HOLDS_END:
        low, high = _mirrored(high), _mirrored(low)
    if low.word not in _HOLDS_END or high.word not in _HOLDS_END:
        return None
    limits_are_plain = is_plain(low.left) and is_plain(high.right)
    if low.right != high.left or is_plain(low.right) or not limits_are_plain:
        return None
    ends = (_HOLDS_END[low.word], _HOLDS_END[high.word])
    return Range(low.right, low.left, high.right, ends)


def _with_answers(parts: list[tree.Node]) -> list[Clause]:
    made: list[Clause] = []
    for part in parts:
        asked = _asked(part)
        before = made[-1] if made else None
        if isinstance(before, Answers) and before.asked == asked:
            answer = cast("tree.Compare", part)
            made[-1] = Answers(before.asked, (*before.parts, answer))
        elif asked is not None:
            made.append(Answers(asked, (cast("tree.Compare", part),)))
        elif isinstance(part, tree.Both):
            inner = clauses_of(part)
            made.append(inner[0] if len(inner) == 1 else part)
        else:
            made.append(part)
    return [
        one.parts[0] if isinstance(one, Answers) and len(one.parts) == 1 else one
        for one in made
    ]


def _asked(part: tree.Node) -> tree.Node | None:
    """Return the question of whose answer a part asks whether it is a certain one."""
    match part:
        case tree.Compare(word="==", left=asked, right=right) if is_word(right):
            return asked
        case tree.StateTest(word="unsure" | "declined", part=asked):
            return asked
        case _:
            return None
