"""Does `screening seal` make what PDFs are signed with, and does `verify` know it?"""

import stat

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from screening.report.seal import load_seal
from tests.cli.running import json_lines, run


@pytest.fixture
def seal(tmp_path):
    result = run("seal", "--name", "Riverside Clinic", "--instance", tmp_path)
    assert result.exit_code == 0, result.output
    return tmp_path / "seal.p12"


@pytest.fixture
def signed(seal, tmp_path):
    answers = tmp_path / "patient.yaml"
    answers.write_text("age: 44\n", "utf-8")
    run("summary", "ocd-ketamine", answers, "-o", tmp_path / "p.pdf", "--seal", seal)
    return tmp_path / "p.pdf"


def settings(seal):
    return {"SCREENING_SEAL_FILE": str(seal)}


def test_the_seal_can_be_read_by_its_owner_alone(seal):
    assert stat.S_IMODE(seal.stat().st_mode) == 0o600
    assert load_seal(seal).name == "Riverside Clinic"


def test_a_seal_that_is_there_is_left_alone(seal):
    before = seal.read_bytes()

    result = run("seal", "--name", "Other", "--instance", seal.parent)

    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert seal.read_bytes() == before


def test_a_clinic_without_a_name_is_asked_for_one(tmp_path):
    result = run("seal", "--instance", tmp_path)

    assert result.exit_code == 2
    assert "--name" in result.stderr


def test_a_signed_summary_is_known_to_the_clinic_that_signed_it(seal, signed):
    result = run("verify", signed, "--require-signature", settings=settings(seal))

    assert result.exit_code == 0, result.output
    assert "Signed by Riverside Clinic" in result.stdout
    assert "the certificate is one you trust" in result.stdout


def test_a_certificate_can_be_named_that_vouches_for_it(seal, signed, tmp_path):
    certificate = load_seal(seal).certificate
    for encoding in (Encoding.PEM, Encoding.DER):
        file = tmp_path / "certificate"
        file.write_bytes(certificate.public_bytes(encoding))

        [told] = json_lines(run("verify", signed, "--trust", file, "--json"))

        assert told["signatures"][0]["is_known"]


def test_what_is_no_certificate_is_told(signed):
    result = run("verify", signed, "--trust", signed)

    assert result.exit_code == 2
    assert "is not a certificate" in result.stderr


def test_without_anybody_who_vouches_for_it_that_is_said(signed):
    result = run("verify", signed)

    assert result.exit_code == 0
    assert "nobody here vouches" in result.stdout


def test_a_pdf_that_was_changed_after_signing_is_told(seal, signed):
    signed.write_bytes(signed.read_bytes() + b"\n% more")

    result = run("verify", signed, settings=settings(seal))

    assert result.exit_code == 1
    assert "CHANGED AFTER IT WAS SIGNED" in result.stdout


def test_a_signature_that_went_is_an_error_where_one_is_asked_for(signed, tmp_path):
    with pikepdf.open(signed) as opened:
        del opened.Root.AcroForm, opened.Root.Perms
        for page in opened.pages:
            page.Annots = pikepdf.Array()
        opened.save(tmp_path / "bare.pdf")

    assert run("verify", tmp_path / "bare.pdf").exit_code == 0
    asked = run("verify", tmp_path / "bare.pdf", "--require-signature")
    assert asked.exit_code == 1
    assert "carries no signature" in asked.stdout


def test_a_seal_that_can_not_be_opened_is_told(signed, tmp_path):
    (tmp_path / "no.p12").write_bytes(b"words")

    told = run("verify", signed, settings=settings(tmp_path / "no.p12"))

    assert told.exit_code == 1
    assert "no.p12: the seal can't be opened" in told.stderr
