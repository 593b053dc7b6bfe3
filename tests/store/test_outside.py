"""Are codes, ids and instants written so that they come back the same?"""

import secrets
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.store.outside import (
    CROCKFORD,
    crockford_code,
    in_utc,
    is_id,
    read_crockford,
    url_token,
    written,
)


def test_a_code_is_read_however_it_is_typed():
    code = crockford_code(secrets.token_bytes, groups=2)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert read_crockford(typed, groups=2) == code
    assert read_crockford(code, groups=2) == code


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-2XRU", "K7QM-2XR\0", "٣" * 8])
def test_what_cannot_be_a_code_is_not_read(typed):
    assert read_crockford(typed, groups=2) is None


@given(st.text())
def test_reading_a_code_never_fails(typed):
    code = read_crockford(typed, groups=2)

    assert code is None or set(code) <= {*CROCKFORD, "-"}


def test_every_sign_of_a_code_is_equally_likely():
    codes = crockford_code(lambda size: bytes(range(256))[:size], groups=64)

    assert {codes.count(sign) for sign in CROCKFORD} == {8}


def test_an_id_has_the_form_of_an_id():
    assert is_id(url_token(secrets.token_bytes, 16))


@pytest.mark.parametrize("text", ["", "a" * 21, "a" * 23, "a" * 21 + "\n", "é" * 22])
def test_other_text_has_not_the_form_of_an_id(text):
    assert not is_id(text)


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="needs a time zone"):
        in_utc(datetime(2026, 3, 1))  # noqa: DTZ001 - that is what is refused


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=-5)))))
def test_written_instants_sort_like_the_instants(instant):
    later = datetime(2026, 3, 1, tzinfo=UTC)

    assert (written(instant) < written(later)) == (instant < later)
