"""May this person open this page? Every page of the clinic is reached through here.

No session: the page to sign in, with 401. A session without the page's permission: a
refusal and an audit row. Where a page shows one submission, the refusal is the same
404 that an unknown reference gets, so that nobody learns which references exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from flask import abort, g, make_response, render_template
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.accounts.users import User
from screening.store.audit import Action, Actor, Deed
from screening.store.submissions import parse_reference
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import token_in_cookie
from screening.web.clinician.sign_in import ask_to_sign_in
from screening.web.guards.request_id import current_request_id

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One page: its address, its name, and the permission that it needs.

    `permission` None opens it to anybody, signed in or not. `shows_submission` says
    that the address names a submission.
    """

    method: str
    address: str
    name: str
    permission: Permission | None
    view: View
    shows_submission: bool = False


def guarded(route: Route) -> View:
    """Return the route's view behind its permission."""
    permission = route.permission
    if permission is None:
        return route.view

    @wraps(route.view)
    def view(**named: str) -> ResponseReturnValue:
        user = _signed_in_user()
        if user is None:
            return ask_to_sign_in(parse_reference(named.get("reference", "")))
        if not user.may(permission):
            return _refuse(route, user, named)
        g.clinic_user = user
        return route.view(**named)

    return view


def current_user() -> User:
    """Return the person who opened this page; only behind a permission."""
    # Only `guarded` writes under this name, and only a User.
    return cast("User", g.clinic_user)


def current_actor() -> Actor:
    """Return that person as the audit trail names them."""
    return current_user().as_actor(request_id=current_request_id())


def _signed_in_user() -> User | None:
    token = token_in_cookie()
    if token is None:
        return None
    found = current_clinic().accounts.sessions.find(
        token, request_id=current_request_id()
    )
    return None if found is None else found.user


def _refuse(route: Route, user: User, named: dict[str, str]) -> ResponseReturnValue:
    reference = parse_reference(named.get("reference", ""))
    current_clinic().store.audit.write(
        user.as_actor(request_id=current_request_id()),
        Deed(
            action=Action.AUTHZ_DENIED,
            object_kind="submission" if reference else "page",
            object_id=reference or route.name,
            reason=f"needs: {route.permission}",
        ),
    )
    if route.shows_submission:
        abort(404)
    return make_response(render_template("clinician/refused.html", user=user), 403)
