"""How does a clinician write a decision? A draft of their own, saved as they like.

Whoever writes at the same time is named on the page. What the same person saved in
another window is never overwritten unseen: both texts are shown. Where somebody else
signed meanwhile, that version is shown beside the draft, which is kept.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import Response, abort, make_response, redirect, render_template, request
from flask import url_for as address_of

from screening.report.wording import moment_in_words
from screening.store.audit import Action
from screening.store.decision_drafts import Author
from screening.store.problems import DecisionChanged, DecisionGone
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.decision_form import (
    NEWEST,
    REVISION,
    THEN,
    DecisionForm,
    differences,
    form_for,
    posted_from,
    posted_here,
)
from screening.web.clinician.decision_words import block_of, with_decision
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.reading import Reading
from screening.web.clinician.review import history_of, opened, others_writing, own_draft
from screening.web.clinician.scales import scales_here
from screening.web.patient.posting import whole_number
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from screening.store.decision_drafts import DecisionDraft
    from screening.store.decisions import History

PREVIEW, RECORD, ONWARD = "preview", "record", "onward"
"""The buttons: look over and sign; back to the record; go on from what was signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A draft at hand: the submission, what was signed so far, and the form as kept."""

    reading: Reading
    history: History
    draft: DecisionDraft
    form: DecisionForm

    @property
    def reference(self) -> str:
        """The submission's."""
        return self.history.reference

    @property
    def was_signed_meanwhile(self) -> bool:
        """Whether a version was signed that this draft does not go on from."""
        return self.history.newest != self.draft.amends


def begin(reference: str) -> ResponseReturnValue:
    """Begin a draft, from the newest signed version if there is one; go to its form."""
    reading = opened(reference, Action.SUBMISSION_VIEW)
    if not isinstance(reading, Reading):
        return reading
    history = history_of(reading)
    if history.broken:
        return _to("clinician.decision", reference)
    current = history.current
    posted = posted_from(current.content) if current is not None else {}
    current_clinic().store.decision_drafts.begin(
        reference,
        current_author(),
        {"posted": posted},
        amends=history.newest,
        actor=current_actor(),
    )
    return _to("clinician.deciding", reference)


def show(reference: str) -> ResponseReturnValue:
    """Show the form with what was saved."""
    desk = desk_of(reference)
    return form_page(desk) if isinstance(desk, Desk) else desk


def save(reference: str) -> ResponseReturnValue:
    """Keep what was posted, and go where the button leads."""
    desk = desk_of(reference)
    if not isinstance(desk, Desk):
        return desk
    posted = posted_here(desk.form)
    revision = whole_number(request.form.get(REVISION, ""))
    then = request.form.get(THEN, "")
    if revision is None or then not in {PREVIEW, RECORD, ONWARD}:
        abort(400)
    typed = form_for(desk.reading.summary, desk.form.scales, posted)
    onward = whole_number(request.form.get(NEWEST, "")) if then == ONWARD else None
    try:
        kept = current_clinic().store.decision_drafts.write(
            reference,
            current_user().id,
            {"posted": posted},
            expected_revision=revision,
            actor=current_actor(),
            amends=onward,
        )
    except DecisionChanged:
        return form_page(replace(desk, form=typed), stored=desk.form, code=409)
    except DecisionGone:
        return _to("clinician.decision", reference)
    draft = replace(desk.draft, revision=kept)
    return _after_saving(replace(desk, form=typed, draft=draft), then)


def _after_saving(desk: Desk, then: str) -> Response:
    if then == RECORD:
        return _to("clinician.review", desk.reference)
    if then == ONWARD:
        return _to("clinician.deciding", desk.reference)
    if desk.was_signed_meanwhile:
        return form_page(desk, code=409)
    if desk.form.said(today_here()) is None:
        return form_page(desk, code=422)
    return _to("clinician.preview", desk.reference)


def discard(reference: str) -> ResponseReturnValue:
    """Forget the draft, and show the record."""
    # When it was discarded or signed in another window, there is none: likewise.
    with suppress(DecisionGone):
        current_clinic().store.decision_drafts.discard(
            reference, current_user().id, actor=current_actor()
        )
    return _to("clinician.review", reference)


def desk_of(reference: str) -> Desk | Response:
    """Return this person's draft with all it is about; or where to go without one."""
    reading = opened(reference, Action.SUBMISSION_VIEW)
    if not isinstance(reading, Reading):
        return reading
    draft = own_draft(reference)
    if draft is None:
        return _to("clinician.decision", reference)
    history = history_of(reading)
    reading = replace(reading, summary=with_decision(reading.summary, history))
    form = form_for(reading.summary, scales_here(), draft.content["posted"])
    return Desk(reading=reading, history=history, draft=draft, form=form)


def form_page(
    desk: Desk, *, stored: DecisionForm | None = None, code: int = 200
) -> Response:
    """Show the form; `stored` is what another window saved, where that differs."""
    zone = current_shell().config.time_zone.key
    signed = desk.history.current if desk.was_signed_meanwhile else None
    faulty = [one for one in desk.form.fields if one.errors]
    return make_response(
        render_template(
            "clinician/deciding.html",
            desk=desk,
            elsewhere=None if stored is None else differences(desk.form, stored),
            faulty=faulty,
            form=desk.form,
            has_errors=bool(faulty),
            others=others_writing(desk.reference),
            saved_at=moment_in_words(desk.draft.saved_at, zone),
            signed=None if signed is None else block_of(signed),
            summary=desk.reading.summary,
            user=current_user(),
        ),
        code,
    )


def current_author() -> Author:
    """Return the signed-in person as the author of a decision."""
    user = current_user()
    return Author(
        id=user.id,
        username=user.username,
        name=user.display_name,
        role=user.role.value,
    )


def today_here() -> date:
    """Return the clinic's date."""
    shell = current_shell()
    return shell.clock().astimezone(shell.config.time_zone).date()


def _to(endpoint: str, reference: str) -> Response:
    return make_response(redirect(address_of(endpoint, reference=reference), code=303))
