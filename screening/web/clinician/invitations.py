"""Who was invited, what became of it, and how is a link made, replaced or withdrawn?

A link is shown once, in the answer to the post that makes it, and stands in no address
of the clinic's pages and in no log. A search by the clinic's reference is posted.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, current_app, make_response, redirect, render_template, request
from flask import url_for as address_of

from screening.accounts.permissions import Permission
from screening.store.invited import State
from screening.store.problems import InvitationOver
from screening.tongue import day, speaking
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.invitation_text import mail_texts
from screening.web.clinician.patient_reference import (
    LONGEST,
    NO_REFERENCE,
    is_reference,
)
from screening.web.clinician.site import current_site
from screening.web.clinician.words import moment_here
from screening.web.config import Identity
from screening.web.language import offered_languages
from screening.web.shell import current_shell
from screening.web.square import square

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Response
    from flask.typing import ResponseReturnValue

    from screening.store.invitations import NewInvitation
    from screening.store.invited import Invited

DAYS = (7, 14, 30, 90)
"""For how many days a link may be good."""

USUAL_DAYS = 14

STATES = {
    State.NOT_OPENED: "Not opened",
    State.OPENED: "Opened",
    State.SENT: "Sent",
    State.EXPIRED: "Expired",
    State.WITHDRAWN: "Withdrawn",
}
"""The states of an invitation, as the pages say them."""

_OVER = {State.SENT, State.WITHDRAWN}
_PATIENTS_WAY_IN = "patient.invited"
_TWICE = "This patient has an invitation already. Tick the box to make another one."
_NOT_CONFIRMED = "Tick the box to withdraw the link."
_NO_DAYS = "Choose for how long the link is good."


def show() -> ResponseReturnValue:
    """Show a page of the invitations, narrowed to `show`, continued after `after`."""
    narrowed = request.args.get("show")
    if narrowed is not None and narrowed not in set(State):
        abort(404)
    page = current_clinic().store.invited.page(
        actor=current_actor(),
        state=None if narrowed is None else State(narrowed),
        after=request.args.get("after"),
    )
    return _list(
        page.entries,
        narrowed=narrowed,
        is_continued="after" in request.args,
        next_after=page.next_after,
    )


def find() -> ResponseReturnValue:
    """Show the invitations of the patient with exactly this reference."""
    typed = request.form.get("reference", "").strip()
    if not is_reference(typed):
        return _list((), search_fault=NO_REFERENCE)
    found = current_clinic().store.invited.find(typed, actor=current_actor())
    fault = None if found else "No invitation was made for this reference."
    return _list(found, search_fault=fault, is_search=True)


def show_new() -> ResponseReturnValue:
    """Ask for whom a link is to be and how long it is good."""
    return _new_page() if _is_possible() else _to_list()


def invite() -> ResponseReturnValue:
    """Make a link and show it, once; a patient who has one is asked about first."""
    if not _is_possible():
        return _to_list()
    typed = request.form.get("reference", "").strip()
    if not is_reference(typed):
        return _new_page({"reference": NO_REFERENCE})
    days = _days()
    if days is None:
        return _new_page({"days": _NO_DAYS})
    store = current_clinic().store
    is_twice = store.invited.is_invited(typed)
    if is_twice and "again" not in request.form:
        return _new_page({"again": _TWICE})
    made = store.invitations.create(
        clinic_reference=typed,
        expires_at=_in_days(days),
        actor=current_actor(),
    )
    return _link_page(made, typed)


def show_one(invitation_id: str) -> ResponseReturnValue:
    """Show one invitation and what can be done with it."""
    return _one_page(_read(invitation_id))


def resend(invitation_id: str) -> ResponseReturnValue:
    """Make another link for the same patient and form, and show it once."""
    found = _read(invitation_id)
    days = _days()
    if not _is_possible() or found.state in _OVER:
        return _to_one(found)
    if days is None:
        return _one_page(found, {"resend-days": _NO_DAYS})
    try:
        made = current_clinic().store.invited.resend(
            found.id, expires_at=_in_days(days), actor=current_actor()
        )
    except InvitationOver:
        return _to_one(found)
    return _link_page(made, found.clinic_reference, is_new=False)


def prolong(invitation_id: str) -> ResponseReturnValue:
    """Let the link that the patient has be good for longer."""
    days = _days()
    if days is None:
        return _one_page(_read(invitation_id), {"prolong-days": _NO_DAYS})
    return _change(invitation_id, _in_days(days))


def withdraw(invitation_id: str) -> ResponseReturnValue:
    """Put the link out of use, once somebody has ticked that they mean it."""
    if "sure" not in request.form:
        return _one_page(_read(invitation_id), {"sure": _NOT_CONFIRMED})
    return _change(invitation_id, None)


def _change(invitation_id: str, expires_at: datetime | None) -> ResponseReturnValue:
    """Prolong until then, or withdraw where there is no such time."""
    invited, actor = current_clinic().store.invited, current_actor()
    try:
        if expires_at is None:
            invited.withdraw(invitation_id, actor=actor)
        else:
            invited.prolong(invitation_id, expires_at=expires_at, actor=actor)
    except InvitationOver:
        # Its page says what became of it meanwhile; one that never was has none.
        _read(invitation_id)
    address = address_of("clinician.invitation", invitation_id=invitation_id)
    return redirect(address, code=303)


def _read(invitation_id: str) -> Invited:
    found = current_clinic().store.invited.read(invitation_id, actor=current_actor())
    if found is None:
        abort(404)
    return found


def _days() -> int | None:
    """Return the number of days that was chosen, None where it is none of those."""
    typed = request.form.get("days", "")
    return next((days for days in DAYS if str(days) == typed), None)


def _in_days(days: int) -> datetime:
    return current_shell().clock() + timedelta(days=days)


def _is_possible() -> bool:
    """Say whether patients come in by links here."""
    by_link = current_shell().config.identity is Identity.INVITATION
    return by_link and _PATIENTS_WAY_IN in current_app.view_functions


def _to_list() -> ResponseReturnValue:
    return redirect(address_of("clinician.invitations"), code=303)


def _to_one(found: Invited) -> ResponseReturnValue:
    address = address_of("clinician.invitation", invitation_id=found.id)
    return redirect(address, code=303)


def _list(entries: tuple[Invited, ...], **context: object) -> Response:
    usual: dict[str, object] = {
        "narrowed": None,
        "is_continued": False,
        "is_search": False,
        "next_after": None,
        "search_fault": None,
    }
    page = render_template(
        "clinician/invitations.html",
        **(usual | context),
        entries=entries,
        has_errors=bool(context.get("search_fault")),
        identity=current_shell().config.identity.value,
        is_possible=_is_possible(),
        may_read=current_user().may(Permission.READ_SUBMISSION),
        moment=moment_here,
        states=STATES,
        user=current_user(),
    )
    return make_response(page)


def _new_page(faults: dict[str, str] | None = None) -> Response:
    page = render_template(
        "clinician/invite_patient.html",
        chosen=_days() or USUAL_DAYS,
        days=DAYS,
        faults=faults or {},
        has_errors=bool(faults),
        reference=request.form.get("reference", "").strip()[:LONGEST],
        user=current_user(),
    )
    return make_response(page, 422 if faults else 200)


def _one_page(found: Invited, faults: dict[str, str] | None = None) -> Response:
    page = render_template(
        "clinician/invitation.html",
        chosen=USUAL_DAYS,
        days=DAYS,
        faults=faults or {},
        has_errors=bool(faults),
        invited=found,
        is_over=found.state in _OVER,
        is_possible=_is_possible(),
        may_read=current_user().may(Permission.READ_SUBMISSION),
        moment=moment_here,
        state=STATES[found.state],
        user=current_user(),
    )
    return make_response(page, 422 if faults else 200)


def _link_page(
    made: NewInvitation, clinic_reference: str, *, is_new: bool = True
) -> Response:
    link = current_site().origin + address_of(_PATIENTS_WAY_IN, token=made.token)
    drawn, size = square(link)
    zone = current_shell().config.time_zone
    # The last whole day: a link that ends at ten in the morning is not promised for it.
    last = (made.expires_at.astimezone(zone) - timedelta(days=1)).date()
    until = {}
    for code in ("en", "es"):
        with speaking(code):
            until[code] = day(last)
    page = render_template(
        "clinician/patient_link.html",
        drawn=drawn,
        expires=moment_here(made.expires_at),
        invitation_id=made.id,
        is_new=is_new,
        link=link,
        reference=clinic_reference,
        size=size,
        texts=mail_texts(link, until, offered_languages()),
        user=current_user(),
    )
    return make_response(page)
