"""How does a clinician write to a patient's own doctor? Drafted, read over, released.

A draft stands in the browser's form alone and is kept nowhere: what is not released is
nobody's letter. What is released is what the page showed, by its fingerprint, once the
clinician has shown who she is, as for a signature. Nothing is sent from here: the
letter is a PDF to download, and each download is in the audit trail.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from flask import Response, abort, make_response, redirect, render_template, request
from flask import url_for as address_of

from screening.accounts.signing import Confirmed
from screening.report.letter import letter_parts, letter_text
from screening.report.letter_pdf import Letter, letter_pdf
from screening.report.wording import moment_in_words
from screening.store.audit import Action
from screening.store.letters import Released, Releasing
from screening.store.plain import to_bytes
from screening.store.problems import AddedMeanwhile, SubmissionUnknown
from screening.tongue import day
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.deciding import current_author, today_here
from screening.web.clinician.decision_words import with_decision
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.letter_form import (
    ABOUT,
    AGREED,
    AGREEMENT,
    READ,
    RECIPIENT,
    SEEN,
    TEXT,
    letter_form,
    letter_posted,
    parts_form,
    parts_posted,
)
from screening.web.clinician.reading import Reading
from screening.web.clinician.review import history_of, opened
from screening.web.clinician.signer import confirmed_here
from screening.web.clinician.words import moment_here
from screening.web.fields import answers_of
from screening.web.patient.posting import whole_number
from screening.web.recorded import known_as
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from flask_wtf import FlaskForm

    from screening.report.content import Summary
    from screening.report.letter import LetterPart
    from screening.store.added import Broken
    from screening.store.plain import Json

CHANGED = "The letter is not the one that you read. Read it again."
LATE = "Somebody released another letter while you were writing. It is listed below."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A submission with what a letter may say, and the letters that were released."""

    reading: Reading
    summary: Summary
    parts: tuple[LetterPart, ...]
    letters: tuple[Released | Broken, ...]

    @property
    def reference(self) -> str:
        """The submission's."""
        return self.reading.submission.reference

    @property
    def newest(self) -> int:
        """The number of the newest letter, 0 for none."""
        return self.letters[-1].number if self.letters else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedLine:
    """A released letter for the list: by whom and when, or what is wrong with it."""

    number: int
    said: str
    fault: str | None = None


def show(reference: str) -> ResponseReturnValue:
    """Show what was released, and ask what shall stand in another letter."""
    desk = _desk(reference)
    return _list(desk) if isinstance(desk, Desk) else desk


def draft(reference: str) -> ResponseReturnValue:
    """Show a draft of the parts that were ticked, to be written over."""
    desk = _desk(reference)
    if not isinstance(desk, Desk):
        return desk
    chosen = parts_posted(desk.parts)
    text = letter_text(desk.summary, desk.reading.record, chosen)
    return _form(desk, letter_form(_about(desk), text), desk.newest)


def preview(reference: str) -> ResponseReturnValue:
    """Show the letter as it would be released, and ask for the password."""
    desk = _desk(reference)
    if not isinstance(desk, Desk):
        return desk
    form, read = letter_posted(), _read()
    if any(one.errors for one in answers_of(form)):
        return _form(desk, form, read, code=422)
    return _preview(desk, form, read)


def release(reference: str) -> ResponseReturnValue:
    """Release what the page showed, once the clinician has shown who she is."""
    desk = _desk(reference)
    if not isinstance(desk, Desk):
        return desk
    form, read = letter_posted(), _read()
    if any(one.errors for one in answers_of(form)):
        return _form(desk, form, read, code=422)
    if request.form.get(SEEN, "") != _fingerprint(desk, form):
        return _preview(desk, form, read, refusal=CHANGED, code=409)
    confirmed = confirmed_here(
        lambda refusal: _preview(desk, form, read, refusal=refusal, code=422)
    )
    if not isinstance(confirmed, Confirmed):
        return confirmed
    letters = current_clinic().store.letters
    try:
        letters.release(
            reference,
            Releasing(
                letter=_letter(form),
                record_sha256=desk.summary.record_hash,
                meaning=_meaning(desk),
                author=current_author(),
                confirmed_by=confirmed.factors,
                zone=current_shell().config.time_zone.key,
            ),
            expected_number=read,
            actor=current_actor(),
        )
    except AddedMeanwhile:
        newer = replace(desk, letters=letters.of(reference))
        return _form(newer, form, newer.newest, late=LATE, code=409)
    return redirect(address_of("clinician.letters", reference=reference), code=303)


