"""What happens when a page has been answered: keep it, then help or the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for

from screening.store.problems import DatabaseUnavailable, DraftGone, DraftSubmitted
from screening.web.guards.error_pages import database_unavailable
from screening.web.patient.help_marks import with_changes, with_help
from screening.web.patient.help_now import help_page
from screening.web.patient.late_questions import asked_late
from screening.web.patient.pace import with_pace
from screening.web.patient.posting import Meaning, visited_with
from screening.web.patient.typed import unsaved_with, without_typed
from screening.web.patient.way import next_address, then

if TYPE_CHECKING:
    from screening.core.definition import Page
    from screening.web.patient.journey import Journey
    from screening.web.patient.way import Shown


def settle(
    journey: Journey,
    page: Page,
    meaning: Meaning,
    *,
    is_whole: bool,
    onward: str | None = None,
) -> Shown:
    """Keep what was answered; lead to help when it is due, else onward.

    `onward` is an address; without one, the next page follows. A page that is not whole
    is met again as it was posted.
    """
    now = journey.shell.clock()
    content = without_typed(meaning.content, page.id)
    content = with_pace(content, page, now - journey.draft.updated_at)
    if is_whole:
        content = with_changes(visited_with(content, page), meaning.evaluation, now)
    elif onward is None:
        content = unsaved_with(content, page)
    content = with_help(content, meaning.due, now)
    settled = asked_late(content, meaning.evaluation)
    is_known = is_whole and settled.visited == content.visited
    try:
        kept = journey.keep(settled, meaning.evaluation if is_known else None)
    except DatabaseUnavailable as error:
        if not meaning.due:
            raise
        # Help is never withheld because the records are away.
        return help_page(journey.with_content(content), database_unavailable(error))
    except (DraftGone, DraftSubmitted):
        if not meaning.due:
            raise
        # Nor because another window deleted or sent the form.
        return help_page(journey.with_content(content), is_gone=True)
    if meaning.due:
        return redirect(url_for("patient.help_now", then=then()), 303)
    return redirect(onward or next_address(kept, page), 303)
