"""Which passwords are taken, and does only the right one match?"""

import time

import pytest
from argon2 import PasswordHasher, extract_parameters

from screening.accounts.passwords import hash_password, is_match, rehashed
from screening.accounts.problems import PasswordFault, PasswordRefused

GOOD = "violet kettle orbit thumb"


def test_sec_29_a_password_is_kept_as_argon2id_of_at_least_the_strength_required():
    stored = hash_password(GOOD)

    strength = extract_parameters(stored)
    assert stored.startswith("$argon2id$")
    assert strength.memory_cost >= 19_456
    assert (strength.time_cost, strength.parallelism) >= (2, 1)


def test_only_the_password_itself_matches():
    stored = hash_password(GOOD)

    assert is_match(GOOD, stored)
    for other in (GOOD + " ", GOOD.upper(), "", GOOD[:-1]):
        assert not is_match(other, stored)


def test_the_same_password_is_kept_differently_each_time():
    assert hash_password(GOOD) != hash_password(GOOD)


def test_a_password_matches_however_the_keyboard_composed_it():
    stored = hash_password("café violet orbit Å")

    assert is_match("cafe\u0301 violet orbit A\u030a", stored)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", PasswordFault.TOO_SHORT),
        ("violet kettle!", PasswordFault.TOO_SHORT),
        ("vk orbit thumb " * 9, PasswordFault.TOO_LONG),
        ("\ufdfa" * 20, PasswordFault.TOO_LONG),
        ("violet kettle\0orbit", PasswordFault.UNREADABLE),
        ("violet kettle\ud800orbit", PasswordFault.UNREADABLE),
        ("passwordpassword", PasswordFault.TOO_COMMON),
        ("P@ssw0rd1234567!", PasswordFault.TOO_COMMON),
        ("aaaaaaaaaaaaaaaaaaaa", PasswordFault.TOO_COMMON),
        ("abababababababababab", PasswordFault.TOO_COMMON),
        ("123456789012345678", PasswordFault.TOO_COMMON),
        ("zyxwvutsrqponmlkji", PasswordFault.TOO_COMMON),
        ("qwertyuiopasdfghjkl", PasswordFault.TOO_COMMON),
        ("Ketamine-Clinic-2026", PasswordFault.TOO_COMMON),
        ("correct horse battery staple", PasswordFault.TOO_COMMON),
        ("ann.lindqvist-2026", PasswordFault.OWN_NAME),
        ("lindqvistlindqvist1", PasswordFault.OWN_NAME),
    ],
)
def test_sec_30_a_password_that_others_try_first_is_refused(password, fault):
    with pytest.raises(PasswordRefused) as refused:
        hash_password(password, names=("ann.l", "Ann Lindqvist"))

    assert refused.value.fault is fault
    assert not password or password not in str(refused.value)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "x9$Lq2!vTz7#mWp",
        "snow 😀 lantern 漢字 gravel",
        "v" * 3 + "kettle orbit" * 10,
        "my password is a purple lantern",
    ],
)
def test_sec_30_other_passwords_of_any_signs_are_taken(password):
    assert is_match(password, hash_password(password, names=("ann", "Ann Lindqvist")))


def test_sec_30_a_password_that_is_too_long_is_refused_before_it_is_hashed():
    start = time.perf_counter()
    matched = is_match("x" * 1_000_000, hash_of_nobody := None)
    took_s = time.perf_counter() - start

    assert hash_of_nobody is None
    assert not matched
    assert took_s < 0.005


def test_nobody_has_a_password():
    assert not is_match(GOOD, None)
    assert not is_match("", None)


def test_sec_31_a_user_who_is_not_there_costs_as_much_as_one_who_is():
    stored = hash_password(GOOD)

    def least_s(stored):
        durations = []
        for _ in range(5):
            start = time.process_time()
            is_match("violet kettle orbit thumbs", stored)
            durations.append(time.process_time() - start)
        return min(durations)

    assert least_s(None) == pytest.approx(least_s(stored), rel=0.5)


def test_a_stored_hash_that_is_damaged_matches_nothing():
    assert not is_match(GOOD, "$argon2id$damaged")


def test_sec_29_a_weaker_hash_is_made_anew_and_a_good_one_is_left():
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)

    stronger = rehashed(GOOD, weak)

    assert is_match(GOOD, weak)
    assert is_match(GOOD, stronger)
    assert extract_parameters(stronger).memory_cost == 19_456
    assert rehashed(GOOD, stronger) is None
