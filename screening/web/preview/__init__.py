"""What will patients see of a file that is being edited, and what is wrong with it?

One page for the coordinator: the page of the form in a frame, as wide as a phone, and
the checker's problems beside it. It is made anew whenever a file is saved. The pages
can be answered, to try the branching; nothing is kept on disk, and nothing can be sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)

from screening.core import progress
from screening.core.piping import filled
from screening.core.safety import ending
from screening.report.chart import chart_of
from screening.report.findings import findings_of, open_question
from screening.report.wording import name_in_words
from screening.web.fields import answers_of
from screening.web.guards.repeated_names import allow_repeated
from screening.web.guards.security_headers import allow_own_frames
from screening.web.patient.blocks import blocks_of
from screening.web.patient.forms import repeated_names
from screening.web.preview.trial import Trial, Tried, judged, page_after

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask.blueprints import BlueprintSetupState
    from werkzeug.wrappers import Response

    from screening.core.cases import Case
    from screening.core.definition import Page
    from screening.report.chart import Chart
    from screening.report.content import FindingLine, OpenQuestion
    from screening.web.patient.posting import Post
    from screening.web.preview.desk import Desk, Seen
    from screening.web.preview.proofs import Proofs

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names under which the preview answers: a page elsewhere must not reach it."""

_FRAMED = ("desk", "shown", "answered", "ended")


def blueprint(desk: Desk, today: Callable[[], date]) -> Blueprint:
    """Return the preview of what is on the desk."""
    room = Blueprint("preview", __name__)
    views = _Views(desk, today)

    @room.record_once
    def furnish(state: BlueprintSetupState) -> None:
        app = cast("Flask", state.app)
        for endpoint in _FRAMED:
            allow_own_frames(app, f"preview.{endpoint}")

    room.before_app_request(_refuse_other_hosts)
    room.add_url_rule("/", "first", views.first)
    room.add_url_rule("/page/<page_id>", "desk", views.whole)
    room.add_url_rule("/show/<page_id>", "shown", views.shown)
    room.add_url_rule("/show/<page_id>", "answered", views.answered, methods=["POST"])
    room.add_url_rule("/ended", "ended", views.ended)
    room.add_url_rule("/again", "again", views.again, methods=["POST"])
    room.add_url_rule("/state", "state", views.state)
    return room


