"""In which words does the clinic read what is kept as ids and lengths of time?"""

from datetime import datetime, timedelta

from screening.accounts.own_factors import HeldFactors
from screening.accounts.permissions import Role
from screening.core.definition import Outcome
from screening.report.decision import Decision
from screening.report.wording import moment_in_words
from screening.web.shell import current_shell

OUTCOMES: dict[str, str] = {
    Outcome.URGENT: "Urgent",
    Outcome.CONTRAINDICATION_REPORTED: "Contraindication reported",
    Outcome.NEEDS_REVIEW: "Needs review",
    Outcome.NO_BARRIER_REPORTED: "No barrier reported",
}

ROLES: dict[str, str] = {
    Role.CLINICIAN: "Reads what patients send, and publishes questionnaires.",
    Role.COORDINATOR: "Sees who waits, invites patients, edits questionnaires.",
    Role.ADMINISTRATOR: "Looks after accounts; reads nothing that patients send.",
}
"""What each role is for, for whoever gives one."""

NOT_DECIDED = "Not decided"
"""What the queue says where nothing is signed."""

_MINUTE_S = 60
_HOUR_S = 60 * _MINUTE_S
_DAY_S = 24 * _HOUR_S


def outcome_in_words(outcome: str) -> str:
    """Return the outcome as people say it; one unknown here stays readable.

    >>> outcome_in_words("needs_review")
    'Needs review'
    """
    return OUTCOMES.get(outcome, outcome.replace("_", " ").capitalize())


def factors_in_words(held: HeldFactors) -> str:
    """Return what somebody has besides a password."""
    if held.is_empty:
        return "None yet: set up at the next sign-in"
    has = ["an app"] if held.app_since else []
    has += [_joined((len(held.passkeys), "passkey"))] if held.passkeys else []
    left = _joined((held.codes_left, "recovery code")) or "no recovery code"
    return f"{', '.join(has).capitalize()}; {left} left"


def moment_here(instant: datetime) -> str:
    """Return a moment as the clinic's clock shows it."""
    return moment_in_words(instant, current_shell().config.time_zone.key)


def decision_in_words(decision: str | None) -> str:
    """Return the decision as people say it; one unknown here stays readable.

    >>> decision_in_words("not_now")
    'Not now'
    """
    if decision is None:
        return NOT_DECIDED
    known = {one.value: one.label for one in Decision}
    return known.get(decision, decision.replace("_", " ").capitalize())


def duration_in_words(duration: timedelta) -> str:
    """Return a wait in its two largest units, rounded down.

    A negative one, of a clock that was set back, is less than a minute.

    >>> duration_in_words(timedelta(hours=26, minutes=40))
    '1 day 2 hours'
    >>> duration_in_words(timedelta(minutes=59, seconds=59))
    '59 minutes'
    >>> duration_in_words(timedelta(seconds=30))
    'less than a minute'
    """
    seconds = max(int(duration.total_seconds()), 0)
    days, hours = seconds // _DAY_S, seconds % _DAY_S // _HOUR_S
    minutes = seconds % _HOUR_S // _MINUTE_S
    if days:
        return _joined((days, "day"), (hours, "hour"))
    if hours:
        return _joined((hours, "hour"), (minutes, "minute"))
    return _joined((minutes, "minute")) or "less than a minute"


def _joined(*counts: tuple[int, str]) -> str:
    return " ".join(
        f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count
    )
