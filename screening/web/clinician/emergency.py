"""How does a coordinator read a submission when nobody else can, and who is told?"""

import logging as levels

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.problems import ReasonWanted
from screening.web import logging
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_user
from screening.web.guards.request_id import current_request_id


def show() -> ResponseReturnValue:
    """Say what emergency access is, and ask for the reason."""
    return _page(code=200)


def begin() -> ResponseReturnValue:
    """Open emergency access, and leave a warning in the log."""
    user = current_user()
    try:
        current_clinic().accounts.emergency.begin(
            user, request.form.get("reason", ""), request_id=current_request_id()
        )
    except ReasonWanted as problem:
        return _page(code=422, problem=str(problem))
    logging.log_event(
        "emergency_access", level=levels.WARNING, account=user.id, role=user.role.value
    )
    return redirect(url_for("clinician.queue"), code=303)


def end() -> ResponseReturnValue:
    """End emergency access."""
    current_clinic().accounts.emergency.end(
        current_user(), request_id=current_request_id()
    )
    return redirect(url_for("clinician.queue"), code=303)


def _page(*, code: int, problem: str | None = None) -> Response:
    page = render_template(
        "clinician/emergency.html",
        has_errors=problem is not None,
        problem=problem,
        reason=request.form.get("reason", "")[:500],
        user=current_user(),
    )
    return make_response(page, code)
