"""How many fields may a post have? 500, counted before any of them is read."""

from flask import Flask, abort

from screening.web.guards.posted import posted_count

MOST_FIELDS = 500


def install(app: Flask) -> None:
    """Refuse, with 400, a post of more fields than any page has."""

    @app.before_request
    def refuse_too_many_fields() -> None:
        if posted_count() > MOST_FIELDS:
            abort(400)
