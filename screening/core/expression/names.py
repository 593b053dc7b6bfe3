"""What do people call the things that a rule names?

The loader gives rules slots; this says the short label, the options' labels and the
fields of entries behind each slot. What is not held is said by its id in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.core.expression.tongues import Tongue
    from screening.core.expression.tree import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What something is called, and its options by their values.

    `is_title` tells of a label that stands on a page, and is quoted as it stands there.
    `when_true` says a truth in a sentence of the file's own, where it has one.
    `meaning` is the rule to say in its place, where a name alone would say too little.
    """

    label: str
    options: Mapping[str, str] = field(default_factory=dict)
    is_title: bool = False
    when_true: str | None = None
    meaning: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What slots are called, the fields of each list's entries by position included.

    `entries` leads from the slot in which one entry is worked out to its list's slot.
    """

    by_slot: Mapping[int, Called] = field(default_factory=dict)
    fields: Mapping[int, tuple[Called, ...]] = field(default_factory=dict)
    entries: Mapping[int, int] = field(default_factory=dict)


def id_in_words(name: str) -> str:
    """Return an id as words.

    >>> id_in_words("phq9.item_9")
    'phq9 item 9'
    """
    return re.sub(r"[_.]+", " ", name).strip() or name


def in_sentence(label: str, tongue: Tongue) -> str:
    """Return a label as it stands inside a sentence, quoted where it would blur it.

    Its capital goes unless it belongs to a name (`OCD`, `Y-BOCS`).
    """
    words = label.rstrip(".:; ").split()
    if not words:
        return quoted(label, tongue)
    plain = {word.strip(",;()").lower() for word in words}
    if label.endswith("?") or plain & set(tongue.joiners):
        return quoted(" ".join(words), tongue)
    first = words[0]
    if first[1:] == first[1:].lower() and first[1:].isalpha():
        words[0] = first.lower()
    return " ".join(words)


def quoted(words: str, tongue: Tongue) -> str:
    """Return words in the language's quotes; those inside become single ones."""
    inside = re.sub(r"[“”«»\"]", "’", words.strip())
    return tongue.quotes[0] + inside + tongue.quotes[1]
