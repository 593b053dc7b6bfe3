"""What kind of body may a post have? That of a plain form, up to 128 KiB.

No page uploads a file, so multipart is refused unread, and so is everything else that
a form of ours cannot send. Flask's own limits guard multipart only; the size limit
here is on the bytes of any body, with its length declared or in chunks.
"""

from flask import Flask, abort, request

from screening.web.guards.fetch_site import HARMLESS_METHODS

MOST_BYTES = 128 * 1024
FORM = "application/x-www-form-urlencoded"


def install(app: Flask) -> None:
    """Refuse other kinds with 415 and larger bodies with 413."""
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @app.before_request
    def refuse_other_kinds() -> None:
        if request.method in HARMLESS_METHODS:
            return
        if request.mimetype not in {FORM, ""}:
            abort(415)
        body = request.get_data()  # raises 413 past the limit, and keeps what it read
        if body and not request.mimetype:
            abort(415)
