"""Is what was posted text? What is not gets 422, never a silently empty form."""

from flask import Flask, abort

from screening.web.guards.posted import posted_pairs
from screening.web.guards.readable import is_readable


def install(app: Flask) -> None:
    """Refuse names and values that are not text."""

    @app.before_request
    def refuse_unreadable_body() -> None:
        for name, value in posted_pairs():
            if not (is_readable(name) and is_readable(value)):
                abort(422)
