"""Which cookie says that a browser is signed in? One of its own, for staff only.

It holds nothing but the session's random token, goes to this host only, over TLS only,
never to a script, and never along with a link from elsewhere. It has no end date of
its own: the server ends the session. A demonstration over plain http uses a name
without the `__Host-` prefix, whose promise it cannot keep.
"""

from flask import request
from werkzeug import Response

from screening.accounts.sessions import SessionToken
from screening.web.shell import current_shell

COOKIE = "__Host-clinic"
DEMONSTRATION_COOKIE = "clinic"


def token_in_cookie() -> SessionToken | None:
    """Return the token that the browser sent, if it sent one."""
    found = request.cookies.get(_name())
    return SessionToken(found) if found else None


def give_cookie(response: Response, token: SessionToken) -> None:
    """Let the browser keep the token until it closes."""
    response.set_cookie(
        _name(),
        token,
        path="/",
        secure=not current_shell().config.insecure_demo,
        httponly=True,
        samesite="Strict",
    )


def take_cookie(response: Response) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(
        _name(),
        path="/",
        secure=not current_shell().config.insecure_demo,
        httponly=True,
        samesite="Strict",
    )


def _name() -> str:
    return DEMONSTRATION_COOKIE if current_shell().config.insecure_demo else COOKIE
