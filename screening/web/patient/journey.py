"""Where is this patient: which draft, what do its answers mean, which page is next?

A `Journey` is one draft at one revision, read once a request. Where the patient may go
is derived from the answers each time; only the pages that were saved are remembered.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from flask import g, session, url_for

from screening.core import progress
from screening.core.answers import read_answers
from screening.core.counting import evaluate_asked
from screening.core.problems import DefinitionError
from screening.store.audit import Actor
from screening.store.problems import DraftGone, RecordUnreadable
from screening.web.config import Identity
from screening.web.guards.request_id import current_request_id
from screening.web.logging import log_event
from screening.web.patient.follow_up import questions_of
from screening.web.patient.help_marks import causes, is_acknowledged, is_urgent
from screening.web.patient.room import Room, current_room
from screening.web.shell import Shell, current_shell

if TYPE_CHECKING:
    from datetime import date

    from screening.core.answers import Answers
    from screening.core.definition import Page, Questionnaire
    from screening.core.judge import Evaluation
    from screening.store.drafts import Draft, DraftContent, DraftId

DRAFT = "draft"
"""The one thing a patient's session holds, beside the token of its forms."""


class Journey:
    """One draft as it stands. `content` is what it held when it was read."""

    def __init__(
        self, room: Room, shell: Shell, draft: Draft, content: DraftContent
    ) -> None:
        """Read nothing yet: what the answers mean is worked out when asked for."""
        self.room = room
        self.shell = shell
        self.draft = draft
        self.content = content

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The version the draft began with, in the language that is spoken."""
        return self.room.asked(self.draft.version_sha256)

    @cached_property
    def today(self) -> date:
        """The clinic's date."""
        return self.shell.clock().astimezone(self.shell.config.time_zone).date()

    @cached_property
    def answers(self) -> Answers:
        """Everything that is stored, typed."""
        return read_answers(self.questionnaire, self.content.answers, self.today)

    @cached_property
    def evaluation(self) -> Evaluation:
        """What the pages saved so far mean."""
        so_far = progress.so_far(self.questionnaire, self.answers, self.content.visited)
        return evaluate_asked(self.questionnaire, so_far)

    @cached_property
    def path(self) -> tuple[Page, ...]:
        """The pages that are open for this patient, in order."""
        return progress.path(self.questionnaire, self.evaluation.values)

    @property
    def next_page(self) -> Page | None:
        """The first open page that was not saved yet; None when all were."""
        return progress.next_to_post(self.path, self.content.visited)

    @property
    def help_waits(self) -> bool:
        """Whether a help text was called for and not yet carried on from."""
        return not is_acknowledged(self.content)

    @property
    def may_send_early(self) -> bool:
        """Whether an urgent answer brought up help, and somebody can be reached."""
        if self.shell.config.identity is Identity.ANONYMOUS:
            return False
        found = causes(self.content)
        return any(is_urgent(self.questionnaire, cause) for cause in found)

    @property
    def asks_who(self) -> bool:
        """Whether the patient is asked at the end how they can be reached."""
        is_contact = self.shell.config.identity is Identity.CONTACT
        return is_contact and not self.content.follows

    def asked_again(self, page: Page) -> tuple[str, ...]:
        """Return the questions of a page that the clinic asks again, as they are asked.

        Where it asks again for an answer among others, the page's title stands for it.
        """
        asked = questions_of(page)
        keys = [key for key in self.content.asked if key in asked]
        return tuple(dict.fromkeys(asked[key] or page.title for key in keys))

    def is_open(self, page: Page) -> bool:
        """Tell whether the patient may see this page now."""
        return progress.is_open(self.path, page.id, self.content.visited)

    def page(self, page_id: str) -> Page | None:
        """Return the page of the questionnaire with this id."""
        return next((p for p in self.questionnaire.pages if p.id == page_id), None)

    def with_content(self, content: DraftContent) -> Journey:
        """Return the journey as it would be with other content."""
        return Journey(self.room, self.shell, self.draft, content)

    def under(self, questionnaire: Questionnaire, content: DraftContent) -> Journey:
        """Return the journey as it would be with another version's questions."""
        draft = replace(self.draft, version_sha256=questionnaire.sha256)
        return Journey(self.room, self.shell, draft, content)

    @property
    def may_move(self) -> bool:
        """Whether there are newer questions that this draft can go on with.

        Urgent help that was shown is never taken back: where the newer version does not
        know its cause, the draft stays with its own. So does one that is asked again.
        """
        new, old = self.room.questionnaires.latest, self.questionnaire
        if self.content.follows or new.sha256 == old.sha256:
            return False
        return all(
            is_urgent(new, cause)
            for cause in causes(self.content)
            if is_urgent(old, cause)
        )

    def keep(
        self, content: DraftContent, evaluation: Evaluation | None = None
    ) -> Journey:
        """Write `content` over the revision that was read; return what follows.

        `evaluation` is what the pages saved in `content` mean, where that is known.

        Raises:
            DraftChanged: another window wrote in between; nothing was written.
            DraftGone: another window deleted the draft; the room leads on from there.
            DraftSubmitted: another window sent it; likewise.
            DatabaseUnavailable: nothing was written.
        """
        revision = self.room.store.drafts.write(
            self.draft.id, content, expected_revision=self.draft.revision
        )
        draft = replace(self.draft, revision=revision, content=content)
        kept = Journey(self.room, self.shell, draft, content)
        if evaluation is not None:
            kept.evaluation = evaluation
        g.journey = kept
        return kept


