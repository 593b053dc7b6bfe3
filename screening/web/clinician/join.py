"""How does somebody of the staff use a link: for an account, or for a new password?

Looking at the page uses nothing up, so that a program that opens links in mails does
not; the link is used up by the post. Whoever made an account sets up a second factor
next; whoever chose a new password signs in with it and the factor they have.
"""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from screening.accounts.problems import (
    InvitationOver,
    NameRefused,
    PasswordRefused,
    UsernameRefused,
)
from screening.accounts.staff_invitations import StaffInvitation
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import device_in_cookie, take_cookie
from screening.web.clinician.entering import go_on, leave
from screening.web.clinician.site import current_browser
from screening.web.clinician.words import ROLES
from screening.web.guards.request_id import current_request_id


def show(token: str) -> ResponseReturnValue:
    """Show what the link is for, and its fields."""
    invitation = current_clinic().accounts.staff_invitations.look_up(token)
    return _over() if invitation is None else _page(invitation, token, code=200)


def accept(token: str) -> ResponseReturnValue:
    """Make the account, or renew the password, that the link is for."""
    links = current_clinic().accounts.staff_invitations
    invitation = links.look_up(token)
    if invitation is None:
        return _over()
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        said = "Type the same password twice."
        return _page(invitation, token, code=422, field="again", problem=said)
    try:
        if invitation.user is not None:
            links.renew_password(token, password, request_id=current_request_id())
            return _sign_in_again()
        return _join(token, password)
    except InvitationOver:
        return _over()
    except UsernameRefused as problem:
        field = "name" if isinstance(problem, NameRefused) else "username"
        return _page(invitation, token, code=422, field=field, problem=str(problem))
    except PasswordRefused as problem:
        said = str(problem)
        return _page(invitation, token, code=422, field="password", problem=said)


def _join(token: str, password: str) -> Response:
    accounts = current_clinic().accounts
    user = accounts.staff_invitations.accept(
        token,
        username=request.form.get("username", "")[:128],
        display_name=request.form.get("name", ""),
        password=password,
        request_id=current_request_id(),
    )
    leave()
    signed_in = accounts.begin_for(user, browser=current_browser())
    return go_on(signed_in, device=device_in_cookie())


def _sign_in_again() -> Response:
    leave()
    response = redirect(url_for("clinician.sign_in"), code=303)
    take_cookie(response)
    return response


def _page(
    invitation: StaffInvitation,
    token: str,
    *,
    code: int,
    field: str = "",
    problem: str | None = None,
) -> Response:
    page = render_template(
        "clinician/join.html",
        field=field,
        has_errors=problem is not None,
        invitation=invitation,
        name=request.form.get("name", invitation.display_name)[:128],
        problem=problem,
        role=ROLES[invitation.role.value],
        token_of_link=token,
        username=request.form.get("username", "")[:128],
    )
    return make_response(page, code)


def _over() -> Response:
    return make_response(render_template("clinician/link_over.html"), 404)
