"""What does each section of the clinician's page show?

The questionnaire's file says which answers stand in which section; what an answer is
(a question, a list, an instrument, a reported total) decides how it is shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from screening.core.definition import (
    Question,
    QuestionType,
    Repeat,
)
from screening.core.instrument import (
    Instrument,
)
from screening.core.values import Entry, State
from screening.report.chart import answer_line
from screening.report.content import (
    AnswerLine,
    AnswersBlock,
    Block,
    EntriesBlock,
    EntryBlock,
    PageAnswers,
    Section,
)
from screening.report.limits import limits_of
from screening.report.scales import reported_block, scale_block
from screening.report.wording import (
    NOT_LISTED,
    STATES,
    amount,
    answer_in_words,
    filled,
    name_in_words,
    number,
)
from screening.report.working import entry_workings, working_block
from screening.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.catalogue import (
        Attribute,
    )
    from screening.core.definition import (
        Page,
        SummarySection,
        Working,
    )
    from screening.report.chart import Chart


def sections_of(chart: Chart, placeholders: dict[str, str]) -> tuple[Section, ...]:
    """Return the sections in the file's order."""
    return tuple(
        _section(chart, section, placeholders)
        for section in chart.questionnaire.summary
    )


def _section(
    chart: Chart, section: SummarySection, placeholders: dict[str, str]
) -> Section:
    blocks: list[Block] = []
    reported = section.reported
    if reported is not None:
        blocks.append(reported_block(chart, reported, chart.label(reported.total)))
    blocks += _answered(chart, section)
    blocks += _limits(chart, section)
    for working in section.working:
        block = None if working.repeat else working_block(chart, working)
        if block is not None:
            blocks.append(block)
    return Section(
        id=section.id,
        title=section.title,
        says=filled(section.says, placeholders) if section.says else None,
        word_for_word=section.word_for_word,
        blocks=tuple(blocks),
    )


def _answered(chart: Chart, section: SummarySection) -> list[Block]:
    """Return the section's answers, single questions gathered between the rest."""
    blocks: list[Block] = []
    waiting: list[AnswerLine] = []
    for key in section.answers:
        found = chart.holder(key)
        if isinstance(found, Question):
            waiting += [] if key in _told(section) else _lines(chart, key, found)
            continue
        if found is None:
            continue
        if waiting:
            blocks.append(AnswersBlock(lines=tuple(waiting)))
            waiting = []
        if isinstance(found, Instrument):
            blocks.append(scale_block(chart, found))
        else:
            blocks.append(_entries(chart, found, section.working))
    if waiting:
        blocks.append(AnswersBlock(lines=tuple(waiting)))
    return blocks


def _limits(chart: Chart, section: SummarySection) -> Iterator[Block]:
    """Give each of the section's numbers that rules set limits for."""
    for key in section.answers:
        found = chart.holder(key)
        if isinstance(found, Question) and key not in _told(section):
            for question in found.parts or (found,):
                block = limits_of(chart, question)
                if block is not None:
                    yield block


def _lines(chart: Chart, key: str, question: Question) -> tuple[AnswerLine, ...]:
    """Return a question's lines; a single item says which instrument it is of."""
    instrument = chart.questionnaire.instruments.get(key.split(".", 1)[0])
    if instrument is None:
        return chart.lines(question)
    name = instrument.title.split(":", 1)[0]
    return (chart.line(question, prefix=f"{name}: "),)


def _told(section: SummarySection) -> set[str | None]:
    """Return the questions that a reported total already shows."""
    told = section.reported
    return {told.total, told.version, told.rater, told.date} if told else set()


# -- lists


def _entries(
    chart: Chart, repeat: Repeat, workings: tuple[Working, ...]
) -> EntriesBlock:
    value = chart.evaluation.values[repeat.slot]
    entries = value if isinstance(value, list) else []
    confirming = _confirming(chart, repeat)
    line = chart.repeat_line(repeat)
    blocks = tuple(
        EntryBlock(
            title=_entry_title(repeat, entry, place),
            lines=tuple(
                answer_line(question, entry[question.position])
                for question in repeat.questions
            ),
            flags=_entry_flags(chart, repeat, entry, confirming),
            notes=_notes(repeat, entry),
            workings=entry_workings(chart, repeat, workings, entry),
        )
        for place, entry in enumerate(entries, start=1)
    )
    return EntriesBlock(
        key=repeat.id,
        title=repeat.label,
        text=line.text,
        entries=blocks,
        notes=_unlisted_groups(chart, repeat, entries, confirming),
        flags=line.flags,
    )


def _entry_title(repeat: Repeat, entry: list[object], place: int) -> str:
    first = repeat.questions[0]
    return f"{place}. {answer_in_words(first, entry[first.position])}"


