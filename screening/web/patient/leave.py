"""How does a patient stop, delete what was written, or reach an ending of the form?"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import abort, make_response, redirect, render_template, session, url_for

from screening.store.problems import DraftGone
from screening.tongue import say
from screening.web.patient.help_now import care_of
from screening.web.patient.journey import (
    Journey,
    current_draft,
    current_journey,
    forget,
    held_draft,
    patient,
)
from screening.web.patient.room import current_room

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from werkzeug.wrappers import Response as BaseResponse

    from screening.core.definition import Questionnaire

SHARED = "shared-device"
"""Where a session notes that others use the device."""

CLEAR = '"cache", "cookies", "storage"'
"""What a browser is asked to forget when the patient has finished."""


def install(room: Blueprint) -> None:
    """Give the room the addresses of leaving."""
    room.add_url_rule("/stop", "stop", stop)
    room.add_url_rule("/delete", "delete", delete, methods=["POST"])
    room.add_url_rule("/deleted", "deleted", deleted)
    room.add_url_rule("/finish", "finish", finish, methods=["POST"])
    room.add_url_rule("/ended/<int:number>", "ended", ended)


def stop() -> str | BaseResponse:
    """Say what stopping here means, with help and the way to delete everything."""
    draft = current_draft()
    if draft is not None and draft.submitted_as is not None:
        return redirect(url_for("patient.receipt"), 303)
    return render_template(
        "patient/stop.html",
        journey=current_journey(),
        page_title=say("Stopping here"),
    )


def delete() -> BaseResponse:
    """Delete the open draft, and let the session go."""
    draft = current_draft()
    if draft is not None and draft.submitted_as is not None:
        # Answers that were sent are the clinic's record, and stay.
        return redirect(url_for("patient.receipt"), 303)
    held = held_draft()
    if held is not None:
        _delete(held)
    forget()
    return redirect(url_for("patient.deleted"), 303)


def deleted() -> Response:
    """Say that nothing is kept any more."""
    page = render_template(
        "patient/deleted.html", page_title=say("Your answers are deleted")
    )
    response = make_response(page)
    response.headers["Clear-Site-Data"] = CLEAR
    return response


def finish() -> Response:
    """End the session on this device; answers that were sent are not touched."""
    device = "shared" if session.get(SHARED) else None
    forget()
    response = make_response(redirect(url_for("patient.start", device=device), 303))
    response.headers["Clear-Site-Data"] = CLEAR
    return response


def end(journey: Journey, key: str) -> BaseResponse:
    """Delete the draft because the form ends here; lead to the text that says so."""
    number = _endings(journey.questionnaire).index(key) + 1
    _delete(journey.draft.id)
    forget()
    return redirect(url_for("patient.ended", number=number), 303)


def ended(number: int) -> str:
    """Show the text with which the form ended; it belongs to nobody's answers."""
    questionnaire = current_room().asked()
    keys = _endings(questionnaire)
    if not 1 <= number <= len(keys):
        abort(404)
    care = care_of(questionnaire.help[keys[number - 1]])
    return render_template("patient/ended.html", care=care, page_title=care.title)


def _endings(questionnaire: Questionnaire) -> list[str]:
    found = (criterion.ends for criterion in questionnaire.criteria)
    return list(dict.fromkeys(key for key in found if key))


def _delete(draft_id: str) -> None:
    # When it was deleted in another window, what was asked for is so.
    with suppress(DraftGone):
        current_room().store.drafts.delete(draft_id, actor=patient())
