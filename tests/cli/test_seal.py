"""Can a clinic make its own seal, and is a PDF signed with it?"""

import stat
from datetime import UTC, datetime

import pytest
from cryptography.x509 import load_pem_x509_certificate

from screening.cli.instance import SEAL
from screening.report.signatures import signature_of
from screening.report.signing import load_seal
from tests.cli.running import run

NAME = "Riverside Clinic"


@pytest.fixture
def sealed(own_folder):
    """An instance with a seal."""
    assert run("init", "clinic").exit_code == 0
    result = run("seal", "--name", NAME, "--instance", "clinic")
    assert result.exit_code == 0, result.output
    return own_folder / "clinic"


def test_a_seal_is_for_its_owner_alone_and_its_certificate_for_all(sealed):
    seal = load_seal(sealed / SEAL, at=datetime.now(UTC))

    assert stat.S_IMODE((sealed / SEAL).stat().st_mode) == 0o600
    assert seal.name == NAME
    held = load_pem_x509_certificate((sealed / "seal.pem").read_bytes())
    assert held == seal.certificate
    assert b"PRIVATE" not in (sealed / "seal.pem").read_bytes()


def test_it_is_said_how_a_seal_is_put_to_use(sealed):
    (sealed / SEAL).rename(sealed / "old.p12")
    (sealed / "seal.pem").rename(sealed / "old.pem")

    result = run("seal", "--name", NAME, "--instance", "clinic")

    assert f"SCREENING_SEAL_FILE={sealed / SEAL}" in result.stdout
    assert "# SCREENING_SEAL_FILE=" in (sealed / "screening.env").read_text()


@pytest.mark.parametrize("gone", [SEAL, "seal.pem", "neither"])
def test_neither_seal_nor_certificate_is_ever_replaced(sealed, gone):
    (sealed / gone).unlink(missing_ok=True)
    before = {path.name: path.read_bytes() for path in sealed.glob("seal.*")}

    result = run("seal", "--name", NAME, "--instance", "clinic")

    assert result.exit_code == 1
    assert "has a seal already" in result.stderr
    assert {path.name: path.read_bytes() for path in sealed.glob("seal.*")} == before


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 65])
def test_a_name_that_will_not_do_is_told(sealed, name):
    result = run("seal", "--name", name, "--instance", "clinic")

    assert result.exit_code == 2
    assert "one line of 1 to 64 characters" in result.stderr


def test_a_seal_needs_a_folder():
    result = run("seal", "--name", NAME, "--instance", "nowhere")

    assert result.exit_code == 2
    assert "screening init nowhere" in result.stderr


def test_a_summary_is_signed_where_a_seal_is_given_and_only_there(sealed, answers):
    name = answers("l1.json")
    settings = {"SCREENING_SEAL_FILE": str(sealed / SEAL)}
    given = ("summary", "ocd-ketamine", name)

    plain = run(*given, "-o", "plain.pdf", settings=settings)
    signed = run(*given, "-o", "signed.pdf", "--seal", sealed / SEAL)

    assert (plain.exit_code, signed.exit_code) == (0, 0), signed.output
    home = sealed.parent
    assert signature_of((home / "plain.pdf").read_bytes(), []) is None
    found = signature_of((home / "signed.pdf").read_bytes(), [])
    assert (found.name, found.faults) == (NAME, ())


def test_a_seal_that_will_not_do_is_told_before_anything_is_written(
    own_folder, sealed, answers
):
    (own_folder / "words").write_text("hush hush\n")
    given = ("summary", "ocd-ketamine", answers("l1.json"), "-o", "one.pdf")

    wrong = run(*given, "--seal", sealed / SEAL, "--passphrase-file", "words")
    missing = run(*given, "--seal", "none.p12")
    alone = run(*given, "--passphrase-file", "words")

    assert (wrong.exit_code, missing.exit_code, alone.exit_code) == (1, 1, 2)
    assert "passphrase does not open it" in wrong.stderr
    assert "hush" not in wrong.output
    assert "can't be read" in missing.stderr
    assert "--seal names none" in alone.stderr
    assert not (own_folder / "one.pdf").exists()
