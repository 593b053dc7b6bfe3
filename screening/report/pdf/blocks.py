"""How does each kind of block of a section look? Tables, scales, lists, workings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.report.content import (
    AnswersBlock,
    EntriesBlock,
    LimitsBlock,
    ReportedBlock,
    ScaleBlock,
    WorkingBlock,
)
from screening.report.pdf.drawings import (
    Scale,
    draw_levels,
    draw_limits,
    draw_minimums,
    draw_scale,
)
from screening.report.pdf.flow import SMALL, Words, words
from screening.report.wording import number
from screening.tongue import noted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.report.content import (
        AnswerLine,
        BandTableLine,
        Block,
        EntryBlock,
        Section,
    )
    from screening.report.pdf.flow import Cell, Flow


BARS = noted("Bars show what was reported; the upright line shows what is needed.")


def draw_section(flow: Flow, section: Section) -> None:
    """Draw a section under its title; nothing when it shows nothing."""
    if not section.blocks:
        return
    first = section.blocks[0]
    is_tall = isinstance(first, ScaleBlock) or (
        isinstance(first, EntriesBlock) and bool(first.entries)
    )
    flow.heading(2, section.title, keep=190 if is_tall else 50)
    if section.says:
        flow.paragraph(section.says, bold=True)
    for block in section.blocks:
        _block(flow, block, in_full=section.word_for_word)


def _block(flow: Flow, block: Block, *, in_full: bool) -> None:
    match block:
        case AnswersBlock():
            _answers(flow, block.lines, in_full=in_full)
        case ScaleBlock():
            _scale(flow, block)
        case EntriesBlock():
            _entries(flow, block)
        case LimitsBlock():
            draw_limits(flow, block)
        case WorkingBlock():
            flow.heading(3, block.title)
            _working(flow, block)
        case ReportedBlock():
            _reported(flow, block)


def _answers(flow: Flow, lines: Sequence[AnswerLine], *, in_full: bool) -> None:
    flagged = any(line.flags for line in lines)
    points = any(line.points is not None for line in lines)
    headers, shares = [say("Question"), say("Answer")], [58.0, 42.0]
    if points:
        headers, shares = [*headers, say("Points")], [52.0, 26.0, 8.0]
    if flagged:
        headers.append(say("Rule"))
        shares[0] -= 10
        shares.append(27.0)
    rows = []
    for line in lines:
        row = [
            words(line.question if in_full else line.label),
            words(line.told, bold=bool(line.flags) or not line.is_known),
        ]
        if points:
            row.append(words(line.points or "–"))
        if flagged:
            row.append(words(", ".join(line.flags), size=SMALL))
        rows.append(row)
    flow.table(headers, rows, shares)


def _scale(flow: Flow, block: ScaleBlock) -> None:
    flow.heading(3, block.title, keep=90)
    flow.paragraph(block.result, bold=True)
    if block.worked_out:
        said = "; ".join(f"{name}: {text}" for name, text in block.worked_out)
        flow.paragraph(say("Worked out: {values}.", values=said))
    if block.possible is not None and block.low is not None and block.high is not None:
        scale = Scale(
            title=block.title,
            low=block.low,
            high=block.high,
            bands=block.table.bands if block.table else (),
            total=block.total,
            possible=block.possible,
        )
        draw_scale(flow, scale)
    for levels in block.levels:
        draw_levels(flow, levels)
    for table in (block.table, *block.other_tables):
        if table is not None:
            flow.paragraph(_table_in_words(table), size=SMALL)
    flow.paragraph(" ".join(_about(block)), size=SMALL)
    _answers(flow, block.items, in_full=True)


def _about(block: ScaleBlock) -> list[str]:
    """Return what else has to stand beside a score."""
    told = [say("Status: {status}.", status=block.status)]
    if block.missing_policy:
        told.append(block.missing_policy)
    if block.prorated:
        told.append(say("Pro-rated total: {total}.", total=block.prorated))
    if block.flags:
        told.append(say("Read by: {rules}.", rules=", ".join(block.flags)))
    if block.note:
        told.append(say("Note: {note}", note=block.note))
    return told


def _table_in_words(table: BandTableLine) -> str:
    bands = ", ".join(
        f"{band.label} {number(band.low)}–{number(band.high)}" for band in table.bands
    )
    where = "; ".join(f"{s.reference} ({s.basis})" for s in table.sources)
    return say(
        "Band table {table}: {bands}. From: {where}",
        table=table.name,
        bands=bands,
        where=where,
    )


def _reported(flow: Flow, block: ReportedBlock) -> None:
    flow.heading(3, block.title)
    flow.paragraph(block.result, bold=True)
    flow.paragraph(
        say(
            "Version: {version}. Filled in by: {rater}. When: {when}.",
            version=block.version,
            rater=block.rater,
            when=block.date,
        )
    )
    if block.total is None:
        return
    if block.low is not None and block.high is not None and block.tables:
        table = block.tables[0]
        scale = Scale(
            title=say(
                "{title}, bands of table {table}", title=block.title, table=table.name
            ),
            low=block.low,
            high=block.high,
            bands=table.bands,
            total=block.total,
            possible=None,
        )
        draw_scale(flow, scale)
    named = dict(block.bands)
    rows = [
        (
            words(table.name, bold=True),
            words(named[table.name], bold=True),
            words(_table_in_words(table), size=SMALL),
        )
        for table in block.tables
    ]
    if rows:
        flow.table(
            (say("Band table"), say("Band"), say("Bands, and where from")),
            rows,
            (18, 18, 64),
        )
    else:
        flow.paragraph(say("No band table held."))


# -- lists


def _entries(flow: Flow, block: EntriesBlock) -> None:
    rules = ", ".join(block.flags)
    read_by = " " + say("(read by {rules})", rules=rules) if rules else ""
    is_worked_out = any(entry.workings for entry in block.entries)
    title = f"{block.title}: {block.text}{read_by}"
    flow.heading(3, title, keep=130 if is_worked_out else 25 if block.entries else 0)
    if is_worked_out:
        flow.paragraph(say(BARS), size=SMALL)
        for entry in block.entries:
            _entry(flow, entry)
    elif block.entries:
        rows = [_entry_row(entry) for entry in block.entries]
        flow.table((say("Entry"), say("Answers"), say("Flags")), rows, (28, 34, 38))
    for note in block.notes:
        flow.paragraph(note, bold=True)


def _entry_row(entry: EntryBlock) -> tuple[Cell, ...]:
    answers = "; ".join(f"{line.label}: {line.text}" for line in entry.lines[1:])
    notes = tuple(Words(text=note, size=SMALL) for note in entry.notes)
    flags = tuple(Words(text=flag, bold=True) for flag in entry.flags)
    return (
        words(entry.title, bold=True),
        words(answers or "–"),
        (*flags, *notes) or words(say("none")),
    )


def _entry(flow: Flow, entry: EntryBlock) -> None:
    told = {step.label for working in entry.workings for step in working.steps}
    flow.need(90)
    flow.space(3)
    flow.paragraph(entry.title, bold=True, size=9)
    for flag in entry.flags:
        flow.paragraph(flag, bold=True)
    for working in entry.workings:
        _working(flow, working)
        draw_minimums(flow, f"{entry.title}, {working.title}", working.steps)
    rest = [f"{x.label}: {x.text}" for x in entry.lines[1:] if x.label not in told]
    if rest:
        flow.paragraph(". ".join(rest) + ".")
    if entry.notes:
        notes = say("From our list: {notes}", notes="; ".join(entry.notes))
        flow.paragraph(notes, size=SMALL)


def _working(flow: Flow, block: WorkingBlock) -> None:
    conclusion = "; ".join((block.conclusion, *block.also))
    flow.paragraph(f"{conclusion}.", bold=True)
    if block.steps:
        rows = [
            (
                words(step.label),
                words(step.given),
                words(step.needed),
                words(step.verdict, bold=True),
            )
            for step in block.steps
        ]
        headers = (say("Condition"), say("Reported"), say("Needed"), say("Result"))
        flow.table(headers, rows, (32, 27, 27, 14))
