"""Is a link for the staff good once, for three days, and for what it says?"""

import threading

import pytest
from sqlalchemy import select

from screening.accounts.permissions import Role
from screening.accounts.problems import (
    FactorRefused,
    InvitationOver,
    ReasonWanted,
    SessionOver,
    UserUnknown,
)
from screening.accounts.proofs import Code
from screening.accounts.tables import StaffInvitationRow
from tests.accounts.fixtures import ADDRESS, INSTALLER, PASSWORD, sign_in

NEW_PASSWORD = "amber lattice thirty cobalt"


def invited(accounts):
    return accounts.staff_invitations.invite(
        display_name="Noor Calder", role=Role.COORDINATOR, actor=INSTALLER
    )


def accept(accounts, token, username="noor"):
    return accounts.staff_invitations.accept(
        token, username=username, display_name="Noor", password=PASSWORD
    )


def at_once(*acts):
    """Do all at the same time; give what each came to."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        barrier.wait()
        try:
            results[number] = act()
        except Exception as problem:  # noqa: BLE001 - it is what the test looks at
            results[number] = problem

    threads = [
        threading.Thread(target=run, args=(number, act))
        for number, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_link_makes_an_account_of_its_role(accounts):
    user = accept(accounts, invited(accounts).token)

    assert user.role is Role.COORDINATOR
    assert sign_in(accounts, "noor").user == user


def test_the_database_knows_no_token(store, accounts):
    token = invited(accounts).token

    with store.database.reading() as session:
        row = session.scalar(select(StaffInvitationRow))
    assert token not in (row.id, row.token_mac)


def test_two_who_use_a_link_at_once_make_one_account(accounts):
    token = invited(accounts).token

    results = at_once(
        *(lambda name=name: accept(accounts, token, name) for name in ("noor", "bo"))
    )

    assert sum(isinstance(one, InvitationOver) for one in results) == 1
    assert len(accounts.users.everybody()) == 1


def test_a_link_for_an_account_renews_no_password_and_the_other_way_round(
    accounts, ann
):
    links = accounts.staff_invitations
    renewal = links.ask_for_new_password(ann.id, actor=INSTALLER).token

    with pytest.raises(InvitationOver):
        links.renew_password(invited(accounts).token, NEW_PASSWORD)
    with pytest.raises(InvitationOver):
        accept(accounts, renewal)
    assert links.renew_password(renewal, NEW_PASSWORD) == ann


def test_a_newer_link_puts_the_one_before_out_of_use(accounts, ann):
    links = accounts.staff_invitations
    first, second = (
        links.ask_for_new_password(ann.id, actor=INSTALLER).token for _ in range(2)
    )

    assert links.look_up(first) is None
    assert links.look_up(second).user == ann


def test_a_closed_account_gets_no_new_password(accounts, ann):
    links = accounts.staff_invitations
    token = links.ask_for_new_password(ann.id, actor=INSTALLER).token
    accounts.users.disable(ann.id, actor=INSTALLER)

    with pytest.raises(InvitationOver):
        links.renew_password(token, NEW_PASSWORD)
    with pytest.raises(UserUnknown):
        links.ask_for_new_password(ann.id, actor=INSTALLER)


@pytest.mark.parametrize("token", ["", "A" * 27, "\0", "\ud800"])
def test_another_token_is_no_link(accounts, token):
    invited(accounts)

    assert accounts.staff_invitations.look_up(token) is None
    assert not accounts.staff_invitations.withdraw(token, actor=INSTALLER)


@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_of_two_who_give_a_code_at_once_one_is_let_in(accounts, ann, app, kind):
    halves = [sign_in(accounts), sign_in(accounts)]
    code = app.code() if kind == "app" else accounts.own_factors.renew_codes(ann)[0]

    results = at_once(
        *(
            lambda half=half: accounts.finish(
                half.token, Code(typed=code), address=ADDRESS
            )
            for half in halves
        )
    )

    assert sum(isinstance(one, FactorRefused) for one in results) == 1


def test_of_two_who_finish_one_session_at_once_one_gets_its_token(accounts, ann, app):
    half, codes = sign_in(accounts), [app.code(), app.code()]

    results = at_once(
        *(
            lambda code=code: accounts.finish(
                half.token, Code(typed=code), address=ADDRESS
            )
            for code in codes
        )
    )

    assert sum(isinstance(one, SessionOver | FactorRefused) for one in results) == 1
    assert len(accounts.sessions.of_user(ann.id)) == 1


@pytest.mark.parametrize("reason", ["", "because", "x" * 501, "line\x00 of a reason"])
def test_emergency_access_is_not_opened_without_a_reason(accounts, ann, reason):
    with pytest.raises(ReasonWanted):
        accounts.emergency.begin(ann, reason)

    assert accounts.emergency.recent() == ()
