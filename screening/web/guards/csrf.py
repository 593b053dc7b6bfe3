"""Does a post come from a page of ours? It must bring the session's token.

The token lives as long as the session: the library's default of one hour would throw
away the work of a patient who takes 61 minutes. Its check of `Referer` on https is
off, because `Referrer-Policy: no-referrer` makes every browser leave that out;
`fetch_site` is the check of the sender instead.
"""

from flask import Flask
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from screening.web.guards.error_pages import error_page


def install(app: Flask) -> None:
    """Ask every post for the token; without it, say how to go on, with 400."""
    app.config.update(
        WTF_CSRF_ENABLED=True, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False
    )
    CSRFProtect(app)
    app.register_error_handler(CSRFError, lambda _: error_page("page-too-old"))
