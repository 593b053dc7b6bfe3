"""What did the patient write, in words of their own?

Everything that was typed and not chosen, gathered from the whole form in its order, so
that nobody has to look for it among the ticks. Nothing is cleaned, cut or put into
other words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from screening.core.definition import QuestionType
from screening.core.values import Entry
from screening.report.sections import entry_lines, pages_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Page, Question
    from screening.report.chart import Chart
    from screening.report.content import AnswerLine

_WRITTEN = frozenset({QuestionType.TEXT, QuestionType.PARAGRAPH})


def own_words_of(chart: Chart) -> tuple[AnswerLine, ...]:
    """Return each text that the patient wrote, in the order of the form.

    That is every answer to a question that asks for words, and every entry that the
    patient wrote because a list did not have it. The text of a line is the answer to
    the letter.
    """
    return tuple(
        replace(line, text=text)
        for page in pages_once(chart)
        for line, question, value in _asked(chart, page)
        if (text := _written(question, value))
    )


def _asked(chart: Chart, page: Page) -> Iterator[tuple[AnswerLine, Question, object]]:
    """Give each question of a page, with its line and its value."""
    if page.repeat is not None:
        yield from entry_lines(chart, page.repeat)
        return
    for question in page.instrument.items if page.instrument else page.questions:
        parts = question.parts or (question,)
        lines = chart.lines(question)
        for line, part in zip(lines, parts, strict=False):
            yield line, part, chart.value(part)


def _written(question: Question, value: object) -> str:
    """Return what the patient typed; nothing where it was chosen or left out."""
    if isinstance(value, Entry):
        return "" if value.listed else value.label
    return value if question.type in _WRITTEN and isinstance(value, str) else ""
