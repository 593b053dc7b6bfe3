"""Is a PDF signed as it should be, and is a seal that will not do told in words?"""

import re
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    pkcs12,
)

from screening.report.pdf import render
from screening.report.signing import (
    MEANING,
    SealProblem,
    load_seal,
    passphrase_in,
    self_made,
    sign,
    signed_pdf,
)
from tests.report.patients import worked
from tests.report.seals import (
    AT,
    CLINIC,
    YEARS,
    issued,
    kept,
    not_for_signing,
    seal,
    seal_file,
    without_key,
)

PASSPHRASE = "eleven brass kettles"


@pytest.fixture(scope="module")
def plain():
    return render(worked("L1"))


@pytest.fixture(scope="module")
def signed(plain):
    return sign(plain, seal(), AT.astimezone(ZoneInfo("America/New_York")), MEANING)


def signature_in(pdf):
    [field] = pypdf.PdfReader(BytesIO(pdf)).root_object["/AcroForm"]["/Fields"]
    return field.get_object()


def text_of(pdf):
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def with_passphrase(path):
    opened = pkcs12.load_pkcs12(seal_file(), None)
    return kept(
        path,
        pkcs12.serialize_key_and_certificates(
            b"clinic",
            opened.key,
            opened.cert.certificate,
            None,
            BestAvailableEncryption(PASSPHRASE.encode()),
        ),
    )


def test_a_signature_is_one_update_after_the_pdf(plain, signed):
    assert signed.startswith(plain)
    assert signed.count(b"%%EOF") == plain.count(b"%%EOF") + 1


def test_a_signature_says_who_when_and_why_in_the_form_of_pades(signed):
    held = signature_in(signed)["/V"]

    assert held["/SubFilter"] == "/ETSI.CAdES.detached"
    assert held["/Name"] == CLINIC
    assert held["/Reason"] == MEANING
    assert held["/M"] == "D:20261124043000-05'00'"


def test_a_signature_permits_no_change(signed):
    held = signature_in(signed)["/V"]
    root = pypdf.PdfReader(BytesIO(signed)).root_object

    assert held["/Reference"][0]["/TransformMethod"] == "/DocMDP"
    assert held["/Reference"][0]["/TransformParams"]["/P"] == 1
    assert root["/Perms"]["/DocMDP"] == held


def test_the_field_is_named_and_not_to_be_seen(signed):
    field = signature_in(signed)

    assert (field["/T"], field["/TU"]) == ("Clinic", "Signature of the clinic")
    assert len(set(field["/Rect"])) == 1
    assert field["/F"] & 4


def test_a_signature_leaves_what_the_file_says_of_itself(plain, signed):
    before, after = (pypdf.PdfReader(BytesIO(one)) for one in (plain, signed))

    assert after.metadata == before.metadata
    assert after.xmp_metadata.stream.get_data() == before.xmp_metadata.stream.get_data()
    assert b"pyHanko" not in signed


def test_the_pages_say_who_signed_and_how_to_check_it():
    said = text_of(signed_pdf(worked("L1"), seal(), AT, "Europe/London"))

    assert f"Signed by {CLINIC}" in said
    assert "When 24 November 2026, 09:30 Europe/London" in said
    assert f"Meaning {MEANING}" in said
    assert "To check it screening verify" in said


def test_a_pdf_without_a_seal_says_nothing_of_a_signature(plain):
    assert not re.search("Signed by|screening verify", text_of(plain))


def test_a_self_made_seal_signs_for_two_years_and_nothing_else():
    held = seal().certificate
    usage = held.extensions.get_extension_for_class(x509.KeyUsage).value

    assert held.not_valid_after_utc - held.not_valid_before_utc == YEARS
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert held.issuer == held.subject


def test_a_seal_is_read_with_its_passphrase(tmp_path):
    path = with_passphrase(tmp_path / "seal.p12")
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\r\nanother line\n")

    found = load_seal(path, passphrase_in(tmp_path / "passphrase"), at=AT)

    assert found.name == CLINIC
    assert found.is_valid(AT)
    assert not found.is_valid(AT + YEARS)


def test_a_seal_of_an_authority_brings_its_certificate_along():
    found, root = issued()

    assert found.others == (root,)


def test_a_wrong_passphrase_is_told_and_not_shown(tmp_path):
    path = with_passphrase(tmp_path / "seal.p12")

    with pytest.raises(SealProblem, match="passphrase does not open it") as told:
        load_seal(path, "twelve tin kettles")

    assert "kettles" not in str(told.value)
    assert "kettles" not in repr(told.value.__dict__)


def test_a_missing_passphrase_is_told(tmp_path):
    with pytest.raises(SealProblem, match="it needs one"):
        load_seal(with_passphrase(tmp_path / "seal.p12"))


def test_a_passphrase_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe")

    with pytest.raises(SealProblem, match="No such file"):
        passphrase_in(tmp_path / "none")
    with pytest.raises(SealProblem, match="not text"):
        passphrase_in(tmp_path / "binary")


def test_a_missing_seal_is_told(tmp_path):
    with pytest.raises(SealProblem, match=r"none\.p12: the seal can't be read"):
        load_seal(tmp_path / "none.p12")


def test_a_seal_that_everybody_can_read_is_told(tmp_path):
    path = kept(tmp_path / "seal.p12", seal_file())
    path.chmod(0o644)

    with pytest.raises(SealProblem, match="chmod 600"):
        load_seal(path)


@pytest.mark.parametrize("content", [b"", b"words", seal_file()[:400]])
def test_what_is_no_seal_is_told(tmp_path, content):
    with pytest.raises(SealProblem, match="no PKCS#12 file"):
        load_seal(kept(tmp_path / "seal.p12", content))


def test_a_file_without_a_key_is_told(tmp_path):
    with pytest.raises(SealProblem, match="does not hold a private key"):
        load_seal(kept(tmp_path / "seal.p12", without_key()))


def test_a_certificate_for_other_things_is_told(tmp_path):
    with pytest.raises(SealProblem, match="not made out for signing"):
        load_seal(kept(tmp_path / "seal.p12", not_for_signing()))


@pytest.mark.parametrize("days", [-3, 800])
def test_a_certificate_that_is_not_valid_is_told_unless_only_looked_at(tmp_path, days):
    path = kept(tmp_path / "seal.p12", seal_file())

    with pytest.raises(SealProblem, match="valid from 2026-11-23 to 2028-11-22"):
        load_seal(path, at=AT + timedelta(days=days))

    assert load_seal(path).name == CLINIC


def test_nothing_secret_is_shown_with_a_seal():
    assert "key=" not in repr(seal())


def test_two_self_made_seals_are_not_the_same():
    assert self_made(CLINIC, AT) != self_made(CLINIC, AT)