class _Views:
    """What each address answers, from one desk and what was tried on it."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        self._desk = desk
        self._today = today
        self._tried = Tried()

    def _look(self) -> Seen:
        """Return what is on the desk, with the patients whom the proofs found."""
        seen = self._desk.look()
        shown = self._desk.proving.latest().cases
        return replace(seen, cases=(*seen.cases, *shown))

    def first(self) -> Response:
        seen = self._look()
        return redirect(_desk_address(_page(seen, seen.changed)), 303)

    def whole(self, page_id: str) -> str:
        seen = self._look()
        proofs = self._desk.proving.latest()
        changes = self._changes()
        return _whole(seen, proofs, page_id, self._tried, self._today(), changes)

    def shown(self, page_id: str) -> str:
        return _drawn(_trial(self._look(), page_id, self._tried, self._today()))

    def answered(self, page_id: str) -> Response | tuple[str, int]:
        return _answered(self._look(), page_id, self._tried, self._today())

    def ended(self) -> str:
        stops = "early" in request.args
        return render_template("preview/ended.html", stops=stops, page_title="The end")

    def again(self) -> Response:
        seen = self._look()
        self._tried.begin_again(_case(seen))
        return redirect(_desk_address(_page(seen, None)), 303)

    def state(self) -> Response:
        seen = self._look()
        return jsonify(stamp=seen.stamp, page=seen.changed, tried=self._changes())

    def _changes(self) -> int:
        """Return how often anything beside the page has changed."""
        return self._tried.changes + self._desk.proving.done


def _refuse_other_hosts() -> None:
    host = request.host
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    if name not in LOCAL:
        abort(400)


def _whole(  # noqa: PLR0917 - all that stands on the page
    seen: Seen, proofs: Proofs, page_id: str, tried: Tried, today: date, changes: int
) -> str:
    """Return the coordinator's page: problems, what comes of the answers, pages."""
    case = _case(seen)
    chart = None
    if seen.made is not None:
        answers = tried.given(seen.made, case)
        found = judged(seen.made, answers, _day(case, today))
        chart = chart_of(seen.made, found)
    return render_template(
        "preview/desk.html",
        seen=seen,
        proofs=proofs,
        page=_page(seen, page_id),
        case=case,
        width=request.args.get("width", "phone"),
        is_typed=tried.is_typed(case),
        result=_result(chart) if chart and (case or tried.is_typed(case)) else None,
        tried=changes,
        chosen=_chosen(),
        page_title="Preview",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What a clinician would read first, and the pages that the answers leave open."""

    outcome: str
    same_day: bool
    findings: tuple[FindingLine, ...]
    missing: tuple[OpenQuestion, ...]
    open_pages: frozenset[str]


def _result(chart: Chart) -> _Result:
    found = chart.evaluation
    return _Result(
        outcome=name_in_words(found.outcome.value),
        same_day=found.same_day,
        findings=findings_of(chart, chart.placeholders()),
        missing=tuple(open_question(chart, key) for key in found.missing),
        open_pages=frozenset(
            page.id for page in progress.path(chart.questionnaire, found.values)
        ),
    )


def _trial(seen: Seen, page_id: str, tried: Tried, today: date) -> Trial:
    page = _page(seen, page_id)
    if page is None or seen.made is None:
        abort(404)
    allow_repeated(current_app, repeated_names(seen.made))
    case = _case(seen)
    return Trial(
        made=seen.made,
        page=page,
        answers=tried.given(seen.made, case),
        day=_day(case, today),
    )


def _drawn(trial: Trial, post: Post | None = None) -> str:
    """Return the page itself, with what is open about a post of it told first."""
    page, pages = trial.page, trial.made.pages
    form = post.form if post else trial.form()
    opening = trial.opening()
    return render_template(
        "preview/shown.html",
        page=page,
        page_title=page.title,
        intro=filled(page.intro, trial.say) if page.intro else None,
        part=pages.index(page) + 1,
        parts=len(pages),
        blocks=blocks_of(page, trial.asked, form),
        opening=answers_of(opening) if opening else [],
        post=post,
        fields=answers_of(form),
        has_errors=post is not None,
        chosen=_chosen(),
    )


def _answered(
    seen: Seen, page_id: str, tried: Tried, today: date
) -> Response | tuple[str, int]:
    """Take what was answered on a page; lead to the page that comes now."""
    trial = _trial(seen, page_id, tried, today)
    post, answers = trial.read()
    tried.keep(_case(seen), answers)
    if post.open_keys:
        trial.answers = answers
        return _drawn(trial, post), 422
    found = judged(trial.made, answers, trial.day)
    if ending(found) is not None:
        return redirect(url_for("preview.ended", early="yes"), 303)
    following = page_after(found, trial.page)
    if following is None:
        return redirect(url_for("preview.ended"), 303)
    return redirect(url_for("preview.shown", page_id=following.id, **_chosen()), 303)


def _desk_address(page: Page | None) -> str:
    page_id = page.id if page else "-"
    return url_for("preview.desk", page_id=page_id, **_chosen())


def _chosen() -> dict[str, Any]:
    """Return the choices that an address carries on: whose answers, and how wide."""
    given = {name: request.args.get(name) for name in ("case", "width")}
    return {name: value for name, value in given.items() if value}


def _page(seen: Seen, page_id: str | None) -> Page | None:
    """Return the page with this id, or the first there is."""
    pages = seen.made.pages if seen.made else ()
    found = (page for page in pages if page.id == page_id)
    return next(found, pages[0] if pages else None)


def _case(seen: Seen) -> Case | None:
    wanted = request.args.get("case")
    return next((case for case in seen.cases if case.id == wanted), None)


def _day(case: Case | None, today: date) -> date:
    return (case.day if case else None) or today
