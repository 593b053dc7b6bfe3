"""May a name stand twice in one request? Only where several answers are allowed.

Two values under one name are two readings of one answer, and two programs may take
different ones. The names of questions that take several answers are declared with
`allow_repeated` when a questionnaire's forms are built.
"""

from collections.abc import Iterable
from typing import cast

from flask import Flask, abort, current_app, request

from screening.web.guards.posted import posted_pairs

_NAME = "screening-repeated-names"


def install(app: Flask) -> None:
    """Refuse, with 400, any other name that stands twice in the query or the body."""
    app.extensions[_NAME] = set()

    @app.before_request
    def refuse_repeated_names() -> None:
        if any(len(values) > 1 for _, values in request.args.lists()):
            abort(400)
        seen: set[bytes] = set()
        for name, _ in posted_pairs():
            if name in seen and name.decode() not in _allowed(current_app):
                abort(400)
            seen.add(name)


def allow_repeated(app: Flask, names: Iterable[str]) -> None:
    """Let `names`, the posted names of checkboxes, stand more than once from now on.

    An id once published is never used for something else, so names only ever join.
    """
    _allowed(app).update(names)


def _allowed(app: Flask) -> set[str]:
    # Only install writes under this name, and only a set of names.
    return cast("set[str]", app.extensions[_NAME])
