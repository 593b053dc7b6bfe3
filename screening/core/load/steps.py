"""What one evaluation does, in order: hide, score, derive, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import Repeat
from screening.core.derived import symbols_read
from screening.core.instrument import Derived
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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.definition import Page, Question
    from screening.core.instrument import Instrument, Score
    from screening.core.steps import Step


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
    return WorkOut(part) if isinstance(part, Derived) else WorkOutEntries(part)


def _of_the_file(pages: Iterable[Page]) -> list[Page]:
    """Return one page for each of the file's (a divided page counts once)."""
    kept: dict[str, Page] = {}
    for page in pages:
        kept.setdefault(page.source_id, page)
    return list(kept.values())


def _page_steps(page: Page) -> list[Step]:
    steps: list[Step] = []
    if page.ask_if is not None:
        steps.append(Hide(page.ask_if, _slots_of(page)))
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
        steps.append(Hide(question.ask_if, slots))
    steps += [
        Hide(part.ask_if, (part.slot,))
        for part in question.parts
        if part.ask_if is not None
    ]
    steps += [step for part in parts for step in _option_steps(part)]
    return steps


def _option_steps(question: Question) -> list[Step]:
    return [
        Withhold(question, option, option.ask_if)
        for option in question.options
        if option.ask_if is not None
    ]


# -- instruments


def instrument_steps(instrument: Instrument) -> list[Step]:
    """Return the steps of one instrument: judge raw items, hide, score, settle status.

    Scores and results are worked out as soon as the items they read are settled,
    since a later item's condition may depend on them.
    """
    steps: list[Step] = []
    if instrument.inconsistent is not None:
        steps.append(FlagInconsistent(instrument, instrument.inconsistent))
    if instrument.gate is not None:
        steps.append(Close(instrument, instrument.gate))
    waiting = _values_of(instrument)
    for position in range(-1, len(instrument.items)):
        if position >= 0:
            item = instrument.items[position]
            if item.ask_if is not None:
                steps.append(Hide(item.ask_if, (item.slot,)))
        ready = [entry for entry in waiting if entry[0] <= position]
        waiting = [entry for entry in waiting if entry[0] > position]
        steps += [Mark(instrument, value) for _, value in ready]
    steps.append(Settle(instrument))
    return steps


def _values_of(instrument: Instrument) -> list[tuple[int, Score | Derived]]:
    """Return (last item read, value) of scores and results, in order."""
    position = {item.slot: n for n, item in enumerate(instrument.items)}
    by_id = {item.id: n for n, item in enumerate(instrument.items)}
    made: list[tuple[int, Score | Derived]] = []
    for score in instrument.scores:
        last = max((by_id[item] for item in score.items), default=-1)
        position[score.slot] = last
        made.append((last, score))
    for result in instrument.results:
        last = max(
            (position[s.slot] for s in symbols_read(result) if s.slot >= 0), default=-1
        )
        position[result.slot] = last
        made.append((last, result))
    return made
