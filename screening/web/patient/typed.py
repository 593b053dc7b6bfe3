"""What was typed on a page that was not sent yet? A closed browser loses nothing.

The page's script sends it now and then, and when the page is left. It is no answer: no
rule reads it, it goes into no submission, and sending the page takes its place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import request
from werkzeug.datastructures import MultiDict

from screening.core.answers.one import LONGEST_TEXT
from screening.web.fields import expected_names
from screening.web.names import field_name
from screening.web.patient.forms import leaves
from screening.web.patient.journey import current_journey
from screening.web.patient.posting import CONTROLS, posted_revision

if TYPE_CHECKING:
    from flask import Blueprint
    from flask_wtf import FlaskForm

    from screening.core.definition import Page
    from screening.store.drafts import DraftContent
    from screening.web.patient.journey import Journey

NOTHING = ("", 204)


def install(room: Blueprint) -> None:
    """Give the room the addresses that what is typed goes to."""
    page = "/q/<page_id>"
    room.add_url_rule(f"{page}/typed", "typed", keep, methods=["POST"])
    room.add_url_rule(
        f"{page}/entry/<int:number>/typed", "typed_entry", keep, methods=["POST"]
    )


def place_of(page_id: str, number: int | None = None) -> str:
    """Return what a page, or the page of an entry of its list, is called here."""
    return page_id if number is None else f"{page_id}/{number}"


def keep(page_id: str, number: int | None = None) -> tuple[str, int]:
    """Keep what is typed; where that can't be done nothing is said.

    What comes late, after the page was sent or from an older window, never stands over
    answers that were kept since.
    """
    journey = current_journey()
    page = journey.page(page_id) if journey is not None else None
    if journey is None or page is None or not journey.is_open(page):
        return NOTHING
    if posted_revision() != journey.draft.revision:
        return NOTHING
    if number is not None and not _has_entry(journey, page, number):
        return NOTHING
    fields = _fields(page, in_list=number is not None)
    typed = {**journey.content.typed, place_of(page_id, number): fields}
    journey.room.store.drafts.keep_typed(
        journey.draft.id,
        replace(journey.content, typed=typed),
        expected_revision=journey.draft.revision,
    )
    return NOTHING


def _has_entry(journey: Journey, page: Page, number: int) -> bool:
    """Tell whether the page's list has this entry, the next one counted."""
    repeat = page.repeat
    if repeat is None:
        return False
    listed = journey.content.answers.get(repeat.id)
    there = len(listed) if isinstance(listed, list) else 0
    return 1 <= number <= min(there + 1, repeat.at_most)


def _fields(page: Page, *, in_list: bool) -> dict[str, list[str]]:
    """Return what stands in fields that the page has, none of it longer than kept."""
    asked = page.repeat.questions if in_list and page.repeat else page.questions
    names = tuple(field_name(question.key) for question in leaves(asked))
    return {
        name: texts
        for name, texts in request.form.lists()
        # A date has a field for each part, an answer may have one for being unsure.
        if any(name == one or name.startswith(f"{one}-") for one in names)
        and all(len(text) <= LONGEST_TEXT for text in texts)
    }


def typed_on(
    content: DraftContent, place: str, form: type[FlaskForm]
) -> MultiDict[str, str] | None:
    """Return what was typed on a page and not sent, as it would be posted; or None."""
    fields = content.typed.get(place)
    if not fields:
        return None
    known = expected_names(form(formdata=None)) - CONTROLS
    return MultiDict(
        [(name, text) for name in fields if name in known for text in fields[name]]
    )


def unsaved_with(content: DraftContent, page: Page) -> DraftContent:
    """Return the content in which a page was posted but is not saved: it is met again.

    What was posted stands on it as what is typed does.
    """
    return replace(
        content,
        visited=tuple(one for one in content.visited if one != page.id),
        typed={**content.typed, place_of(page.id): _fields(page, in_list=False)},
    )


def without_typed(content: DraftContent, page_id: str) -> DraftContent:
    """Return the content without what was typed on a page and its list's entries."""
    kept = {
        place: fields
        for place, fields in content.typed.items()
        if place != page_id and not place.startswith(f"{page_id}/")
    }
    return content if len(kept) == len(content.typed) else replace(content, typed=kept)
