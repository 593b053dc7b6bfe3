"""What the loader has in hand while it builds: files, places, slots, names, problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from screening.core.expression import Expression, Scope, Sort, Symbol, read
from screening.core.problems import DefinitionError, Place, Problem, Severity
from screening.core.schema import shaped
from screening.core.source import Node, place_of, read_text
from screening.core.values import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    Path = tuple[str | int, ...]
    Shape = TypeVar("Shape", bound=BaseModel)

FIRST_LOOP_SLOT = 1
LOOPS = 4
"""Slots kept for loop variables: how deep loops may nest."""


@dataclass(slots=True)
class File:
    """One file that was read: its name, its nodes, and where a path leads in it."""

    name: str
    node: Node

    def place(self, *path: str | int) -> Place:
        """Return where `path` stands in the file."""
        return place_of(self.node, path)


@dataclass(slots=True)
class Workbench:
    """Collects everything; nothing is given out while `problems` holds an error."""

    read_file: Callable[[str], str | None]
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    template: list[object] = field(
        default_factory=lambda: [LEFT_OUT] * (FIRST_LOOP_SLOT + LOOPS)
    )

    @property
    def loop_slots(self) -> list[int]:
        """The slots of loop variables, outermost first."""
        return list(range(FIRST_LOOP_SLOT, FIRST_LOOP_SLOT + LOOPS))

    def slot(self, blank: object = LEFT_OUT) -> int:
        """Take the next slot, which starts every record as `blank`."""
        self.template.append(blank)
        return len(self.template) - 1

    def say(
        self,
        code: str,
        place: Place,
        what: str,
        fix: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem."""
        self.problems.append(
            Problem(code=code, what=what, fix=fix, where=place, severity=severity)
        )

    def open(self, name: str, shape: type[Shape]) -> tuple[File, Shape] | None:
        """Read and shape the file called `name`; None, with problems, if it can't be.

        A missing file is the caller's to complain about: it knows who asked for it.
        """
        text = self.files.get(name) or self.read_file(name)
        if text is None:
            return None
        self.files[name] = text
        try:
            node = read_text(text, name)
            return File(name, node), shaped(node, shape)
        except DefinitionError as error:
            self.problems += error.problems
            return None

    def expression(
        self,
        text: str,
        place: Place,
        scope: Scope | None = None,
        wanted: Sort | None = Sort.TRUTH,
    ) -> Expression | None:
        """Return the checked expression, or None with its problems noted."""
        made = read(
            text, place, scope or Scope(self.symbols), self.loop_slots, wanted=wanted
        )
        if isinstance(made, Expression):
            return made
        self.problems += made
        return None

    def name(self, symbol: Symbol, place: Place) -> None:
        """Make a name usable in expressions; a second use of it is a problem."""
        if symbol.name in self.symbols:
            what = f'the name "{symbol.name}" is already taken'
            self.say("SC110", place, what, "Choose another id.")
        self.symbols[symbol.name] = symbol