def download(reference: str, number: str) -> ResponseReturnValue:
    """Give a released letter as a PDF, under a name that says nothing of anybody."""
    try:
        letters = current_clinic().store.letters.read(
            reference, actor=current_actor(), action=Action.LETTER_DOWNLOAD
        )
    except SubmissionUnknown:
        abort(404)
    wanted = whole_number(number)
    found = next((one for one in letters if one.number == wanted), None)
    if not isinstance(found, Released):
        abort(404)
    response = Response(
        letter_pdf(_printed(reference, found)), mimetype="application/pdf"
    )
    name = f"letter-{reference}-{found.number}.pdf"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _desk(reference: str) -> Desk | Response:
    reading = opened(reference, Action.LETTER_VIEW)
    if not isinstance(reading, Reading):
        return reading
    summary = with_decision(reading.summary, history_of(reading))
    return Desk(
        reading=reading,
        summary=summary,
        parts=letter_parts(reading.questionnaire, summary),
        letters=current_clinic().store.letters.of(reading.submission.reference),
    )


def _about(desk: Desk) -> str:
    """Return who the letter is about; empty where that is not known."""
    is_named = known_as(desk.reading.submission.identity) is not None
    return ", ".join(desk.summary.identifiers) if is_named else ""


def _meaning(desk: Desk) -> str:
    return f"I release this letter about submission {desk.reference}. {AGREEMENT}"


def _letter(form: FlaskForm) -> dict[str, Json]:
    shell = current_shell()
    return {
        RECIPIENT: str(form[RECIPIENT].value),
        ABOUT: str(form[ABOUT].value),
        TEXT: str(form[TEXT].value),
        AGREED: AGREEMENT,
        "clinic": shell.config.clinic_name,
        "locale": shell.locale.code,
        "day": today_here().isoformat(),
    }


def _fingerprint(desk: Desk, form: FlaskForm) -> str:
    """Return the SHA-256 of all that would be released but who, when and how."""
    whole: dict[str, Json] = {
        "letter": _letter(form),
        "record": desk.summary.record_hash,
        "meaning": _meaning(desk),
    }
    return hashlib.sha256(to_bytes(whole)).hexdigest()


def _read() -> int:
    read = whole_number(request.form.get(READ, ""))
    if read is None:
        abort(400)
    return read


def _released(desk: Desk) -> list[ReleasedLine]:
    lines = []
    for one in reversed(desk.letters):
        if isinstance(one, Released):
            when = moment_here(one.released_at)
            said = f"released by {one.author.name} ({one.author.username}), {when}"
            lines.append(ReleasedLine(number=one.number, said=said))
        else:
            lines.append(ReleasedLine(number=one.number, said="", fault=one.what))
    return lines


def _list(desk: Desk) -> Response:
    return make_response(
        render_template(
            "clinician/letters.html",
            desk=desk,
            form=parts_form(desk.parts),
            released=_released(desk),
            user=current_user(),
        )
    )


def _form(
    desk: Desk, form: FlaskForm, read: int, *, late: str = "", code: int = 200
) -> Response:
    faulty = [one for one in answers_of(form) if one.errors]
    return make_response(
        render_template(
            "clinician/letter.html",
            desk=desk,
            faulty=faulty,
            form=form,
            has_errors=bool(faulty),
            late=late,
            read=read,
            released=_released(desk),
            user=current_user(),
        ),
        code,
    )


def _preview(
    desk: Desk, form: FlaskForm, read: int, *, refusal: str = "", code: int = 200
) -> Response:
    return make_response(
        render_template(
            "clinician/letter_preview.html",
            desk=desk,
            fingerprint=_fingerprint(desk, form),
            form=form,
            has_errors=bool(refusal),
            is_changed=refusal == CHANGED,
            letter=_letter(form),
            meaning=_meaning(desk),
            read=read,
            refusal=refusal,
            user=current_user(),
        ),
        code,
    )


def _printed(reference: str, released: Released) -> Letter:
    letter, who = released.letter, released.author
    return Letter(
        reference=reference,
        number=released.number,
        clinic=letter["clinic"],
        language="en",
        locale=letter["locale"],
        day=day(date.fromisoformat(letter["day"])),
        about=letter[ABOUT],
        recipient=letter[RECIPIENT],
        text=letter[TEXT],
        released_by=f"{who.name}, {who.role}",
        released_at=released.released_at,
        released_in_words=moment_in_words(released.released_at, released.zone),
        meaning=released.meaning,
        confirmed_by=", ".join(released.confirmed_by),
        sha256=released.sha256,
    )
