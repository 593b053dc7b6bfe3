"""What does a patient see at once when an answer calls for help?

The texts that the questionnaire gives for it, the numbers to call, who is reading, and
three ways on: call, stop here, carry on. No question is shown before one was chosen,
and the page stays within reach afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import make_response, redirect, render_template, url_for

from screening.store.problems import DraftChanged
from screening.tongue import noted, say
from screening.web.contact_text import Piece
from screening.web.help_text import HelpButton, fill, fill_button
from screening.web.patient.help_marks import (
    acknowledged,
    causes,
    texts,
    waiting_causes,
)
from screening.web.patient.journey import (
    Journey,
    address_of,
    current_journey,
    where_without_journey,
)
from screening.web.patient.way import then
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.wrappers import Response as BaseResponse

    from screening.core.definition import HelpText

_CALL = noted("Call {emergency}")
_CONTACT = noted("Contact {crisis_primary}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """A help text, filled in: its pieces and the buttons that call somebody."""

    title: str
    body: tuple[Piece, ...]
    honesty: tuple[Piece, ...]
    buttons: tuple[HelpButton, ...]


def install(room: Blueprint) -> None:
    """Give the room the address of its help page."""
    room.add_url_rule("/help-now", "help_now", show, methods=["GET"])
    room.add_url_rule("/help-now", "carry_on", carry_on, methods=["POST"])


def show() -> Response | BaseResponse:
    """Show the help that waits, or once more what was shown before."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    if not journey.content.help_shown:
        return redirect(url_for("help.numbers"), 303)
    return help_page(journey)


def carry_on() -> BaseResponse:
    """Note that the patient goes on with the form, and lead on."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    content = acknowledged(journey.content)
    if content is not journey.content:
        try:
            journey = journey.keep(content)
        except DraftChanged:
            return redirect(url_for("patient.help_now"), 303)
    following = journey.next_page
    return redirect(address_of(following, then() if following else None), 303)


def help_page(
    journey: Journey, failure: Response | None = None, *, is_gone: bool = False
) -> Response:
    """Return the help that waits in this journey; `failure` says it is not saved.

    `is_gone` says that another window deleted or sent the form meanwhile.
    """
    found = waiting_causes(journey.content) or causes(journey.content)
    cares = [care_of(text) for text in texts(journey.questionnaire, found)]
    page = render_template(
        "patient/help_now.html",
        journey=journey,
        cares=cares,
        page_title=cares[0].title if cares else say("Help"),
        is_waiting=journey.help_waits,
        is_saved=failure is None and not is_gone,
        is_gone=is_gone,
        then=then(),
        lets_know=journey.may_send_early,
    )
    response = make_response(page, 409 if is_gone else 200)
    if failure is not None:
        response.status_code = failure.status_code
        response.headers["Retry-After"] = failure.headers.get("Retry-After", "30")
    return response


def care_of(text: HelpText) -> Care:
    """Return a help text with this clinic's words and this country's numbers in it.

    A text that names no buttons gets one for each kind of help it speaks of.
    """
    shell = current_shell()
    labels = list(text.buttons)
    if not labels:
        labels += [say(_CALL)] if "{emergency}" in text.body else []
        labels += [say(_CONTACT)] if "{crisis_" in text.body else []
    honesty = text.honesty or "{monitoring_statement}"
    return Care(
        title=text.title,
        body=fill(text.body, shell.locale, shell.config),
        honesty=fill(honesty, shell.locale, shell.config),
        buttons=tuple(
            button
            for label in labels
            if (button := fill_button(label, shell.locale)).address
        ),
    )
