"""Are accounts made, closed and changed as asked, and is each change noted?"""

import pytest
from sqlalchemy import select

from screening.accounts.permissions import PERMISSIONS, Permission, Role
from screening.accounts.problems import (
    PasswordRefused,
    SignInRefused,
    UsernameRefused,
    UserUnknown,
)
from screening.accounts.tables import UserRow
from screening.store.audit import Actor
from screening.store.tables import AuditRow
from tests.accounts.fixtures import INSTALLER, PASSWORD, sign_in

ADMINISTRATOR = Actor(name="root", role="administrator", request_id="request-1")
NEW_PASSWORD = "marble shelf under 9 clouds"


def created(accounts, **changes):
    usual = {
        "username": "bo",
        "display_name": "Bo Ek",
        "role": Role.COORDINATOR,
        "password": PASSWORD,
        "actor": ADMINISTRATOR,
    }
    return accounts.users.create(**(usual | changes))


def last_deed(store):
    with store.database.reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    return row.action, row.actor, row.object_id


def test_a_created_account_is_found_and_noted(store, accounts, clock):
    user = created(accounts)

    assert accounts.users.find(user.id) == user
    assert (user.created_at, user.is_disabled) == (clock(), False)
    assert last_deed(store) == ("account:create", "root", user.id)


def test_accounts_are_listed_by_user_name(accounts, ann):
    bo = created(accounts)

    assert accounts.users.everybody() == (ann, bo)


def test_the_password_is_stored_only_as_its_hash(store, accounts, ann):
    with store.database.reading() as session:
        stored = session.scalar(select(UserRow.password_hash))

    assert stored.startswith("$argon2id$")
    assert not hasattr(ann, "password_hash")


@pytest.mark.parametrize("username", ["Ann", " ANN ", "\uff41\uff4e\uff4e"])
def test_two_people_never_have_one_user_name(accounts, ann, username):
    with pytest.raises(UsernameRefused, match="Somebody has"):
        created(accounts, username=username)


@pytest.mark.parametrize(
    "change",
    [
        {"username": ""},
        {"username": "a"},
        {"username": "a" * 65},
        {"username": "an n"},
        {"username": "\u0430nn"},
        {"username": "ann\0"},
        {"display_name": " "},
        {"display_name": "x" * 129},
        {"display_name": "Bo\u202eEk"},
    ],
)
def test_a_name_that_could_deceive_is_refused(accounts, change):
    with pytest.raises(UsernameRefused):
        created(accounts, **change)


def test_an_account_with_a_weak_password_is_not_made(accounts):
    with pytest.raises(PasswordRefused):
        created(accounts, password="bo ek bo ek bo ek")

    assert accounts.users.everybody() == ()


def test_sec_42_disabling_ends_the_sessions_and_refuses_new_ones(store, accounts, ann):
    token = sign_in(accounts).token

    accounts.users.disable(ann.id, actor=ADMINISTRATOR)

    assert accounts.sessions.find(token) is None
    assert accounts.users.find(ann.id).is_disabled
    assert last_deed(store) == ("account:disable", "root", ann.id)
    with pytest.raises(SignInRefused):
        sign_in(accounts)


def test_an_account_that_is_enabled_again_can_sign_in(store, accounts, ann):
    accounts.users.disable(ann.id, actor=ADMINISTRATOR)

    accounts.users.enable(ann.id, actor=ADMINISTRATOR)

    assert last_deed(store) == ("account:enable", "root", ann.id)
    assert sign_in(accounts).user == ann


def test_sec_42_a_changed_password_ends_the_sessions_and_the_old_password(
    store, accounts, ann
):
    token = sign_in(accounts).token

    accounts.users.change_password(ann.id, NEW_PASSWORD, actor=ann.as_actor())

    assert last_deed(store) == ("account:password:change", "ann", ann.id)
    assert accounts.sessions.find(token) is None
    assert sign_in(accounts, password=NEW_PASSWORD).user == ann
    with pytest.raises(SignInRefused):
        sign_in(accounts)


def test_a_refused_new_password_leaves_the_old_one(accounts, ann):
    with pytest.raises(PasswordRefused):
        accounts.users.change_password(ann.id, "short", actor=INSTALLER)

    assert sign_in(accounts).user == ann


@pytest.mark.parametrize("user_id", ["A" * 22, "", "\0"])
def test_an_account_that_is_not_there_cannot_be_changed(accounts, user_id):
    assert accounts.users.find(user_id) is None
    for attempt in (
        lambda: accounts.users.disable(user_id, actor=ADMINISTRATOR),
        lambda: accounts.users.enable(user_id, actor=ADMINISTRATOR),
        lambda: accounts.users.change_password(
            user_id, NEW_PASSWORD, actor=ADMINISTRATOR
        ),
    ):
        with pytest.raises(UserUnknown):
            attempt()


def test_what_a_person_may_do_comes_from_the_role(ann):
    assert ann.may(Permission.READ_SUBMISSION)
    assert not ann.may(Permission.MANAGE_ACCOUNTS)


def test_somebody_disabled_may_do_nothing(accounts, ann):
    accounts.users.disable(ann.id, actor=ADMINISTRATOR)

    disabled = accounts.users.find(ann.id)

    assert not any(disabled.may(permission) for permission in Permission)


def test_every_role_has_a_row_and_every_permission_somebody():
    given = frozenset().union(*PERMISSIONS.values())

    assert set(PERMISSIONS) == set(Role)
    assert given == set(Permission)


def test_who_looks_after_accounts_reads_no_answers():
    administrator = PERMISSIONS[Role.ADMINISTRATOR]

    assert Permission.READ_SUBMISSION not in administrator
    assert Permission.EXPORT_SUBMISSIONS not in administrator
    assert Permission.DOWNLOAD_PDF not in administrator
