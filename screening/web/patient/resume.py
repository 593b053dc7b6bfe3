"""How does a patient carry on later, or on another device? With a code that they keep.

The code is shown once, in the answer to the post that makes it, and never stands in an
address: it is typed, or pasted from what a phone reads off the square beside it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from screening.accounts.limits import RESUME_BY_ADDRESS, RESUME_BY_ALL, Limits
from screening.accounts.problems import TooManyAttempts
from screening.store.outside import read_crockford
from screening.store.problems import DraftGone, RecordUnreadable
from screening.store.resume import GROUPS
from screening.tongue import day, noted, say
from screening.web.guards.error_pages import error_page
from screening.web.guards.proxies import client_address
from screening.web.language import is_switched
from screening.web.patient.device import note_sharing
from screening.web.patient.journey import (
    Journey,
    current_draft,
    current_journey,
    hold,
    patient,
    where_without_journey,
)
from screening.web.patient.room import current_room
from screening.web.shell import current_shell
from screening.web.square import square

if TYPE_CHECKING:
    from flask import Blueprint

    from screening.web.patient.way import Shown

FIELD = "code"
"""The name of the field that the code is typed into."""

NO_CODE = noted("Enter your code: 24 letters and numbers, in 6 groups of 4.")
NOT_FOUND = noted(
    "Nothing is kept under this code. It may be mistyped, replaced by a newer one, or"
    " its answers were sent or deleted."
)


def install(room: Blueprint) -> None:
    """Give the room the addresses of keeping a form for later, and of carrying on."""
    room.add_url_rule("/keep", "offer_code", offer)
    room.add_url_rule("/code", "give_code", give, methods=["POST"])
    room.add_url_rule("/resume", "resume", show, methods=["GET"])
    room.add_url_rule("/resume", "take_code", take, methods=["POST"])


def offer() -> Shown:
    """Offer a code before the first question, on a device that others use."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    return render_template(
        "patient/offer_code.html",
        journey=journey,
        page_title=say("A code to carry on with"),
    )


def give() -> Shown:
    """Make a code for the open form and show it; an older one is good no more."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    code = _shown_before(journey) or current_room().store.resume_codes.give(
        journey.draft.id, actor=patient()
    )
    shell = current_shell()
    last_day = journey.draft.updated_at + timedelta(days=shell.config.draft_days)
    drawn, size = square(code)
    return render_template(
        "patient/code.html",
        journey=journey,
        page_title=say("Your code to carry on"),
        code=code,
        drawn=drawn,
        size=size,
        last_day=day(last_day.astimezone(shell.config.time_zone).date()),
        address=url_for("patient.resume", _external=True),
    )


def _shown_before(journey: Journey) -> str | None:
    """Return the code that a page shows already, to be shown in another language."""
    typed = request.form.get(FIELD, "")
    if not is_switched() or read_crockford(typed, groups=GROUPS) is None:
        return None
    found = current_room().store.resume_codes.find(typed, actor=patient())
    return typed if found == journey.draft.id else None


def show() -> str:
    """Ask for the code."""
    return _page()


def take() -> Shown:
    """Lead to the form behind the code, or say that there is none."""
    typed = request.form.get(FIELD, "")
    if is_switched():
        return _page(typed)
    if read_crockford(typed, groups=GROUPS) is None:
        return _page(typed, say(NO_CODE)), 422
    store = current_room().store
    try:
        Limits(store.ground).count_attempt(
            {RESUME_BY_ADDRESS: client_address(), RESUME_BY_ALL: ""}, actor=patient()
        )
    except TooManyAttempts as problem:
        return error_page("429", headers={"Retry-After": str(problem.retry_after_s)})
    found = store.resume_codes.find(typed, actor=patient())
    if found is None:
        return _page(typed, say(NOT_FOUND)), 422
    try:
        store.drafts.read(found)
    except (DraftGone, RecordUnreadable):
        return _page(typed, say(NOT_FOUND)), 422
    hold(found)
    note_sharing()
    return redirect(url_for("patient.questions"), 303)


def _page(typed: str = "", problem: str = "") -> str:
    draft = current_draft()
    return render_template(
        "patient/resume.html",
        page_title=say("Carry on with a code"),
        has_errors=bool(problem),
        problem=problem,
        typed=typed[:60],
        holds_another=draft is not None and draft.submitted_as is None,
    )
