"""May another site's page post to ours? No, whatever token it brings.

Browsers say in `Sec-Fetch-Site` where a request was started; no script can forge it.
An old browser sends nothing and is held by the token alone. `Origin` and `Referer`
say nothing here, because our own `Referrer-Policy: no-referrer` empties both.
"""

from flask import Flask, abort, request

HARMLESS_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})


def install(app: Flask) -> None:
    """Refuse, with 403, what another site's page sends."""

    @app.before_request
    def refuse_other_sites() -> None:
        site = request.headers.get("Sec-Fetch-Site")
        if request.method not in HARMLESS_METHODS and site not in {None, *_OURS}:
            abort(403)
