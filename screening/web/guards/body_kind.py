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
        body = request.get_data()  # raises 413 when the declared length is too much
        if body and not request.mimetype:
            abort(415)
        # Werkzeug 3.1 cuts a body in chunks off at the limit and says nothing.
        if len(body) >= MOST_BYTES and request.content_length != len(body):
            abort(413)
