"""Expressions: text -> typed tree -> three-valued function.

`read` is the door: it parses with Python's own parser, checks every name and type
against the scope, and compiles the tree once. The text is never executed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.expression.compile import compiled, compiled_truth
from screening.core.expression.parse import Reader
from screening.core.expression.types import Scope, Sort, Symbol, Type

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.expression.tree import Node
    from screening.core.problems import Place, Problem

__all__ = ["Expression", "Scope", "Sort", "Symbol", "Type", "read"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expression:
    """A checked expression. `run` takes the list of values of one evaluation.

    `reads` are the symbols it names, in the order they stand in the text.
    """

    text: str
    place: Place
    tree: Node
    type: Type
    reads: tuple[Symbol, ...]
    run: Callable[[list[object]], object]


def read(
    text: str,
    place: Place,
    scope: Scope,
    loop_slots: list[int],
    *,
    wanted: Sort | None = None,
) -> Expression | list[Problem]:
    """Return the expression in `text`, or every problem found in it.

    `loop_slots` hands out slots for loop variables, innermost last; `wanted` is the
    sort the expression has to have (a criterion's `when` has to be a truth).
    """
    reader = Reader(text, place, scope, loop_slots)
    tree = reader.root(wanted)
    if reader.problems:
        return reader.problems
    return Expression(
        text=text,
        place=place,
        tree=tree,
        type=tree.type,
        reads=tuple(reader.reads.values()),
        run=compiled_truth(tree) if wanted is Sort.TRUTH else compiled(tree),
    )
