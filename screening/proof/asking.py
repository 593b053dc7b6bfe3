"""Which answers can a question get? An unknown of the solver for each, and its limits.

An answer is known or left open in one of the ways a patient has. Amounts given in
another unit are those on the grid of the first one: rules compare with numbers on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import z3

from screening.core.definition import NUMERIC_TYPES, WRITTEN_TYPES, QuestionType
from screening.proof.logic import Bool, Num, either, opposite
from screening.proof.values import (
    Day,
    Number,
    Picked,
    Rows,
    Text,
    Value,
    Word,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from screening.core.definition import Question, Repeat
    from screening.core.problems import Place
    from screening.proof.catalogues import Kinds
    from screening.proof.values import Payload

FARTHEST = 10**6
"""The largest number, either way, of a question that has no limit."""

OLDEST_DAY = 40_000
"""Days before today of the earliest day of a question that has no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """One question's unknowns: `value` as rules read it, and what the solver chooses.

    `known`, `unsure` and `declined` are never two at once; none of them is left out.
    `parts` are the unknowns of the answer itself, by what they stand for; `limits` say
    which answers there can be.
    """

    question: Question
    value: Value
    known: z3.BoolRef
    unsure: z3.BoolRef
    declined: z3.BoolRef
    parts: Mapping[object, z3.ExprRef]
    limits: tuple[Bool, ...]
    kinds: Kinds | None = None

    @property
    def name(self) -> str:
        """What rules call it."""
        return self.question.key

    @property
    def slot(self) -> int:
        """Where its answer stands."""
        return self.question.slot

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.question.place

    def every(self) -> tuple[z3.ExprRef, ...]:
        """Return all of the solver's unknowns in it."""
        return (self.known, self.unsure, self.declined, *self.parts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownList:
    """A list's unknowns: how many entries, and each one's questions."""

    repeat: Repeat
    value: Value
    known: z3.BoolRef
    unsure: z3.BoolRef
    declined: z3.BoolRef
    count: z3.ArithRef
    entries: tuple[tuple[Unknown, ...], ...]
    limits: tuple[Bool, ...]

    @property
    def name(self) -> str:
        """What rules call it."""
        return self.repeat.id

    @property
    def slot(self) -> int:
        """Where its entries stand."""
        return self.repeat.slot

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.repeat.place

    def every(self) -> tuple[z3.ExprRef, ...]:
        """Return all of the solver's unknowns in it."""
        inner = (one for entry in self.entries for q in entry for one in q.every())
        return (self.known, self.unsure, self.declined, self.count, *inner)


@dataclass(slots=True)
class Asking:
    """Makes unknowns and gathers their limits in `limits`."""

    today: date
    kinds: Mapping[str, Kinds]
    limits: list[Bool] = field(default_factory=list)

    def question(self, question: Question, name: str) -> Unknown:
        """Return the unknowns of one question, called `name` in the solver."""
        before = len(self.limits)
        known, unsure, declined = self._ways(name)
        made = _Parts(self, question, name, known)
        payload, opened = made.payload()
        openly = either(*opened.values())
        self.limits.append(either(opposite(openly), unsure))
        value = Value(
            payload=payload,
            unknown=opposite(known),
            unsure=unsure,
            declined=declined,
            opened=dict(opened) or None,
        )
        catalogue = question.catalogue
        return Unknown(
            question=question,
            value=value,
            known=known,
            unsure=unsure,
            declined=declined,
            parts=made.parts,
            limits=tuple(self.limits[before:]),
            kinds=self.kinds[catalogue.id] if catalogue else None,
        )

    def listed(self, repeat: Repeat, most: int | None = None) -> UnknownList:
        """Return the unknowns of a list, of at most so many entries if that is said."""
        name = repeat.id
        before = len(self.limits)
        known, unsure, declined = self._ways(name)
        count = z3.Int(f"{name}?count")
        most = repeat.at_most if most is None else min(most, repeat.at_most)
        self.limits += [count >= 0, count <= most]
        room = (Value(payload=Text()),) * len(repeat.derived)
        entries, rows = [], []
        for place in range(most):
            asked = tuple(
                self.question(question, f"{name}[{place}].{question.id}")
                for question in repeat.questions
            )
            entries.append(asked)
            rows.append((count > place, (*(one.value for one in asked), *room)))
        value = Value(
            payload=Rows(tuple(rows)),
            unknown=opposite(known),
            unsure=unsure,
            declined=declined,
        )
        return UnknownList(
            repeat=repeat,
            value=value,
            known=known,
            unsure=unsure,
            declined=declined,
            count=count,
            entries=tuple(entries),
            limits=tuple(self.limits[before:]),
        )

    def _ways(self, name: str) -> tuple[z3.BoolRef, z3.BoolRef, z3.BoolRef]:
        """Return known, unsure and declined, of which at most one holds."""
        known, unsure, declined = (
            z3.Bool(f"{name}?{how}") for how in ("known", "unsure", "declined")
        )
        self.limits.append(z3.AtMost(known, unsure, declined, 1))
        return known, unsure, declined


class _Parts:
    """The unknowns of one answer, while it is made."""

    def __init__(
        self, asking: Asking, question: Question, name: str, known: z3.BoolRef
    ) -> None:
        self.asking = asking
        self.question = question
        self.name = name
        self.known = known
        self.parts: dict[object, z3.ExprRef] = {}

    def payload(self) -> tuple[Payload, Mapping[str, Bool]]:
        """Return the payload, and the options by which the matter is left open."""
        question = self.question
        opened: dict[str, Bool] = {
            option.value: self._flag(("open", option.value), f"open {option.value}")
            for option in question.options
            if option.unknown
        }
        if len(opened) > 1:
            self.asking.limits.append(z3.AtMost(*opened.values(), 1))
        return self._payload(), opened

    def _payload(self) -> Payload:
        question = self.question
        if question.type is QuestionType.CHOICES:
            return self._several()
        if question.numeric_options:
            return self._counted()
        if question.options or question.type is QuestionType.ACKNOWLEDGE:
            return self._one()
        if question.type in NUMERIC_TYPES:
            return self._number()
        if question.type is QuestionType.DATE:
            return self._day()
        if question.type is QuestionType.PICK:
            return self._picked()
        if question.type in WRITTEN_TYPES:
            return Text()
        raise TypeError(question.type)

    def _flag(self, key: object, name: str) -> z3.BoolRef:
        found = z3.Bool(f"{self.name}={name}")
        self.parts[key] = found
        return found

    def _exactly_one(self, flags: list[z3.BoolRef]) -> None:
        """Let one of the flags hold where the answer is known, else none."""
        self.asking.limits += [
            z3.AtMost(*flags, 1),
            self.known == z3.Or(*flags),
        ]

    def _one(self) -> Word:
        words = [option.value for option in self.question.options if not option.unknown]
        words = words or ["yes"]
        flags: dict[object, Bool] = {word: self._flag(word, word) for word in words}
        self._exactly_one([one for one in flags.values() if not isinstance(one, bool)])
        return Word(flags)

    def _counted(self) -> Number:
        values = [int(o.value) for o in self.question.options if not o.unknown]
        held = self._whole("number")
        self.asking.limits += [held >= min(values), held <= max(values)]
        gaps = set(range(min(values), max(values) + 1)) - set(values)
        self.asking.limits += [held != gap for gap in sorted(gaps)]
        return Number(held, held)

    def _whole(self, key: str, name: str | None = None) -> z3.ArithRef:
        held = z3.Int(f"{self.name}#{name or key}")
        self.parts[key] = held
        return held

    def _number(self) -> Number:
        question = self.question
        # Two versions of a definition share what they ask: on one grid alone.
        grid = f" of {question.decimals} decimals" if question.decimals else ""
        held = self._whole("number", f"number{grid}")
        scale = 10**question.decimals
        low = -FARTHEST if question.low is None else question.low
        high = FARTHEST if question.high is None else question.high
        self.asking.limits += [
            held >= int(Decimal(low) * scale),
            held <= int(Decimal(high) * scale),
        ]
        worth: Num = held if scale == 1 else z3.ToReal(held) / scale
        return Number(worth, worth)

    def _day(self) -> Day:
        question, today = self.question, self.asking.today
        held = self._whole("day")
        ordinal = today.toordinal()
        earliest = (
            question.earliest.on(today).toordinal() if question.earliest else None
        )
        latest = question.latest.on(today).toordinal() if question.latest else None
        self.asking.limits += [
            held >= (ordinal - OLDEST_DAY if earliest is None else earliest),
            held <= (ordinal + OLDEST_DAY if latest is None else latest),
        ]
        return Day(held)

    def _picked(self) -> Picked:
        question = self.question
        catalogue = question.catalogue
        if catalogue is None:
            raise TypeError(question.id)
        kinds = self.asking.kinds[catalogue.id]
        flags = [self._flag(n, one.id) for n, one in enumerate(kinds.samples)]
        other: Bool = False
        if question.not_listed:
            other = self._flag("other", "something else")
            self._exactly_one([*flags, other])
        else:
            self._exactly_one(flags)
        return Picked(tuple(flags), opposite(other))

    def _several(self) -> Words:
        """Return any options, an exclusive one alone; none at all counts as known.

        An option that leaves the matter open does so alone; it may stand with others.
        """
        limits, options = self.asking.limits, self.question.options
        flags: dict[object, Bool] = {
            option.value: self._flag(option.value, option.value) for option in options
        }
        for option in options:
            others = [flags[o.value] for o in options if o is not option]
            mine = flags[option.value]
            limits.append(either(opposite(mine), self.known))
            if option.exclusive:
                limits.append(either(opposite(mine), opposite(either(*others))))
            if option.unknown:
                limits.append(either(opposite(mine), either(*others)))
        return Words(flags)
