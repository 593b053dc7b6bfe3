"""Does a second factor let the right person in once, and nobody with half of it?"""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from screening.accounts.limits import FACTOR_BY_ADDRESS
from screening.accounts.problems import (
    FactorRefused,
    LastFactor,
    NotAdded,
    SessionOver,
    TooManyAttempts,
)
from screening.accounts.proofs import MOST_WRONG_CODES, Code, Password
from screening.accounts.recovery import HOW_MANY, read_recovery_code
from screening.accounts.sessions import Stage
from screening.accounts.tables import (
    AuthenticatorAppRow,
    RecoveryCodeRow,
    SessionRow,
    UserRow,
)
from screening.accounts.totp import (
    accepted_step,
    address_for_apps,
    code_of,
    read_code,
    secret_in_letters,
    step_at,
)
from screening.store.tables import AuditRow
from tests.accounts.authenticators import AppOfATest
from tests.accounts.fixtures import (
    ADDRESS,
    INSTALLER,
    PASSWORD,
    made,
    sign_in,
    sign_in_whole,
)

SECRET = b"12345678901234567890"


def deeds(store):
    with store.database.reading() as session:
        return session.scalars(select(AuditRow.action).order_by(AuditRow.seq)).all()


def finish(accounts, half, typed, **more):
    return accounts.finish(
        half.token, Code(typed=typed), **({"address": ADDRESS} | more)
    )


def wrong_codes(accounts, half, times, **more):
    for _ in range(times):
        with pytest.raises(FactorRefused):
            finish(accounts, half, "not a code", **more)


