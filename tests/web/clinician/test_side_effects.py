"""Does looking change nothing, and does every change leave one row of the trail?"""

import pytest
from sqlalchemy import select

from screening.accounts.permissions import Role
from screening.accounts.proofs import Code
from screening.accounts.tables import (
    AuthenticatorAppRow,
    RecoveryCodeRow,
    SessionRow,
    StaffInvitationRow,
    UserRow,
)
from screening.store.problems import DatabaseUnavailable
from screening.web.clinician.routes import ROUTES
from tests.web.clinician.conftest import PASSWORD
from tests.web.clinician.matrix import COLUMNS, Opener

NEW_PASSWORD = "amber lattice thirty cobalt"
TABLES = (UserRow, SessionRow, AuthenticatorAppRow, RecoveryCodeRow, StaffInvitationRow)


def kept(clinic):
    """Give every value of the accounts' tables, but when a session was last seen."""
    with clinic.store.database.reading() as session:
        return {
            table.__tablename__: sorted(
                repr(
                    [
                        getattr(row, column.key)
                        for column in table.__table__.columns
                        if column.key != "seen_at"
                    ]
                )
                for row in session.scalars(select(table)).all()
            )
            for table in TABLES
        }


def test_sec_45_looking_at_a_page_changes_nothing_but_the_trail(clinic):
    opener = Opener(clinic)
    pages = [route for route in ROUTES if route.method == "GET"]
    for column in COLUMNS[1:]:
        opener.token(column)  # from then on this person has an account
        for route in pages:
            before = kept(clinic)
            opener.answer(column, route)
            after = kept(clinic)
            # The opener begins a session of its own for each page.
            before.pop("sessions")
            after.pop("sessions")
            assert after == before, route.address


def test_sec_45_what_changes_something_is_posted_with_the_token_of_a_form(clinic):
    browser = clinic.quick("administrator")
    changing = [route for route in ROUTES if route.method == "POST"]
    opener = Opener(clinic)

    answers = {
        route.name: browser.client.post(opener.path(route)).status_code
        for route in changing
    }

    assert set(answers.values()) == {400}
    assert {route.method for route in ROUTES} == {"GET", "POST"}


def role(clinic, user):
    clinic.accounts.users.change_role(user.id, Role.COORDINATOR, actor=clinic.actor)


def close(clinic, user):
    clinic.accounts.users.disable(user.id, actor=clinic.actor)


def reopen(clinic, user):
    clinic.accounts.users.enable(user.id, actor=clinic.actor)


def password(clinic, user):
    clinic.accounts.users.change_password(user.id, NEW_PASSWORD, actor=clinic.actor)


def reset(clinic, user):
    clinic.accounts.own_factors.reset(user.id, actor=clinic.actor)


def codes(clinic, user):
    clinic.accounts.own_factors.renew_codes(user)


def invite(clinic, user):
    clinic.accounts.staff_invitations.invite(
        display_name="Noor", role=Role.CLINICIAN, actor=clinic.actor
    )


def ask_for_password(clinic, user):
    clinic.accounts.staff_invitations.ask_for_new_password(user.id, actor=clinic.actor)


def revoke(clinic, user):
    clinic.accounts.sessions.revoke_all(user.id, actor=clinic.actor)


def emergency(clinic, user):
    clinic.accounts.emergency.begin(user, "Nobody answers the telephone.")


def confirm(clinic, user):
    token = clinic.session(user.username).token
    code = clinic.apps[user.username].code()
    clinic.accounts.confirm(token, Code(typed=code), address="192.0.2.1")


ACTS = {
    role: "account:role:change",
    close: "account:disable",
    reopen: "account:enable",
    password: "account:password:change",
    reset: "account:two_factor:method_removed",
    codes: "account:recovery_codes:generated",
    invite: "account:invite",
    ask_for_password: "account:password:reset_request",
    revoke: "account:session:revoked",
    emergency: "emergency:access",
    confirm: "account:session:confirmed",
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_sec_47_each_act_on_an_account_is_one_row_or_does_not_happen(
    clinic, monkeypatch, act
):
    user = clinic.user("clinician")
    clinic.session(user.username)
    with monkeypatch.context() as without_trail:
        clinic.break_audit_trail(without_trail)
        before = kept(clinic)
        with pytest.raises(DatabaseUnavailable):
            act(clinic, user)
        after = kept(clinic)
    if act is confirm:
        before.pop("sessions")
        after.pop("sessions")

    assert after == before
    act(clinic, user)
    assert len(clinic.audited(ACTS[act])) == 1


def test_sec_47_signing_in_leaves_a_row_for_each_step(clinic):
    name = clinic.person("clinician")

    clinic.browser().sign_in(name, "not the right words at all")
    clinic.browser().sign_in(name, PASSWORD)

    user = clinic.user("clinician")
    for action, actor in (
        ("account:login:failure", "unknown"),
        ("account:login:password", name),
        ("account:login:success", name),
        ("account:login:new_device", name),
    ):
        assert clinic.audited(action) == [(actor, user.id)]
