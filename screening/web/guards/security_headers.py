"""What is a browser told about every response, pages, files and errors alike?

Nothing from elsewhere is loaded, framed or posted to; nothing dynamic is kept. Only a
static file, or the clinic's colours and logo, asked for by fingerprint may be kept,
because they never change.
"""

from flask import Flask, Response, request

from screening.web.assets import FINGERPRINT_NAME, current_fingerprint

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Sent with every response, whatever made it."""

_FRAMES = "screening-frames"

_FILES = frozenset({"static", "theme.colours", "theme.logo"})

KEPT_FOR_A_YEAR = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"
NEVER_KEPT = "no-store"


def install(app: Flask) -> None:
    """Add the headers to every response."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers["Cache-Control"] = _keeping(response)
        if request.endpoint in app.extensions.get(_FRAMES, ()):
            policy = CONTENT_SECURITY_POLICY.replace(
                "frame-ancestors 'none'", "frame-src 'self'; frame-ancestors 'self'"
            )
            response.headers["Content-Security-Policy"] = policy
        return response


def allow_own_frames(app: Flask, endpoint: str) -> None:
    """Let a page stand in a frame of the service's own, and hold such a frame."""
    app.extensions.setdefault(_FRAMES, set()).add(endpoint)


def _keeping(response: Response) -> str:
    if request.endpoint not in _FILES or response.status_code not in {200, 304}:
        return NEVER_KEPT
    if request.args.get(FINGERPRINT_NAME) == current_fingerprint():
        return KEPT_FOR_A_YEAR
    return ASKED_AGAIN
