"""How does somebody at the clinic begin to sign in, and how do they sign out?

With a user name and a password, or with a passkey alone. Whoever is refused reads one
sentence, whatever the reason. A session that the browser had before ends when a new
one begins, and so does the token of its forms.
"""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.problems import FactorRefused, SignInRefused, TooManyAttempts
from screening.accounts.proofs import PasskeyAnswer
from screening.store.submissions import Reference, parse_reference
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import (
    device_in_cookie,
    take_cookie,
    token_in_cookie,
)
from screening.web.clinician.entering import go_on, leave
from screening.web.clinician.site import current_browser, current_site
from screening.web.guards.error_pages import error_page
from screening.web.guards.proxies import client_address
from screening.web.guards.request_id import current_request_id

_WANTED = "wanted"
_PASSKEY_REFUSED = (
    "The passkey did not sign you in. Try again, or use your user name and password."
)


def show() -> ResponseReturnValue:
    """Show the two fields, to anybody."""
    return _page(code=200)


def begin() -> ResponseReturnValue:
    """Begin a session when the user name and the password are right."""
    wanted = parse_reference(request.form.get(_WANTED, ""))
    device = device_in_cookie()
    try:
        signed_in = current_clinic().accounts.sign_in(
            username=request.form.get("username", ""),
            password=request.form.get("password", ""),
            address=client_address(),
            device=device,
            browser=current_browser(),
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        return error_page("429", headers={"Retry-After": str(problem.retry_after_s)})
    except SignInRefused as problem:
        return _page(code=401, refusal=str(problem), wanted=wanted)
    leave()
    return go_on(signed_in, device=device, wanted=wanted)


def begin_by_passkey() -> ResponseReturnValue:
    """Begin a whole session for the person of a passkey."""
    wanted = parse_reference(request.form.get(_WANTED, ""))
    device = device_in_cookie()
    proof = PasskeyAnswer(site=current_site(), answer=request.form.get("answer", ""))
    try:
        signed_in = current_clinic().accounts.sign_in_by_passkey(
            proof,
            address=client_address(),
            device=device,
            browser=current_browser(),
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        return error_page("429", headers={"Retry-After": str(problem.retry_after_s)})
    except FactorRefused:
        return _page(code=401, refusal=_PASSKEY_REFUSED, wanted=wanted)
    leave()
    return go_on(signed_in, device=device, wanted=wanted)


def end() -> ResponseReturnValue:
    """End the session on the server and in the browser, and show the fields again."""
    leave()
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
        passkey=current_clinic().accounts.passkeys.ask_to_sign_in(current_site()),
        refusal=refusal,
        wanted=wanted,
    )
    return make_response(page, code)
