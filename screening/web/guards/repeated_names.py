"""May a name stand twice in one request? Only where several answers are allowed.

Two values under one name are two readings of one answer, and two programs may take
different ones. The names of questions that take several answers are declared with
`allow_repeated` when a questionnaire is loaded. Another worker may have drawn the page
from one that this worker never loaded: before a name is refused, `learn_repeated` says
who is asked.
"""

from collections.abc import Callable, Iterable
from typing import cast

from flask import Flask, abort, current_app, request
from flask.sansio.app import App

from screening.web.guards.posted import posted_pairs

_NAME = "screening-repeated-names"
_LEARN = "screening-repeated-names-learn"


def install(app: Flask) -> None:
    """Refuse, with 400, any other name that stands twice in the query or the body."""
    app.extensions[_NAME] = set()

    @app.before_request
    def refuse_repeated_names() -> None:
        if any(len(values) > 1 for _, values in request.args.lists()):
            abort(400)
        seen: set[bytes] = set()
        repeated: set[str] = set()
        for name, _ in posted_pairs():
            if name in seen:
                repeated.add(name.decode())
            seen.add(name)
        if not _are_allowed(current_app, repeated):
            abort(400)


def allow_repeated(app: App, names: Iterable[str]) -> None:
    """Let `names`, the posted names of checkboxes, stand more than once from now on.

    An id once published is never used for something else, so names only ever join.
    """
    _allowed(app).update(names)


def learn_repeated(app: Flask, learn: Callable[[], object]) -> None:
    """Call `learn` before a request is refused; it may declare names meanwhile."""
    app.extensions[_LEARN] = learn


def _are_allowed(app: Flask, names: set[str]) -> bool:
    allowed = _allowed(app)
    learn = app.extensions.get(_LEARN)
    if not names <= allowed and learn is not None:
        learn()
    return names <= allowed


def _allowed(app: App) -> set[str]:
    # Only install writes under this name, and only a set of names.
    return cast("set[str]", app.extensions[_NAME])
