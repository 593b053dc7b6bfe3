"""From a patient's answers to the solver's unknowns, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import z3

from screening.core.answers import stored_form
from screening.core.instrument import Instrument
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    UNSURE,
    Entry,
    Open,
    State,
)
from screening.proof.asking import Unknown, UnknownList
from screening.proof.logic import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.answers import Stored
    from screening.core.expression.compile import Values
    from screening.proof.logic import Bool, Num
    from screening.proof.model import Model


# -- to the solver


def pinned(unknown: Unknown | UnknownList, values: Values) -> list[z3.BoolRef]:
    """Return what says that a question, or a list, is answered as in this record.

    Raises ValueError for a list with more entries than the model goes through.
    """
    if isinstance(unknown, UnknownList):
        return list(_pinned_list(unknown, values[unknown.slot]))
    return _pinned_answer(unknown, values[unknown.slot])


def _pinned_answer(unknown: Unknown, value: object) -> list[z3.BoolRef]:
    """Return what says that a question has this typed answer."""
    found = _pinned_state(unknown, value)
    opened = value.word if isinstance(value, Open) else None
    for key, flag in unknown.parts.items():
        if isinstance(key, tuple):
            found.append(flag == (key[1] == opened))
    if not isinstance(value, State):
        found += _pinned_parts(unknown, value)
    return found


def _pinned_state(unknown: Unknown | UnknownList, value: object) -> list[z3.BoolRef]:
    return [
        unknown.known == (not isinstance(value, State)),
        unknown.unsure == (value is UNSURE or isinstance(value, Open)),
        unknown.declined == (value is DECLINED),
    ]


def _pinned_parts(unknown: Unknown, value: object) -> Iterator[z3.BoolRef]:
    for key, part in unknown.parts.items():
        if isinstance(key, tuple):
            continue
        if key == "number" and z3.is_int(part):
            scale = 1 if unknown.question.numeric_options else _scale(unknown)
            yield part == int(cast("Decimal", value) * scale)
        elif key == "day" and z3.is_int(part):
            yield part == cast("date", value).toordinal()
        elif isinstance(value, frozenset):
            yield part == (key in value)
        elif isinstance(value, Entry):
            yield part == (key == _kind_of(unknown, value))
        else:
            yield part == (key == value)


def _scale(unknown: Unknown) -> int:
    return int(10**unknown.question.decimals)


def _kind_of(unknown: Unknown, entry: Entry) -> object:
    kinds = unknown.kinds
    if kinds is None or not entry.listed:
        return "other"
    return kinds.place(entry)


def _pinned_list(unknown: UnknownList, value: object) -> Iterator[z3.BoolRef]:
    yield from _pinned_state(unknown, value)
    entries = value if isinstance(value, list) else []
    if len(entries) > len(unknown.entries):
        message = f"{unknown.name} has more entries than are gone through"
        raise ValueError(message)
    yield unknown.count == len(entries)
    for asked, entry in zip(unknown.entries, entries, strict=False):
        for question in asked:
            yield from _pinned_answer(question, entry[question.question.position])


def lengths_wished(unknown: UnknownList, value: object) -> Iterator[Bool]:
    """Yield how long a list had best be: as in this record, else as near to it."""
    length = len(value) if isinstance(value, list) else 0
    for more in range(len(unknown.entries)):
        yield both(unknown.count >= length - more, unknown.count <= length + more)


def entries_wished(unknown: UnknownList, value: object, count: int) -> Iterator[Bool]:
    """Yield how each of `count` entries had best be, as a whole and answer by answer.

    They had best be as in this record; further ones had best be left out.
    """
    entries = value if isinstance(value, list) else []
    for place, asked in enumerate(unknown.entries[:count]):
        entry = entries[place] if place < len(entries) else None
        answers = [
            both(
                *_pinned_answer(
                    one, entry[one.question.position] if entry else LEFT_OUT
                )
            )
            for one in asked
        ]
        if entry is not None:
            yield both(*answers)
        yield from answers


# -- and back


@dataclass(frozen=True, slots=True)
class Finding:
    """One patient that the solver found.

    `changed` are unknowns with those that stand in their place: then it is the second
    of two records that differ in them.
    """

    model: z3.ModelRef
    changed: tuple[tuple[z3.ExprRef, z3.ExprRef], ...] = ()

    def holds(self, formula: Bool) -> bool:
        """Tell whether a formula holds for this patient."""
        if isinstance(formula, bool):
            return formula
        return bool(z3.is_true(self._worth(formula)))

    def whole(self, term: z3.ExprRef) -> int:
        """Return the whole number that a term comes to."""
        return int(self._worth(term).as_long())

    def worth(self, term: Num) -> Num:
        """Return what a number comes to, exactly."""
        if not isinstance(term, z3.ExprRef):
            return term
        value = self._worth(term)
        return value.as_fraction() if z3.is_real(value) else value.as_long()

    def _worth(self, term: z3.ExprRef) -> z3.ExprRef:
        other = z3.substitute(term, *self.changed) if self.changed else term
        return self.model.eval(other, model_completion=True)


def answers_in(model: Model, found: Finding) -> dict[str, Stored]:
    """Return the patient that the solver found, as an answers file.

    What is not asked of that patient is not in it.
    """
    answers: dict[str, Stored] = {}
    for key, several in model.unknowns.items():
        holder = model.questionnaire.program.keys[key]
        is_grouped = isinstance(holder, Instrument) or bool(
            getattr(holder, "parts", ())
        )
        for one in several:
            given = _given(model, one, found)
            if given is None:
                continue
            if is_grouped:
                own = cast("dict[str, Stored]", answers.setdefault(key, {}))
                own[cast("Unknown", one).question.id] = given
            else:
                answers[key] = given
    return answers


def _given(model: Model, unknown: Unknown | UnknownList, found: Finding) -> Stored:
    if found.holds(model.values[unknown.slot].unasked):
        return None
    if isinstance(unknown, Unknown):
        return stored_form(answer_in(unknown, found))
    state = _state_in(unknown, found)
    if state is not None:
        return state.word
    count = found.whole(unknown.count)
    return [
        {
            q.question.id: stored_form(answer)
            for q in entry
            if (answer := answer_in(q, found)) is not LEFT_OUT
        }
        for entry in unknown.entries[:count]
    ]


def _state_in(unknown: Unknown | UnknownList, found: Finding) -> State | None:
    if found.holds(unknown.known):
        return None
    if found.holds(unknown.unsure):
        return UNSURE
    return DECLINED if found.holds(unknown.declined) else LEFT_OUT


def answer_in(unknown: Unknown, found: Finding) -> object:
    """Return the typed answer that was found to a question."""
    state = _state_in(unknown, found)
    flags = {k: p for k, p in unknown.parts.items() if z3.is_bool(p)}
    if state is UNSURE:
        for key, flag in flags.items():
            if isinstance(key, tuple) and found.holds(flag):
                return Open(key[1])
    if state is not None:
        return state
    if "number" in unknown.parts and z3.is_int(unknown.parts["number"]):
        return _number_in(unknown, found)
    if "day" in unknown.parts and z3.is_int(unknown.parts["day"]):
        return date.fromordinal(found.whole(unknown.parts["day"]))
    chosen = [
        key
        for key, flag in flags.items()
        if not isinstance(key, tuple) and found.holds(flag)
    ]
    return _worded(unknown, chosen)


def _worded(unknown: Unknown, chosen: list[Any]) -> object:
    question = unknown.question
    if question.type.value == "choices":
        return frozenset(chosen)
    if unknown.kinds is not None:
        if chosen == ["other"]:
            return Entry(id="", label="something that no list knows", listed=False)
        return unknown.kinds.samples[chosen[0]]
    return chosen[0] if chosen else _EXAMPLES.get(question.type.value, "words")


_EXAMPLES = {
    "email": "name@example.org",
    "phone": "01632 960 001",
    "month": "2025-03",
    "text": "words",
}


def _number_in(unknown: Unknown, found: Finding) -> object:
    held = found.whole(unknown.parts["number"])
    scale = 1 if unknown.question.numeric_options else _scale(unknown)
    if scale == 1:
        return held
    exact = Decimal(held) / scale
    whole = exact.to_integral_value()
    return int(whole) if exact == whole else exact.normalize()
