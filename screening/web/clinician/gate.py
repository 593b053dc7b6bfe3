"""May this person open this page? Every page of the clinic is reached through here.

No session: the page to sign in, with 401. A session at another stage than the page is
for: on to what comes next at that stage. A session without the page's permission: a
refusal and an audit row. A page that changes how people sign in, or gives the file of
an export, asks for a second factor that was given within the last five minutes. Where a
page shows one submission, the refusal is the same 404 that an unknown reference gets,
so that nobody learns which references exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from flask import abort, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Permission
from screening.accounts.sessions import SignedIn, Stage
from screening.accounts.users import User
from screening.store.audit import Action, Actor, Deed
from screening.store.submissions import parse_reference
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.cookie import token_in_cookie
from screening.web.clinician.entering import next_page
from screening.web.clinician.sign_in import ask_to_sign_in
from screening.web.guards.request_id import current_request_id
from screening.web.shell import current_shell

View = Callable[..., ResponseReturnValue]


ANYBODY = frozenset(Stage)
HALFWAY = frozenset({Stage.HALF})
SETTING_UP = frozenset({Stage.ENROLLING})
ADDING = frozenset({Stage.ENROLLING, Stage.WHOLE})
SIGNED_IN = frozenset({Stage.WHOLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One page: its address, its name, and the permission that it needs.

    `permission` is None on the pages of signing in alone; `stages` are those at which
    somebody reaches the page. `shows_submission` says that the address names a
    submission. `fresh_at` says that a second factor has to be fresh, and which page
    to come back to when it was not. `asked_by_page` says that a page asks for it by
    itself, so that it does not count as somebody being there.
    """

    method: str
    address: str
    name: str
    permission: Permission | None
    view: View
    shows_submission: bool = False
    stages: frozenset[Stage] = SIGNED_IN
    fresh_at: str | None = None
    asked_by_page: bool = False

    def __post_init__(self) -> None:
        """Refuse a page of the signed-in that says no permission."""
        if self.permission is None and self.stages not in {ANYBODY, HALFWAY}:
            raise ValueError(f"{self.name} needs a permission.")


def guarded(route: Route) -> View:
    """Return the route's view behind its stages and its permission."""
    if route.stages == ANYBODY:
        return route.view

    @wraps(route.view)
    def view(**named: str) -> ResponseReturnValue:
        signed_in = session_of_cookie(is_in_use=not route.asked_by_page)
        stage = Stage.NOBODY if signed_in is None else signed_in.stage
        if signed_in is None or stage not in route.stages:
            return _elsewhere(signed_in, named)
        if route.permission is not None and not signed_in.user.may(route.permission):
            return _refuse(route, signed_in.user, named)
        if route.fresh_at is not None and not _is_fresh(signed_in):
            return _ask_to_confirm(route.fresh_at, named)
        g.clinic_session = signed_in
        return route.view(**named)

    return view


def session_of_cookie(*, is_in_use: bool = True) -> SignedIn | None:
    """Return the session that the browser's cookie opens, at whatever stage."""
    token = token_in_cookie()
    if token is None:
        return None
    return current_clinic().accounts.sessions.find(
        token, request_id=current_request_id(), is_in_use=is_in_use
    )


def current_session() -> SignedIn:
    """Return the session in which this page was opened; only behind the gate."""
    # Only `guarded` writes under this name, and only a SignedIn.
    return cast("SignedIn", g.clinic_session)


def current_user() -> User:
    """Return the person who opened this page; only behind a permission."""
    return current_session().user


def current_actor() -> Actor:
    """Return that person as the audit trail names them."""
    return current_user().as_actor(request_id=current_request_id())


def _is_fresh(signed_in: SignedIn) -> bool:
    """Say whether a factor is fresh; whoever sets up the first has none to show."""
    is_setting_up = signed_in.stage is Stage.ENROLLING
    return is_setting_up or signed_in.is_fresh(current_shell().clock())


def _ask_to_confirm(fresh_at: str, named: dict[str, Any]) -> ResponseReturnValue:
    back = url_for(f"clinician.{fresh_at}", **named)
    return redirect(url_for("clinician.confirm", back=back), code=303)


def _elsewhere(
    signed_in: SignedIn | None, named: dict[str, str]
) -> ResponseReturnValue:
    """Lead whoever is at another stage to what comes next for them."""
    wanted = parse_reference(named.get("reference", ""))
    if signed_in is None:
        return ask_to_sign_in(wanted)
    return redirect(next_page(signed_in, wanted), code=303)


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
