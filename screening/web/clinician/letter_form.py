"""What is asked for a letter? Which parts it has; then to whom, about whom, what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import abort, request

from screening.web.clinician.signer import PASSWORD
from screening.web.fields import (
    AcknowledgeAnswer,
    Choice,
    ChoicesAnswer,
    ParagraphAnswer,
    TextAnswer,
    Wording,
    answers_of,
    build_form,
    expected_names,
    text_up_to,
)

if TYPE_CHECKING:
    from flask_wtf import FlaskForm

    from screening.report.letter import LetterPart

PARTS, READ, SEEN = "parts", "read", "seen"
RECIPIENT, ABOUT, TEXT, AGREED = "recipient", "about", "text", "agreed"
CONTROLS = frozenset({READ, SEEN, PASSWORD})

LONGEST = 12_000
"""Characters of a letter."""
LONGEST_LINES = 500
"""Characters of who a letter is to, and about."""

AGREEMENT = "The patient agreed that the clinic writes this letter to this recipient."


def parts_form(parts: Sequence[LetterPart]) -> FlaskForm:
    """Return the form of which parts a letter has, as they are ticked beforehand."""
    ticked = [part.id for part in parts if part.is_ticked]
    made: FlaskForm = _parts_form(parts)(formdata=None, data={PARTS: ticked})
    return made


def parts_posted(parts: Sequence[LetterPart]) -> list[LetterPart]:
    """Return the parts that were ticked; another name is answered with 400."""
    form = _parts_form(parts)(formdata=request.form)
    _refuse_others(form)
    chosen = set(form[PARTS].given)
    return [part for part in parts if part.id in chosen]


def letter_form(about: str, text: str) -> FlaskForm:
    """Return the form of a letter with a draft in it."""
    made: FlaskForm = _letter_form()(formdata=None, data={ABOUT: about, TEXT: text})
    return made


def letter_posted() -> FlaskForm:
    """Return the form as posted, read; another name is answered with 400."""
    form: FlaskForm = _letter_form()(formdata=request.form)
    _refuse_others(form)
    for one in answers_of(form):
        one.validate(form)
        if not one.value and not one.errors:
            one.errors = [_WANTING[str(one.name)]]
    return form


_WANTING = {
    RECIPIENT: "Write to whom the letter goes.",
    ABOUT: "Write whom the letter is about.",
    TEXT: "Write the letter.",
    AGREED: "The letter can be released only if the patient agreed to it.",
}


def _parts_form(parts: Sequence[LetterPart]) -> type[FlaskForm]:
    choices = [
        Choice(value=part.id, label=part.title, hint=_hint(part)) for part in parts
    ]
    fields: dict[str, Any] = {
        PARTS: ChoicesAnswer("What shall stand in it?", parse=list, choices=choices)
    }
    return build_form("PartsForm", fields)


def _hint(part: LetterPart) -> str:
    said = " ".join(part.lines)
    return f"Treated with care by the form. {said}" if part.is_delicate else said


def _letter_form() -> type[FlaskForm]:
    to = Wording(hint="Name and address, as they stand on the letter.", rows=4)
    about = Wording(hint="As their doctor knows them: name and date of birth.")
    text = Wording(
        hint="A line that begins with a hyphen is an entry of a list. Read every"
        " sentence: it goes out in your name.",
        rows=24,
    )
    fields: dict[str, Any] = {
        RECIPIENT: ParagraphAnswer(
            "To", parse=text_up_to(LONGEST_LINES, _trimmed), wording=to
        ),
        ABOUT: TextAnswer(
            "About", parse=text_up_to(LONGEST_LINES, _trimmed), wording=about
        ),
        TEXT: ParagraphAnswer(
            "The letter", parse=text_up_to(LONGEST, _trimmed), wording=text
        ),
        AGREED: AcknowledgeAnswer(AGREEMENT, parse=_is_ticked),
    }
    return build_form("LetterForm", fields)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _is_ticked(given: Sequence[str]) -> object:
    return bool(given)


def _refuse_others(form: FlaskForm) -> None:
    if set(request.form) - expected_names(form) - CONTROLS:
        abort(400)
