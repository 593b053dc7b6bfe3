"""Where does a request lead: to the page it asks for, or to where the patient is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for

from screening.core import progress
from screening.web.patient.journey import (
    Journey,
    address_of,
    current_journey,
    where_without_journey,
)
from screening.web.patient.posting import THEN

if TYPE_CHECKING:
    from flask.wrappers import Response as FlaskResponse
    from werkzeug.wrappers import Response

    from screening.core.definition import Page
    from screening.store.problems import DraftGone, DraftSubmitted

    Shown = str | Response | FlaskResponse | tuple[str, int]

CHECK = "check"
"""The value of `then` that leads back to the page for looking over answers."""


def opened(page_id: str, *, afresh: bool = False) -> tuple[Journey, Page] | Response:
    """Return the patient's journey and the page, or where to go instead.

    Answers 404 when the questionnaire has no such page.
    """
    journey = current_journey(afresh=afresh)
    if journey is None:
        return redirect(where_without_journey(), 303)
    page = journey.page(page_id)
    if page is None:
        abort(404)
    if not journey.is_open(page):
        return redirect(address_of(journey.next_page), 303)
    return journey, page


def lead_from_gone(_: DraftGone | DraftSubmitted) -> Response:
    """Lead to the start or the receipt: another window deleted or sent the draft."""
    current_journey(afresh=True)
    return redirect(where_without_journey(), 303)


def then() -> str | None:
    """Return `check` when this page was opened from the list of all answers."""
    told = request.values.get(THEN)
    return CHECK if told == CHECK else None


def back_address(journey: Journey, page: Page) -> str:
    """Return where Back leads: the page before, the check page, or the start."""
    if then():
        return url_for("patient.check")
    before = progress.before(journey.path, page.id)
    return address_of(before) if before is not None else url_for("patient.start")


def with_then(address: str) -> str:
    """Return the address, with the way back to the check page if there is one."""
    return f"{address}?{THEN}={CHECK}" if then() else address


def next_address(journey: Journey, page: Page) -> str:
    """Return what follows a page just saved: the next, or what was left unsaved.

    Where the clinic asks again, what was sent before is not gone through once more.
    """
    unsaved = journey.next_page
    if journey.content.follows and not then():
        return address_of(unsaved)
    if then():
        return address_of(unsaved, CHECK if unsaved else None)
    following = progress.after(journey.path, page.id)
    if following is not None and not journey.is_open(following):
        following = unsaved
    return address_of(following if following is not None else unsaved)
