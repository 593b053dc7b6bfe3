"""A closed list to pick from: medicines, found by name, brand or synonym."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from screening.core.definition import Option, QuestionType
from screening.core.values import Entry, State

_BETWEEN_WORDS = re.compile(r"[^\w'-]+")


def comparable(words: str) -> str:
    """Return words as names are compared: lower case, single spaces, one apostrophe.

    >>> comparable("St John\u2019s  wort,")
    "st john's wort"
    """
    plain = words.casefold().replace("\u2019", "'").replace("\u02bc", "'")
    return " ".join(_BETWEEN_WORDS.sub(" ", plain).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A typed property that every entry of a catalogue may have."""

    name: str
    type: QuestionType
    unit: str | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A closed list to pick from, found by id, label, brand name or synonym."""

    id: str
    title: str
    attributes: tuple[Attribute, ...]
    entries: Mapping[str, Entry]
    brands: Mapping[str, tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    known_as: Mapping[str, str]
    sources: tuple[str, ...]

    def find(self, words: str) -> Entry | None:
        """Return the entry that `words` name, None when none or several do.

        Case, spaces and kinds of apostrophe do not matter. A longer text names an
        entry when one of its names stands in it as whole words (`theophylline SR`).
        """
        exact = self.known_as.get(comparable(words))
        if exact is not None:
            return self.entries[exact]
        named = self.mentioned(words)
        return named[0] if len(named) == 1 else None

    def mentioned(self, words: str) -> tuple[Entry, ...]:
        """Return every entry one of whose names stands in `words` as whole words."""
        text = f" {comparable(words)} "
        found = {
            entry_id: None
            for name, entry_id in self.known_as.items()
            if f" {name} " in text
        }
        return tuple(self.entries[entry_id] for entry_id in found)

    def names_of(self, entry: Entry) -> tuple[str, ...]:
        """Return an entry's names as they are written: label, brands, synonyms."""
        others = (*self.brands.get(entry.id, ()), *self.synonyms.get(entry.id, ()))
        return tuple(dict.fromkeys((entry.label, *others)))

    def attribute(self, entry: Entry, name: str) -> object:
        """Return an entry's attribute by its name, None when it has none."""
        for position, attribute in enumerate(self.attributes):
            if attribute.name == name and entry.attributes:
                value = entry.attributes[position]
                return None if isinstance(value, State) else value
        return None
