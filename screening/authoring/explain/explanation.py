"""What is said of one part of a questionnaire: plain values, without any layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.authoring.explain.uses import Use
    from screening.core.judge import Evaluation
    from screening.core.problems import Place

WordIn = Callable[["Evaluation"], str]
"""What a part comes to for one patient, in a word: "met", "not met", "moderate"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSaid:
    """A rule in words and as it is written; `leads_to` says what follows from it."""

    words: str
    written: str
    leads_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One part, explained. `facts` are labels and texts, in reading order.

    `unknown` says what happens when it is not known, `undetermined` which criteria
    that can leave undetermined. `word_in` is None where a patient changes nothing.
    """

    kind: str
    id: str
    what: str
    place: Place | None
    facts: tuple[tuple[str, str], ...] = ()
    rules: tuple[RuleSaid, ...] = ()
    reads: tuple[tuple[str, str], ...] = ()
    used_by: tuple[Use, ...] = ()
    through: tuple[Use, ...] = ()
    unknown: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    word_in: WordIn | None = None
