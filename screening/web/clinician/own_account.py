"""What can somebody see and change of their own sign-in?

The ways to sign in, the browsers that are signed in at present, and the password. A
new password ends every session, this one too: it is used at once to sign in again.
"""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.problems import (
    FactorRefused,
    PasswordRefused,
    SessionOver,
    TooManyAttempts,
)
from screening.accounts.proofs import Password
from screening.accounts.sessions import hash_of
from screening.report.wording import moment_in_words
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import device_in_cookie, take_cookie
from screening.web.clinician.entering import enter, wait_in_words
from screening.web.clinician.gate import current_actor, current_session
from screening.web.guards.proxies import client_address
from screening.web.guards.request_id import current_request_id
from screening.web.shell import current_shell

_ALL_OTHERS = "others"


def show() -> ResponseReturnValue:
    """Show one's own ways to sign in, and where one is signed in."""
    return page_of_own_account(code=200)


def end_sessions() -> ResponseReturnValue:
    """End one of one's own sessions, or all but this one."""
    signed_in = current_session()
    sessions = current_clinic().accounts.sessions
    which = request.form.get("session", "")
    user_id = signed_in.user.id
    if which == _ALL_OTHERS:
        sessions.revoke_all(user_id, actor=current_actor(), but=signed_in.token)
    else:
        sessions.revoke(user_id, which, actor=current_actor())
    return redirect(url_for("clinician.own_account"), code=303)


def show_password() -> ResponseReturnValue:
    """Ask for the password there is and a new one."""
    return _password_page(code=200)


def change_password() -> ResponseReturnValue:
    """Replace one's own password; this session ends too, and one signs in anew."""
    accounts = current_clinic().accounts
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _password_page(
            code=422, field="again", problem="Type the same new password twice."
        )
    try:
        confirmed = accounts.confirm(
            current_session().token,
            Password(typed=request.form.get("password", "")),
            address=client_address(),
            device=device_in_cookie(),
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        return _password_page(code=429, problem=wait_in_words(problem))
    except FactorRefused:
        said = "This is not the password you have now."
        return _password_page(code=422, problem=said)
    except SessionOver:
        return redirect(url_for("clinician.sign_in"), code=303)
    try:
        accounts.users.change_password(confirmed.user.id, new, actor=current_actor())
    except PasswordRefused as problem:
        page = _password_page(code=422, field="new", problem=str(problem))
        return enter(page, confirmed)
    response = redirect(url_for("clinician.sign_in"), code=303)
    take_cookie(response)
    return response


def page_of_own_account(*, code: int, problem: str | None = None) -> Response:
    """Return the page, with what went wrong, if something did."""
    signed_in = current_session()
    accounts = current_clinic().accounts
    zone = current_shell().config.time_zone.key
    page = render_template(
        "clinician/own_account.html",
        all_others=_ALL_OTHERS,
        has_errors=problem is not None,
        held=accounts.own_factors.of_user(signed_in.user.id),
        moment=lambda instant: moment_in_words(instant, zone),
        own=hash_of(signed_in.token),
        problem=problem,
        sessions=accounts.sessions.of_user(signed_in.user.id),
        user=signed_in.user,
    )
    return make_response(page, code)


def _password_page(
    *, code: int, field: str = "password", problem: str | None = None
) -> Response:
    page = render_template(
        "clinician/password.html",
        field=field,
        has_errors=problem is not None,
        problem=problem,
        user=current_session().user,
    )
    return make_response(page, code)
