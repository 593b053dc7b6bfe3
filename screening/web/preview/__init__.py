"""What will patients see of a file that is being edited, and what is wrong with it?

One page for the coordinator: the page of the form in a frame, as wide as a phone, and
the checker's problems beside it. It is made anew whenever a file is saved. Nothing is
kept anywhere, and nothing can be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    Flask,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)

from screening.core import progress
from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.core.personal import personal
from screening.web.fields import answers_of
from screening.web.guards.security_headers import allow_own_frames
from screening.web.patient.blocks import blocks_of
from screening.web.patient.forms import Forms, leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from flask.blueprints import BlueprintSetupState
    from werkzeug.wrappers import Response

    from screening.core.cases import Case
    from screening.core.definition import Page, Questionnaire
    from screening.core.judge import Evaluation
    from screening.web.preview.desk import Desk, Seen

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names under which the preview answers: a page elsewhere must not reach it."""


def blueprint(desk: Desk, today: Callable[[], date]) -> Blueprint:
    """Return the preview of what is on the desk."""
    room = Blueprint("preview", __name__)

    @room.record_once
    def furnish(state: BlueprintSetupState) -> None:
        app = cast("Flask", state.app)
        for endpoint in ("preview.desk", "preview.shown"):
            allow_own_frames(app, endpoint)

    room.before_app_request(_refuse_other_hosts)

    @room.get("/")
    def first() -> Response:
        seen = desk.look()
        page = _page(seen, seen.changed)
        return redirect(url_for("preview.desk", page_id=page.id if page else "-"), 303)

    @room.get("/page/<page_id>", endpoint="desk")
    def whole(page_id: str) -> str:
        seen = desk.look()
        page = _page(seen, page_id)
        case = _case(seen)
        return render_template(
            "preview/desk.html",
            seen=seen,
            page=page,
            case=case,
            width=request.args.get("width", "phone"),
            found=_judged(seen.made, case, today()) if case and seen.made else None,
            page_title="Preview",
        )

    @room.get("/show/<page_id>")
    def shown(page_id: str) -> str:
        return _shown(desk, page_id, today())

    @room.get("/state")
    def state() -> Response:
        seen = desk.look()
        return jsonify(stamp=seen.stamp, page=seen.changed)

    return room


def _refuse_other_hosts() -> None:
    host = request.host
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    if name not in LOCAL:
        abort(400)


def _shown(desk: Desk, page_id: str, today: date) -> str:
    """Return the page itself, asked of the chosen patient, or of nobody yet."""
    seen = desk.look()
    page = _page(seen, page_id)
    if page is None or seen.made is None:
        abort(404)
    case = _case(seen)
    found = _judged(seen.made, case, today)
    asked = tuple(
        personal(question, found.values, lambda _: None)
        for question in progress.asked_questions(page, found.values)
    )
    forms = Forms()
    if page.repeat is not None:
        asked = page.repeat.questions
    form = forms.of(page.id, leaves(asked))(formdata=None)
    opening = forms.any_of(page)(formdata=None) if page.repeat else None
    pages = list(seen.made.pages)
    after = pages[pages.index(page) + 1 :]
    return render_template(
        "preview/shown.html",
        page=page,
        page_title=page.title,
        part=pages.index(page) + 1,
        parts=len(pages),
        blocks=blocks_of(page, asked, form),
        opening=answers_of(opening) if opening else [],
        following=after[0].id if after else None,
    )


def _page(seen: Seen, page_id: str | None) -> Page | None:
    """Return the page with this id, or the first there is."""
    pages = seen.made.pages if seen.made else ()
    found = (page for page in pages if page.id == page_id)
    return next(found, pages[0] if pages else None)


def _case(seen: Seen) -> Case | None:
    wanted = request.args.get("case")
    return next((case for case in seen.cases if case.id == wanted), None)


def _judged(made: Questionnaire, case: Case | None, today: date) -> Evaluation:
    """Return what a worked patient's answers mean; without one, nothing is answered."""
    stored = cast("Mapping[str, object]", case.answers) if case else {}
    day = (case.day if case else None) or today
    return evaluate(made, read_answers(made, stored, day))
