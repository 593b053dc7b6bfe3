"""Which parts does the form have for this patient, and how far is each?

A part is a page of the questionnaire's file, however many pages it takes. Only what may
be opened now is a link; answers can add parts and take them away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for

from screening.tongue import noted, say
from screening.web.patient.journey import (
    address_of,
    current_journey,
    where_without_journey,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Blueprint

    from screening.core.definition import Page
    from screening.web.patient.journey import Journey
    from screening.web.patient.way import Shown

DONE = noted("Done")
GO_ON = noted("Go on here")
NOT_YET = noted("Not yet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the form; `address` is None where it can't be opened yet."""

    title: str
    status: str
    is_done: bool
    address: str | None


def install(room: Blueprint) -> None:
    """Give the room the address of the list of parts."""
    room.add_url_rule("/parts", "parts", show)


def show() -> Shown:
    """Show every part of the form, what is done of it and where to go on."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    if journey.help_waits:
        return redirect(url_for("patient.help_now"), 303)
    return render_template(
        "patient/form_parts.html",
        journey=journey,
        parts=parts_of(journey),
        onward=address_of(journey.next_page),
        is_whole=journey.next_page is None,
        page_title=say("The parts of the form"),
    )


def parts_of(journey: Journey) -> list[Part]:
    """Return the parts in the order of the form."""
    by_source: dict[str, list[Page]] = {}
    for page in journey.path:
        by_source.setdefault(page.source_id, []).append(page)
    return [_part(journey, pages) for pages in by_source.values()]


def _part(journey: Journey, pages: list[Page]) -> Part:
    visited = journey.content.visited
    unsaved = [page for page in pages if page.id not in visited]
    following = journey.next_page
    first = unsaved[0] if unsaved else pages[0]
    to_do = GO_ON if _among(following, pages) else NOT_YET
    return Part(
        title=pages[0].title,
        status=say(to_do if unsaved else DONE),
        is_done=not unsaved,
        address=address_of(first) if journey.is_open(first) else None,
    )


def _among(page: Page | None, pages: Iterable[Page]) -> bool:
    return page is not None and page.id in {one.id for one in pages}
