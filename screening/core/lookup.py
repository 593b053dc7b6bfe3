"""Which entries of a list may be meant by what was typed? Words in, a few names out.

A list is searched as people type: by any name, without regard to case or accents, from
the beginning of a word, and, where nothing else fits, with a slip of the hand.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from typing import TYPE_CHECKING

from screening.core.catalogue import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.catalogue import Catalogue
    from screening.core.values import Entry

MOST_MATCHES = 8
_LONGEST = 100
"""Letters that are looked at; no name is longer."""
_ALIKE = 0.75
"""From here on, of 1, two names are alike enough to be meant for each other."""
_SHORTEST_SLIP = 4
"""With fewer letters everything is alike."""


class How(IntEnum):
    """How a name fits what was typed, best first."""

    EXACT = 0
    BEGINS = 1
    WORD_BEGINS = 2
    NAMED = 3
    NEAR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that may be meant, and the name by which it was found."""

    entry: Entry
    name: str
    how: How

    @property
    def words(self) -> str:
        """The name, with what it is a name of: `Zoloft (Sertraline)`."""
        label = self.entry.label
        return label if self.name == label else f"{self.name} ({label})"


def folded(words: str) -> str:
    """Return words as they are searched: no case, accents, apostrophes or hyphens.

    >>> folded("Théo-24")
    'theo 24'
    """
    apart = unicodedata.normalize("NFKD", comparable(words))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.replace("'", "").replace("-", " ").split())


def matches(
    catalogue: Catalogue, words: str, most: int = MOST_MATCHES
) -> tuple[Match, ...]:
    """Return the entries that `words` may mean, each once, the likeliest first.

    What merely looks alike is looked for only where nothing else was found.
    """
    typed = folded(words[:_LONGEST])
    if not typed:
        return ()
    found = [
        (how, folded(name), Match(entry=entry, name=name, how=how))
        for entry, name in _names(catalogue)
        if (how := _fits(typed, folded(name))) is not None
    ]
    if found:
        found.sort(key=lambda one: one[:2])
        return _once_each((match for _, _, match in found), most)
    return _once_each(_alike(catalogue, typed), most)


def _names(catalogue: Catalogue) -> Iterator[tuple[Entry, str]]:
    for entry in catalogue.entries.values():
        for name in catalogue.names_of(entry):
            yield entry, name


def _fits(typed: str, name: str) -> How | None:
    if name == typed:
        return How.EXACT
    if name.startswith(typed):
        return How.BEGINS
    if f" {typed}" in name:
        return How.WORD_BEGINS
    if f" {name} " in f" {typed} ":
        return How.NAMED
    return None


def _alike(catalogue: Catalogue, typed: str) -> Iterator[Match]:
    """Yield what looks like `typed`, whole or as far as was typed, most alike first."""
    if len(typed) < _SHORTEST_SLIP:
        return
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed)
    found = []
    for entry, name in _names(catalogue):
        plain = folded(name)
        ratio = max(_ratio(matcher, plain), _ratio(matcher, plain[: len(typed)]))
        if ratio >= _ALIKE:
            found.append((-ratio, plain, Match(entry=entry, name=name, how=How.NEAR)))
    found.sort(key=lambda one: one[:2])
    yield from (match for _, _, match in found)


def _ratio(matcher: SequenceMatcher[str], name: str) -> float:
    """Return how alike two names are, from 0 to 1; 0 where it is plainly low."""
    matcher.set_seq1(name)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    return matcher.ratio()


def _once_each(found: Iterator[Match], most: int) -> tuple[Match, ...]:
    kept: dict[str, Match] = {}
    for match in found:
        kept.setdefault(match.entry.id, match)
    return tuple(kept.values())[:most]
