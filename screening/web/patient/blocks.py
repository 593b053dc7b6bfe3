"""In which blocks do the questions of a page stand?

A run of an instrument's items stands under its stem, a group under its own words, a
note alone. Items that are not scored, and the one that opens a screen, are no part of
the sentence that the stem begins, so they stand without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from screening.core.definition import QuestionType
from screening.web.names import field_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_wtf import FlaskForm

    from screening.core.definition import (
        Page,
        Question,
    )
    from screening.core.instrument import (
        Instrument,
    )
    from screening.web.fields import Answer

_FEWEST_IN_A_GRID = 2


@dataclass(slots=True, kw_only=True)
class Block:
    """Fields under one heading. `kind` is fields, grid, group or note."""

    kind: str
    text: str | None = None
    hint: str | None = None
    fields: list[Answer] = field(default_factory=list)


def blocks_of(page: Page, asked: Iterable[Question], form: FlaskForm) -> list[Block]:
    """Return the page's blocks, in its own order."""
    if page.instrument is not None:
        return _of_instrument(page, page.instrument, asked, form)
    kind = "grid" if page.layout == "grid" else "fields"
    blocks: list[Block] = []
    for question in asked:
        if question.type is QuestionType.NOTE:
            blocks.append(Block(kind="note", text=question.ask))
        elif question.parts:
            block = Block(kind="group", text=question.ask, hint=question.hint)
            block.fields = _fields(question.parts, form)
            blocks.append(block)
        else:
            _last(blocks, kind, None).fields += _fields((question,), form)
    return blocks


def _of_instrument(
    page: Page, instrument: Instrument, asked: Iterable[Question], form: FlaskForm
) -> list[Block]:
    opening = (
        {symbol.slot for symbol in instrument.gate.reads} if instrument.gate else ()
    )
    stem = instrument.stem if instrument.stem != page.title else None
    blocks: list[Block] = []
    for item in asked:
        own = stem if item.scored and item.slot not in opening else None
        _last(blocks, "fields", own).fields += _fields((item,), form)
    for block in blocks:
        if _share_their_options(block.fields):
            block.kind = "grid"
    return blocks


def _last(blocks: list[Block], kind: str, text: str | None) -> Block:
    if not blocks or (blocks[-1].kind, blocks[-1].text) != (kind, text):
        blocks.append(Block(kind=kind, text=text))
    return blocks[-1]


def _fields(questions: Iterable[Question], form: FlaskForm) -> list[Answer]:
    names = (field_name(question.key) for question in questions)
    return [form[name] for name in names if name in form]


def _share_their_options(fields: list[Answer]) -> bool:
    return len(fields) >= _FEWEST_IN_A_GRID and all(
        one.kind == "choice" and one.choices == fields[0].choices for one in fields
    )