@pytest.mark.parametrize(
    ("second", "code"),
    # RFC 6238, appendix B: the last six of its eight digits.
    [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(second, code):
    assert code_of(SECRET, second // 30) == code


def test_a_code_may_be_typed_with_spaces_and_is_of_six_ascii_digits():
    assert read_code(" 123 456 ") == "123456"
    assert [read_code(one) for one in ("12345", "1234567", "١٢٣٤٥٦", "12345a")] == [
        None
    ] * 4


def test_an_app_is_told_the_secret_as_a_picture_and_in_letters():
    address = address_for_apps(SECRET, account="ann", issuer="Riverside Clinic")

    assert address.startswith("otpauth://totp/Riverside%20Clinic:ann?")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address
    assert secret_in_letters(SECRET).startswith("GEZD GNBV GY3T")


@given(st.lists(st.integers(-2, 2), min_size=1, max_size=12))
def test_no_code_is_accepted_twice_in_whatever_order_codes_are_typed(offsets):
    now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    accepted, last = [], -1
    for offset in offsets:
        code = code_of(SECRET, step_at(now) + offset)
        step = accepted_step(SECRET, code, now=now, after=last)
        if step is not None:
            accepted.append(step)
            last = step

    assert accepted == sorted(set(accepted))
    assert all(abs(step - step_at(now)) <= 1 for step in accepted)


def test_sec_33_a_code_is_never_accepted_twice_not_even_after_another(
    accounts, ann, app, clock
):
    a, b = app.code(), app.code()
    finish(accounts, sign_in(accounts), a)
    clock.step(seconds=30)
    finish(accounts, sign_in(accounts), b)
    half = sign_in(accounts)

    for code in (a, b, app.at(app.shown - 2)):
        with pytest.raises(FactorRefused):
            finish(accounts, half, code)
    assert finish(accounts, half, app.code()).stage is Stage.WHOLE


def test_a_password_alone_leaves_a_session_half_signed_in(accounts, ann, app):
    half = sign_in(accounts)

    assert half.stage is Stage.HALF
    assert half.second_factor_at is None


def test_a_code_makes_a_session_whole_under_a_new_token(store, accounts, ann, app):
    half = sign_in(accounts)

    whole = finish(accounts, half, app.code())

    assert whole.stage is Stage.WHOLE
    assert whole.token != half.token
    assert accounts.sessions.find(half.token) is None
    assert accounts.sessions.find(whole.token) == whole
    assert deeds(store)[-2:] == ["account:login:password", "account:login:success"]


def test_a_password_is_no_second_factor(accounts, ann, app):
    half = sign_in(accounts)

    with pytest.raises(FactorRefused):
        accounts.finish(half.token, Password(typed=PASSWORD), address=ADDRESS)

    assert accounts.sessions.find(half.token).stage is Stage.HALF


def test_the_code_of_somebody_else_is_refused(accounts, ann, app):
    bo = made(accounts, "bo")
    theirs = AppOfATest.of(accounts, bo.id)

    with pytest.raises(FactorRefused):
        finish(accounts, sign_in(accounts), theirs.code())


def test_a_session_that_is_whole_or_over_is_not_finished_again(accounts, ann, app):
    half = sign_in(accounts)
    whole = finish(accounts, half, app.code())

    for token in (half.token, whole.token, "A" * 43):
        with pytest.raises(SessionOver):
            accounts.finish(token, Code(typed=app.at(0)), address=ADDRESS)


def test_the_secret_is_sealed_and_opens_in_no_other_row(store, accounts, ann, app):
    bo = made(accounts, "bo")
    AppOfATest.of(accounts, bo.id)
    with store.database.transaction() as session:
        mine = session.get(AuthenticatorAppRow, ann.id)
        assert app.secret not in mine.ciphertext
        mine.key_id, mine.wrapped_key, mine.ciphertext = session.execute(
            select(
                AuthenticatorAppRow.key_id,
                AuthenticatorAppRow.wrapped_key,
                AuthenticatorAppRow.ciphertext,
            ).where(AuthenticatorAppRow.user_id == bo.id)
        ).one()

    with pytest.raises(Exception, match="was not sealed for this row"):
        finish(accounts, sign_in(accounts), app.code())


def test_whoever_has_no_factor_sets_one_up_first(store, accounts, ann, clock):
    begun = sign_in(accounts)
    app = AppOfATest(accounts.own_factors.proposed_secret(begun.token), clock)

    added = accounts.own_factors.add_app(begun, app.code())

    assert begun.stage is Stage.ENROLLING
    assert added.signed_in.stage is Stage.WHOLE
    assert added.signed_in.second_factor_at == clock()
    assert len(set(added.codes)) == HOW_MANY
    assert deeds(store)[-3:] == [
        "account:two_factor:method_added",
        "account:recovery_codes:generated",
        "account:login:success",
    ]
    with pytest.raises(FactorRefused):
        finish(accounts, sign_in(accounts), app.at(app.shown))


def test_a_code_of_another_secret_sets_nothing_up(accounts, ann, clock):
    begun = sign_in(accounts)

    for typed in ("000000", "", "not a code"):
        with pytest.raises(NotAdded):
            accounts.own_factors.add_app(begun, typed)

    assert accounts.own_factors.of_user(ann.id).is_empty


def test_two_sessions_are_told_two_secrets(accounts, ann):
    first, second = sign_in(accounts), sign_in(accounts)
    secret = accounts.own_factors.proposed_secret

    assert secret(first.token) == secret(first.token)
    assert secret(first.token) != secret(second.token)


def test_whoever_has_only_the_password_adds_no_factor_of_their_own(
    accounts, ann, app, clock
):
    half = sign_in(accounts)
    own = AppOfATest(accounts.own_factors.proposed_secret(half.token), clock)

    with pytest.raises(SessionOver):
        accounts.own_factors.add_app(half, own.code())


def test_of_two_who_set_up_a_factor_at_once_the_second_does_not(accounts, ann, clock):
    first, second = sign_in(accounts), sign_in(accounts)
    for begun in (first, second):
        app = AppOfATest(accounts.own_factors.proposed_secret(begun.token), clock)
        code = app.code()
        if begun is first:
            accounts.own_factors.add_app(begun, code)

    with pytest.raises(SessionOver):
        accounts.own_factors.add_app(second, code)


def test_sec_34_recovery_codes_are_of_80_bits_and_hashed_and_work_once(
    store, accounts, ann, app, signed_in
):
    codes = accounts.own_factors.renew_codes(ann)
    with store.database.reading() as session:
        kept = session.scalars(select(RecoveryCodeRow)).all()

    assert len(codes) == HOW_MANY
    # Five groups of four signs; the first one is kept as it is, to find the hash by.
    assert {len(code.replace("-", "")) for code in codes} == {20}
    assert all(row.code_hash.startswith("$argon2id$") for row in kept)
    assert {row.handle for row in kept} == {code[:4] for code in codes}
    typed = codes[3].lower().replace("-", " ")
    assert finish(accounts, sign_in(accounts), typed).stage is Stage.WHOLE
    half = sign_in(accounts)
    with pytest.raises(FactorRefused):
        finish(accounts, half, codes[3])
    assert accounts.own_factors.of_user(ann.id).codes_left == HOW_MANY - 1
    assert "account:recovery_codes:used" in deeds(store)


def test_sec_34_trying_recovery_codes_is_limited(accounts, ann, app):
    half = sign_in(accounts)
    for _ in range(5):
        with pytest.raises(FactorRefused):
            finish(accounts, half, "K7QM-2XRD-K7QM-2XRD-K7QM")

    with pytest.raises(TooManyAttempts):
        finish(accounts, half, app.code())


def test_new_recovery_codes_put_the_old_ones_out_of_use(accounts, ann, app):
    old = accounts.own_factors.renew_codes(ann)

    accounts.own_factors.renew_codes(ann)

    with pytest.raises(FactorRefused):
        finish(accounts, sign_in(accounts), old[0])


def test_what_is_no_recovery_code_is_none():
    assert read_recovery_code("k7qm 2xrd k7qm 2xrd k7qm") == "K7QM-2XRD-K7QM-2XRD-K7QM"
    assert read_recovery_code("K7QM-2XRD-K7QM-2XRD-K7Q") is None
    assert read_recovery_code("123456") is None


def test_sec_36_second_factors_are_limited_by_account_for_minutes_hours_and_days(
    accounts, ann, app, clock
):
    allowed = []
    for _ in range(26 * 12):
        half = sign_in(accounts, address="192.0.2.1")
        tried = 0
        try:
            for number in range(6):
                address = f"198.51.100.{number}"
                with pytest.raises(FactorRefused):
                    finish(accounts, half, "no", address=address)
                tried += 1
        except TooManyAttempts:
            pass
        allowed.append(tried)
        if len(allowed) == 13 or sum(allowed) > 50:
            break
        clock.step(minutes=5, seconds=1)

    # Five in five minutes, and twenty in the hour before.
    assert allowed[:5] == [5, 5, 5, 5, 0]
    assert sum(allowed[:12]) == 20


def test_sec_36_second_factors_are_limited_by_address(accounts, ann, app):
    for name in ("bo", "cy", "di"):
        AppOfATest.of(accounts, made(accounts, name).id)
    halves = [sign_in(accounts, name) for name in ("ann", "bo", "cy")]
    for half in halves[:2]:
        wrong_codes(accounts, half, 5)

    with pytest.raises(TooManyAttempts):
        finish(accounts, halves[2], "no")

    assert FACTOR_BY_ADDRESS[0].most == 10


def test_a_right_code_takes_its_attempt_out_of_the_count(accounts, ann, app, clock):
    for _ in range(7):
        finish(accounts, sign_in(accounts), app.code())
        clock.step(seconds=31)


def test_after_a_hundred_wrong_codes_in_a_row_none_is_taken(store, accounts, ann, app):
    with store.database.transaction() as session:
        session.execute(update(UserRow).values(wrong_codes=MOST_WRONG_CODES))

    with pytest.raises(FactorRefused):
        finish(accounts, sign_in(accounts), app.code())
    accounts.own_factors.reset(ann.id, actor=INSTALLER)

    assert sign_in(accounts).stage is Stage.ENROLLING


def test_sec_37_a_stranger_cannot_lock_the_owner_of_a_known_browser_out(
    accounts, ann, app, clock
):
    device = accounts.devices.new_token()
    sign_in_whole(accounts, app, device=device)
    clock.step(minutes=10)
    for number in range(10):
        with pytest.raises(Exception, match="wrong"):
            sign_in(accounts, password="a guess", address=f"203.0.113.{number}")
    with pytest.raises(TooManyAttempts):
        sign_in(accounts)

    half = sign_in(accounts, device=device)
    whole = finish(accounts, half, app.code(), device=device)

    assert whole.stage is Stage.WHOLE


def test_sec_37_a_known_browser_has_a_limit_of_its_own(accounts, ann, app):
    device = accounts.devices.new_token()
    sign_in_whole(accounts, app, device=device)
    for _ in range(10):
        with pytest.raises(Exception, match="wrong"):
            sign_in(accounts, password="a guess", device=device)

    with pytest.raises(TooManyAttempts):
        sign_in(accounts, device=device)


def test_a_new_browser_is_noted_once(store, accounts, ann, app, clock):
    device = accounts.devices.new_token()
    for _ in range(2):
        sign_in_whole(accounts, app, device=device)

    assert deeds(store).count("account:login:new_device") == 1


def test_sec_40_each_step_has_a_new_token_and_the_one_before_is_dead(
    accounts, ann, app
):
    half = sign_in(accounts)
    whole = finish(accounts, half, app.code())
    again = accounts.confirm(whole.token, Code(typed=app.code()), address=ADDRESS)
    accounts.sessions.sign_out(again.token)

    assert len({half.token, whole.token, again.token}) == 3
    for token in (half.token, whole.token, again.token):
        assert accounts.sessions.find(token) is None


def test_sec_42_changing_a_factor_ends_every_other_session(accounts, ann, app, clock):
    other, own = (sign_in_whole(accounts, app) for _ in range(2))
    new = AppOfATest(accounts.own_factors.proposed_secret(own.token), clock)

    added = accounts.own_factors.add_app(own, new.code())

    assert accounts.sessions.find(other.token) is None
    assert accounts.sessions.find(added.signed_in.token)
    with pytest.raises(FactorRefused):
        finish(accounts, sign_in(accounts), app.code())


def test_the_last_factor_is_not_removed(accounts, ann, app, signed_in):
    with pytest.raises(LastFactor):
        accounts.own_factors.remove_app(signed_in)

    assert accounts.own_factors.of_user(ann.id).app_since is not None


def test_a_reset_takes_every_factor_and_every_session(accounts, ann, app, signed_in):
    accounts.own_factors.renew_codes(ann)

    accounts.own_factors.reset(ann.id, actor=INSTALLER)

    held = accounts.own_factors.of_user(ann.id)
    assert (held.is_empty, held.codes_left) == (True, 0)
    assert accounts.sessions.find(signed_in.token) is None


def test_a_confirmed_session_is_fresh_for_five_minutes(
    store, accounts, ann, app, signed_in, clock
):
    clock.step(minutes=5, seconds=1)
    stale = accounts.sessions.find(signed_in.token)

    again = accounts.confirm(signed_in.token, Code(typed=app.code()), address=ADDRESS)
    clock.step(minutes=5)

    assert not stale.is_fresh(clock())
    assert again.is_fresh(clock())
    assert "account:session:confirmed" in deeds(store)


def test_a_password_is_noted_apart_and_does_not_make_a_session_fresh(
    accounts, ann, app, signed_in, clock
):
    clock.step(minutes=6)

    again = accounts.confirm(signed_in.token, Password(typed=PASSWORD), address=ADDRESS)

    assert again.password_at == clock()
    assert again.second_factor_at == signed_in.second_factor_at
    assert not again.is_fresh(clock())


def test_a_wrong_password_confirms_nothing(accounts, ann, app, signed_in):
    with pytest.raises(FactorRefused):
        accounts.confirm(signed_in.token, Password(typed="a guess"), address=ADDRESS)

    assert accounts.sessions.find(signed_in.token)


@pytest.mark.usefixtures("app")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
def test_no_typed_text_is_more_than_refused(accounts, ann, typed):
    row = accounts.users.row_named("ann")
    check = accounts.proofs.look_at(Code(typed=typed), row, "token")

    with accounts.ground.database.transaction() as session:
        assert check(session, session.get(UserRow, ann.id)) is None


def test_no_token_or_secret_stands_in_the_database(store, accounts, ann, app):
    whole = sign_in_whole(accounts, app, device="device-of-a-test")

    with store.database.reading() as session:
        rows = session.scalars(select(SessionRow.token_hash)).all()

    assert whole.token not in rows
    assert "device-of-a-test" not in repr(rows)
