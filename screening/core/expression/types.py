"""What an expression can be about: its types, and the names it may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from screening.core.catalogue import (
        Catalogue,
    )
    from screening.core.values import Number


class Sort(StrEnum):
    """The sorts of values, in words that an error message can use."""

    NUMBER = "a number"
    OPTION = "one option"
    OPTIONS = "several options"
    WRITTEN = "written text"
    DATE = "a date"
    TRUTH = "true or false"
    ENTRY = "an entry of a catalogue"
    ROWS = "a list of entries"
    LISTED = "a list of values"
    NAMES = "something with named parts"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A sort with what goes with it: unit of a number, options, fields of entries."""

    sort: Sort
    unit: str | None = None
    options: tuple[str, ...] = ()
    catalogue: Catalogue | None = None
    fields: Mapping[str, tuple[int, Type]] = field(default_factory=dict)
    element: Type | None = None


NUMBER = Type(sort=Sort.NUMBER)
DAYS = Type(sort=Sort.NUMBER, unit="day")
TRUTH = Type(sort=Sort.TRUTH)
WRONG = Type(sort=Sort.WRONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A name an expression may use.

    `slot` is where its value stands in the list of values; `is_question` tells that
    it has a state of its own; `page` is the position of the page that asks it (-1:
    known from the start); `needs` are the ids the clinic sees behind it, mapped to
    the slots that have to be determined; `constant` is a parameter's value.
    """

    name: str
    type: Type
    slot: int = -1
    is_question: bool = False
    page: int = -1
    needs: Mapping[str, frozenset[int]] = field(default_factory=dict)
    constant: Number | tuple[str, ...] | None = None


def _never(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that are known at a spot of the file; inner names shadow outer ones.

    `is_lost` tells of a name that went with a part that could not be read: it is not
    known, and that was said already. `later` are names that stand below this spot.
    """

    symbols: Mapping[str, Symbol]
    outer: Scope | None = None
    is_lost: Callable[[str], bool] = _never
    later: frozenset[str] = frozenset()

    def find(self, name: str) -> Symbol | None:
        """Return the symbol with this (dotted) name."""
        found = self.symbols.get(name)
        if found is None and self.outer is not None:
            return self.outer.find(name)
        return found

    def names(self) -> set[str]:
        """Return every name that can be used here."""
        inner = set(self.symbols)
        return inner | self.outer.names() if self.outer else inner

    def was_lost(self, name: str) -> bool:
        """Tell whether a name went with something broken, here or further out."""
        return self.is_lost(name) or (
            self.outer is not None and self.outer.was_lost(name)
        )

    def has_parts(self, prefix: str) -> bool:
        """Tell whether names such as `prefix.something` exist."""
        start = prefix + "."
        here = any(name.startswith(start) for name in self.symbols)
        return here or (self.outer is not None and self.outer.has_parts(prefix))
