"""About how many minutes are left? By what patients took on the pages that are to come.

Until enough of them have sent their answers, a page is reckoned by its questions. Only
what lies ahead is counted, so that the number falls as the form is filled in; where an
answer opens more pages it rises, and that is so.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from screening.store.problems import DatabaseUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Page
    from screening.store.drafts import DraftContent
    from screening.store.opening import Store
    from screening.store.paces import Pace
    from screening.web.patient.journey import Journey

LONGEST_S = 600
"""Seconds on a page beyond which somebody was away, and nothing is reckoned."""

ENOUGH = 20
"""Patients whose time on a page is better than a guess."""

_A_QUESTION_S = 9
_A_PAGE_S = 4
_A_LIST_S = 45
_LOOKING_OVER_S = 60
_GOOD_FOR = timedelta(minutes=10)


class Reckoning:
    """What is known of the pace on each page, asked for now and then."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, tuple[datetime, dict[str, Pace]]] = {}

    def of(self, store: Store, version: str, now: datetime) -> Mapping[str, Pace]:
        """Return the pace of each page of a version; nothing while records are away."""
        held = self._known.get(version)
        if held is None or now - held[0] > _GOOD_FOR:
            try:
                held = (now, store.paces.of(version))
            except DatabaseUnavailable:
                return held[1] if held else {}
            self._known[version] = held
        return held[1]


def with_pace(content: DraftContent, page: Page, away: timedelta) -> DraftContent:
    """Return the content with the time since the page before added to this page's."""
    seconds = int(away.total_seconds())
    if not 0 < seconds <= LONGEST_S:
        return content
    spent = content.seconds.get(page.id, 0) + seconds
    return replace(content, seconds={**content.seconds, page.id: spent})


def minutes_left(journey: Journey, page: Page) -> int | None:
    """Return about how many minutes are left; None on a page that is only changed."""
    ahead = [one for one in journey.path if one.id not in journey.content.visited]
    if page.id not in {one.id for one in ahead}:
        return None
    known = journey.room.reckoning.of(
        journey.room.store, journey.draft.version_sha256, journey.shell.clock()
    )
    seconds = sum(_seconds(one, known.get(one.id)) for one in ahead) + _LOOKING_OVER_S
    return math.ceil(seconds / 60)


def _seconds(page: Page, pace: Pace | None) -> float:
    if pace is not None and pace.patients >= ENOUGH:
        return pace.seconds / pace.patients
    if page.repeat is not None:
        return _A_LIST_S
    asked = page.instrument.items if page.instrument else page.questions
    return _A_PAGE_S + _A_QUESTION_S * len(asked)
