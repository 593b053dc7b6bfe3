"""Does a sealed record open in its own place, and nowhere else?"""

import dataclasses
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.store.problems import RecordUnreadable
from screening.store.vault import RecordPlace, Vault
from tests.store.fixtures import ring

HERE = RecordPlace(table="drafts", row_id="a", column="content")


def vault(**settings):
    return Vault(ring(**settings), random_bytes=secrets.token_bytes)


@given(st.binary())
def test_what_was_sealed_opens_as_it_was(content):
    sealed = vault().seal(content, HERE)

    opened = vault().open(sealed, HERE)

    assert opened == content


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"table": "submissions"},
        {"row_id": "b"},
        {"column": "identity"},
    ],
)
def test_a_record_moved_elsewhere_does_not_open(elsewhere):
    sealed = vault().seal(b"secret", HERE)

    with pytest.raises(RecordUnreadable, match="not sealed for this row"):
        vault().open(sealed, dataclasses.replace(HERE, **elsewhere))


@pytest.mark.parametrize("part", ["wrapped_key", "ciphertext"])
def test_the_parts_of_two_records_of_one_row_do_not_mix(part):
    first, second = vault().seal(b"first", HERE), vault().seal(b"second", HERE)
    mixed = dataclasses.replace(first, **{part: getattr(second, part)})

    with pytest.raises(RecordUnreadable):
        vault().open(mixed, HERE)


@given(st.data())
def test_a_record_with_one_changed_bit_or_a_cut_end_does_not_open(data):
    sealed = vault().seal(b"secret", HERE)
    part = data.draw(st.sampled_from(["wrapped_key", "ciphertext"]))
    content = bytearray(getattr(sealed, part))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    damaged = bytes(content) if data.draw(st.booleans()) else bytes(content[:at])

    with pytest.raises(RecordUnreadable):
        vault().open(dataclasses.replace(sealed, **{part: damaged}), HERE)


def test_a_record_under_an_older_key_still_opens():
    sealed = vault(key_ids=("k1",)).seal(b"secret", HERE)
    newer = ring(key_ids=("k2",), start=90)
    both = dataclasses.replace(newer, encryption=newer.encryption + ring().encryption)

    opened = Vault(both, random_bytes=secrets.token_bytes).open(sealed, HERE)

    assert opened == b"secret"


def test_a_record_whose_key_is_not_in_the_ring_names_the_key():
    sealed = vault(key_ids=("k1",)).seal(b"secret", HERE)

    with pytest.raises(RecordUnreadable, match="no key 'k1'"):
        vault(key_ids=("k2",)).open(sealed, HERE)


def test_a_record_does_not_open_under_another_key_of_the_same_name():
    sealed = vault().seal(b"secret", HERE)

    with pytest.raises(RecordUnreadable):
        vault(start=90).open(sealed, HERE)


def test_no_data_key_and_no_nonce_is_used_twice():
    sealed = [vault().seal(b"the same", HERE) for _ in range(500)]

    nonces = {each.ciphertext[:12] for each in sealed}
    nonces |= {each.wrapped_key[:12] for each in sealed}

    assert len(nonces) == 1000
    assert len({each.ciphertext for each in sealed}) == 500


def test_a_sealed_record_shows_nothing_of_itself():
    sealed = vault().seal(b"secret", HERE)

    assert repr(sealed) == "Sealed(key_id='k1')"


def test_a_place_cannot_be_written_in_two_ways():
    with pytest.raises(ValueError, match="may not contain"):
        RecordPlace(table="drafts", row_id="a|b", column="content")
