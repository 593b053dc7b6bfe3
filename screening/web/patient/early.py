"""How does a patient in danger let the clinic know at once, before the form is done?

Help that is shown because of an urgent answer offers it: what was answered so far is
sent as it is, and the clinician reads that the form was not finished. It is no call for
help, and the page says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for

from screening.store.submissions import Identity as About
from screening.tongue import noted, say
from screening.web.fields import answers_of
from screening.web.help_text import fill
from screening.web.language import is_switched
from screening.web.patient.check import contact_form, submitted, who_it_is
from screening.web.patient.journey import (
    Journey,
    current_journey,
    where_without_journey,
)
from screening.web.patient.posting import posted_revision

if TYPE_CHECKING:
    from flask import Blueprint
    from flask_wtf import FlaskForm

    from screening.web.patient.posting import Post
    from screening.web.patient.way import Shown

SEND = noted("Let the clinic know now")
"""What the button that sends reads."""


def install(room: Blueprint) -> None:
    """Give the room the address of letting the clinic know."""
    room.add_url_rule("/let-know", "early", show, methods=["GET"])
    room.add_url_rule("/let-know", "send_early", send, methods=["POST"])


def show() -> Shown:
    """Say what is sent, and ask how the clinic can reach the patient."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    if not journey.may_send_early:
        return redirect(url_for("help.numbers"), 303)
    return _page(journey)


def send() -> Shown:
    """Send what was answered so far, once, and lead to the receipt."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    if not journey.may_send_early:
        return redirect(url_for("help.numbers"), 303)
    if is_switched():
        return _page(journey, contact_form(journey)())
    if posted_revision() != journey.draft.revision:
        return _page(journey, was_changed=True), 409
    told = who_it_is(journey, SEND)
    if not isinstance(told, About):
        return _page(journey, *told), 422
    if not submitted(journey, told, is_early=True):
        again = current_journey(afresh=True)
        if again is None:
            return redirect(where_without_journey(), 303)
        return _page(again, was_changed=True), 409
    return redirect(url_for("patient.receipt"), 303)


def _page(
    journey: Journey,
    form: FlaskForm | None = None,
    post: Post | None = None,
    *,
    was_changed: bool = False,
) -> str:
    shell = journey.shell
    asks = journey.asks_who
    if asks and form is None:
        form = contact_form(journey)(formdata=None)
    return render_template(
        "patient/early.html",
        journey=journey,
        fields=answers_of(form) if asks and form is not None else [],
        post=post,
        has_errors=post is not None,
        was_changed=was_changed,
        watching=fill("{monitoring_statement}", shell.locale, shell.config),
        config=shell.config,
        send=say(SEND),
        page_title=say("Let the clinic know now"),
    )
