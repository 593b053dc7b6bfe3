"""What became of a property, and the patient that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.answers import Stored
    from screening.core.problems import Place


class Standing(StrEnum):
    """What became of a property."""

    PROVED = "proved"
    REFUTED = "refuted"
    OPEN = "not decided in time"

    @classmethod
    def of(cls, *, holds: bool | None) -> Standing:
        """Return what became of a property that holds or not; None: not settled."""
        if holds is None:
            return cls.OPEN
        return cls.PROVED if holds else cls.REFUTED


class Subject(StrEnum):
    """What a property says, in the order in which they are told."""

    PROMISE = "promises"
    UNKNOWN = "not knowing never passes"
    RISK = "adding a risk never helps"
    ASKED = "what must be known is always asked"
    REACHED = "everything can be reached"
    CONSTANT = "no criterion is met by everybody"
    ALONE = "no criterion is implied by others of its kind"
    TOGETHER = "inclusion criteria can be fulfilled together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A worked patient: whole `answers`, and those in which it differs from `near`.

    `near` is the worked patient that it was made from; None for one of the solver's.
    """

    answers: Mapping[str, Stored]
    changed: Mapping[str, Stored]
    near: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One property of one thing, with what became of it, in words.

    `about` is what it is about ("criterion review-bp"). `patient` shows that it is
    refuted; where two records are compared, `then` is the second.
    """

    subject: Subject
    about: str
    standing: Standing
    words: str
    where: Place | None = None
    patient: Patient | None = None
    then: Patient | None = None

    @property
    def is_proved(self) -> bool:
        """Whether it holds for every patient."""
        return self.standing is Standing.PROVED

    @property
    def key(self) -> str:
        """What it is called on a command line: no other property is called so."""
        if self.subject is Subject.PROMISE:
            return self.about
        return f"{self.subject.name.lower()}: {self.about}"
