"""What one evaluation does, in order: hide, score, derive, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.core.definition import Repeat
from screening.core.instrument import Derived
from screening.core.load.derive import function_of, symbols_read
from screening.core.scoring import (
    GATED,
    INCONSISTENT,
    score_function,
    status_of,
)
from screening.core.values import LEFT_OUT, NOT_ASKED, Open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from screening.core.definition import Page, Question
    from screening.core.expression.compile import Values
    from screening.core.instrument import Instrument
    from screening.core.program import Step

    Run = Callable[[Values], object]


def steps_of(
    pages: Iterable[Page],
    parts: Iterable[Derived | Repeat],
    page_of: dict[str, int],
) -> tuple[Step, ...]:
    """Return the steps: each page's, then what is derived once it was answered.

    `parts` stand in the order of working out; `page_of` says after which page, by the
    name of a value or a repeat.
    """
    steps: list[Step] = []
    waiting = list(parts)
    for number, page in enumerate(_of_the_file(pages)):
        steps += _page_steps(page)
        ready = [part for part in waiting if page_of[_name(part)] <= number]
        waiting = [part for part in waiting if page_of[_name(part)] > number]
        steps += [_working_out(part) for part in ready]
    return tuple(steps)


def _name(part: Derived | Repeat) -> str:
    return part.name if isinstance(part, Derived) else part.id


def _working_out(part: Derived | Repeat) -> Step:
    if isinstance(part, Derived):
        return _set(part.slot, function_of(part))
    return _entries_step(part)


def _of_the_file(pages: Iterable[Page]) -> list[Page]:
    """Return one page for each of the file's (a divided page counts once)."""
    kept: dict[str, Page] = {}
    for page in pages:
        kept.setdefault(page.source_id, page)
    return list(kept.values())


def _page_steps(page: Page) -> list[Step]:
    steps: list[Step] = []
    if page.ask_if is not None:
        steps.append(_hide(page.ask_if.run, _slots_of(page)))
    if page.instrument is not None:
        return steps + instrument_steps(page.instrument)
    for question in page.questions:
        steps += _question_steps(question)
    return steps


def _slots_of(page: Page) -> tuple[int, ...]:
    if page.instrument is not None:
        items = tuple(item.slot for item in page.instrument.items)
        return (*items, page.instrument.status_slot)
    if page.repeat is not None:
        return (page.repeat.slot,)
    parts = [part for q in page.questions for part in (q.parts or (q,))]
    return tuple(part.slot for part in parts if part.slot >= 0)


def _question_steps(question: Question) -> list[Step]:
    steps: list[Step] = []
    parts = question.parts or (question,)
    if question.ask_if is not None:
        slots = tuple(part.slot for part in parts)
        steps.append(_hide(question.ask_if.run, slots))
    steps += [
        _hide(part.ask_if.run, (part.slot,))
        for part in question.parts
        if part.ask_if is not None
    ]
    steps += [step for part in parts for step in _option_steps(part)]
    return steps


def _option_steps(question: Question) -> list[Step]:
    return [
        _withhold(question, option.value, option.ask_if.run)
        for option in question.options
        if option.ask_if is not None
    ]


def _withhold(question: Question, word: str, condition: Run) -> Step:
    """Return the step that takes back an option which was not to be offered.

    What is left without it counts as left out: the question was asked.
    """
    slot = question.slot
    chosen: object = int(word) if question.numeric_options else word

    def step(values: Values) -> None:
        value = values[slot]
        is_one = value == chosen or (isinstance(value, Open) and value.word == word)
        is_among = isinstance(value, frozenset) and word in value
        if not (is_one or is_among) or condition(values) is not False:
            return
        rest = value - {word} if isinstance(value, frozenset) else None
        values[slot] = rest or LEFT_OUT

    return step


