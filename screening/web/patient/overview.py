"""What does a patient look over before sending: every open question and its answer?

A question stands here in the words it was asked in, so that an answer is looked over
against what it answered; the short labels of the file are a clinician's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from flask import url_for

from screening.core.definition import Kind, QuestionType
from screening.core.safety import names_of_safety
from screening.tongue import say
from screening.web.names import field_name
from screening.web.patient.asked import asked_of
from screening.web.patient.entries import entries_of, listed_entries
from screening.web.patient.pages import items_language, stored_answer
from screening.web.patient.posting import asked_leaves
from screening.web.patient.way import CHECK
from screening.web.patient.words import LEFT_OUT, STATE_LABELS, answer_words

if TYPE_CHECKING:
    from screening.core.definition import Page
    from screening.web.patient.journey import Journey

_OPEN = (LEFT_OUT, *STATE_LABELS.values())


class Row(TypedDict):
    """One answer, as the summary list draws it; `values` are lines to read.

    `language` is that of its words, where it is another than the page's.
    """

    key: str
    values: list[str]
    change: str | None
    about: str | None
    is_open: bool
    is_safety: bool
    language: str | None


@dataclass(slots=True, kw_only=True)
class Section:
    """The answers of one page of the file, under its title."""

    id: str
    title: str
    rows: list[Row] = field(default_factory=list)


def sections(journey: Journey) -> list[Section]:
    """Return every section in the order of the questionnaire, safety first as there."""
    found: dict[str, Section] = {}
    for page in journey.path:
        rows = _entry_rows(journey, page) if page.repeat else _rows(journey, page)
        if rows:
            section = found.setdefault(
                page.source_id, Section(id=page.source_id, title=page.title)
            )
            section.rows += rows
    return list(found.values())


def first_to_look_at(found: list[Section]) -> tuple[list[Row], list[Row]]:
    """Return what was left open, and the other answers that safety hangs on."""
    rows = [row for section in found for row in section.rows]
    return (
        [row for row in rows if row["is_open"]],
        [row for row in rows if row["is_safety"] and not row["is_open"]],
    )


def _safety_names(journey: Journey) -> frozenset[str]:
    return names_of_safety(journey.questionnaire, {Kind.URGENT, Kind.EXCLUSION})


def _rows(journey: Journey, page: Page) -> list[Row]:
    values = journey.evaluation.values
    address = url_for("patient.page", page_id=page.id, then=CHECK)
    rows: list[Row] = []
    asked = asked_of(journey, page)
    safety = _safety_names(journey)
    language = items_language(journey, page)
    groups = {part.key: question for question in asked for part in question.parts}
    for question in asked_leaves(asked, values):
        if question.type is QuestionType.ACKNOWLEDGE:
            continue
        words = answer_words(question, stored_answer(journey, page, question))
        change = f"{address}#{field_name(question.key)}"
        group = groups.get(question.key)
        key = f"{group.label}: {question.ask}" if group else question.ask
        # A blank that was offered is an answer; only what was asked for is open.
        may_be_blank = not question.required and words == [say(LEFT_OUT)]
        owner = page.instrument.key if page.instrument else question.key.split(".")[0]
        shown = [say("Blank")] if may_be_blank else words
        rows.append(
            _row(key, shown, change, is_safety=owner in safety, language=language)
        )
    return rows


def _entry_rows(journey: Journey, page: Page) -> list[Row]:
    repeat = page.repeat
    if repeat is None:
        return []
    address = url_for("patient.page", page_id=page.id, then=CHECK)
    stored = journey.content.answers.get(repeat.id)
    if not isinstance(stored, list):
        word = say(STATE_LABELS.get(str(stored), LEFT_OUT))
        return [_row(repeat.any, [word], address)]
    if not stored:
        return [_row(repeat.any, [say("No")], address)]
    return [
        _row(
            f"{repeat.entry} {one.number}",
            [one.title, *(f"{asked} {words}" for asked, words in one.lines)],
            url_for("patient.entry", page_id=page.id, number=one.number, then=CHECK),
        )
        for one in listed_entries(repeat, entries_of(journey, repeat))
    ]


def _row(
    key: str,
    words: list[str],
    change: str,
    *,
    is_safety: bool = False,
    language: str | None = None,
) -> Row:
    return Row(
        key=key,
        values=words,
        change=change,
        about=None,
        is_safety=is_safety,
        language=language,
        is_open=words[0] in {say(open_word) for open_word in _OPEN},
    )
