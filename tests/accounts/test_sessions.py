"""Does a session end when it should, and is its cookie unknown to the database?"""

import hashlib

import pytest
from sqlalchemy import func, select

from screening.accounts.proofs import Code
from screening.accounts.sessions import Stage
from screening.accounts.tables import SessionRow
from screening.store.tables import AuditRow
from tests.accounts.fixtures import ADDRESS, INSTALLER, sign_in, sign_in_whole


def deeds(store):
    with store.database.reading() as session:
        return session.scalars(select(AuditRow.action).order_by(AuditRow.seq)).all()


def count(store):
    with store.database.reading() as session:
        return session.scalar(select(func.count()).select_from(SessionRow))


def test_the_session_of_a_token_is_found(accounts, signed_in, ann):
    assert accounts.sessions.find(signed_in.token) == signed_in
    assert signed_in.user == ann


def test_sec_39_the_database_knows_only_the_hash_of_the_token(store, signed_in):
    with store.database.reading() as session:
        row = session.scalar(select(SessionRow))

    assert row.token_hash == hashlib.sha256(signed_in.token.encode()).hexdigest()
    assert len(signed_in.token) == 43
    assert signed_in.token not in repr(signed_in)


@pytest.mark.parametrize("token", ["", "A" * 43, "\0", "\ud800", "x" * 100_000])
def test_another_token_finds_nothing(accounts, signed_in, token):
    assert accounts.sessions.find(token) is None


def test_sec_41_a_session_lasts_fifteen_minutes_without_a_request(
    accounts, signed_in, clock
):
    clock.step(minutes=14, seconds=59)

    assert accounts.sessions.find(signed_in.token)


def test_sec_41_a_session_idle_for_longer_has_ended_and_that_is_noted(
    store, accounts, signed_in, clock
):
    clock.step(minutes=15, seconds=1)

    assert accounts.sessions.find(signed_in.token) is None
    assert deeds(store)[-1] == "account:session:expired"
    assert count(store) == 0


def test_each_request_lets_the_session_last_for_fifteen_minutes_more(
    accounts, signed_in, clock
):
    for _ in range(10):
        clock.step(minutes=14, seconds=59)
        assert accounts.sessions.find(signed_in.token)


def used_for(accounts, token, clock, minutes):
    """Make a request every ten minutes."""
    for _ in range(minutes // 10):
        clock.step(minutes=10)
        accounts.sessions.find(token)


def test_sec_41_a_session_in_use_lasts_twelve_hours_and_no_longer(
    accounts, signed_in, clock
):
    used_for(accounts, signed_in.token, clock, 11 * 60 + 50)
    clock.step(minutes=9, seconds=59)
    just_before = accounts.sessions.find(signed_in.token)
    clock.step(seconds=2)

    assert just_before is not None
    assert accounts.sessions.find(signed_in.token) is None


def test_a_confirmed_session_has_a_new_token_and_the_old_beginning(
    accounts, signed_in, app, clock
):
    clock.step(minutes=5)

    again = accounts.confirm(signed_in.token, Code(typed=app.code()), address=ADDRESS)

    assert again.token != signed_in.token
    assert again.started_at == signed_in.started_at
    assert again.second_factor_at == clock()
    assert accounts.sessions.find(signed_in.token) is None
    assert accounts.sessions.find(again.token) == again


def test_a_session_that_is_not_whole_lasts_fifteen_minutes_however_it_is_used(
    accounts, ann, clock
):
    begun = sign_in(accounts)
    clock.step(minutes=8)
    assert accounts.sessions.find(begun.token).stage is Stage.ENROLLING
    clock.step(minutes=7, seconds=1)

    assert accounts.sessions.find(begun.token) is None


def test_a_list_of_sessions_holds_the_whole_and_good_ones_alone(
    accounts, ann, app, clock
):
    sign_in_whole(accounts, app, browser="Old browser")
    clock.step(minutes=16)
    sign_in(accounts, browser="Half signed in")
    sign_in_whole(accounts, app, browser="Firefox on Linux")

    listed = accounts.sessions.of_user(ann.id)

    assert [one.browser for one in listed] == ["Firefox on Linux"]


def test_one_session_is_ended_by_its_owner_and_by_nobody_else(
    accounts, ann, app, signed_in
):
    session_id = accounts.sessions.of_user(ann.id)[0].id
    somebody = "A" * 22

    assert not accounts.sessions.revoke(somebody, session_id, actor=INSTALLER)
    assert accounts.sessions.find(signed_in.token)
    assert accounts.sessions.revoke(ann.id, session_id, actor=INSTALLER)
    assert accounts.sessions.find(signed_in.token) is None


def test_all_sessions_but_ones_own_are_ended(accounts, ann, app, signed_in):
    other = sign_in_whole(accounts, app)

    accounts.sessions.revoke_all(ann.id, actor=INSTALLER, but=other.token)

    assert accounts.sessions.find(signed_in.token) is None
    assert accounts.sessions.find(other.token)


def test_signing_in_twice_gives_two_sessions(store, accounts, signed_in):
    other = sign_in(accounts)

    accounts.sessions.sign_out(other.token)

    assert accounts.sessions.find(other.token) is None
    assert accounts.sessions.find(signed_in.token)
    assert deeds(store)[-1] == "account:logout"


def test_signing_out_twice_is_noted_once(store, accounts, signed_in):
    for _ in range(2):
        accounts.sessions.sign_out(signed_in.token)

    assert deeds(store).count("account:logout") == 1


def test_revoking_ends_every_session_of_one_account(store, accounts, signed_in, ann):
    sign_in(accounts)

    revoked = accounts.sessions.revoke_all(ann.id, actor=INSTALLER)

    assert revoked == 2
    assert accounts.sessions.find(signed_in.token) is None
    assert deeds(store)[-1] == "account:session:revoked"


def test_nobodys_sessions_are_none(store, accounts):
    before = deeds(store)

    assert accounts.sessions.revoke_all("\0", actor=INSTALLER) == 0
    assert deeds(store) == before


def test_purging_removes_only_the_sessions_that_ended(store, accounts, ann, clock):
    sign_in(accounts)
    clock.step(minutes=16)
    kept = sign_in(accounts)

    purged = accounts.sessions.purge()

    assert purged == 1
    assert accounts.sessions.find(kept.token)
