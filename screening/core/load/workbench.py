"""What the loader has in hand: files, places, slots, names, problems."""

from __future__ import annotations

import keyword
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from screening.core.expression import Expression, Scope, Sort, Symbol, read
from screening.core.problems import DefinitionError, Place, Problem, Severity
from screening.core.schema import shaped
from screening.core.source import Node, place_of, place_within, read_text
from screening.core.values import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from screening.core.catalogue import (
        Catalogue,
    )

    Shape = TypeVar("Shape", bound=BaseModel)

FIRST_LOOP_SLOT = 1
RESERVED = frozenset(
    {*keyword.kwlist, "true", "false", "none", "null", "unsure", "prefer_not"}
)
"""Words that can't be ids: expressions or answers files can't use them as names."""

LOOPS = 4
"""Slots kept for loop variables: how deep loops may nest."""


@dataclass(slots=True)
class Workbench:
    """Collects everything; nothing is given out while `problems` holds an error."""

    read_file: Callable[[str], str | None]
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
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

    def open(self, name: str, shape: type[Shape]) -> tuple[Spot, Shape] | None:
        """Read and shape the file called `name`; None, with problems, if it can't be.

        A missing file is the caller's to complain about: it knows who asked for it.
        """
        text = self.files.get(name) or self.read_file(name)
        if text is None:
            return None
        self.files[name] = text
        try:
            node = read_text(text, name)
            return Spot(self, node), shaped(node, shape)
        except DefinitionError as error:
            self.problems += error.problems
            return None

    def errors(self) -> list[Problem]:
        """Return the problems that refuse the files."""
        return [p for p in self.problems if p.severity is Severity.ERROR]


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot in a file that is being built from: where complaints point to."""

    bench: Workbench
    node: Node
    path: tuple[str | int, ...] = ()

    def at(self, *steps: str | int) -> Spot:
        """Return the spot that `steps` lead to from here."""
        return Spot(self.bench, self.node, (*self.path, *steps))

    def top(self, *steps: str | int) -> Spot:
        """Return the spot that `steps` lead to from the top of the file."""
        return Spot(self.bench, self.node, steps)

    @property
    def place(self) -> Place:
        """Where in the file this is."""
        return place_of(self.node, self.path)

    def say(
        self, code: str, what: str, fix: str, severity: Severity = Severity.ERROR
    ) -> None:
        """Note a problem here."""
        problem = Problem(
            code=code, what=what, fix=fix, where=self.place, severity=severity
        )
        self.bench.problems.append(problem)

    def expression(
        self,
        text: str,
        scope: Scope | None = None,
        wanted: Sort | None = Sort.TRUTH,
    ) -> Expression | None:
        """Return the checked expression, or None with its problems noted.

        `scope` are the names it may use, all of the questionnaire's unless given.
        """
        bench = self.bench
        names = scope or Scope(bench.symbols)
        made = read(text, self.place, names, bench.loop_slots, wanted=wanted)
        if isinstance(made, Expression):
            return made
        bench.problems += [self._pointed(problem, text) for problem in made]
        return None

    def _pointed(self, problem: Problem, text: str) -> Problem:
        """Return an expression's problem at the line where the file has that part."""
        start, where = self.place, problem.where
        if where is None or where.file not in self.bench.files:
            return problem
        offset = where.column - start.column
        found = place_within(self.bench.files[where.file], start, text, offset)
        return replace(problem, where=found)

    def name(self, symbol: Symbol) -> None:
        """Make a name usable in expressions; a second use of it is a problem."""
        if symbol.name in self.bench.symbols:
            what = f'the name "{symbol.name}" is already taken'
            self.say("SC110", what, "Choose another id.")
        if symbol.name in RESERVED and not symbol.is_question:
            refuse_word(self, symbol.name)
        self.bench.symbols[symbol.name] = symbol


def refuse_word(spot: Spot, word: str) -> None:
    """Note that an id is a word of the language."""
    fix = f"Call it for example {word}_answer."
    spot.say("SC111", f'"{word}" is a word of the language', fix)
