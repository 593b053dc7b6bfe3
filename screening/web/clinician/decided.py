"""What was decided about a submission, by whom, and what did earlier versions say?

Whoever may read submissions sees all of it. Whoever may only see decisions sees which
it is, who signed it and when, and nothing of the patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, make_response, render_template
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.report.decision import Decision
from screening.report.wording import moment_in_words
from screening.store.audit import Action
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.decision_words import version_lines
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.reading import Reading
from screening.web.clinician.review import history_of, opened, others_writing, own_draft
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from screening.store.submissions import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One time that the patient was asked again, and what came of it, in words.

    `answered_as` is the reference of the new submission, None while there is none.
    """

    text: str
    answered_as: Reference | None


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
    current = history.current
    is_asking = current is not None and current.decision == Decision.ASK
    return make_response(
        render_template(
            "clinician/decided.html",
            has_draft=own_draft(reference) is not None,
            follow_ups=_follow_ups(reference),
            history=history,
            may_hand_over=is_asking and user.may(Permission.INVITE_PATIENT),
            may_decide=user.may(Permission.DECIDE),
            may_read=user.may(Permission.READ_SUBMISSION),
            others=others_writing(reference),
            user=user,
            versions=version_lines(history),
        )
    )


def _follow_ups(reference: str) -> tuple[FollowUpLine, ...]:
    zone = current_shell().config.time_zone.key
    lines = []
    for one in current_clinic().store.follow_ups.of(reference):
        since = moment_in_words(one.begun_at, zone)
        state = "The form is open" if one.is_open else "The form was deleted unsent"
        if one.answered_as is not None:
            state = "Answered"
        text = f"Asked again on {since}, after version {one.number}. {state}"
        lines.append(FollowUpLine(text=text, answered_as=one.answered_as))
    return tuple(lines)
