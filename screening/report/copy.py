"""The patient's own copy: what they answered and what happens next, nothing judged.

No score, no rule and no outcome stand in it: nobody should learn from a sheet of paper
what a clinician has not yet looked at.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.report.chart import chart_of
from screening.report.pdf import LETTER_LOCALES, one_at_a_time
from screening.report.pdf.flow import LEFT, Flow, words
from screening.report.pdf.paper import A4, LETTER, Paper
from screening.report.sections import pages_of
from screening.tongue import day, noted, say, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from screening.core.definition import Questionnaire
    from screening.report.content import AnswerLine
    from screening.report.record import Record

TITLE = noted("Your answers")
_SIZE = 9.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a patient holds: pages of questions with what they answered.

    `next_steps` are sentences, `numbers` names of services and how to reach them.
    """

    title: str
    language: str
    locale: str
    reference: str
    sent_on: str
    submitted_at: datetime
    next_steps: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, tuple[AnswerLine, ...]], ...]
    fingerprint: str


def copy_of(
    questionnaire: Questionnaire,
    record: Record,
    next_steps: Sequence[str],
    numbers: Sequence[tuple[str, str]],
) -> Copy:
    """Return a patient's own copy of a record, in the questionnaire's language.

    `questionnaire` is the one it was asked by.
    """
    with speaking(questionnaire.language):
        return _copy(questionnaire, record, next_steps, numbers)


def _copy(
    questionnaire: Questionnaire,
    record: Record,
    next_steps: Sequence[str],
    numbers: Sequence[tuple[str, str]],
) -> Copy:
    answers = read_answers(questionnaire, record.answers, record.local_date)
    chart = chart_of(questionnaire, evaluate(questionnaire, answers))
    asked = (
        (page.title, tuple(line for line in page.lines if line.is_asked))
        for page in pages_of(chart)
    )
    return Copy(
        title=questionnaire.title,
        language=questionnaire.language,
        locale=record.locale,
        reference=record.reference,
        sent_on=day(record.local_date),
        submitted_at=record.submitted_at,
        next_steps=tuple(next_steps),
        numbers=tuple(numbers),
        pages=tuple((title, lines) for title, lines in asked if lines),
        fingerprint=hashlib.sha256(f"copy {record.record_hash}".encode()).hexdigest(),
    )


def copy_pdf(copy: Copy) -> bytes:
    """Return the copy as a tagged PDF; the same copy gives the same bytes.

    Raises FontsMissingError when the build has not put the fonts in place.
    """
    size = LETTER if copy.locale in LETTER_LOCALES else A4
    with one_at_a_time, speaking(copy.language):
        paper = Paper(size, copy.language, f"{say(TITLE)}: {copy.reference}")
        flow = Flow(paper)
        flow.heading(1, say(TITLE))
        flow.paragraph(copy.title, size=11)
        flow.paragraph(
            say(
                "Sent on {day}. Reference: {reference}.",
                day=copy.sent_on,
                reference=copy.reference,
            ),
            bold=True,
        )
        flow.heading(2, say("What happens next"))
        flow.listing(copy.next_steps, size=_SIZE)
        flow.heading(2, say("If you need help now"))
        rows = [
            (words(name, bold=True, size=_SIZE), words(how, size=_SIZE))
            for name, how in copy.numbers
        ]
        flow.table((), rows, (40, 60))
        flow.heading(2, say("What you answered"))
        for title, lines in copy.pages:
            flow.heading(3, title)
            answered = [
                (words(line.question, size=_SIZE), words(line.text, size=_SIZE))
                for line in lines
            ]
            flow.table((say("Question"), say("Your answer")), answered, (62, 38))

        def margin(page: int, of: int) -> None:
            text = say(
                "Your own copy. Reference {reference}. Page {page} of {of}",
                reference=copy.reference,
                page=page,
                of=of,
            )
            paper.begin_ornament()
            paper.rule(LEFT, 48, paper.width - 2 * LEFT)
            paper.lines([text], LEFT, 40, size=6.5, leading=8)
            paper.end()

        return paper.bound(
            margin, submitted=copy.submitted_at, fingerprint=copy.fingerprint
        )
