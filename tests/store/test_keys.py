"""Which key rings are good enough to start with?"""

import json
import secrets
from base64 import b64encode

import pytest

from screening.store.keys import create_key_file, load_key_file, load_keys
from screening.store.problems import KeyProblem
from tests.store.fixtures import ring, ring_text


def changed(**parts):
    return json.dumps(json.loads(ring_text()) | parts)


def encoded(key):
    return b64encode(key).decode()


def test_a_new_key_file_can_be_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "keys.json"

    create_key_file(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(load_key_file(path).active.key) == 32


def test_two_new_key_files_share_no_key(tmp_path):
    for name in ("one", "two"):
        create_key_file(tmp_path / name)

    one, two = load_key_file(tmp_path / "one"), load_key_file(tmp_path / "two")

    assert len({one.audit, one.cookies, one.codes, one.active.key, two.audit}) == 5
    assert one.active.id != two.active.id


def test_a_key_file_is_never_written_over(tmp_path):
    path = tmp_path / "keys.json"
    create_key_file(path)
    before = path.read_bytes()

    with pytest.raises(KeyProblem, match="the file exists"):
        create_key_file(path)

    assert path.read_bytes() == before


def test_a_key_file_in_a_folder_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(KeyProblem, match="cannot be written"):
        create_key_file(tmp_path / "nowhere" / "keys.json")


def test_a_key_file_that_everybody_can_read_is_refused(tmp_path):
    path = tmp_path / "keys.json"
    create_key_file(path)
    path.chmod(0o644)

    with pytest.raises(KeyProblem, match="chmod 600"):
        load_key_file(path)


def test_a_key_file_that_its_group_can_change_is_refused(tmp_path):
    path = tmp_path / "keys.json"
    create_key_file(path)
    path.chmod(0o660)

    with pytest.raises(KeyProblem, match="chmod 600"):
        load_key_file(path)


@pytest.mark.parametrize("mode", [0o400, 0o440, 0o600, 0o640])
def test_a_key_file_that_its_group_can_read_is_taken(tmp_path, mode):
    path = tmp_path / "keys.json"
    create_key_file(path)
    path.chmod(mode)

    assert load_key_file(path).active.id


def test_a_missing_key_file_is_named(tmp_path):
    with pytest.raises(KeyProblem, match=r"gone\.json: the key file cannot be read"):
        load_key_file(tmp_path / "gone.json")


def test_keys_come_from_the_environment_when_no_file_is_named():
    keys = load_keys(environment={"SCREENING_KEYS": ring_text(key_ids=("k2", "k1"))})

    assert keys.active.id == "k2"


def test_no_keys_at_all_is_a_problem():
    with pytest.raises(KeyProblem, match="there are no keys"):
        load_keys(environment={})


def test_keys_in_two_places_are_a_problem(tmp_path):
    with pytest.raises(KeyProblem, match="here and in the file"):
        load_keys(
            path=tmp_path / "keys.json", environment={"SCREENING_KEYS": ring_text()}
        )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "exactly the parts"),
        ('{"audit": "x"}', "exactly the parts"),
        (changed(spare="x"), "exactly the parts"),
        (changed(encryption=[]), "at least one key"),
        (changed(encryption="x"), "at least one key"),
        (changed(encryption=[{"id": "k1"}]), "exactly an id and a key"),
        (changed(encryption=[{"id": "K 1", "key": "x"}]), "small letters"),
        (changed(encryption=[{"id": "a|b", "key": "x"}]), "small letters"),
        (changed(audit=None), '"audit" is not 32 bytes'),
        (changed(audit="é"), '"audit" is not 32 bytes'),
        (changed(cookies=encoded(secrets.token_bytes(31))), '"cookies" is not 32'),
        (changed(codes=encoded(secrets.token_bytes(33))), '"codes" is not 32'),
        (changed(codes=encoded(bytes(32))), "repeats itself"),
        (changed(codes=encoded(b"0123456789" + b"\xff" * 22)), "repeats itself"),
        (changed(codes=encoded(b"change-me-before-you-go-live-ok!")), "typed"),
        (changed(audit=json.loads(ring_text())["codes"]), "in two places"),
        (
            changed(
                encryption=[
                    {"id": "k1", "key": encoded(secrets.token_bytes(32))},
                    {"id": "k1", "key": encoded(secrets.token_bytes(32))},
                ]
            ),
            "the same id",
        ),
    ],
)
def test_a_ring_that_is_not_good_enough_is_refused(text, fault):
    with pytest.raises(KeyProblem, match=fault):
        load_keys(environment={"SCREENING_KEYS": text})


def test_a_refusal_shows_no_part_of_a_key():
    short = encoded(secrets.token_bytes(24))

    with pytest.raises(KeyProblem) as refused:
        load_keys(environment={"SCREENING_KEYS": changed(audit=short)})

    assert short[:8] not in str(refused.value)


def test_a_ring_shows_no_key():
    keys = ring()

    shown = f"{keys!r} {keys} {keys.active!r}"

    for secret in (keys.audit, keys.cookies, keys.codes, keys.active.key):
        assert repr(secret) not in shown
        assert repr(secret)[2:10] not in shown


def test_the_mac_of_a_code_depends_on_its_purpose_and_the_ring():
    macs = {
        ring().code_mac("invitation", "code"),
        ring().code_mac("limit", "code"),
        ring().code_mac("invitation", "Code"),
        ring(start=50).code_mac("invitation", "code"),
    }

    assert len(macs) == 4
