"""Is the address of a request text? Bytes that are not, and control signs, get 400."""

from urllib.parse import unquote_to_bytes

from flask import Flask, abort, request

from screening.web.guards.readable import is_readable


def install(app: Flask) -> None:
    """Refuse a path or query that no page of ours could have written."""

    @app.before_request
    def refuse_unreadable_address() -> None:
        # WSGI hands over the path's bytes as Latin-1 text (PEP 3333).
        path = request.environ.get("PATH_INFO", "").encode("latin-1", "replace")
        query = request.query_string.replace(b"+", b" ")
        if not (_is_one_line(path) and _is_one_line(unquote_to_bytes(query))):
            abort(400)


def _is_one_line(raw: bytes) -> bool:
    return is_readable(raw) and b"\n" not in raw and b"\r" not in raw