def current_journey(*, afresh: bool = False) -> Journey | None:
    """Return the journey of this browser's session; None when it has no open draft.

    It is read once a request; `afresh` reads it again, after another window wrote.

    Raises:
        DatabaseUnavailable: the draft could not be read.
    """
    if afresh:
        g.pop("draft", None)
        g.pop("journey", None)
    if "journey" not in g:
        draft = current_draft()
        if draft is None or draft.content is None:
            g.journey = None
        else:
            g.journey = Journey(current_room(), current_shell(), draft, draft.content)
    found: Journey | None = g.journey
    return found


def current_draft() -> Draft | None:
    """Return the draft this session holds, submitted or not; None when it is gone.

    A draft that cannot be read, or whose questions cannot, counts as gone, so that its
    patient may begin anew.
    """
    if "draft" not in g:
        held = held_draft()
        try:
            g.draft = _read(held) if held is not None else None
        except DraftGone:
            g.draft = None
        except (RecordUnreadable, DefinitionError) as error:
            log_event(
                "draft_unreadable",
                level=logging.ERROR,
                draft=held,
                exception=type(error).__name__,
                problem=str(error),
            )
            g.draft = None
    found: Draft | None = g.draft
    return found


def _read(draft_id: str) -> Draft:
    room = current_room()
    draft = room.store.drafts.read(draft_id)
    if draft.content is not None:
        room.asked(draft.version_sha256)
    return draft


def held_draft() -> str | None:
    """Return the id of the draft this session holds, whether there is one or not."""
    held = session.get(DRAFT)
    return held if isinstance(held, str) else None


def hold(draft_id: DraftId) -> None:
    """Give this session the draft, with a new token for its forms."""
    forget()
    session[DRAFT] = draft_id


def forget() -> None:
    """Let this session hold no draft and no token of its forms."""
    session.pop(DRAFT, None)
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    g.pop("journey", None)
    g.pop("draft", None)


def patient() -> Actor:
    """Return who acts in this request, for the audit trail: a patient, unnamed."""
    return Actor.patient(request_id=current_request_id())


def where_without_journey() -> str:
    """Return where a session without an open draft belongs: receipt or start."""
    draft = current_draft()
    if draft is not None and draft.submitted_as is not None:
        return url_for("patient.receipt")
    return url_for("patient.start")


def address_of(page: Page | None, then: str | None = None) -> str:
    """Return the address of a page, of the check page when there is none."""
    if page is None:
        return url_for("patient.check")
    return url_for("patient.page", page_id=page.id, then=then)
