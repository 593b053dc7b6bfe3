"""Which questions of a list's entries can a rule hang on, by itself and through values?

What a rule reads of a list is behind it like any question that it reads: left unknown
in one entry, it is something that the clinic does not know.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from screening.core.derived import expressions_of
from screening.core.expression import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from screening.core.definition import Repeat
    from screening.core.expression import Expression
    from screening.core.instrument import Derived

_Read = tuple[str, str]
"""A list's id and the name of a question or value of its entries."""


class Listed:
    """What is derived, and the lists, to follow rules through."""

    def __init__(
        self, derived: Iterable[Derived], repeats: Mapping[str, Repeat]
    ) -> None:
        """Keep them by name."""
        self._derived = {value.name: value for value in derived}
        self._repeats = repeats
        self._home = {repeat.entry_slot: repeat.id for repeat in repeats.values()}
        self._values = {
            (repeat.id, value.name): value
            for repeat in repeats.values()
            for value in repeat.derived
        }

    def positions(self, rules: Iterable[Expression]) -> dict[int, tuple[int, ...]]:
        """Return, by the slot of a list, the positions of questions behind rules."""
        read = self._behind(rules)
        return {
            repeat.slot: tuple(
                question.position
                for question in repeat.questions
                if (repeat.id, question.id) in read
            )
            for repeat in self._repeats.values()
        }

    def _behind(self, rules: Iterable[Expression]) -> set[_Read]:
        waiting = list(rules)
        seen: set[object] = set()
        read: set[_Read] = set()
        while waiting:
            one = waiting.pop()
            names = set(self._fields(one.tree, {}))
            values = [self._values[name] for name in names if name in self._values]
            values += [
                self._derived[symbol.name]
                for symbol in one.reads
                if symbol.name in self._derived
            ]
            read |= names
            for value in values:
                if id(value) not in seen:
                    seen.add(id(value))
                    waiting += expressions_of(value)
        return read

    def _fields(self, node: tree.Node, loops: Mapping[int, str]) -> Iterator[_Read]:
        inner = dict(loops)
        if isinstance(node, tree.Fold) and isinstance(node.source, tree.Name):
            inner[node.loop_slot] = node.source.symbol.name
        if isinstance(node, tree.Field):
            home = inner.get(node.loop_slot) or self._home.get(node.loop_slot)
            if home is not None and home in self._repeats:
                yield home, node.name
        for part in _parts(node):
            yield from self._fields(part, inner)


def _parts(node: tree.Node) -> Iterator[tree.Node]:
    for one in fields(node):
        value = getattr(node, one.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part) and isinstance(part, tree.Node):
                yield part
