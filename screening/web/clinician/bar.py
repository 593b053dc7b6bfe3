"""What stands above every page of the clinic? Where to go, and what to know.

The links are those that a role may follow. Emergency access is told to whoever has it
open, and for a week to whoever reads submissions or looks after accounts.
"""

from flask import g, url_for

from screening.accounts.permissions import Permission, is_allowed
from screening.accounts.sessions import Stage
from screening.accounts.users import User
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.words import moment_here

_LINKS = (
    (Permission.SEE_QUEUE, "clinician.queue", "Queue"),
    (Permission.SEE_QUEUE, "clinician.at_a_glance", "At a glance"),
    (Permission.EXPORT_SUBMISSIONS, "clinician.exports", "Exports"),
    (Permission.INVITE_PATIENT, "clinician.invitations", "Invitations"),
    (Permission.INVITE_PATIENT, "clinician.filling_in", "Fill in with a patient"),
    (Permission.COMPARE_PATIENTS, "clinician.duplicates", "Came twice"),
    (Permission.SEE_WORDING, "clinician.wording", "Wording"),
    (Permission.MANAGE_ACCOUNTS, "clinician.staff", "Staff"),
    (Permission.READ_AUDIT_TRAIL, "clinician.audit", "Audit trail"),
    (Permission.TAKE_EMERGENCY_ACCESS, "clinician.emergency", "Emergency access"),
)
_TOLD = (Permission.READ_SUBMISSION, Permission.MANAGE_ACCOUNTS)


def bar() -> dict[str, object]:
    """Return for templates `bar`, pairs of address and text, and `emergencies`.

    Somebody who is not signed in whole has none of either.
    """
    signed_in = g.get("clinic_session")
    if signed_in is None or signed_in.stage is not Stage.WHOLE:
        return {"bar": (), "emergencies": (), "own_emergency": None}
    user: User = signed_in.user
    until = user.emergency_until
    return {
        "bar": [(url_for(page), text) for need, page, text in _LINKS if user.may(need)],
        "emergencies": _emergencies(user),
        "own_emergency": None if until is None else moment_here(until),
    }


def _emergencies(user: User) -> list[str]:
    if not any(is_allowed(user.role, need) for need in _TOLD):
        return []
    return [
        f"{one.display_name}, {one.role.value}, until {moment_here(until)}"
        for one, until in current_clinic().accounts.emergency.recent()
    ]
