"""What exactly was posted? The raw pairs of name and value, before any decoding.

Guards look at these instead of `request.form`, which has by then replaced what it
could not decode and spent its time on every field.
"""

from urllib.parse import unquote_to_bytes

from flask import request

from screening.web.guards.body_kind import FORM
from screening.web.guards.fetch_site import HARMLESS_METHODS


def posted_count() -> int:
    """Return how many pairs the body holds, without reading them."""
    body = _body()
    return body.count(b"&") + 1 if body else 0


def posted_pairs() -> list[tuple[bytes, bytes]]:
    """Return the pairs in the order they were sent."""
    pairs = []
    for part in _body().replace(b"+", b" ").split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            pairs.append((unquote_to_bytes(name), unquote_to_bytes(value)))
    return pairs


def _body() -> bytes:
    if request.method in HARMLESS_METHODS or request.mimetype != FORM:
        return b""
    return request.get_data()
