"""How is a decision signed? It is shown as it will be signed, then confirmed.

The page that shows it carries a fingerprint of everything that would be signed. What is
signed is made again from the draft, and has to have the same fingerprint: whatever
changed in between is shown, and not signed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, make_response, redirect, render_template, request
from flask import url_for as address_of

from screening.accounts.signing import Confirmed
from screening.report.decision import decision_lines, signed_content
from screening.store.decisions import Signing
from screening.store.plain import to_bytes
from screening.store.problems import DecisionChanged, DecisionGone, SignedMeanwhile
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.deciding import (
    Desk,
    current_author,
    desk_of,
    form_page,
    today_here,
)
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.review import others_writing
from screening.web.clinician.signer import confirmed_here
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from typing import Any

    from flask.typing import ResponseReturnValue

    from screening.store.plain import Json

SEEN = "seen"
"""The field that holds the fingerprint of what the page showed."""

CHANGED = "What would be signed has changed since you read it. Read it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Draught:
    """What would be signed: the whole content, what the signature means."""

    desk: Desk
    content: dict[str, Any]
    meaning: str

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of everything that would be signed but who, when and how."""
        whole: dict[str, Json] = {
            "content": self.content,
            "meaning": self.meaning,
            "record": self.desk.reading.summary.record_hash,
            "revision": self.desk.draft.revision,
            "amends": self.desk.draft.amends,
        }
        return hashlib.sha256(to_bytes(whole)).hexdigest()


def preview(reference: str) -> ResponseReturnValue:
    """Show what will be signed, word for word, and ask for the password."""
    desk = desk_of(reference)
    if not isinstance(desk, Desk):
        return desk
    draught = _draught(desk)
    return _page(draught) if isinstance(draught, Draught) else draught


def sign(reference: str) -> ResponseReturnValue:
    """Sign what the page showed, once the person has shown who they are."""
    desk = desk_of(reference)
    if not isinstance(desk, Desk):
        return desk
    draught = _draught(desk)
    if not isinstance(draught, Draught):
        return draught
    if request.form.get(SEEN, "") != draught.fingerprint:
        return _page(draught, refusal=CHANGED, code=409)
    confirmed = confirmed_here(
        lambda refusal: _page(draught, refusal=refusal, code=422)
    )
    if not isinstance(confirmed, Confirmed):
        return confirmed
    try:
        current_clinic().store.decisions.sign(
            reference,
            Signing(
                decision=draught.content["decision"],
                content=draught.content,
                record_sha256=desk.reading.summary.record_hash,
                meaning=draught.meaning,
                signer=current_author(),
                confirmed_by=confirmed.factors,
                zone=current_shell().config.time_zone.key,
            ),
            expected_revision=desk.draft.revision,
            actor=current_actor(),
        )
    except (DecisionChanged, DecisionGone, SignedMeanwhile):
        # Between reading and signing: the form says what happened, and keeps the draft.
        return redirect(address_of("clinician.deciding", reference=reference), code=303)
    return redirect(address_of("clinician.decision", reference=reference), code=303)


def _draught(desk: Desk) -> Draught | Response:
    """Return what would be signed; or the form, where something is open first."""
    if desk.was_signed_meanwhile:
        return form_page(desk, code=409)
    decided = desk.form.said(today_here())
    if decided is None:
        return form_page(desk, code=422)
    label = decided.decision.label
    meaning = f"I reviewed submission {desk.reference} and decided: {label}."
    if desk.draft.amends:
        meaning += f" This amends version {desk.draft.amends}."
    content = signed_content(decided, desk.reading.summary)
    return Draught(desk=desk, content=content, meaning=meaning)


def _page(draught: Draught, *, refusal: str | None = None, code: int = 200) -> Response:
    desk = draught.desk
    return make_response(
        render_template(
            "clinician/signing.html",
            desk=desk,
            draught=draught,
            has_errors=refusal is not None,
            is_changed=refusal == CHANGED,
            lines=decision_lines(draught.content),
            others=others_writing(desk.reference),
            refusal=refusal,
            summary=desk.reading.summary,
            user=current_user(),
        ),
        code,
    )
