"""Is only the passkey let in that was asked, on this site, once, and by its owner?"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.accounts.passkeys import LONGEST_ANSWER, Site
from screening.accounts.problems import (
    FactorRefused,
    LastFactor,
    NotAdded,
    TooManyAttempts,
)
from screening.accounts.proofs import PasskeyAnswer
from screening.accounts.sessions import Stage
from tests.accounts.authenticators import PasskeyOfATest
from tests.accounts.fixtures import ADDRESS, INSTALLER, made, sign_in

SITE = Site(origin="https://clinic.example", clinic="Riverside Clinic")
ELSEWHERE = Site(origin="https://clinic.example.evil", clinic="Riverside Clinic")


@pytest.fixture
def passkey(accounts, ann):
    """Give ann's passkey, set up as her first second factor."""
    return added(accounts, "ann")


def added(accounts, username, passkey=None):
    passkey = passkey or PasskeyOfATest(SITE.origin)
    begun = sign_in(accounts, username)
    options = accounts.passkeys.ask_for_new(SITE, begun.user, begun.token)
    accounts.own_factors.add_passkey(begun, SITE, passkey.make(options), "laptop")
    return passkey


def by_passkey(accounts, answer, site=SITE):
    return accounts.sign_in_by_passkey(
        PasskeyAnswer(site=site, answer=answer), address=ADDRESS
    )


def as_second_step(accounts, half, answer, site=SITE):
    return accounts.finish(
        half.token, PasskeyAnswer(site=site, answer=answer), address=ADDRESS
    )


def asked(accounts, half):
    return accounts.passkeys.ask_again(SITE, half.user.id, half.token)


def test_a_passkey_signs_in_whole_if_it_made_sure_of_its_person(accounts, passkey):
    options = accounts.passkeys.ask_to_sign_in(SITE)

    signed_in = by_passkey(accounts, passkey.sign(options))

    assert signed_in.stage is Stage.WHOLE
    assert signed_in.user.username == "ann"
    assert signed_in.password_at is None
    assert accounts.own_factors.of_user(signed_in.user.id).passkeys[0].used_at


def test_a_passkey_that_did_not_is_a_second_step_only(accounts, passkey):
    passkey.verifies = False
    options = accounts.passkeys.ask_to_sign_in(SITE)
    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(options))

    half = sign_in(accounts)
    whole = as_second_step(accounts, half, passkey.sign(asked(accounts, half)))

    assert whole.stage is Stage.WHOLE
    assert whole.token != half.token


def test_sec_35_an_answer_is_taken_once(accounts, passkey):
    answer = passkey.sign(accounts.passkeys.ask_to_sign_in(SITE))
    by_passkey(accounts, answer)

    with pytest.raises(FactorRefused):
        by_passkey(accounts, answer)


def test_sec_35_a_challenge_is_answered_once_rightly_or_not(accounts, passkey):
    options = accounts.passkeys.ask_to_sign_in(SITE)
    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(options, signature=b"not a signature"))

    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(options))


def test_sec_35_a_challenge_of_ones_own_making_is_refused(accounts, passkey):
    options = json.loads(accounts.passkeys.ask_to_sign_in(SITE))
    options["challenge"] = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo"

    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(json.dumps(options)))


def test_sec_35_a_challenge_is_good_for_fifteen_minutes(accounts, passkey, clock):
    options = accounts.passkeys.ask_to_sign_in(SITE)
    clock.step(minutes=15)

    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(options))


def test_sec_35_origin_and_name_of_the_site_have_to_be_the_clinics(accounts, passkey):
    for phished in (
        PasskeyOfATest.sign(passkey, accounts.passkeys.ask_to_sign_in(ELSEWHERE)),
        passkey.sign(
            accounts.passkeys.ask_to_sign_in(SITE), origin="https://clinic.example.evil"
        ),
    ):
        with pytest.raises(FactorRefused):
            by_passkey(accounts, phished)


def test_sec_35_the_count_of_a_passkey_has_to_grow(accounts, passkey):
    by_passkey(accounts, passkey.sign(accounts.passkeys.ask_to_sign_in(SITE)))
    passkey.count -= 1

    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(accounts.passkeys.ask_to_sign_in(SITE)))


def test_a_passkey_without_a_count_goes_on_working(accounts, ann):
    passkey = added(accounts, "ann", PasskeyOfATest(SITE.origin, counts=False))

    for _ in range(2):
        by_passkey(accounts, passkey.sign(accounts.passkeys.ask_to_sign_in(SITE)))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_no_passkey_is_asked_for_where_the_host_is_a_number(accounts, ann, host):
    site = Site(origin=f"http://{host}:8000", clinic="Riverside Clinic")
    begun = sign_in(accounts)

    assert accounts.passkeys.ask_to_sign_in(site) is None
    assert accounts.passkeys.ask_for_new(site, ann, begun.token) is None


