"""Earlier answers inside later wording: `{drug}`, or `{drug|this medicine}`.

The words after the bar stand where the answer is not known. What is put in is text:
whoever shows it escapes it like any other text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\{([a-z][a-zA-Z0-9_.]*)(?:\|([^{}|]{1,80}))?\}")
_BRACE = re.compile(r"[{}]")

OF_THE_CLINIC = frozenset(
    {
        "emergency",
        "crisis_list",
        "crisis_primary",
        "monitoring_statement",
        "clinic_contact_or_own_doctor",
        "contact_route",
        "clinic_days",
    }
)
"""What the clinic's settings and its locale put into help texts and receipts."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name in braces, where it stands in its text, and words without an answer."""

    name: str
    at: int
    otherwise: str | None


def placeholders(text: str) -> list[Placeholder]:
    """Return the placeholders of a text in order.

    >>> [one.name for one in placeholders("How long for {drug|it}?")]
    ['drug']
    """
    return [
        Placeholder(found[1], found.start(), found[2])
        for found in _PLACEHOLDER.finditer(text)
    ]


def placeholders_in(text: str) -> list[str]:
    """Return the names alone."""
    return [one.name for one in placeholders(text)] if "{" in text else []


def stray_brace(text: str) -> int | None:
    """Return where a brace stands that is no part of a placeholder, None if none."""
    if "{" not in text and "}" not in text:
        return None
    blanked = _PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
    found = _BRACE.search(blanked)
    return found.start() if found else None


def filled(text: str, say: Callable[[str], str | None]) -> str:
    """Return the text with each placeholder replaced by what `say` gives for its name.

    Where that is None the placeholder's own words stand; where it has none, it stays
    as it is written.
    """
    if "{" not in text:
        return text

    def one(found: re.Match[str]) -> str:
        said = say(found[1])
        return said if said is not None else (found[2] or found[0])

    return _PLACEHOLDER.sub(one, text)
