"""Who may sign in, and as what? The pages of whoever looks after accounts.

Nobody is given a password here: a link is made, shown once, and handed over by whoever
made it. Somebody's own account is not changed here, so that the last one who looks
after accounts does not shut themselves out.
"""

from collections.abc import Callable
from datetime import datetime

from flask import (
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from screening.accounts.permissions import Role
from screening.accounts.problems import UsernameRefused, UserUnknown
from screening.accounts.staff_invitations import NewStaffInvitation
from screening.accounts.users import User
from screening.report.wording import moment_in_words
from screening.store.audit import Action, Deed
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor, current_user
from screening.web.clinician.site import current_site
from screening.web.clinician.words import ROLES, factors_in_words
from screening.web.shell import current_shell


def show() -> str:
    """Show every account, and the links that are still good."""
    accounts = current_clinic().accounts
    return render_template(
        "clinician/staff.html",
        moment=_moment,
        people=accounts.users.everybody(),
        pending=accounts.staff_invitations.pending(),
        roles=ROLES,
        user=current_user(),
    )


def show_invite() -> ResponseReturnValue:
    """Ask for the name and the role of somebody new."""
    return _invite_page(code=200)


def invite() -> ResponseReturnValue:
    """Make a link for somebody new and show it."""
    role = _role()
    if role is None:
        return _invite_page(code=422, field="role-clinician", problem="Choose a role.")
    try:
        made = current_clinic().accounts.staff_invitations.invite(
            display_name=request.form.get("name", ""), role=role, actor=current_actor()
        )
    except UsernameRefused as problem:
        return _invite_page(code=422, problem=str(problem))
    return _link_page(made, is_new=True)


def withdraw() -> ResponseReturnValue:
    """Put a link out of use."""
    current_clinic().accounts.staff_invitations.withdraw(
        request.form.get("invitation", ""), actor=current_actor()
    )
    return redirect(url_for("clinician.staff"), code=303)


def show_person(user_id: str) -> ResponseReturnValue:
    """Show one account and what can be changed of it."""
    accounts = current_clinic().accounts
    person = _person(user_id)
    return make_response(
        render_template(
            "clinician/person.html",
            second_step=factors_in_words(accounts.own_factors.of_user(person.id)),
            is_own=person.id == current_user().id,
            moment=_moment,
            person=person,
            roles=ROLES,
            user=current_user(),
        )
    )


def change_role(user_id: str) -> ResponseReturnValue:
    """Give somebody another role."""
    role = _role()
    if role is None:
        abort(400)
    return _change(
        user_id,
        lambda person: current_clinic().accounts.users.change_role(
            person.id, role, actor=current_actor()
        ),
    )


def close(user_id: str) -> ResponseReturnValue:
    """Close an account, at once and everywhere."""
    return _change(
        user_id,
        lambda person: current_clinic().accounts.users.disable(
            person.id, actor=current_actor()
        ),
    )


def reopen(user_id: str) -> ResponseReturnValue:
    """Open a closed account again."""
    return _change(
        user_id,
        lambda person: current_clinic().accounts.users.enable(
            person.id, actor=current_actor()
        ),
    )


def reset_factors(user_id: str) -> ResponseReturnValue:
    """Take somebody's second factors away; they set up new ones when they sign in."""
    return _change(
        user_id,
        lambda person: current_clinic().accounts.own_factors.reset(
            person.id, actor=current_actor()
        ),
    )


def ask_for_new_password(user_id: str) -> ResponseReturnValue:
    """Make a link with which somebody chooses a new password, and show it."""
    person = _another(user_id)
    try:
        made = current_clinic().accounts.staff_invitations.ask_for_new_password(
            person.id, actor=current_actor()
        )
    except UserUnknown:
        abort(404)
    return _link_page(made, is_new=False)


def _change(user_id: str, change: Callable[[User], None]) -> ResponseReturnValue:
    person = _another(user_id)
    change(person)
    return redirect(url_for("clinician.person", user_id=person.id), code=303)


def _person(user_id: str) -> User:
    """Return somebody; an id that is none is not found, and written down."""
    person = current_clinic().accounts.users.find(user_id)
    if person is None:
        deed = Deed(
            action=Action.AUTHZ_DENIED,
            object_kind="account",
            object_id="unknown",
            reason="there is no such account",
        )
        current_clinic().store.audit.write(current_actor(), deed)
        abort(404)
    return person


def _another(user_id: str) -> User:
    person = _person(user_id)
    if person.id == current_user().id:
        abort(403)
    return person


def _role() -> Role | None:
    named = request.form.get("role", "")
    return Role(named) if named in set(Role) else None


def _invite_page(
    *, code: int, field: str = "name", problem: str | None = None
) -> Response:
    page = render_template(
        "clinician/invite.html",
        chosen=request.form.get("role", ""),
        field=field,
        has_errors=problem is not None,
        name=request.form.get("name", "")[:128],
        problem=problem,
        roles=ROLES,
        user=current_user(),
    )
    return make_response(page, code)


def _link_page(made: NewStaffInvitation, *, is_new: bool) -> ResponseReturnValue:
    path = url_for("clinician.join", token=made.token)
    return render_template(
        "clinician/invited.html",
        expires=_moment(made.expires_at),
        is_new=is_new,
        link=current_site().origin + path,
        name=made.display_name,
        user=current_user(),
    )


def _moment(instant: datetime) -> str:
    zone = current_shell().config.time_zone.key
    return moment_in_words(instant, zone)
