"""Does `screening audit verify` see what was done to the trail?"""

import sqlite3

import pytest

from tests.cli.running import json_lines, run

PASSWORD = "seven plums under a grey roof"


@pytest.fixture
def clinic(own_folder):
    assert run("init", "clinic").exit_code == 0
    for name in ("ada", "bob", "cy"):
        done = run(
            *("user", "add", name, "--role", "clinician"),
            *("--password-stdin", "--instance", "clinic"),
            given=PASSWORD + "\n",
        )
        assert done.exit_code == 0, done.output
    return own_folder / "clinic"


def verify(*words):
    return run("audit", "verify", "--instance", "clinic", *words)


def tampered(clinic, *statements):
    """Do to the database what only its owner could, triggers and all."""
    with sqlite3.connect(clinic / "screening.sqlite3") as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in names:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount > 0
    database.close()


def test_a_whole_trail_is_said_to_be_whole_and_that_is_a_row_too(clinic):
    first, second = verify(), verify()

    assert first.exit_code == second.exit_code == 0
    assert "is whole: 3 rows" in first.stdout
    assert "is whole: 4 rows" in second.stdout


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("UPDATE audit SET mac = upper(mac) WHERE seq = 3", 3),
    ],
)
def test_a_row_that_was_changed_or_taken_out_is_told(clinic, statement, row):
    tampered(clinic, statement)

    result = verify()

    assert result.exit_code == 1
    assert f"from row {row} on" in result.stdout
    [told] = json_lines(verify("--json"))
    assert told["broken_at"] == row


def test_rows_that_were_cut_off_are_missed_with_a_noted_head(clinic):
    head = verify().stdout.split("Head: ")[1].strip()
    assert verify("--noted", head).exit_code == 0

    tampered(clinic, "DELETE FROM audit WHERE seq >= 3")

    assert verify("--noted", head).exit_code == 1
    assert verify().exit_code == 0


def test_a_head_that_is_none_is_refused(clinic):
    result = verify("--noted", "3")

    assert result.exit_code == 2
    assert "as it was printed" in result.stderr
