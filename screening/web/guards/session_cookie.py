"""What does the session cookie promise? This host only, TLS only, never to a script.

A demonstration over plain http on this computer cannot keep the `__Host-` prefix's
promise, so it uses a name without it; nothing else changes.
"""

from flask import Flask

from screening.web.shell import current_shell

COOKIE = "__Host-screening"
DEMONSTRATION_COOKIE = "screening"


def install(app: Flask) -> None:
    """Name the cookie, limit where it goes, and sign it with the ring's own key."""
    with app.app_context():
        config = current_shell().config
    app.config.update(
        SECRET_KEY=config.key_ring.cookies,
        # The ring holds one cookie key: a new one ends every session, on purpose.
        SECRET_KEY_FALLBACKS=[],
        SESSION_COOKIE_NAME=DEMONSTRATION_COOKIE if config.insecure_demo else COOKIE,
        SESSION_COOKIE_SECURE=not config.insecure_demo,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_DOMAIN=None,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