def test_an_answer_for_one_page_is_none_for_another(accounts, passkey):
    half, other = sign_in(accounts), sign_in(accounts)
    for options in (
        accounts.passkeys.ask_to_sign_in(SITE),
        asked(accounts, other),
    ):
        with pytest.raises(FactorRefused):
            as_second_step(accounts, half, passkey.sign(options))


def test_the_passkey_of_somebody_else_is_refused(accounts, passkey):
    made(accounts, "bo")
    theirs = added(accounts, "bo")
    half = sign_in(accounts)

    with pytest.raises(FactorRefused):
        as_second_step(accounts, half, theirs.sign(asked(accounts, half)))


def test_nobody_has_a_passkey_that_somebody_else_has(accounts, passkey):
    made(accounts, "bo")

    with pytest.raises(NotAdded):
        added(accounts, "bo", passkey)


def test_a_passkey_of_a_closed_account_is_refused(accounts, ann, passkey):
    accounts.users.disable(ann.id, actor=INSTALLER)

    with pytest.raises(FactorRefused):
        by_passkey(accounts, passkey.sign(accounts.passkeys.ask_to_sign_in(SITE)))


def test_signing_in_by_passkey_is_limited_by_address(accounts, passkey):
    for _ in range(9):
        with pytest.raises(FactorRefused):
            by_passkey(accounts, "{}")

    # The password with which the passkey was set up was the first of ten.
    with pytest.raises(TooManyAttempts):
        by_passkey(accounts, "{}")


def test_a_passkey_is_renamed_and_removed_by_its_owner_only(accounts, ann, passkey):
    signed_in = by_passkey(
        accounts, passkey.sign(accounts.passkeys.ask_to_sign_in(SITE))
    )
    bo = made(accounts, "bo")
    theirs = accounts.own_factors.of_user(ann.id).passkeys[0]

    assert not accounts.own_factors.rename_passkey(bo, theirs.id, "mine now")
    assert accounts.own_factors.rename_passkey(ann, theirs.id, "  old   laptop ")
    assert accounts.own_factors.of_user(ann.id).passkeys[0].name == "old laptop"
    with pytest.raises(LastFactor):
        accounts.own_factors.remove_passkey(signed_in, theirs.id)
    added_second = PasskeyOfATest(SITE.origin)
    options = accounts.passkeys.ask_for_new(SITE, ann, signed_in.token)
    more = accounts.own_factors.add_passkey(
        signed_in, SITE, added_second.make(options), ""
    )
    assert accounts.own_factors.remove_passkey(more.signed_in, theirs.id)
    assert [one.name for one in accounts.passkeys.of_user(ann.id)] == ["Passkey"]


JUNK = st.recursive(
    st.none() | st.integers() | st.text(max_size=20),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("id", "rawId", "type", "response", "clientDataJSON", "signature")
            ),
            parts,
            max_size=6,
        )
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=JUNK.map(json.dumps) | st.text(max_size=60))
def test_no_junk_from_a_browser_is_more_than_refused(accounts, answer):
    passkeys = accounts.passkeys

    assert passkeys.made(SITE, answer, "token") is None
    assert passkeys.answered(SITE, answer, token=None, user_id=None) is None


@pytest.mark.parametrize("length", [LONGEST_ANSWER + 1])
def test_an_answer_that_is_too_long_or_too_deep_is_refused(accounts, length):
    for answer in ("[" * length, "[" * (length // 2), '{"id": "' + "A" * length):
        assert accounts.passkeys.made(SITE, answer, "token") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(("clientDataJSON", "authenticatorData", "signature")),
    share=st.floats(0, 1, exclude_max=True),
    sign=st.sampled_from("ABCDabcd0123-_"),
)
def test_no_changed_byte_of_an_answer_is_let_in(accounts, passkey, name, share, sign):
    answer = json.loads(passkey.sign(accounts.passkeys.ask_to_sign_in(SITE)))
    text = answer["response"][name]
    # The last sign holds bits that are not part of the bytes.
    at = int(share * (len(text) - 1))
    changed = text[:at] + sign + text[at + 1 :]
    answer["response"][name] = changed

    found = accounts.passkeys.answered(
        SITE, json.dumps(answer), token=None, user_id=None
    )

    assert (found is None) == (changed != text)
