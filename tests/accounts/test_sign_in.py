"""Is the right person let in, and nobody told why another is not?"""

import sqlite3
from contextlib import closing

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

import screening.accounts.sign_in
from screening.accounts.limits import LOGIN_BY_ALL
from screening.accounts.problems import SignInRefused, TooManyAttempts
from screening.accounts.sign_in import open_accounts
from screening.accounts.tables import AttemptRow, UserRow
from screening.store.problems import DatabaseUnavailable
from screening.store.tables import AuditRow
from tests.accounts.fixtures import INSTALLER, PASSWORD, made, sign_in


def rows(store):
    with store.database.reading() as session:
        return session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()


def wrong(accounts, times, **where):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(accounts, password="something else", **where)


def test_the_right_password_begins_a_session_and_is_noted(store, accounts, ann):
    signed_in = sign_in(accounts)

    row = rows(store)[-1]
    assert accounts.sessions.find(signed_in.token).user == ann
    assert (row.action, row.actor, row.object_id, row.request_id) == (
        "account:login:password",
        "ann",
        ann.id,
        "request-9",
    )


@pytest.mark.parametrize("username", ["ANN", " ann", "\uff41\uff4e\uff4e"])
def test_the_user_name_may_be_typed_in_any_case_and_width(accounts, ann, username):
    assert sign_in(accounts, username=username).user == ann


def test_sec_31_every_refusal_reads_the_same(accounts, ann):
    accounts.users.create(
        username="bo",
        display_name="Bo",
        role=ann.role,
        password=PASSWORD,
        actor=INSTALLER,
    )
    bo = accounts.users.everybody()[1]
    accounts.users.disable(bo.id, actor=INSTALLER)
    texts = set()

    for username, password in (
        ("ann", "not the password"),
        ("bo", PASSWORD),
        ("nobody", PASSWORD),
        ("\0", PASSWORD),
        ("\ud800", "\ud800"),
        ("", ""),
        ("x" * 100_000, "x" * 100_000),
    ):
        with pytest.raises(SignInRefused) as refused:
            sign_in(accounts, username=username, password=password)
        texts.add(str(refused.value))

    assert len(texts) == 1


def test_a_refusal_is_noted_without_what_was_typed(store, accounts, ann):
    wrong(accounts, 1)
    wrong(accounts, 1, username="canary")

    known, unknown = rows(store)[-2:]
    assert (known.action, known.object_id) == ("account:login:failure", ann.id)
    assert (unknown.action, unknown.object_id) == ("account:login:failure", "unknown")
    assert "canary" not in f"{unknown.actor}{unknown.reason}"


def test_no_user_name_or_address_is_stored_with_an_attempt(store, accounts):
    wrong(accounts, 1, username="canary", address="192.0.2.99")

    with store.database.reading() as session:
        buckets = session.scalars(select(AttemptRow.bucket)).all()

    assert len(set(buckets)) == 3
    assert all(len(bucket) == 64 for bucket in buckets)


def test_sec_29_a_weaker_hash_is_made_anew_when_its_owner_signs_in(
    store, accounts, ann
):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with store.database.transaction() as session:
        session.execute(update(UserRow).values(password_hash=weak))

    sign_in(accounts)

    with store.database.reading() as session:
        stored = session.scalar(select(UserRow.password_hash))
    assert "m=19456,t=2,p=1" in stored
    assert sign_in(accounts).user == ann


def test_a_wrong_password_never_replaces_a_weaker_hash(store, accounts, ann):
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with store.database.transaction() as session:
        session.execute(update(UserRow).values(password_hash=weak))

    wrong(accounts, 1)

    with store.database.reading() as session:
        assert session.scalar(select(UserRow.password_hash)) == weak


@pytest.mark.parametrize("change", ["disable", "change_password"])
def test_an_account_that_changes_during_a_sign_in_lets_nobody_in(
    accounts, ann, monkeypatch, change
):
    def match_and_change(password, stored):
        if change == "disable":
            accounts.users.disable(ann.id, actor=INSTALLER)
        else:
            new = "marble shelf under 9 clouds"
            accounts.users.change_password(ann.id, new, actor=INSTALLER)
        return True

    monkeypatch.setattr(screening.accounts.sign_in, "is_match", match_and_change)

    with pytest.raises(SignInRefused):
        sign_in(accounts)


def test_sec_36_the_eleventh_attempt_on_one_account_must_wait(accounts, ann, clock):
    for number in range(10):
        wrong(accounts, 1, address=f"192.0.2.{number}")
        clock.step(seconds=10)

    with pytest.raises(TooManyAttempts) as refused:
        sign_in(accounts)

    assert refused.value.retry_after_s == 200


def test_sec_36_the_eleventh_attempt_from_one_address_must_wait(accounts, ann):
    for number in range(10):
        wrong(accounts, 1, username=f"user{number}")

    with pytest.raises(TooManyAttempts):
        sign_in(accounts)
    assert sign_in(accounts, address="192.0.2.200")


def test_after_five_minutes_the_right_password_is_let_in(accounts, ann, clock):
    wrong(accounts, 10)
    clock.step(minutes=4, seconds=59)
    with pytest.raises(TooManyAttempts):
        sign_in(accounts)
    clock.step(seconds=1)

    assert sign_in(accounts).user == ann


def test_attempts_that_are_refused_do_not_make_the_wait_longer(accounts, ann, clock):
    wrong(accounts, 10)
    for _ in range(100):
        with pytest.raises(TooManyAttempts):
            sign_in(accounts)
    clock.step(minutes=5)

    assert sign_in(accounts).user == ann


def test_a_full_limit_is_noted_once(store, accounts, ann):
    wrong(accounts, 10)
    for _ in range(5):
        with pytest.raises(TooManyAttempts):
            sign_in(accounts)

    hits = [row.object_id for row in rows(store) if row.action == "limit:hit"]
    assert sorted(hits) == ["login:address", "login:user"]


def test_a_limited_sign_in_looks_at_no_password(accounts, ann, monkeypatch):
    wrong(accounts, 10)
    looked_at = []
    monkeypatch.setattr(
        screening.accounts.sign_in, "is_match", lambda *_: looked_at.append(1)
    )

    with pytest.raises(TooManyAttempts):
        sign_in(accounts)

    assert looked_at == []


def test_sec_36_the_limit_for_all_holds_however_many_accounts_and_addresses(
    store, accounts, ann, clock
):
    bucket = accounts.limits._bucket(LOGIN_BY_ALL, "")
    later = clock() + LOGIN_BY_ALL.period
    with store.database.transaction() as session:
        session.add_all(
            AttemptRow(bucket=bucket, counts_until=later) for _ in range(999)
        )
    assert sign_in(accounts)

    with pytest.raises(TooManyAttempts):
        sign_in(accounts, username="bo", address="192.0.2.200")


def test_attempts_that_no_longer_count_are_removed(store, accounts, clock):
    wrong(accounts, 3)
    clock.step(minutes=5)
    wrong(accounts, 1)

    with store.database.reading() as session:
        assert len(session.scalars(select(AttemptRow.id)).all()) == 3


def test_sec_36_when_attempts_cannot_be_counted_nobody_is_let_in(
    sqlite_store, sqlite_file
):
    accounts = open_accounts(sqlite_store.ground)
    made(accounts)

    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable):
            sign_in(accounts)
        other.execute("ROLLBACK")

    assert sign_in(accounts)
