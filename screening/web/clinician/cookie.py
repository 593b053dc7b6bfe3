"""Which cookies do the clinic's pages give? One for the session, one for the browser.

The session's holds nothing but its random token and has no end date of its own: the
server ends the session. The browser's says that somebody was signed in with it before;
it opens nothing, and strangers can't keep its owner out. Both are for staff only, go
to this host only, over TLS only, never to a script, and never along with a link from
elsewhere. A demonstration over plain http uses names without the `__Host-` prefix,
whose promise it cannot keep.
"""

from flask import request
from werkzeug import Response

from screening.accounts.devices import REMEMBERED
from screening.accounts.sessions import SessionToken
from screening.web.clinician.clinic import current_clinic
from screening.web.shell import current_shell

COOKIE = "__Host-clinic"
DEMONSTRATION_COOKIE = "clinic"
DEVICE = "-browser"
"""What the name of the browser's cookie has after that of the session's."""


def token_in_cookie() -> SessionToken | None:
    """Return the session's token that the browser sent, if it sent one."""
    found = request.cookies.get(_name())
    return SessionToken(found) if found else None


def device_in_cookie() -> str:
    """Return the token that the browser is known by, or a new one for it."""
    found = request.cookies.get(_name() + DEVICE)
    return found or current_clinic().accounts.devices.new_token()


def give_cookie(response: Response, token: SessionToken) -> None:
    """Let the browser keep the session's token until it closes."""
    _give(response, _name(), token)


def give_device_cookie(response: Response, device: str) -> None:
    """Let the browser keep what it is known by for as long as it is remembered."""
    _give(response, _name() + DEVICE, device, int(REMEMBERED.total_seconds()))


def take_cookie(response: Response) -> None:
    """Let the browser forget the session's token."""
    response.delete_cookie(
        _name(),
        path="/",
        secure=not current_shell().config.insecure_demo,
        httponly=True,
        samesite="Strict",
    )


def _give(
    response: Response, name: str, value: str, max_age_s: int | None = None
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age_s,
        path="/",
        secure=not current_shell().config.insecure_demo,
        httponly=True,
        samesite="Strict",
    )


def _name() -> str:
    return DEMONSTRATION_COOKIE if current_shell().config.insecure_demo else COOKIE
