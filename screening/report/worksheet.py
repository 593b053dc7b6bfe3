"""What should be asked first in the call or at the visit, with boxes to tick?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.answers import read_answers
from screening.core.definition import QuestionType
from screening.core.instrument import Instrument
from screening.core.next_question import next_questions
from screening.report.content import ToAsk, WorksheetLine
from screening.report.wording import as_asked, unit_in_words
from screening.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Question
    from screening.core.next_question import NextQuestion
    from screening.report.chart import Chart
    from screening.report.record import Record

MOST_LINES = 6
"""Lines of a worksheet: a call is short, and the rest can be seen above it."""

MOST_ITEMS = 3
"""Open items of a scale that are written out; of more, the scale is named."""


def worksheet_of(chart: Chart, record: Record) -> tuple[WorksheetLine, ...]:
    """Return what settles most, first; nothing where nothing is open."""
    made = chart.questionnaire
    answers = read_answers(made, record.answers, record.local_date)
    found = next_questions(made, answers, chart.evaluation)
    return tuple(_line(chart, one) for one in found[:MOST_LINES])


def _line(chart: Chart, one: NextQuestion) -> WorksheetLine:
    return WorksheetLine(
        key=one.key,
        label=chart.label(one.key),
        asks=tuple(_asks(chart, one)),
        settles=one.settles,
    )


def _asks(chart: Chart, one: NextQuestion) -> Iterator[ToAsk]:
    holder = chart.holder(one.key)
    if isinstance(holder, Instrument) and len(one.questions) > MOST_ITEMS:
        text = say(
            "{count} questions are open: fill in the scale together.",
            count=len(one.questions),
        )
        yield ToAsk(question=text, boxes=())
        return
    if not one.questions:
        yield ToAsk(
            question=say("{list}: go through the list.", list=chart.label(one.key)),
            boxes=(),
        )
    for question in one.questions:
        asked = as_asked(question.ask, {})
        boxes = _boxes(question)
        room = "" if boxes else f" {LINE} {unit_in_words(question.unit)}".rstrip()
        yield ToAsk(question=f"{asked}{room}", boxes=boxes)


def _boxes(question: Question) -> tuple[str, ...]:
    """Return what can be ticked; nothing where an answer is to be written."""
    labels = tuple(option.label for option in question.options if not option.unknown)
    if labels:
        return labels
    if question.type is QuestionType.ACKNOWLEDGE:
        return (say("Agreed"),)
    return ()


LINE = "__________"
"""Room to write an answer."""
