"""What was decided about a submission, by whom, and what did earlier versions say?

Whoever may read submissions sees all of it. Whoever may only see decisions sees which
it is, who signed it and when, and nothing of the patient.
"""

from __future__ import annotations

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.store.audit import Action
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.decision_words import version_lines
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.reading import Reading
from screening.web.clinician.review import history_of, opened, others_writing


def show(reference: str) -> ResponseReturnValue:
    """Show the newest version whole, and each version before it with what changed."""
    user = current_user()
    if user.may(Permission.READ_SUBMISSION):
        reading = opened(reference, Action.SUBMISSION_VIEW)
        if not isinstance(reading, Reading):
            return reading
        history = history_of(reading)
    else:
        found = current_clinic().store.decisions.read(reference, actor=current_actor())
        if found is None:
            abort(404)
        history = found
    drafts = current_clinic().store.decision_drafts
    return make_response(
        render_template(
            "clinician/decided.html",
            has_draft=drafts.read(reference, user.id) is not None,
            history=history,
            may_decide=user.may(Permission.DECIDE),
            may_read=user.may(Permission.READ_SUBMISSION),
            others=others_writing(reference),
            user=user,
            versions=version_lines(history),
        )
    )
