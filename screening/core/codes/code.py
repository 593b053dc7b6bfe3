"""One entry of the registry of codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A kind of problem: its code, what it is, why it matters, and how to mend it."""

    code: str
    title: str
    why: str
    mend: str
