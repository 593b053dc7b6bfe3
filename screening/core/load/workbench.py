"""What the loader has in hand: files, places, slots, names, problems."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast

from screening.core.expression import Expression, Scope, Sort, Symbol, read
from screening.core.expression.types import WRONG
from screening.core.problems import (
    MOST_PROBLEMS,
    DefinitionError,
    Place,
    Problem,
    Severity,
)
from screening.core.shaping import ANY_NAME, names_in, shaped
from screening.core.source import (
    Node,
    Path,
    key_place_of,
    nodes_along,
    place_of,
    place_within,
    read_text,
)
from screening.core.values import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    """Collects everything; nothing is given out while `problems` holds an error.

    `cited` are lists of sources with their spots, for when the bibliography is read;
    `damaged` are the places of parts of which something could not be read, `lost` the
    names that may have stood in what could not be read: nothing more is said of them.
    """

    read_file: Callable[[str], str | None]
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    opened: dict[str, tuple[Spot, BaseModel] | None] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    named: dict[str, Place] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    damaged: set[Place] = field(default_factory=set)
    thinned: set[Place] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    cited: list[tuple[Spot, tuple[str, ...]]] = field(default_factory=list)
    template: list[object] = field(
        default_factory=lambda: [LEFT_OUT] * (FIRST_LOOP_SLOT + LOOPS)
    )

    @property
    def scope(self) -> Scope:
        """Every name of the questionnaire that is known by now."""
        return Scope(self.symbols, is_lost=self.is_lost)

    def forget(self, spot: Spot) -> None:
        """Say nothing of the names that go with a part that can't be used."""
        self.lost |= names_in(spot.node, spot.path)

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
        if name not in self.opened:
            self.opened[name] = self._opened(name, shape)
        return cast("tuple[Spot, Shape] | None", self.opened[name])

    def _opened(self, name: str, shape: type[Shape]) -> tuple[Spot, Shape] | None:
        try:
            text = self.files.get(name) or self.read_file(name)
            if text is None:
                return None
            self.files[name] = text
            found = shaped(read_text(text, name), shape)
        except DefinitionError as error:
            self.files.setdefault(name, "")
            self.problems += error.problems
            return None
        self.problems += found.problems
        self.damaged |= found.damaged
        self.thinned |= found.thinned
        self.lost |= found.lost
        return None if found.shape is None else (Spot(self, found.node), found.shape)

    def is_broken(self, name: str) -> bool:
        """Tell whether there is such a file and it could not be read at all."""
        return name in self.files and self.opened.get(name) is None

    def is_lost(self, name: str) -> bool:
        """Tell whether a name, or what it is a part of, went with something broken."""
        return not self.lost.isdisjoint((ANY_NAME, name, name.split(".", 1)[0]))

    @property
    def has_enough(self) -> bool:
        """Whether so much is wrong that nothing more is told."""
        return len(self.problems) >= MOST_PROBLEMS

    def all_told(self) -> list[Problem]:
        """Return the problems, with a last one where there may be more."""
        if not self.has_enough:
            return self.problems
        what = f"more than {MOST_PROBLEMS} things are wrong, and the rest is not told"
        last = self.problems[-1].where
        where = Place("~") if last is None else last
        fix = "Mend these, then check again."
        return [*self.problems, Problem(code="SC017", what=what, fix=fix, where=where)]

    def errors(self) -> list[Problem]:
        """Return the problems that refuse the files."""
        return [p for p in self.problems if p.severity is Severity.ERROR]


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot in a file that is being built from: where complaints point to.

    `is_key` points at the name before a colon, not at what stands behind it.
    """

    bench: Workbench
    node: Node
    path: Path = ()
    is_key: bool = False

    def at(self, *steps: str | int) -> Spot:
        """Return the spot that `steps` lead to from here."""
        return Spot(self.bench, self.node, (*self.path, *steps))

    def top(self, *steps: str | int) -> Spot:
        """Return the spot that `steps` lead to from the top of the file."""
        return Spot(self.bench, self.node, steps)

    def cite(self, sources: Iterable[str]) -> None:
        """Remember the sources of what stands here: `sources:` is a part of it."""
        self.bench.cited.append((self.at("sources"), tuple(sources)))

    def key(self, *steps: str | int) -> Spot:
        """Return the spot of the name itself to which `steps` lead from here."""
        return Spot(self.bench, self.node, (*self.path, *steps), is_key=True)

    @property
    def place(self) -> Place:
        """Where in the file this is."""
        if self.is_key:
            return key_place_of(self.node, self.path)
        return place_of(self.node, self.path)

    @property
    def is_damaged(self) -> bool:
        """Whether this part, or one that holds it, could not be read whole."""
        damaged = self.bench.damaged
        return bool(damaged) and any(
            node.place in damaged for node in nodes_along(self.node, self.path)
        )

    def say(
        self,
        code: str,
        what: str,
        fix: str,
        severity: Severity = Severity.ERROR,
        *,
        where: Place | None = None,
    ) -> None:
        """Note a problem here, unless more than that is wrong with this part.

        `where` is its exact place, where that is within what stands here.
        """
        if self.is_damaged or self.bench.has_enough:
            return
        where = where or self.place
        problem = Problem(code=code, what=what, fix=fix, where=where, severity=severity)
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
        if bench.has_enough:
            return None
        names = scope or bench.scope
        made = read(text, self.place, names, bench.loop_slots, wanted=wanted)
        if isinstance(made, Expression):
            return made
        bench.problems += [self._pointed(problem, text) for problem in made]
        return None

    def at_word(self, text: str, word: str) -> Place:
        """Return where a word stands in the text that stands here."""
        found = re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)
        return self.within(text, found.start() if found else 0)

    def within(self, text: str, offset: int) -> Place:
        """Return where the character at `offset` of the text that stands here is."""
        start = self.place
        return place_within(self.bench.files[start.file], start, text, offset)

    def _pointed(self, problem: Problem, text: str) -> Problem:
        """Return an expression's problem at the line where the file has that part."""
        start, where = self.place, problem.where
        if where is None or where.file not in self.bench.files:
            return problem
        return replace(problem, where=self.within(text, where.column - start.column))

    def name(self, symbol: Symbol) -> None:
        """Make a name usable in expressions; a second use of it is a problem."""
        if self.is_damaged:
            symbol = replace(symbol, type=WRONG)
        if symbol.name in self.bench.symbols:
            what = f'the name "{symbol.name}" is already taken'
            first = self.bench.named.get(symbol.name)
            if first is not None:
                here = first.file == self.place.file
                what += f", on line {first.line}" if here else f" in {first.file}"
            self.say("SC110", what, "Choose another id.")
            symbol = replace(symbol, type=WRONG)  # which of them is meant is open
        if symbol.name in RESERVED and not symbol.is_question:
            refuse_word(self, symbol.name)
        self.bench.symbols[symbol.name] = symbol
        self.bench.named.setdefault(symbol.name, self.place)


def refuse_word(spot: Spot, word: str) -> None:
    """Note that an id is a word of the language."""
    fix = f"Call it for example {word}_answer."
    spot.say("SC111", f'"{word}" is a word of the language', fix)


def check_file_name(spot: Spot, written: str, name: str) -> None:
    """Warn where a file says another id than its name, by which it is found."""
    if written != name:
        what = f'this file is found as "{name}", and says "{written}"'
        fix = f"Write {name}, or rename the file."
        spot.say("SC014", what, fix, Severity.WARNING)
