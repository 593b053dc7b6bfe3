"""How does staff fill in a form with somebody, on the phone or in the room?

The staff's browser opens a form of the patient's own, marked with who fills it in and
how: its pages, the summary and the PDF say so. Whatever was open in the browser before
is let go. The device counts as shared, so that the form closes when nobody touches it,
and a code comes first, for the patient to carry on with alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app, make_response, redirect, render_template, request
from flask import url_for as address_of

from screening.store.drafts import DraftContent
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.patient_reference import (
    LONGEST,
    NO_REFERENCE,
    is_reference,
)
from screening.web.config import Identity
from screening.web.patient.device import note_as_shared
from screening.web.patient.journey import hold
from screening.web.recorded import IN_THE_ROOM, ON_THE_PHONE
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from screening.store.drafts import DraftId

HOW = {ON_THE_PHONE: "On the phone", IN_THE_ROOM: "In the room"}
"""The ways to fill in a form with somebody, as the page says them."""

_NO_WAY = "Choose how you fill it in."


def show() -> ResponseReturnValue:
    """Say what filling in with somebody means, and ask how."""
    return _page()


def begin() -> ResponseReturnValue:
    """Begin the form, and lead to its code and its first page."""
    how = request.form.get("how", "")
    reference = request.form.get("reference", "").strip()
    needs_reference = _needs_reference()
    if how not in HOW:
        return _page(how, reference, how_problem=_NO_WAY)
    if needs_reference and not is_reference(reference):
        return _page(how, reference, reference_problem=NO_REFERENCE)
    draft_id = _draft(how)
    if needs_reference:
        _invite(reference, draft_id)
    hold(draft_id)
    note_as_shared()
    return redirect(address_of("patient.offer_code"), code=303)


def _draft(how: str) -> DraftId:
    clinic, user = current_clinic(), current_user()
    content = DraftContent(
        started_at=current_shell().clock(),
        assisted_by=f"{user.display_name}, {user.role.value}",
        assisted_how=how,
    )
    version = clinic.questionnaires.current().sha256
    made = clinic.store.drafts.create(version, content, actor=current_actor())
    return made.id


def _invite(reference: str, draft_id: DraftId) -> None:
    """Name the patient by the clinic's reference, as a link would."""
    invitations, shell = current_clinic().store.invitations, current_shell()
    made = invitations.create(
        clinic_reference=reference,
        expires_at=shell.clock() + timedelta(days=shell.config.draft_days),
        actor=current_actor(),
    )
    invitations.use(made.id, draft_id)


def _needs_reference() -> bool:
    return current_shell().config.identity is Identity.INVITATION


def _page(
    how: str = "",
    reference: str = "",
    *,
    how_problem: str | None = None,
    reference_problem: str | None = None,
) -> Response:
    problem = how_problem or reference_problem
    page = render_template(
        "clinician/filling_in.html",
        has_errors=problem is not None,
        how=how,
        how_problem=how_problem,
        is_possible="patient.offer_code" in current_app.view_functions,
        needs_reference=_needs_reference(),
        reference=reference[:LONGEST],
        reference_problem=reference_problem,
        user=current_user(),
        ways=HOW,
    )
    return make_response(page, 200 if problem is None else 422)
