"""Pages of the file -> pages the patient sees: an instrument's is divided.

A new page begins before each item whose condition names an item that does not stand
on an earlier page, so that branching never needs script in the browser.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from screening.core.derived import symbols_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.definition import (
        Page,
        Question,
    )
    from screening.core.instrument import (
        Instrument,
    )


def divided(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return the pages with every instrument's items spread over as many as needed."""
    made: list[Page] = []
    for page in pages:
        if page.instrument is None:
            made.append(page)
            continue
        for number, items in enumerate(_groups(page.instrument), 1):
            page_id = page.id if number == 1 else f"{page.id}-{number}"
            made.append(replace(page, id=page_id, questions=items))
    return tuple(made)


def _groups(instrument: Instrument) -> list[tuple[Question, ...]]:
    reads = _items_behind(instrument)
    gate = set()
    if instrument.gate is not None:
        gate = {symbol.slot for symbol in instrument.gate.reads}
    groups: list[list[Question]] = [[]]
    for item in instrument.items:
        here = {other.slot for other in groups[-1]}
        needed: set[int] = set() if item.slot in gate else set(gate)
        for symbol in item.ask_if.reads if item.ask_if else ():
            needed |= reads.get(symbol.slot, {symbol.slot})
        if needed & here:
            groups.append([])
        groups[-1].append(item)
    return [tuple(group) for group in groups]


def _items_behind(instrument: Instrument) -> dict[int, set[int]]:
    """Return, for each score and result by slot, the slots of the items behind it."""
    by_id = {item.id: item.slot for item in instrument.items}
    behind: dict[int, set[int]] = {}
    for score in instrument.scores:
        behind[score.slot] = {by_id[item] for item in score.items}
    for result in instrument.results:
        behind[result.slot] = set()
        for symbol in symbols_read(result):
            behind[result.slot] |= behind.get(symbol.slot, {symbol.slot})
    return behind
