"""Which entries of a catalogue can rules tell apart?

Entries with the same attributes, none of them named in a rule, are one kind: a proof
over some twenty kinds is a proof over hundreds of medicines. Where a rule compares two
picked entries with each other, it can tell all of them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.expression import tree
from screening.core.expression.types import Sort
from screening.core.values import State
from screening.proof.logic import Bool, Num, choose_number, either, number
from screening.proof.values import Number, Text, Value, Word, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from screening.core.catalogue import Catalogue
    from screening.core.values import Entry
    from screening.proof.values import Payload


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of one catalogue, each by one of its entries; and which are named."""

    samples: tuple[Entry, ...]
    names: frozenset[str]

    def place(self, entry: Entry) -> int:
        """Return which of the kinds an entry is."""
        is_named = entry.id in self.names
        for place, one in enumerate(self.samples):
            if one.id == entry.id or not (
                is_named or one.id in self.names or one.attributes != entry.attributes
            ):
                return place
        raise LookupError(entry.id)

    def named(self, is_kind: tuple[Bool, ...]) -> dict[object, Bool]:
        """Return, for each entry that a rule names, whether it is the one."""
        pairs = zip(self.samples, is_kind, strict=True)
        return {one.id: is_it for one, is_it in pairs if one.id in self.names}

    def attribute(self, is_kind: tuple[Bool, ...], position: int) -> Value:
        """Return the attribute of whichever entry was picked."""
        held = [one.attributes[position] for one in self.samples]
        pairs = list(zip(held, is_kind, strict=True))
        states = {
            is_unknown: either(
                *(
                    is_it
                    for value, is_it in pairs
                    if isinstance(value, State) and (value.truth is None) is is_unknown
                )
            )
            for is_unknown in (True, False)
        }
        known = [(v, is_it) for v, is_it in pairs if not isinstance(v, State)]
        payload = _payload(known) if known else Text()
        return Value(payload=payload, unknown=states[True], unasked=states[False])


def _payload(known: list[tuple[object, Bool]]) -> Payload:
    """Return what a row of values comes to, of which one is the one."""
    first = known[0][0]
    if isinstance(first, str):
        return Word(dict(_gathered(known)))
    if isinstance(first, frozenset):
        several = [(v, is_it) for v, is_it in known if isinstance(v, frozenset)]
        every = sorted({word for words, _ in several for word in words})
        return Words(
            {
                word: either(*(is_it for words, is_it in several if word in words))
                for word in every
            }
        )
    worth: Num = number(first)
    for value, is_it in known[1:]:
        worth = choose_number(is_it, number(value), worth)
    return Number(worth, worth)


def _gathered(pairs: Iterable[tuple[object, Bool]]) -> list[tuple[object, Bool]]:
    found: dict[object, list[Bool]] = {}
    for value, is_it in pairs:
        found.setdefault(value, []).append(is_it)
    return [(value, either(*parts)) for value, parts in found.items()]


def kinds_of(catalogue: Catalogue, names: Collection[str]) -> Kinds:
    """Return the kinds; `names` are the words that rules hold."""
    samples: dict[object, Entry] = {}
    for entry in catalogue.entries.values():
        key = entry.id if entry.id in names else entry.attributes
        samples.setdefault(key, entry)
    known = frozenset(names) & frozenset(catalogue.entries)
    return Kinds(tuple(samples.values()), known)


def words_in(nodes: Iterable[tree.Node]) -> frozenset[str]:
    """Return every word that stands in trees."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, tree.Constant):
            values = node.value if isinstance(node.value, tuple) else (node.value,)
            found.update(value for value in values if isinstance(value, str))
    return frozenset(found)


def compares_entries(nodes: Iterable[tree.Node]) -> bool:
    """Tell whether a tree compares one picked entry with another."""
    return any(
        isinstance(node, tree.Compare)
        and node.left.type.sort is Sort.ENTRY is node.right.type.sort
        for node in nodes
    )
