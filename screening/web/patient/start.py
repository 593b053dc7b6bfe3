"""How does a patient begin, with what was there to read first?"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, url_for

from screening.store.drafts import DraftContent
from screening.store.problems import DraftGone, RecordUnreadable
from screening.tongue import say
from screening.web.config import Identity
from screening.web.contact_text import linked
from screening.web.patient.device import note_sharing
from screening.web.patient.journey import (
    current_draft,
    current_journey,
    hold,
    patient,
)
from screening.web.patient.room import current_room
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response

    from screening.store.drafts import Draft
    from screening.store.invitations import Invitation
    from screening.web.patient.way import Shown


def install(room: Blueprint) -> None:
    """Give the room the addresses of beginning and of the article."""
    room.add_url_rule("/", "start", show, methods=["GET"])
    room.add_url_rule("/start", "begin", begin, methods=["POST"])
    room.add_url_rule("/i/<token>", "invited", show_invited, methods=["GET"])
    room.add_url_rule("/i/<token>", "begin_invited", begin_invited, methods=["POST"])
    room.add_url_rule("/article", "article", article)


def show() -> str | Response:
    """Say what the form is, who it is for and what is kept; offer to begin."""
    draft = current_draft()
    if draft is not None and draft.submitted_as is not None:
        return redirect(url_for("patient.receipt"), 303)
    needs_link = current_shell().config.identity is Identity.INVITATION
    return _render(None if needs_link else url_for("patient.begin"))


def begin() -> Shown:
    """Begin a draft; one that this session held is deleted first."""
    if current_shell().config.identity is Identity.INVITATION:
        abort(404)
    journey = current_journey()
    draft = _new_draft()
    if journey is not None:
        _delete(journey.draft.id)
    hold(draft.id)
    return _led_in()


def show_invited(token: str) -> str | tuple[str, int]:
    """Show the start page to who holds a link that is still good."""
    invitation = _invitation(token)
    if invitation is None:
        return _link_over()
    return _render(
        url_for("patient.begin_invited", token=token),
        was_begun=invitation.used_by is not None,
    )


def begin_invited(token: str) -> Shown:
    """Begin the draft of a link, or lead back to the one it began before."""
    invitation = _invitation(token)
    if invitation is None:
        return _link_over()
    draft_id = invitation.used_by
    if draft_id is None:
        fresh = _new_draft()
        draft_id = current_room().store.invitations.use(invitation.id, fresh.id)
        if draft_id != fresh.id:
            _delete(fresh.id)
    if draft_id is None:
        return _link_over()
    try:
        current_room().store.drafts.read(draft_id)
    except (DraftGone, RecordUnreadable):
        page = render_template(
            "patient/link_used.html", page_title=say("This link was used")
        )
        return page, 410
    hold(draft_id)
    return _led_in()


def _led_in() -> Shown:
    """Lead to the first questions; on a shared device, to a code first."""
    page = "patient.offer_code" if note_sharing() else "patient.questions"
    return redirect(url_for(page), 303)


def article() -> str:
    """Show the educational article, with ways to pass it on that track nobody."""
    found = current_room().article
    return render_template(
        "patient/article.html",
        article=found,
        page_title=found.title,
        address=url_for("patient.article", _external=True),
    )


def _render(begin_address: str | None, *, was_begun: bool = False) -> str:
    room = current_room()
    return render_template(
        "patient/start.html",
        journey=current_journey(),
        questionnaire=room.asked(),
        article=room.article,
        config=current_shell().config,
        begin_address=begin_address,
        was_begun=was_begun,
        page_title=say("Before you begin"),
    )


def _new_draft() -> Draft:
    room, shell = current_room(), current_shell()
    days = shell.config.draft_days
    room.forgetting.when_due(room.store, now=shell.clock(), days=days)
    return room.store.drafts.create(
        room.questionnaires.current().sha256,
        DraftContent(started_at=shell.clock()),
        actor=patient(),
    )


def _delete(draft_id: str) -> None:
    # When it was deleted in another window, what was asked for is so.
    with suppress(DraftGone):
        current_room().store.drafts.delete(draft_id, actor=patient())


def _invitation(token: str) -> Invitation | None:
    if current_shell().config.identity is not Identity.INVITATION:
        abort(404)
    return current_room().store.invitations.look_up(token)


def _link_over() -> tuple[str, int]:
    """Say how to go on; whether there ever was such a link is not told."""
    contact = linked(say(current_shell().config.clinic_contact))
    title = say("This link does not open a form any more")
    page = render_template("patient/link_over.html", page_title=title, contact=contact)
    return page, 404
