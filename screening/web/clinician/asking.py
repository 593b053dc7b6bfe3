"""How do the questions that a decision puts back reach the patient? With a code.

The clinic hands the code over as it sees fit. It is shown once, in the answer to the
post that makes it; a new one puts the one before out of use. Whoever makes it sees
nothing of what the patient wrote.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, current_app, make_response, redirect, render_template
from flask import url_for as address_of

from screening.core.problems import DefinitionError
from screening.report.decision import Decision
from screening.store.audit import Action
from screening.store.problems import DraftSubmitted
from screening.tongue import day
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.patient.follow_up import follow_up_of
from screening.web.recorded import recorded
from screening.web.shell import current_shell
from screening.web.square import square

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from screening.store.decisions import SignedDecision
    from screening.store.submissions import Submission

_RESUME = "patient.resume"


def hand_over(reference: str) -> ResponseReturnValue:
    """Make a code for the form in which the questions are asked again, and show it."""
    store, now = current_clinic().store, current_shell().clock()
    submission = store.submissions.read(
        reference, actor=current_actor(), action=Action.SUBMISSION_ASK
    )
    if submission is None:
        abort(404)
    signed = _signed(submission)
    if signed is None or signed.decision != Decision.ASK:
        return redirect(address_of("clinician.decision", reference=reference), code=303)
    asked = [str(one["key"]) for one in signed.content["questions"]]
    questionnaires = current_clinic().questionnaires
    try:
        made = questionnaires.version(submission.facts.version_sha256)
    except DefinitionError:
        # This release can't ask the old questions; the record's own page says so.
        return redirect(address_of("clinician.review", reference=reference), code=303)
    content = follow_up_of(made, submission, asked, now)
    draft_id = store.follow_ups.begin(
        reference, content, number=signed.number, actor=current_actor()
    )
    try:
        code = store.resume_codes.give(draft_id, actor=current_actor())
    except DraftSubmitted:
        return redirect(address_of("clinician.decision", reference=reference), code=303)
    drawn, size = square(code)
    config = current_shell().config
    last = (now + timedelta(days=config.draft_days)).astimezone(config.time_zone)
    page = render_template(
        "clinician/code.html",
        address=_address(),
        code=code,
        count=len(asked),
        drawn=drawn,
        last_day=day(last.date()),
        reference=submission.reference,
        size=size,
        user=current_user(),
    )
    return make_response(page)


def _signed(submission: Submission) -> SignedDecision | None:
    """Return the decision that holds, held against the record that was read."""
    zone = current_shell().config.time_zone.key
    history = current_clinic().store.decisions.read(
        submission.reference,
        actor=current_actor(),
        record_sha256=recorded(submission, zone).record_hash,
    )
    return None if history is None else history.current


def _address() -> str:
    """Return where a patient types the code; empty where patients have no room here."""
    if _RESUME not in current_app.view_functions:
        return ""
    return address_of(_RESUME, _external=True)
