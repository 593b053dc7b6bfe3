"""How does somebody at the clinic sign in and out in a browser?

Whoever is refused reads one sentence, whatever the reason. A session that the browser
had before ends when a new one begins, and so does the token of its forms.
"""

from flask import (
    Response,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from screening.accounts.problems import SignInRefused, TooManyAttempts
from screening.store.submissions import Reference, parse_reference
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import give_cookie, take_cookie, token_in_cookie
from screening.web.guards.error_pages import error_page
from screening.web.guards.proxies import client_address
from screening.web.guards.request_id import current_request_id

_CSRF_TOKEN = "csrf_token"  # noqa: S105 - the name of a field, not a secret
_WANTED = "wanted"


def show() -> ResponseReturnValue:
    """Show the two fields, to anybody."""
    return _page(code=200)


def begin() -> ResponseReturnValue:
    """Begin a session when the user name and the password are right."""
    wanted = parse_reference(request.form.get(_WANTED, ""))
    try:
        signed_in = current_clinic().accounts.sign_in(
            username=request.form.get("username", ""),
            password=request.form.get("password", ""),
            address=client_address(),
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        return error_page("429", headers={"Retry-After": str(problem.retry_after_s)})
    except SignInRefused as problem:
        return _page(code=401, refusal=str(problem), wanted=wanted)
    _end_session()
    if wanted:
        response = redirect(url_for("clinician.review", reference=wanted), code=303)
    else:
        response = redirect(url_for("clinician.queue"), code=303)
    give_cookie(response, signed_in.token)
    return response


def end() -> ResponseReturnValue:
    """End the session on the server and in the browser, and show the fields again."""
    _end_session()
    response = redirect(url_for("clinician.sign_in"), code=303)
    take_cookie(response)
    return response


def ask_to_sign_in(wanted: Reference | None) -> Response:
    """Show the fields in place of a page that needs a signed-in person, with 401.

    `wanted` is the submission to go on to afterwards. A cookie whose session has ended
    is taken back.
    """
    response = _page(code=401, wanted=wanted, has_ended=token_in_cookie() is not None)
    take_cookie(response)
    return response


def _page(
    *,
    code: int,
    refusal: str | None = None,
    wanted: Reference | None = None,
    has_ended: bool = False,
) -> Response:
    page = render_template(
        "clinician/sign_in.html",
        has_ended=has_ended,
        has_errors=refusal is not None,
        refusal=refusal,
        wanted=wanted,
    )
    return make_response(page, code)


def _end_session() -> None:
    """End the session that the browser still has, and renew its forms' token."""
    token = token_in_cookie()
    if token is not None:
        current_clinic().accounts.sessions.sign_out(
            token, request_id=current_request_id()
        )
    session.pop(_CSRF_TOKEN, None)
