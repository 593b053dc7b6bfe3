"""Where does somebody go whose session just got further? With a new token, always."""

from flask import redirect, session, url_for
from werkzeug import Response

from screening.accounts.permissions import Permission
from screening.accounts.problems import TooManyAttempts
from screening.accounts.sessions import SignedIn, Stage
from screening.accounts.users import User
from screening.store.submissions import Reference
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import (
    give_cookie,
    give_device_cookie,
    token_in_cookie,
)
from screening.web.guards.request_id import current_request_id

_CSRF_TOKEN = "csrf_token"  # noqa: S105 - the name of a field, not a secret
_MINUTE_S = 60


def enter(
    response: Response, signed_in: SignedIn, *, device: str | None = None
) -> Response:
    """Give the browser the token that the session has from now on.

    `device` is what the browser is known by, once somebody is signed in whole. Forms
    that are open in other windows stay good: it is the same person.
    """
    give_cookie(response, signed_in.token)
    if device is not None and signed_in.stage is Stage.WHOLE:
        give_device_cookie(response, device)
    return response


def go_on(
    signed_in: SignedIn, *, device: str, wanted: Reference | None = None
) -> Response:
    """Enter, renew the token of forms, and go to what comes next at the stage."""
    session.pop(_CSRF_TOKEN, None)
    response = redirect(next_page(signed_in, wanted), code=303)
    return enter(response, signed_in, device=device)


def next_page(signed_in: SignedIn, wanted: Reference | None) -> str:
    """Return the address of what comes next at a session's stage.

    `wanted` is the submission that somebody was on the way to.
    """
    if signed_in.stage is Stage.HALF:
        return url_for("clinician.second_step", wanted=wanted)
    if signed_in.stage is Stage.ENROLLING:
        return url_for("clinician.set_up")
    if wanted:
        return url_for("clinician.review", reference=wanted)
    return url_for(home_of(signed_in.user))


def home_of(user: User) -> str:
    """Return the name of the page that somebody begins at."""
    if user.may(Permission.SEE_QUEUE):
        return "clinician.queue"
    return "clinician.staff"


def leave() -> None:
    """End the session that the browser still has, and renew its forms' token."""
    token = token_in_cookie()
    if token is not None:
        current_clinic().accounts.sessions.sign_out(
            token, request_id=current_request_id()
        )
    session.pop(_CSRF_TOKEN, None)


def wait_in_words(problem: TooManyAttempts) -> str:
    """Return how long somebody has to wait who tried too often."""
    minutes = -(-problem.retry_after_s // _MINUTE_S)
    how_long = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"There were too many tries. Wait {how_long}, then try again."
