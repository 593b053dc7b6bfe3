"""Can a rule come out otherwise? One that cannot decides nothing.

Every answer that a rule looks at is tried with the values that matter to it: each
option, each state, and the numbers just below, at and above those it is compared with.
Only rules made of such comparisons are judged; a sum or a list may come out in any way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from screening.core.expression import Expression, tree
from screening.core.expression.compile import compiled_truth
from screening.core.expression.types import Sort, Symbol
from screening.core.values import DECLINED, LEFT_OUT, NOT_ASKED, UNSURE, Number

MOST_TRIED = 20_000
"""Combinations of values that are tried for one part of a rule."""

_STATES: tuple[object, ...] = (LEFT_OUT, UNSURE, DECLINED, NOT_ASKED)

Run = Callable[[list[object]], object]
Limits = Mapping[int, tuple[Number | None, Number | None]]
"""The lowest and highest number that a slot can hold, where it has such."""


@dataclass(frozen=True, slots=True)
class Chances:
    """Whether a rule can be true, and whether known answers can make it otherwise."""

    can_hold: bool
    can_fail: bool


def chances_of(expression: Expression, slots: int, limits: Limits) -> Chances:
    """Return what a rule over a record of so many slots can come to."""
    root = expression.tree
    if not isinstance(root, tree.Both):
        return _of_parts((root,), expression.run, slots, limits)
    found = [
        _of_parts(parts, _joined(root, parts), slots, limits)
        for parts in _apart(root.parts)
    ]
    hold = [one.can_hold for one in found]
    fail = [one.can_fail for one in found]
    if root.word == "and":
        return Chances(all(hold), any(fail))
    return Chances(any(hold), all(fail))


def _of_parts(
    parts: Sequence[tree.Node], run: Run, slots: int, limits: Limits
) -> Chances:
    if not all(_is_plain(part) for part in parts):
        return Chances(can_hold=True, can_fail=True)
    choices = {
        slot: tuple(_values(symbol, _compared(parts, slot), limits))
        for slot, symbol in _names_in(parts).items()
    }
    with_states = {slot: (*some, *_STATES) for slot, some in choices.items()}
    asks_states = any(_asks_states(part) for part in parts)
    return Chances(
        can_hold=any(one is True for one in _tried(run, slots, with_states)),
        can_fail=any(
            one is not True
            for one in _tried(run, slots, with_states if asks_states else choices)
        ),
    )


def _tried(
    run: Run, slots: int, choices: Mapping[int, Sequence[object]]
) -> Iterator[object]:
    """Yield what comes out for each combination; both truths where there are too many.

    What is not tried any more might come out in any way.
    """
    values: list[object] = [LEFT_OUT] * slots
    names = list(choices)
    combinations = product(*choices.values())
    for picked in islice(combinations, MOST_TRIED):
        for slot, value in zip(names, picked, strict=True):
            values[slot] = value
        yield run(values)
    if next(combinations, None) is not None:
        yield from (True, False)


def _joined(root: tree.Both, parts: tuple[tree.Node, ...]) -> Run:
    if len(parts) == 1:
        return compiled_truth(parts[0])
    return compiled_truth(tree.Both(root.word, parts, root.type))


def _apart(parts: tuple[tree.Node, ...]) -> list[tuple[tree.Node, ...]]:
    """Return the parts in groups that look at nothing in common."""
    groups: list[tuple[set[int], list[tree.Node]]] = []
    for part in parts:
        slots = set(_names_in((part,)))
        joined = [part]
        rest = []
        for group in groups:
            if group[0] & slots:
                slots |= group[0]
                joined = [*group[1], *joined]
            else:
                rest.append(group)
        groups = [*rest, (slots, joined)]
    return [tuple(group[1]) for group in groups]


# -- what a rule is made of


def walk(node: tree.Node) -> Iterator[tree.Node]:
    """Yield a node and every node below it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += _below(one)


def _below(node: tree.Node) -> Sequence[tree.Node]:
    match node:
        case tree.Both() | tree.Listing():
            return node.parts
        case tree.Compare() | tree.Arithmetic():
            return (node.left, node.right)
        case tree.Within():
            return (node.item, node.container)
        case tree.Negation() | tree.StateTest() | tree.Determined() | tree.Since():
            return (node.part,)
        case tree.Property():
            return (node.entry,)
        case tree.Fold():
            condition = (node.condition,) if node.condition else ()
            return (node.source, node.element, *condition)
        case _:
            return ()


_PLAIN = frozenset({Sort.OPTION, Sort.OPTIONS, Sort.NUMBER, Sort.TRUTH})


def _is_plain(node: tree.Node) -> bool:
    """Tell whether only names are compared with constants, so that trying is enough."""
    match node:
        case tree.Both():
            return all(_is_plain(part) for part in node.parts)
        case tree.Negation() | tree.StateTest() | tree.Determined():
            return _is_plain(node.part)
        case tree.Compare():
            return (
                {type(node.left), type(node.right)} <= {tree.Name, tree.Constant}
                and (_is_plain(node.left) and _is_plain(node.right))
                and tree.Constant in {type(node.left), type(node.right)}
            )
        case tree.Within():
            return _is_plain(node.item) and _is_plain(node.container)
        case tree.Name():
            return node.type.sort in _PLAIN
        case tree.Constant():
            return True
        case _:
            return False


def _asks_states(node: tree.Node) -> bool:
    return any(isinstance(n, tree.StateTest | tree.Determined) for n in walk(node))


def _names_in(parts: Iterable[tree.Node]) -> dict[int, Symbol]:
    return {
        node.symbol.slot: node.symbol
        for part in parts
        for node in walk(part)
        if isinstance(node, tree.Name)
    }


def _compared(parts: Iterable[tree.Node], slot: int) -> set[Number]:
    """Return the numbers that a slot is compared with."""
    found: set[Number] = set()
    for part in parts:
        for node in walk(part):
            sides: tuple[tree.Node, ...] = ()
            if isinstance(node, tree.Compare):
                sides = (node.left, node.right)
            elif isinstance(node, tree.Within):
                sides = (node.item, node.container)
            if any(isinstance(s, tree.Name) and s.symbol.slot == slot for s in sides):
                found |= {number for side in sides for number in _numbers(side)}
    return found


def _numbers(node: tree.Node) -> Iterator[Number]:
    if isinstance(node, tree.Constant):
        values = node.value if isinstance(node.value, tuple) else (node.value,)
        for value in values:
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                yield value


_STEP = Decimal("0.0001")
"""The smallest step between two numbers that a file or a patient can write."""


def _values(symbol: Symbol, compared: set[Number], limits: Limits) -> Iterator[object]:
    kind = symbol.type
    if kind.sort is Sort.TRUTH:
        yield from (True, False)
    elif kind.sort is Sort.OPTION:
        yield from kind.options
    elif kind.sort is Sort.OPTIONS:
        yield frozenset(kind.options)
        yield from (frozenset({option}) for option in kind.options)
    else:
        yield from _numbers_to_try(compared, *limits.get(symbol.slot, (None, None)))


def _numbers_to_try(
    compared: set[Number], low: Number | None, high: Number | None
) -> Iterator[Number]:
    wanted: set[Number] = set()
    for number in compared or {0}:
        wanted |= {number - 1, number - _STEP, number, number + _STEP, number + 1}
    wanted |= {end for end in (low, high) if end is not None}
    for number in sorted(wanted):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number
