"""How do a page a patient describes and a log line find each other? By a random id.

The id is made here for each request; one that a client sends is not believed. It
stands in the response's `X-Request-Id`, on error pages and in every log line.
"""

import secrets

from flask import Flask, Response, g

_BYTES = 8


def install(app: Flask) -> None:
    """Give each request an id of 64 random bits."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(_BYTES)

    @app.after_request
    def show(response: Response) -> Response:
        response.headers["X-Request-Id"] = current_request_id()
        return response


def current_request_id() -> str:
    """Return the id of this request."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(_BYTES)
    found: str = g.request_id
    return found
