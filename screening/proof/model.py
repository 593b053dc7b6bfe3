"""A whole definition, worked out for every patient at once.

The steps are the engine's own (`core/steps`), each said in formulas; what comes out is
what `core/judge` makes of a record: verdicts, findings, what is missing, the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast

import z3

from screening.core.definition import Kind, Outcome, Question, QuestionType, Repeat
from screening.core.derived import type_of_derived
from screening.core.expression.types import TRUTH
from screening.core.instrument import Derived, Instrument, Score
from screening.core.scoring import COMPLETE, GATED, INCOMPLETE, INCONSISTENT
from screening.core.steps import (
    Close,
    FlagInconsistent,
    Hide,
    Mark,
    Settle,
    Withhold,
    WorkOut,
    WorkOutEntries,
)
from screening.proof import scores
from screening.proof.asking import Asking, Unknown, UnknownList
from screening.proof.catalogues import kinds_of, words_in
from screening.proof.logic import Bool, both, either, opposite
from screening.proof.trees import Reading
from screening.proof.values import (
    NOTHING,
    Row,
    Rows,
    Truth,
    Value,
    Word,
    Words,
    one_of_two,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
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
    reading = Reading(_slots(unknowns), today, kinds)
    for instrument in questionnaire.instruments.values():
        reading.values[instrument.status_slot] = Value(payload=Word({}))
    _go_through(questionnaire.program, reading)
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


def _slots(
    unknowns: Mapping[str, tuple[Unknown | UnknownList, ...]],
) -> dict[int, Value]:
    return {
        (one.repeat.slot if isinstance(one, UnknownList) else one.question.slot): (
            one.value
        )
        for several in unknowns.values()
        for one in several
    }


def _kinds(questionnaire: Questionnaire) -> dict[str, Kinds]:
    words = words_in(_nodes(_expressions(questionnaire)))
    catalogues = (
        question.catalogue
        for page in questionnaire.pages
        for outer in (*page.questions, *(page.repeat.questions if page.repeat else ()))
        for question in (outer, *outer.parts)
    )
    return {one.id: kinds_of(one, words) for one in catalogues if one is not None}


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


# -- the steps


def _go_through(program: Program, reading: Reading) -> None:
    for step in program.steps:
        _STEPS[type(step)](step, reading)


def _hide(step: Hide, reading: Reading) -> None:
    hides = reading.truth(step.condition.tree).no
    for slot in step.slots:
        reading.values[slot] = reading.values[slot].hidden(hides)


def _withhold(step: Withhold, reading: Reading) -> None:
    slot, word = step.question.slot, step.option.value
    value = reading.values[slot]
    withheld = reading.truth(step.condition.tree).no
    payload = value.payload
    if step.option.unknown and value.opened is not None:
        value = value.left_out(both(withheld, value.opened[word]))
    if isinstance(payload, Words):
        chosen = payload.has[word]
        rest = {w: one for w, one in payload.has.items() if w != word}
        alone = both(withheld, chosen, opposite(either(*rest.values())))
        kept = {**rest, word: both(chosen, opposite(withheld))}
        value = _with(value.left_out(both(alone, opposite(value.has_state))), kept)
    elif isinstance(payload, Word) and not step.option.unknown:
        chosen = both(opposite(value.has_state), payload.is_word[word])
        value = value.left_out(both(withheld, chosen))
    elif not step.option.unknown:
        chosen = scores.is_number(payload, cast("int", step.chosen))
        value = value.left_out(both(withheld, opposite(value.has_state), chosen))
    reading.values[slot] = value


def _with(value: Value, has: dict[object, Bool]) -> Value:
    return Value(
        payload=Words(has),
        unasked=value.unasked,
        unknown=value.unknown,
        unsure=value.unsure,
        declined=value.declined,
        opened=value.opened,
    )


def _work_out(step: WorkOut, reading: Reading) -> None:
    reading.values[step.value.slot] = _derived(step.value, reading)


def _derived(derived: Derived, reading: Reading) -> Value:
    """Return a derived value: the first row that holds, read downwards."""
    if derived.expression is not None:
        return reading.value(derived.expression.tree)
    is_truth = type_of_derived(derived) == TRUTH
    undetermined = NOTHING
    if derived.if_undetermined is not None:
        undetermined = _said(derived.if_undetermined, unknown=False, is_truth=is_truth)
    found = undetermined
    for row in reversed(derived.rows):
        said = _said(row.word, unknown=row.unknown, is_truth=is_truth)
        if row.when is None:
            found = said
            continue
        when = reading.truth(row.when.tree)
        otherwise = one_of_two(when.no, found, undetermined)
        found = one_of_two(when.yes, said, otherwise)
    return found


def _said(word: str, *, unknown: bool, is_truth: bool) -> Value:
    if unknown:
        return Value(payload=Word({word: False}), unknown=True, unsure=True)
    if is_truth and word in {"true", "false"}:
        return Value(payload=Truth(word == "true", word == "false"))
    return Value(payload=Word({word: True}))


def _work_out_entries(step: WorkOutEntries, reading: Reading) -> None:
    repeat = step.repeat
    listed = reading.values[repeat.slot]
    rows: list[tuple[Bool, tuple[Value, ...]]] = []
    for is_there, given in cast("Rows", listed.payload).entries:
        entry = list(given)
        for value in repeat.derived:
            reading.values[repeat.entry_slot] = Value(payload=Row(tuple(entry)))
            entry[value.slot] = _derived(value, reading)
        rows.append((is_there, tuple(entry)))
    reading.values[repeat.slot] = Value(
        payload=Rows(tuple(rows)),
        unasked=listed.unasked,
        unknown=listed.unknown,
        unsure=listed.unsure,
        declined=listed.declined,
    )


# -- instruments


def _said_of(status: Value, word: str) -> Bool:
    return cast("Word", status.payload).is_word.get(word, False)


def _status(status: Value, **words: Bool) -> Value:
    """Return the status with these words in it; a word that holds ends the others."""
    held = dict(cast("Word", status.payload).is_word)
    for word, holds in words.items():
        held = {w: both(one, opposite(holds)) for w, one in held.items()}
        held[word] = either(held.get(word, False), holds)
    return Value(payload=Word(held), unasked=status.unasked)


def _flag_inconsistent(step: FlagInconsistent, reading: Reading) -> None:
    slot = step.instrument.status_slot
    status = reading.values[slot]
    found = both(opposite(status.unasked), reading.truth(step.condition.tree).yes)
    reading.values[slot] = _status(status, **{INCONSISTENT: found})


def _close(step: Close, reading: Reading) -> None:
    slot = step.instrument.status_slot
    status = reading.values[slot]
    closed = both(opposite(status.unasked), reading.truth(step.gate.tree).no)
    reading.values[slot] = _status(status, **{GATED: closed})
    for item in step.slots:
        reading.values[item] = reading.values[item].hidden(closed)


def _mark(step: Mark, reading: Reading) -> None:
    status = reading.values[step.instrument.status_slot]
    value: Score | Derived = step.value
    found = (
        scores.worked_out(value, step.instrument, reading.values)
        if isinstance(value, Score)
        else _derived(value, reading)
    )
    apart = both(opposite(status.unasked), _said_of(status, INCONSISTENT))
    reading.values[value.slot] = found.left_out(apart).hidden(status.unasked)


def _settle(step: Settle, reading: Reading) -> None:
    slot = step.instrument.status_slot
    status = reading.values[slot]
    said = either(*cast("Word", status.payload).is_word.values())
    is_open = either(
        *(
            reading.values[item.slot].is_open
            for item in step.instrument.items
            if item.scored
        )
    )
    silent = both(opposite(status.unasked), opposite(said))
    words = {
        INCOMPLETE: both(silent, is_open),
        COMPLETE: both(silent, opposite(is_open)),
    }
    reading.values[slot] = _status(status, **words)


_STEPS: dict[type, Callable[[Any, Reading], None]] = {
    Hide: _hide,
    Withhold: _withhold,
    WorkOut: _work_out,
    WorkOutEntries: _work_out_entries,
    FlagInconsistent: _flag_inconsistent,
    Close: _close,
    Mark: _mark,
    Settle: _settle,
}


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
