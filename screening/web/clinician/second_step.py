"""What comes after the password? A second factor: the app's code, or a passkey.

A recovery code goes into the same field as the app's. Whoever is refused reads one
sentence, whatever the reason.
"""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.problems import FactorRefused, SessionOver, TooManyAttempts
from screening.accounts.proofs import Code, PasskeyAnswer, Proof
from screening.store.submissions import parse_reference
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import device_in_cookie
from screening.web.clinician.entering import go_on, wait_in_words
from screening.web.clinician.gate import current_session
from screening.web.clinician.site import current_site
from screening.web.guards.proxies import client_address
from screening.web.guards.request_id import current_request_id


def show() -> ResponseReturnValue:
    """Ask for the second factor."""
    return _page(code=200)


def take_code() -> ResponseReturnValue:
    """Go on with a code, of an app or a recovery code."""
    return _finish(Code(typed=request.form.get("code", "")[:100]))


def take_passkey() -> ResponseReturnValue:
    """Go on with a passkey."""
    answer = request.form.get("answer", "")
    return _finish(PasskeyAnswer(site=current_site(), answer=answer))


def _finish(proof: Proof) -> ResponseReturnValue:
    device = device_in_cookie()
    try:
        signed_in = current_clinic().accounts.finish(
            current_session().token,
            proof,
            address=client_address(),
            device=device,
            request_id=current_request_id(),
        )
    except TooManyAttempts as problem:
        response = _page(code=429, refusal=wait_in_words(problem))
        response.headers["Retry-After"] = str(problem.retry_after_s)
        return response
    except FactorRefused as problem:
        return _page(code=401, refusal=str(problem))
    except SessionOver:
        return redirect(url_for("clinician.sign_in"), code=303)
    wanted = parse_reference(request.form.get("wanted", ""))
    return go_on(signed_in, device=device, wanted=wanted)


def _page(*, code: int, refusal: str | None = None) -> Response:
    signed_in = current_session()
    accounts = current_clinic().accounts
    held = accounts.own_factors.of_user(signed_in.user.id)
    page = render_template(
        "clinician/second_step.html",
        has_app=held.app_since is not None,
        has_errors=refusal is not None,
        passkey=accounts.passkeys.ask_again(
            current_site(), signed_in.user.id, signed_in.token
        ),
        refusal=refusal,
        wanted=parse_reference(request.values.get("wanted", "")),
    )
    return make_response(page, code)
