"""Two records that differ in one answer: does knowing more, or a risk more, help?

**Not knowing never passes**: if a record with an unknown answer comes out with no
barrier reported, so does the same record with that answer known, whatever it is. One
answer after the other, that holds for every way of completing a record. Answers that
nobody asked for may be anything: the second record may ask for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from screening.core.definition import Outcome
from screening.proof.asking import UnknownList
from screening.proof.found import Subject
from screening.proof.logic import Bool, both, either, opposite
from screening.proof.model import outcomes_of
from screening.proof.refuting import refuted_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Question
    from screening.proof.asking import Unknown
    from screening.proof.found import Found
    from screening.proof.prover import Near, Prover

_WORST_FIRST = tuple(Outcome)


class _Second:
    """The record beside the first: all answers the same but one question's."""

    def __init__(self, prover: Prover, unknown: Unknown | UnknownList) -> None:
        self.pairs = [(one, z3.Const(f"{one}'", one.sort())) for one in unknown.every()]
        self.mine = {one.get_id() for one, _ in self.pairs}
        self.prover = prover
        self.unknown = unknown
        self.limits = self.of(both(*unknown.limits))

    def of(self, formula: Bool) -> Bool:
        """Return what a formula says of the second record."""
        if isinstance(formula, bool):
            return formula
        return z3.substitute(formula, *self.pairs)

    def outcomes(self) -> dict[Outcome, Bool]:
        """Return when each outcome of the second record holds.

        What does not read the answer that differs is the same in both.
        """
        model, prover = self.prover.model, self.prover
        met = {
            name: self.of(one) if self._reads_it(one) else prover.met[name]
            for name, one in model.met.items()
        }
        missing = {
            name: self.of(one) if self._reads_it(one) else prover.missing[name]
            for name, one in model.missing.items()
        }
        return outcomes_of(model.questionnaire.program, met, missing)

    def _reads_it(self, formula: Bool) -> bool:
        return not self.mine.isdisjoint(self.prover.model.reads(formula))

    def newly_asked_are_known(self) -> Bool:
        """Return that what only the second record asks is answered in it."""
        model = self.prover.model
        found: list[Bool] = []
        for one in model.each():
            hidden = model.values[one.slot].unasked
            if one is self.unknown or not self._reads_it(hidden):
                continue
            shown = opposite(self.of(hidden))
            found.append(either(opposite(hidden), opposite(shown), one.known))
        return both(*found)


def unknown(prover: Prover, near: Near) -> Iterator[Found]:
    """Yield of each question whether not answering it never passes.

    Those that the file accepts as unknown are left out; `accepted` names them.
    """
    model = prover.model
    for key, several in model.unknowns.items():
        if key in model.questionnaire.accepted_unknowns:
            continue
        for one in several:
            yield _never_passes(prover, near, one)


def _never_passes(prover: Prover, near: Near, unknown: Unknown | UnknownList) -> Found:
    model = prover.model
    second = _Second(prover, unknown)
    passes = Outcome.NO_BARRIER_REPORTED
    learnt = both(opposite(unknown.known), second.of(unknown.known))
    if isinstance(unknown, UnknownList):
        learnt = either(learnt, _entries_learnt(unknown, second))
    wanted = both(
        opposite(model.values[unknown.slot].unasked),
        learnt,
        second.limits,
        prover.outcomes[passes],
        opposite(second.outcomes()[passes]),
        second.newly_asked_are_known(),
    )
    words = (
        f"a record passes with {unknown.name} unknown, and does not with an answer: "
        "ask for it by a rule, or accept it (must_know: false, because: …)"
    )
    return refuted_by(
        prover,
        near,
        wanted,
        Subject.UNKNOWN,
        about=f"question {unknown.name}",
        words=words,
        where=unknown.place,
        changed=tuple(second.pairs),
    )


def _entries_learnt(unknown: UnknownList, second: _Second) -> Bool:
    """Return that the list is the same, but for unknown answers in it."""
    parts: list[Bool] = [
        unknown.known,
        second.of(unknown.known),
        second.of(unknown.count) == unknown.count,
    ]
    for entry in unknown.entries:
        for question in entry:
            same = both(*(second.of(one) == one for one in question.every()))
            parts.append(either(opposite(question.known), same))
            parts.append(second.of(question.known))
    return both(*parts)


def risks(prover: Prover, near: Near) -> Iterator[Found]:
    """Yield of each question with a riskier answer whether that never helps."""
    for one in prover.model.questions():
        if one.question.riskier:
            yield _never_helps(prover, near, one)


def _never_helps(prover: Prover, near: Near, unknown: Unknown) -> Found:
    model = prover.model
    second = _Second(prover, unknown)
    later = second.outcomes()
    better = either(
        *(
            both(prover.outcomes[worse], later[milder])
            for place, worse in enumerate(_WORST_FIRST)
            for milder in _WORST_FIRST[place + 1 :]
        )
    )
    wanted = both(
        opposite(model.values[unknown.slot].unasked),
        unknown.known,
        second.of(unknown.known),
        _is_riskier(unknown.question, unknown, second),
        second.limits,
        better,
    )
    words = (
        f"a riskier answer to {unknown.name} makes the outcome milder: look at the "
        "rules that read it, or at the order in `riskier`"
    )
    return refuted_by(
        prover,
        near,
        wanted,
        Subject.RISK,
        about=f"question {unknown.name}",
        words=words,
        where=unknown.place,
        changed=tuple(second.pairs),
    )


def _is_riskier(question: Question, unknown: Unknown, second: _Second) -> Bool:
    if isinstance(question.riskier, str):
        held = unknown.parts["number"]
        other = second.of(held)
        return other > held if question.riskier == "up" else other < held
    order = question.riskier or ()
    return either(
        *(
            both(unknown.parts[safer], second.of(unknown.parts[riskier]))
            for place, safer in enumerate(order)
            for riskier in order[place + 1 :]
            if safer in unknown.parts and riskier in unknown.parts
        )
    )
