"""What can a clinic write to a patient's own doctor, from what the patient reported?

A letter is put together of parts that the clinician ticks: what was tried and which
limits it met, each finding, what is not known, what was said at the visit, what was
decided. Every sentence is the questionnaire's, with computed facts; only the frame
around them stands here. As little as possible is ticked beforehand: nothing that the
form itself treats with care (a question that may be declined, a standard scale, a rule
that brings up help), no precaution and no score.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from screening.core.definition import Kind, Question
from screening.core.judge import RETRACTED
from screening.report.chart import slots_read
from screening.report.content import EntriesBlock, Mark, WorkingBlock
from screening.tongue import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from screening.core.definition import Criterion, Questionnaire
    from screening.report.content import (
        EntryBlock,
        FindingLine,
        OpenQuestion,
        Section,
        Step,
        Summary,
        VisitLine,
    )
    from screening.report.record import Record

GREETING = "Dear colleague,"
OPENING = (
    "Your patient answered the questions of our form “{title}” on {day}, and agreed"
    " that we write to you."
)
CAUTION = (
    "What follows is what they reported themselves. Nobody examined them or held it"
    " against records. Limits are those that our form works with; the decision about"
    " treatment is the patient's and yours."
)
_OFF = frozenset({Kind.URGENT, Kind.PRECAUTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPart:
    """A part that may stand in a letter: what it says, line by line.

    `title` tells it from the others where it is ticked, `heading` stands in the letter.
    `is_delicate` is whether the form treats it with care; such a part, and others of
    little use to a doctor, are not ticked beforehand (`is_ticked`).
    """

    id: str
    title: str
    heading: str
    lines: tuple[str, ...] = field(repr=False)
    is_ticked: bool
    is_delicate: bool = False


def letter_parts(
    questionnaire: Questionnaire, summary: Summary
) -> tuple[LetterPart, ...]:
    """Return every part that has something to say, in the order of a letter."""
    delicate = _delicate_keys(questionnaire)
    parts = [
        *_treatments(summary.sections),
        *(_finding(questionnaire, one) for one in summary.findings),
        *_unknown(summary.missing, delicate),
        *_at_visit(summary, delicate),
        LetterPart(
            id="scores",
            title="Scores of scales",
            heading="Scores of scales",
            lines=tuple(summary.overview.scores),
            is_ticked=False,
            is_delicate=True,
        ),
        *_decision(summary),
    ]
    return tuple(part for part in parts if part.lines)


def letter_text(summary: Summary, record: Record, parts: Iterable[LetterPart]) -> str:
    """Return the draft: the frame with these parts in it, each line a list's entry."""
    opening = OPENING.format(title=summary.title, day=day(record.local_date))
    paragraphs = [GREETING, opening, CAUTION]
    for heading, group in groupby(parts, key=attrgetter("heading")):
        lines = [f"- {line}" for part in group for line in part.lines]
        paragraphs.append("\n".join((heading, *lines)))
    return "\n\n".join(paragraphs)


# -- what was tried


def _treatments(sections: Iterable[Section]) -> Iterator[LetterPart]:
    """Give one part for each section in which something is worked out."""
    for section in sections:
        lines = tuple(_worked_out(section))
        if lines:
            yield LetterPart(
                id=f"section:{section.id}",
                title=section.title,
                heading=section.title,
                lines=lines,
                is_ticked=True,
            )


def _worked_out(section: Section) -> Iterator[str]:
    works = any(
        isinstance(block, WorkingBlock)
        or (isinstance(block, EntriesBlock) and any(e.workings for e in block.entries))
        for block in section.blocks
    )
    if not works:
        return
    for block in section.blocks:
        if isinstance(block, EntriesBlock):
            if not block.entries:
                yield f"{block.title}: {block.text}."
            for entry in block.entries:
                yield _tried(entry)
        elif isinstance(block, WorkingBlock):
            said = [block.conclusion, *block.also]
            facts = [_fact(step) for step in block.steps if _is_told(step)]
            yield f"{block.title}: {'; '.join((*facts, *said))}."


def _tried(entry: EntryBlock) -> str:
    """Return what was tried, against the limits, and how it went."""
    steps = [step for working in entry.workings for step in working.steps]
    told = {step.label for step in steps}
    facts = [_fact(step) for step in steps if _is_told(step)]
    facts += [
        f"{line.label} {line.text}"
        for line in entry.lines[1:]
        if line.is_known and line.is_asked and line.label not in told
    ]
    facts += [
        said
        for working in entry.workings
        for said in (working.conclusion, *working.also)
    ]
    name = entry.title.partition(". ")[2] or entry.title
    listed = f" From our list: {'; '.join(entry.notes)}" if entry.notes else ""
    return f"{name}: {'; '.join(facts)}.{listed}"


