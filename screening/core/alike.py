"""Do two versions of a questionnaire differ in wording alone?

They do where everything is the same but the texts that people read. What is compared is
all the rest, down to each node of each rule; a part that this file does not name is
compared too, so that whatever is added to the language counts as deciding until
somebody says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from screening.core.definition import (
    Check,
    Criterion,
    Option,
    Page,
    Question,
    Questionnaire,
    Repeat,
)
from screening.core.expression import Expression
from screening.core.instrument import BandTable, Derived, Instrument, Score
from screening.core.problems import Place

_TEXTS: dict[type, frozenset[str]] = {
    Questionnaire: frozenset(
        {
            "version",
            "title",
            "language",
            "sha256",
            "files",
            "help",
            "receipt",
            "summary",
            "sources",
            "accepted_unknowns",
            "translations",
            "notices",
            # Made of all the rest, as functions.
            "program",
        }
    ),
    Page: frozenset({"title", "intro"}),
    Question: frozenset({"ask", "hint", "help", "short", "labels", "because", "loinc"}),
    Option: frozenset({"label", "hint"}),
    Repeat: frozenset({"any", "entry", "because", "hint", "short"}),
    Check: frozenset({"say"}),
    Criterion: frozenset({"clinician", "because", "sources"}),
    Instrument: frozenset(
        {"title", "stem", "instruction", "loinc", "licence", "sources", "rater"}
    ),
    BandTable: frozenset({"sources"}),
    Score: frozenset({"sources"}),
    Derived: frozenset({"sources", "drawn"}),
    # The tree is what a rule means; the text is how it happens to be written.
    Expression: frozenset({"text", "run"}),
}
"""Which fields of each part are for people to read, or follow from the others."""


def decide_alike(before: Questionnaire, after: Questionnaire) -> bool:
    """Tell whether two versions ask, decide and promise the same, wording aside.

    False may be said of two that decide alike (a rule written otherwise); True is said
    of none that does not.
    """
    accepted = set(before.accepted_unknowns) == set(after.accepted_unknowns)
    return accepted and _Comparison().same(before, after)


class _Comparison:
    """One walk through two versions; what both share is gone through once."""

    def __init__(self) -> None:
        self._met: set[tuple[int, int]] = set()

    def same(self, one: object, other: object) -> bool:
        if one is other or isinstance(one, Place):
            return one is other or isinstance(other, Place)
        if type(one) is not type(other):
            return False
        if is_dataclass(one):
            return self._same_parts(one, other)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            return list(one) == list(other) and all(
                self.same(one[key], other[key]) for key in one
            )
        if isinstance(one, list | tuple) and isinstance(other, list | tuple):
            return len(one) == len(other) and all(map(self.same, one, other))
        return one == other

    def _same_parts(self, one: object, other: object) -> bool:
        pair = (id(one), id(other))
        if pair in self._met:
            return True
        self._met.add(pair)
        texts = _TEXTS.get(type(one), frozenset())
        names = (f.name for f in fields(one) if f.name not in texts)  # type: ignore[arg-type]
        return all(self.same(getattr(one, n), getattr(other, n)) for n in names)
