"""Is it still the same person? Asked before what changes signing in, and for exports.

A second factor that was given within five minutes is enough (`Route.fresh_at`). In a
session that has none to show, as in a demonstration, the password is asked for.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.problems import FactorRefused, SessionOver, TooManyAttempts
from screening.accounts.proofs import Code, PasskeyAnswer, Password, Proof
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import device_in_cookie
from screening.web.clinician.entering import enter, wait_in_words
from screening.web.clinician.gate import current_session
from screening.web.clinician.site import current_site
from screening.web.guards.proxies import client_address
from screening.web.guards.request_id import current_request_id

_ROOM = "/clinic"


def show() -> ResponseReturnValue:
    """Ask for a second factor, or where there is none, for the password."""
    return _page(code=200)


def take_code() -> ResponseReturnValue:
    """Confirm with a code, or where the account has no second factor, the password."""
    return _confirm(posted_code())


def take_passkey() -> ResponseReturnValue:
    """Confirm with a passkey."""
    return _confirm(posted_passkey())


def posted_code() -> Proof:
    """Return the code that was posted, or as what stands in its place, the password."""
    typed = request.form.get("code", "")[:200]
    user_id = current_session().user.id
    has_none = current_clinic().accounts.own_factors.of_user(user_id).is_empty
    return Password(typed=typed) if has_none else Code(typed=typed)


def posted_passkey() -> Proof:
    """Return what a passkey answered, as it was posted."""
    answer = request.form.get("answer", "")
    return PasskeyAnswer(site=current_site(), answer=answer)


def confirmed(
    proof: Proof,
    *,
    then: Callable[[], Response],
    ask_again: Callable[[int, str], Response],
) -> ResponseReturnValue:
    """Go on with `then` where the proof is right; its response gets the new token.

    `ask_again` makes the page, with a status and why, where the proof is not right.
    """
    try:
        signed_in = current_clinic().accounts.confirm(
            current_session().token,
            proof,
            address=client_address(),
            device=device_in_cookie(),
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        response = ask_again(429, wait_in_words(problem))
        response.headers["Retry-After"] = str(problem.retry_after_s)
        return response
    except FactorRefused as problem:
        return ask_again(401, str(problem))
    except SessionOver:
        return redirect(url_for("clinician.sign_in"), code=303)
    return enter(then(), signed_in)


def means() -> dict[str, object]:
    """Return what `confirm_means.html` needs to know: how this person can confirm."""
    signed_in = current_session()
    accounts = current_clinic().accounts
    held = accounts.own_factors.of_user(signed_in.user.id)
    return {
        "has_app": held.app_since is not None,
        "has_none": held.is_empty,
        "passkey": accounts.passkeys.ask_again(
            current_site(), signed_in.user.id, signed_in.token
        ),
    }


def _confirm(proof: Proof) -> ResponseReturnValue:
    back = _own_address(request.form.get("back", ""))
    return confirmed(
        proof,
        then=lambda: make_response(redirect(back, code=303)),
        ask_again=lambda code, refusal: _page(code=code, refusal=refusal),
    )


def _page(*, code: int, refusal: str | None = None) -> Response:
    page = render_template(
        "clinician/confirm.html",
        back=_own_address(request.values.get("back", "")),
        has_errors=refusal is not None,
        refusal=refusal,
        user=current_session().user,
        **means(),
    )
    return make_response(page, code)


def _own_address(text: str) -> str:
    """Return an address of the clinic's pages; another one leads to one's own page."""
    parts = urlsplit(text) if text.isprintable() else urlsplit("")
    is_own = (
        not (parts.scheme or parts.netloc)
        and "\\" not in text
        and (parts.path == _ROOM or parts.path.startswith(_ROOM + "/"))
    )
    return parts.path if is_own else url_for("clinician.own_account")