def _hide(condition: Run, slots: tuple[int, ...]) -> Step:
    """Return the step that makes `slots` not asked when the condition is surely false.

    An undetermined condition asks.
    """

    def step(values: Values) -> None:
        if condition(values) is False:
            for slot in slots:
                values[slot] = NOT_ASKED

    return step


def _set(slot: int, function: Run) -> Step:
    def step(values: Values) -> None:
        values[slot] = function(values)

    return step


def _entries_step(repeat: Repeat) -> Step:
    """Return the step that works out the values of every entry."""
    functions = tuple((value.slot, function_of(value)) for value in repeat.derived)
    slot, entry_slot = repeat.slot, repeat.entry_slot

    def step(values: Values) -> None:
        if values[slot].__class__ is not list:
            return
        entries = [entry.copy() for entry in cast("list[list[object]]", values[slot])]
        values[slot] = entries
        for entry in entries:
            values[entry_slot] = entry
            for position, function in functions:
                entry[position] = function(values)

    return step


# -- instruments


def instrument_steps(instrument: Instrument) -> list[Step]:
    """Return the steps of one instrument: judge raw items, hide, score, settle status.

    Scores and results are worked out as soon as the items they read are settled,
    since a later item's condition may depend on them.
    """
    steps: list[Step] = []
    flag = instrument.status_slot
    if instrument.inconsistent is not None:
        steps.append(_flag_inconsistent(instrument.inconsistent.run, flag))
    if instrument.gate is not None:
        reads = {symbol.slot for symbol in instrument.gate.reads}
        gated = [item.slot for item in instrument.items if item.slot not in reads]
        steps.append(_close(instrument.gate.run, tuple(gated), flag))
    waiting = _values_of(instrument)
    for position in range(-1, len(instrument.items)):
        if position >= 0:
            item = instrument.items[position]
            if item.ask_if is not None:
                steps.append(_hide(item.ask_if.run, (item.slot,)))
        ready = [entry for entry in waiting if entry[0] <= position]
        waiting = [entry for entry in waiting if entry[0] > position]
        steps += [_guarded(slot, function, flag) for _, slot, function in ready]
    steps.append(_settle(instrument))
    return steps


def _values_of(instrument: Instrument) -> list[tuple[int, int, Run]]:
    """Return (last item read, slot, function) of scores and results, in order."""
    position = {item.slot: n for n, item in enumerate(instrument.items)}
    by_id = {item.id: n for n, item in enumerate(instrument.items)}
    made: list[tuple[int, int, Run]] = []
    for score in instrument.scores:
        last = max((by_id[item] for item in score.items), default=-1)
        position[score.slot] = last
        made.append((last, score.slot, score_function(score, instrument.items)))
    for result in instrument.results:
        last = max(
            (position[s.slot] for s in symbols_read(result) if s.slot >= 0), default=-1
        )
        position[result.slot] = last
        made.append((last, result.slot, function_of(result)))
    return made


def _flag_inconsistent(condition: Run, flag: int) -> Step:
    def step(values: Values) -> None:
        if values[flag] is not NOT_ASKED and condition(values) is True:
            values[flag] = INCONSISTENT

    return step


def _close(gate: Run, slots: tuple[int, ...], flag: int) -> Step:
    def step(values: Values) -> None:
        if values[flag] is not NOT_ASKED and gate(values) is False:
            values[flag] = GATED
            for slot in slots:
                values[slot] = NOT_ASKED

    return step


def _guarded(slot: int, function: Run, flag: int) -> Step:
    """Return the step that works a value out unless the answers are not to be used."""

    def step(values: Values) -> None:
        status = values[flag]
        if status is NOT_ASKED:
            values[slot] = NOT_ASKED
        elif status == INCONSISTENT:
            values[slot] = LEFT_OUT
        else:
            values[slot] = function(values)

    return step


def _settle(instrument: Instrument) -> Step:
    flag = instrument.status_slot

    def step(values: Values) -> None:
        if not values[flag]:
            values[flag] = status_of(instrument, values)

    return step