def _confirming(chart: Chart, repeat: Repeat) -> dict[str, Question]:
    """Return the questions that ask to confirm an attribute of this list, by it."""
    found = {}
    for question in chart.questionnaire.questions.values():
        source = question.suggest_from or ""
        if source.startswith(f"{repeat.id}."):
            found[source.rsplit(".", 1)[1]] = question
    return found


def _entry_flags(
    chart: Chart, repeat: Repeat, entry: list[object], confirming: dict[str, Question]
) -> tuple[str, ...]:
    flags: list[str] = []
    for question in repeat.questions:
        picked = entry[question.position]
        if question.catalogue is None or not isinstance(picked, Entry):
            continue
        if not picked.listed:
            flags.append(say(NOT_LISTED))
        for name, asked in confirming.items():
            groups = question.catalogue.attribute(picked, name)
            held = sorted(groups) if isinstance(groups, frozenset) else []
            flags += [_group_flag(chart, asked, group) for group in held]
    return tuple(flags)


def _group_flag(chart: Chart, asked: Question, group: str) -> str:
    option = asked.option(group)
    label = option.label if option else name_in_words(group)
    chosen = chart.value(asked)
    if isinstance(chosen, frozenset):
        how = (
            say("confirmed by the patient") if group in chosen else say("not confirmed")
        )
    elif isinstance(chosen, State):
        state = say(STATES.get(chosen, "Left open")).lower()
        how = say("group question: {state}", state=state)
    else:
        how = say("not confirmed")
    return f"{label}: {how}"


def _unlisted_groups(
    chart: Chart,
    repeat: Repeat,
    entries: list[list[object]],
    confirming: dict[str, Question],
) -> tuple[str, ...]:
    """Return the confirmed groups that no listed entry belongs to."""
    notes = []
    for name, asked in confirming.items():
        chosen = chart.value(asked)
        if not isinstance(chosen, frozenset):
            continue
        held: set[str] = set()
        for question in repeat.questions:
            for entry in entries:
                picked = entry[question.position]
                if question.catalogue is not None and isinstance(picked, Entry):
                    groups = question.catalogue.attribute(picked, name)
                    held |= groups if isinstance(groups, frozenset) else set()
        for option in asked.options:
            wanted = option.value in chosen and not option.exclusive
            if wanted and option.value not in held:
                notes.append(
                    say(
                        "{group}: confirmed by the patient, though nothing listed here"
                        " belongs to it",
                        group=option.label,
                    )
                )
    return tuple(notes)


def _notes(repeat: Repeat, entry: list[object]) -> tuple[str, ...]:
    """Return what the catalogue writes about the picked entry."""
    notes: list[str] = []
    for question in repeat.questions:
        picked, catalogue = entry[question.position], question.catalogue
        if catalogue is None or not isinstance(picked, Entry) or not picked.listed:
            continue
        for attribute in catalogue.attributes:
            value = catalogue.attribute(picked, attribute.name)
            if _is_note(attribute) and value is not None:
                name = name_in_words(attribute.name)
                notes.append(f"{name}: {amount(value, attribute.unit)}")
    return tuple(notes)


def _is_note(attribute: Attribute) -> bool:
    return attribute.type in {
        QuestionType.TEXT,
        QuestionType.PARAGRAPH,
        QuestionType.DECIMAL,
        QuestionType.INTEGER,
    }


# -- every answer, in page order


def pages_once(chart: Chart) -> tuple[Page, ...]:
    """Return the pages of the file in order; one that was divided stands once."""
    pages = {page.source_id: page for page in reversed(chart.questionnaire.pages)}
    return tuple(reversed(pages.values()))


def pages_of(chart: Chart) -> tuple[PageAnswers, ...]:
    """Return every answer of every page of the file, in order."""
    found = []
    for page in pages_once(chart):
        if page.instrument is not None:
            lines = chart.item_lines(page.instrument)
        elif page.repeat is not None:
            entries = entry_lines(chart, page.repeat)
            lines = (chart.repeat_line(page.repeat), *(line for line, _, _ in entries))
        else:
            lines = tuple(
                line for question in page.questions for line in chart.lines(question)
            )
        if lines:
            found.append(PageAnswers(title=page.title, lines=lines))
    return tuple(found)


def entry_lines(
    chart: Chart, repeat: Repeat
) -> Iterator[tuple[AnswerLine, Question, object]]:
    """Give each answer of each entry as a line, with its question and its value."""
    entries = chart.evaluation.values[repeat.slot]
    for place, entry in enumerate(entries if isinstance(entries, list) else [], 1):
        for question in repeat.questions:
            value = entry[question.position]
            prefix = f"{repeat.entry} {number(place)}: "
            line = answer_line(question, value, prefix=prefix)
            yield replace(line, entry=place), question, value