def _is_told(step: Step) -> bool:
    return step.is_measured or not step.is_met


def _fact(step: Step) -> str:
    if not step.needed:
        return f"{step.label} {step.given}"
    return f"{step.label} {step.given} (limit: {step.needed}; {step.verdict})"


# -- findings, and what is open


def _finding(questionnaire: Questionnaire, found: FindingLine) -> LetterPart:
    is_delicate = found.id == RETRACTED or _is_delicate(
        questionnaire, questionnaire.criterion(found.id)
    )
    corrected = [
        f"{line.label}: {line.told}." for line in found.answers if line.at_visit
    ]
    sources = "; ".join(one.reference for one in found.sources if one.is_verified)
    because = f"{found.because} Source: {sources}." if sources else found.because
    return LetterPart(
        id=f"finding:{found.id}",
        title=f"{found.kind_label}: {found.id}",
        heading="What the answers brought up",
        lines=(" ".join((found.sentence, because, *corrected)),),
        is_ticked=not is_delicate and found.kind not in _OFF,
        is_delicate=is_delicate,
    )


def _is_delicate(questionnaire: Questionnaire, criterion: Criterion) -> bool:
    """Tell whether a rule brings up help, or reads what the form asks with care."""
    if criterion.kind is Kind.URGENT or criterion.priority or criterion.help:
        return True
    slots = set(slots_read(questionnaire, criterion.id))
    asked = any(q.slot in slots and q.prefer_not_to_say for q in _all(questionnaire))
    return asked or any(key in questionnaire.instruments for key in criterion.reads)


def _all(questionnaire: Questionnaire) -> Iterator[Question]:
    for question in questionnaire.questions.values():
        yield from question.parts or (question,)


def _delicate_keys(questionnaire: Questionnaire) -> frozenset[str]:
    """Return the keys of what the form asks with care, or what may bring up help."""
    slots = {
        slot
        for one in questionnaire.criteria
        if one.kind is Kind.URGENT or one.priority
        for slot in slots_read(questionnaire, one.id)
    }
    keys = {
        question.key
        for question in _all(questionnaire)
        if question.prefer_not_to_say or question.slot in slots
    }
    for instrument in questionnaire.instruments.values():
        keys |= {instrument.key, *(item.key for item in instrument.items)}
    return frozenset(keys)


def _unknown(
    missing: Iterable[OpenQuestion], delicate: frozenset[str]
) -> Iterator[LetterPart]:
    for is_delicate, (name, title) in _DIVIDED:
        lines = [
            f"{one.label}: {one.text}"
            for one in missing
            if (one.key in delicate) is is_delicate
        ]
        yield LetterPart(
            id=f"unknown{name}",
            title=f"Not known{title}",
            heading="Not known",
            lines=tuple(lines),
            is_ticked=not is_delicate,
            is_delicate=is_delicate,
        )


def _at_visit(summary: Summary, delicate: frozenset[str]) -> Iterator[LetterPart]:
    lines = summary.visit.lines if summary.visit else ()
    said = [line for line in lines if line.mark is not Mark.CONFIRMED]
    for is_delicate, (name, title) in _DIVIDED:
        here = [one for one in said if (one.key in delicate) is is_delicate]
        yield LetterPart(
            id=f"visit{name}",
            title=f"Said at the visit{title}",
            heading="Said at the visit",
            lines=tuple(_corrected(one) for one in here),
            is_ticked=not is_delicate,
            is_delicate=is_delicate,
        )


_DIVIDED = ((False, ("", "")), (True, ("-delicate", ": delicate questions")))


def _corrected(line: VisitLine) -> str:
    return f"{line.question} Sent: {line.answered}. {line.beside}."


def _decision(summary: Summary) -> Iterator[LetterPart]:
    if summary.decision is None:
        return
    told = {line.key: line.text for line in summary.decision.lines}
    reason = told.get("reason", "")
    yield LetterPart(
        id="decision",
        title="What our clinic decided",
        heading="What our clinic decided",
        lines=tuple(line for line in (f"{summary.decision.label}.", reason) if line),
        is_ticked=False,
    )
