"""What do the sections come to, for somebody who has a minute and a half?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.report.content import (
    EntriesBlock,
    Overview,
    ReportedBlock,
    ScaleBlock,
    Tried,
    TriedList,
    WorkingBlock,
)
from screening.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from screening.report.content import EntryBlock, Section, Step


def overview_of(sections: Iterable[Section]) -> Overview:
    """Return what was tried, what was worked out, and every score, a line each."""
    tried: list[TriedList] = []
    conclusions: list[str] = []
    scores: list[str] = []
    for section in sections:
        scores += _scores(section)
        if not _is_worked_out(section):
            continue
        conclusions += [section.says] if section.says else []
        for block in section.blocks:
            if isinstance(block, EntriesBlock):
                tried.append(tried_of(block))
            elif isinstance(block, WorkingBlock):
                conclusions.append(f"{block.title}: {_ended(_come_to(block))}")
    return Overview(
        tried=tuple(tried), conclusions=tuple(conclusions), scores=tuple(scores)
    )


def tried_of(block: EntriesBlock) -> TriedList:
    """Return what was tried of a list, with what is measured of each entry."""
    lines = tuple(_line(entry) for entry in block.entries)
    measures = dict.fromkeys(step.label for line in lines for step in line.measured)
    return TriedList(
        title=block.title, text=block.text, measures=tuple(measures), lines=lines
    )


def _is_worked_out(section: Section) -> bool:
    return any(
        isinstance(block, WorkingBlock)
        or (isinstance(block, EntriesBlock) and any(e.workings for e in block.entries))
        for block in section.blocks
    )


def _come_to(block: WorkingBlock) -> str:
    """Return a conclusion with the first condition that does not hold, if any."""
    wanting = next((_wanting(step) for step in block.steps if not step.is_met), None)
    also = block.also if wanting is None else (wanting, *block.also)
    return "; ".join((block.conclusion, *also))


def _line(entry: EntryBlock) -> Tried:
    steps = [step for working in entry.workings for step in working.steps]
    return Tried(
        title=entry.title,
        measured=tuple(step for step in steps if step.is_measured),
        conclusion="; ".join(working.conclusion for working in entry.workings),
        also=tuple(said for working in entry.workings for said in working.also),
        wanting=tuple(_wanting(step) for step in steps if not step.is_met),
    )


def _wanting(step: Step) -> str:
    needed = f" ({step.needed})" if step.needed else ""
    return f"{step.label}: {step.given}{needed}"


def _scores(section: Section) -> Iterator[str]:
    """Give each score of a section in a line, with its band and the band's table."""
    for block in section.blocks:
        match block:
            case ReportedBlock(total=total) if total is not None:
                bands = ", ".join(
                    say("{band} by table {table}", band=band, table=name)
                    for name, band in block.bands
                )
                said = f"{block.title}: {block.result}, {block.version}"
                yield f"{said}: {bands}" if bands else said
            case ScaleBlock(low=low) if low is not None:
                # Without bands, what was worked out is all that can be said of a total.
                read = [] if block.table else _worked_out(block, truths=True)
                yield f"{block.title}: {'; '.join((block.result, *read))}"
            case ScaleBlock():
                if read := _worked_out(block, truths=False):
                    yield f"{block.title}: {', '.join(read)}"
            case _:
                pass


def _worked_out(block: ScaleBlock, *, truths: bool) -> list[str]:
    """Return what was worked out of a scale: its truths, or everything else."""
    known = {say("yes"), say("no")}
    return [f"{n}: {x}" for n, x in block.worked_out if (x in known) is truths]


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
