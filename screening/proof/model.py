"""A whole definition, worked out for every patient at once.

The steps are the engine's own (`core/steps`), each said in formulas; what comes out is
what `core/judge` makes of a record: verdicts, findings, what is missing, the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, cast

import z3

from screening.core.definition import Kind, Outcome, Question, QuestionType, Repeat
from screening.core.instrument import Instrument
from screening.proof.asking import Asking, Unknown, UnknownList
from screening.proof.catalogues import compares_entries, kinds_of, words_in
from screening.proof.logic import Bool, both, either, opposite
from screening.proof.stepping import go_through
from screening.proof.trees import Reading
from screening.proof.values import (
    Rows,
    Truth,
    Value,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from screening.core.definition import Questionnaire
    from screening.core.expression import Expression, tree
    from screening.core.program import MustKnow, Program
    from screening.proof.catalogues import Kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What a definition makes of any record: formulas over the `unknowns` by key.

    `limits` say which answers there can be at all. `met` are criteria that make a
    finding, by id; `verdicts` their truths; `missing` what must be known and is not.
    """

    questionnaire: Questionnaire
    today: date
    unknowns: Mapping[str, tuple[Unknown | UnknownList, ...]]
    limits: tuple[Bool, ...]
    values: Mapping[int, Value]
    verdicts: Mapping[str, Truth]
    met: Mapping[str, Bool]
    missing: Mapping[str, Bool]
    outcomes: Mapping[Outcome, Bool]
    reading: Reading
    _reads: dict[int, frozenset[int]] = field(default_factory=dict)

    def each(self) -> Iterator[Unknown | UnknownList]:
        """Yield every question and every list, in the order of the file."""
        for several in self.unknowns.values():
            yield from several

    def questions(self) -> Iterator[Unknown]:
        """Yield every question that is not asked for each entry of a list."""
        yield from (one for one in self.each() if isinstance(one, Unknown))

    def reads(self, formula: Bool) -> frozenset[int]:
        """Return the numbers of the solver's unknowns that a formula reads."""
        if isinstance(formula, bool):
            return frozenset()
        known = self._reads.get(formula.get_id())
        if known is None:
            known = self._reads[formula.get_id()] = _unknowns_in(formula)
        return known

    def truth(self, expression: Expression) -> Truth:
        """Return what a rule comes to."""
        return self.reading.truth(expression.tree)


def model_of(
    questionnaire: Questionnaire, today: date, *, most_entries: int | None = None
) -> Model:
    """Return the model of a questionnaire for records sent on `today`.

    `most_entries` keeps lists shorter than the definition does.
    """
    kinds = _kinds(questionnaire)
    asking = Asking(today, kinds)
    unknowns = {
        key: tuple(_unknowns_of(holder, asking, most_entries))
        for key, holder in questionnaire.program.keys.items()
    }
    slots = {one.slot: one.value for several in unknowns.values() for one in several}
    reading = Reading(slots, today, kinds)
    for instrument in questionnaire.instruments.values():
        reading.values[instrument.status_slot] = Value(payload=Word({}))
    go_through(questionnaire.program.steps, reading)
    verdicts = {
        one.id: reading.truth(one.when.tree) for one in questionnaire.program.criteria
    }
    met = {
        one.id: verdicts[one.id].no
        if one.kind is Kind.INCLUSION
        else verdicts[one.id].yes
        for one in questionnaire.program.criteria
    }
    missing = {
        one.id: _is_missing(one, reading) for one in questionnaire.program.must_know
    }
    outcomes = outcomes_of(questionnaire.program, met, missing)
    reading.values[questionnaire.program.outcome_slot] = Value(
        payload=Word({outcome.value: holds for outcome, holds in outcomes.items()})
    )
    return Model(
        questionnaire=questionnaire,
        today=today,
        unknowns=unknowns,
        limits=tuple(asking.limits),
        values=reading.values,
        verdicts=verdicts,
        met=met,
        missing=missing,
        outcomes=outcomes,
        reading=reading,
    )


def _unknowns_in(formula: z3.ExprRef) -> frozenset[int]:
    found: set[int] = set()
    seen: set[int] = set()
    waiting = [formula]
    while waiting:
        one = waiting.pop()
        if one.get_id() in seen:
            continue
        seen.add(one.get_id())
        if z3.is_const(one) and one.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(one.get_id())
        waiting += one.children()
    return frozenset(found)


def _unknowns_of(
    holder: Question | Instrument | Repeat, asking: Asking, most: int | None
) -> Iterator[Unknown | UnknownList]:
    if isinstance(holder, Repeat):
        yield asking.listed(holder, most)
        return
    if isinstance(holder, Instrument):
        parts = holder.items
    else:
        parts = holder.parts or (holder,)
    for part in parts:
        if part.type is not QuestionType.NOTE:
            yield asking.question(part, part.key)


def _kinds(questionnaire: Questionnaire) -> dict[str, Kinds]:
    nodes = tuple(_nodes(_expressions(questionnaire)))
    names = words_in(nodes)
    are_compared = compares_entries(nodes)
    catalogues = (
        question.catalogue
        for page in questionnaire.pages
        for outer in (*page.questions, *(page.repeat.questions if page.repeat else ()))
        for question in (outer, *outer.parts)
    )
    return {
        one.id: kinds_of(one, one.entries if are_compared else names)
        for one in catalogues
        if one is not None
    }


def _expressions(questionnaire: Questionnaire) -> Iterator[Expression]:
    """Return every rule that a patient or a promise can hang on."""
    for step in questionnaire.program.steps:
        yield from step.rules
    for criterion in questionnaire.criteria:
        yield criterion.when
    for promise in questionnaire.promises:
        yield from (rule for rule in (promise.never, promise.always) if rule)


def _nodes(expressions: Iterator[Expression]) -> Iterator[tree.Node]:
    waiting: list[object] = [one.tree for one in expressions]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += node
        elif is_dataclass(node) and hasattr(node, "type"):
            yield cast("tree.Node", node)
            waiting += [getattr(node, one.name) for one in fields(node)]


# -- what it comes to


def _is_missing(wanted: MustKnow, reading: Reading) -> Bool:
    lacking = [reading.values[slot].is_open for slot in wanted.slots]
    for slot, positions in wanted.entries:
        listed = reading.values[slot]
        given = opposite(listed.has_state)
        lacking += [
            both(given, is_there, entry[position].is_open)
            for is_there, entry in cast("Rows", listed.payload).entries
            for position in positions
        ]
    is_needed: Bool = True
    if wanted.when is not None:
        is_needed = opposite(reading.truth(wanted.when.tree).no)
    return both(either(*lacking), is_needed)


def outcomes_of(
    program: Program, met: Mapping[str, Bool], missing: Mapping[str, Bool]
) -> dict[Outcome, Bool]:
    """Return when each outcome holds: the first that anything calls for."""

    def found(*kinds: Kind) -> Bool:
        return either(*(met[c.id] for c in program.criteria if c.kind in kinds))

    urgent, excluded = found(Kind.URGENT), found(Kind.EXCLUSION)
    looked_at = either(found(Kind.REVIEW, Kind.INCLUSION), *missing.values())
    calm = opposite(urgent)
    clear = both(calm, opposite(excluded))
    return {
        Outcome.URGENT: urgent,
        Outcome.CONTRAINDICATION_REPORTED: both(calm, excluded),
        Outcome.NEEDS_REVIEW: both(clear, looked_at),
        Outcome.NO_BARRIER_REPORTED: both(clear, opposite(looked_at)),
    }
