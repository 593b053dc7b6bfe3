"""How does somebody set up an app or a passkey, the first one or another?

Whoever has no second factor yet comes here from the password and reaches no other
page. Recovery codes are made with the first factor, and shown in the answer to the
post that makes them: never again, and in no address.
"""

from collections.abc import Iterable

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.own_factors import Added
from screening.accounts.problems import LastFactor, NotAdded, SessionOver
from screening.accounts.totp import address_for_apps, secret_in_letters
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import device_in_cookie
from screening.web.clinician.entering import enter, home_of
from screening.web.clinician.gate import current_session
from screening.web.clinician.own_account import page_of_own_account
from screening.web.clinician.site import current_site
from screening.web.guards.request_id import current_request_id
from screening.web.shell import current_shell
from screening.web.square import square


def set_up() -> str:
    """Let somebody without a second factor choose one."""
    return render_template("clinician/set_up.html", user=current_session().user)


def show_app() -> ResponseReturnValue:
    """Show what an app needs, and ask for the first code it shows."""
    return _app_page(code=200)


def add_app() -> ResponseReturnValue:
    """Keep the app that shows the right code."""
    try:
        added = current_clinic().accounts.own_factors.add_app(
            current_session(),
            request.form.get("code", "")[:100],
            request_id=current_request_id(),
        )
    except NotAdded as problem:
        return _app_page(code=422, problem=str(problem))
    except SessionOver:
        return redirect(url_for("clinician.sign_in"), code=303)
    return _added(added)


def show_passkey() -> ResponseReturnValue:
    """Ask for a passkey's name, and the browser for a passkey."""
    return _passkey_page(code=200)


def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    try:
        added = current_clinic().accounts.own_factors.add_passkey(
            current_session(),
            current_site(),
            request.form.get("answer", ""),
            request.form.get("name", "")[:200],
            request_id=current_request_id(),
        )
    except NotAdded as problem:
        return _passkey_page(code=422, problem=str(problem))
    except SessionOver:
        return redirect(url_for("clinician.sign_in"), code=303)
    return _added(added)


def rename_passkey() -> ResponseReturnValue:
    """Give one's own passkey another name."""
    current_clinic().accounts.own_factors.rename_passkey(
        current_session().user,
        request.form.get("passkey", ""),
        request.form.get("name", "")[:200],
        request_id=current_request_id(),
    )
    return _back()


def remove_passkey() -> ResponseReturnValue:
    """Remove one's own passkey, unless it is the last factor."""
    try:
        current_clinic().accounts.own_factors.remove_passkey(
            current_session(),
            request.form.get("passkey", ""),
            request_id=current_request_id(),
        )
    except LastFactor as problem:
        return page_of_own_account(code=409, problem=str(problem))
    return _back()


def remove_app() -> ResponseReturnValue:
    """Remove one's own app, unless it is the last factor."""
    try:
        current_clinic().accounts.own_factors.remove_app(
            current_session(), request_id=current_request_id()
        )
    except LastFactor as problem:
        return page_of_own_account(code=409, problem=str(problem))
    return _back()


def renew_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them."""
    user = current_session().user
    codes = current_clinic().accounts.own_factors.renew_codes(
        user, request_id=current_request_id()
    )
    return _codes_page(codes)


def _added(added: Added) -> ResponseReturnValue:
    response = _codes_page(added.codes) if added.codes else _back()
    return enter(response, added.signed_in, device=device_in_cookie())


def _back() -> Response:
    return make_response(redirect(url_for("clinician.own_account"), code=303))


def _codes_page(codes: Iterable[str]) -> Response:
    user = current_session().user
    page = render_template(
        "clinician/recovery_codes.html",
        codes=tuple(codes),
        onwards=url_for(home_of(user)),
        user=user,
    )
    return make_response(page)


def _app_page(*, code: int, problem: str | None = None) -> Response:
    signed_in = current_session()
    secret = current_clinic().accounts.own_factors.proposed_secret(signed_in.token)
    address = address_for_apps(
        secret,
        account=signed_in.user.username,
        issuer=current_shell().config.clinic_name,
    )
    drawn, size = square(address)
    page = render_template(
        "clinician/add_app.html",
        address=address,
        drawn=drawn,
        has_errors=problem is not None,
        letters=secret_in_letters(secret),
        problem=problem,
        size=size,
        stage=signed_in.stage.value,
        user=signed_in.user,
    )
    return make_response(page, code)


def _passkey_page(*, code: int, problem: str | None = None) -> Response:
    signed_in = current_session()
    page = render_template(
        "clinician/add_passkey.html",
        has_errors=problem is not None,
        passkey=current_clinic().accounts.passkeys.ask_for_new(
            current_site(), signed_in.user, signed_in.token
        ),
        problem=problem,
        stage=signed_in.stage.value,
        user=signed_in.user,
    )
    return make_response(page, code)
