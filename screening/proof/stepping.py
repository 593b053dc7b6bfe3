"""The engine's steps, each in formulas: hide, score, derive, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from screening.core.derived import type_of_derived
from screening.core.expression.types import TRUTH
from screening.core.instrument import Derived, Score
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
from screening.proof.logic import Bool, both, either, opposite
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
    from collections.abc import Callable, Iterable

    from screening.core.steps import Step
    from screening.proof.trees import Reading


def go_through(steps: Iterable[Step], reading: Reading) -> None:
    """Do every step, in order, over the values that are read."""
    for step in steps:
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
