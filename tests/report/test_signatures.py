"""Is every way of changing a signed PDF found, and who signed it told?"""

import re
import subprocess
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from screening.report.inside import NotOursError, inside
from screening.report.pades import _Signer
from screening.report.pdf import render
from screening.report.signatures import signature_of
from screening.report.signing import MEANING, self_made, sign, signed_pdf
from tests.report.patients import worked
from tests.report.seals import AT, CLINIC, issued, loaded, seal

ADDED = "does not cover"
CHANGED = "not the one that was signed"
HOLE = re.compile(rb"/Contents <([0-9A-Fa-f]+)>")


@pytest.fixture(scope="module")
def signed():
    return signed_pdf(worked("L1"), seal(), AT, "Europe/London")


def faults_of(pdf):
    return " ".join(signature_of(pdf, [seal().certificate]).faults)


def updated(pdf):
    """Return the PDF with an update after its end, as an editor writes one."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = page["/Rotate"]
    writer.update_container(page)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def signed_again(pdf):
    """Return the PDF with a second signature, of somebody else who permits it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    del writer.root["/Perms"]
    writer.update_root()
    metadata = PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    return PdfSigner(metadata, _Signer(issued()[0])).sign_pdf(writer).getvalue()


def with_range(pdf, change):
    """Return the PDF with other numbers of the bytes that are covered."""
    found = re.search(rb"/ByteRange (\[[^]]*\])( *)", pdf)
    numbers = [int(one) for one in found[1].strip(b"[]").split()]
    text = b"[%d %d %d %d]" % tuple(change(*numbers))
    room = len(found[1]) + len(found[2])
    return pdf[: found.start(1)] + text.ljust(room) + pdf[found.end() :]


def test_a_signature_is_told_with_who_when_and_why(signed):
    found = signature_of(signed, [seal().certificate])

    assert found.faults == ()
    assert found.is_trusted
    assert (found.name, found.at, found.meaning) == (CLINIC, AT, MEANING)
    assert len(found.certificate_sha256) == 64


def test_another_reader_of_pdfs_finds_the_same(signed, tmp_path):
    (tmp_path / "signed.pdf").write_bytes(signed)
    (tmp_path / "more.pdf").write_bytes(updated(signed))

    whole, more = (
        subprocess.run(
            ["pdfsig", "-nocert", tmp_path / name],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for name in ("signed.pdf", "more.pdf")
    )

    assert "Signature is Valid" in whole
    assert "Total document signed" in whole
    assert f"Common Name: {CLINIC}" in whole
    assert "Not total document signed" in more


def test_a_pdf_without_a_signature_has_none():
    assert signature_of(render(worked("L1")), [seal().certificate]) is None


def test_a_signature_that_nobody_vouches_for_holds_and_is_not_trusted(signed):
    for trusted in ([], [seal("Somebody Else").certificate]):
        found = signature_of(signed, trusted)

        assert found.faults == ()
        assert not found.is_trusted


def test_another_certificate_of_the_same_name_is_not_trusted():
    forger = loaded(self_made(CLINIC, AT))
    forged = sign(render(worked("L1")), forger, AT, MEANING)

    found = signature_of(forged, [seal().certificate])

    assert found.name == CLINIC
    assert not found.is_trusted


def test_a_certificate_that_an_authority_vouches_for_is_trusted():
    clinic, root = issued()

    found = signature_of(sign(render(worked("L1")), clinic, AT, MEANING), [root])

    assert found.faults == ()
    assert found.is_trusted
    assert found.name == "Hill Clinic"


def places(signed):
    """Give places all over the file, more of them in what signs it."""
    start, hole = signed.index(b"%%EOF"), HOLE.search(signed)
    return [
        *range(10, start, start // 12),
        *range(start, len(signed), 400),
        hole.end(1) - 1,
        len(signed) - 3,
    ]


def test_a_changed_byte_is_found_wherever_it_is(signed):
    unseen = []
    for at in places(signed):
        changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
        try:
            found = signature_of(changed, [seal().certificate])
        except NotOursError:
            continue
        if found is None or not found.faults:
            unseen.append(at)

    assert unseen == []


def test_one_changed_letter_of_a_page_is_told_as_a_change(signed):
    changed = bytearray(signed)
    changed[signed.index(b"stream\n") + 40] ^= 1

    assert CHANGED in faults_of(bytes(changed))


def test_an_update_after_the_signature_is_found(signed):
    assert ADDED in faults_of(updated(signed))


@pytest.mark.parametrize("more", [b"\n", b"%", b" % words"])
def test_bytes_after_the_end_are_found(signed, more):
    assert ADDED in faults_of(signed + more)


@pytest.mark.parametrize("more", [b"\n%%EOF\n", b"\0" * 2000])
def test_an_end_that_can_not_be_read_is_found(signed, more):
    with pytest.raises(NotOursError, match="changed or is missing"):
        signature_of(signed + more, [])


def test_a_signature_of_another_pdf_is_found(signed):
    other = signed_pdf(worked("U1"), seal(), AT, "Europe/London")
    moved = HOLE.sub(HOLE.search(signed)[0], other)

    assert CHANGED in faults_of(moved)


def test_another_meaning_than_was_signed_is_found(signed):
    assert CHANGED in faults_of(signed.replace(b"clinical", b"Clinical"))


def test_a_second_signature_is_found(signed):
    assert "There are 2 signatures" in faults_of(signed_again(signed))


@pytest.mark.parametrize(
    "change",
    [
        lambda _, length, after, rest: (0, length, after, rest - 20),
        lambda _, length, after, rest: (0, length - 400, after, rest),
        lambda _, length, after, rest: (0, length, after + 400, rest - 400),
        lambda _, length, after, rest: (9, length - 9, after, rest),
        lambda *_: (0, 0, 0, 0),
        lambda _, length, after, rest: (0, after, length, rest),
    ],
)
def test_a_signature_that_does_not_cover_the_whole_file_is_found(signed, change):
    assert ADDED in faults_of(with_range(signed, change))


def test_what_hides_beside_the_signature_is_found(signed):
    hole = HOLE.search(signed)
    hidden = signed[: hole.end(1) - 40] + b"> /Hidden <" + signed[hole.end(1) - 29 :]

    assert ADDED in faults_of(hidden)


def test_a_signature_made_with_another_key_is_found(signed):
    cms = bytearray(bytes.fromhex(HOLE.search(signed)[1].decode()))
    last = len(cms.rstrip(b"\0")) - 1
    cms[last] ^= 1
    forged = signed.replace(HOLE.search(signed)[1], cms.hex().upper().encode())

    assert "not made with the key" in faults_of(forged)


@pytest.mark.parametrize("days", [-30, 1000])
def test_a_certificate_that_was_not_valid_then_is_told(days):
    pdf = sign(render(worked("L1")), seal(), AT + timedelta(days=days), MEANING)

    found = signature_of(pdf, [seal().certificate])

    assert "was not valid" in " ".join(found.faults)
    assert not found.is_trusted


def test_a_signature_that_is_none_is_told(signed):
    hole = HOLE.search(signed)[1]
    empty = signed.replace(hole, b"0" * len(hole))
    strange = signed.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.attached")

    assert faults_of(empty) == "The signature can't be read."
    assert faults_of(strange) == "The signature can't be read."


def test_a_signature_that_was_taken_off_is_missed_by_the_pages(signed):
    cut = signed[: signed.index(b"%%EOF") + 6]
    with pikepdf.open(BytesIO(signed)) as opened:
        del opened.Root.AcroForm
        del opened.pages[0].Annots
        saved = BytesIO()
        opened.save(saved)

    for stripped in (cut, saved.getvalue()):
        assert signature_of(stripped, []) is None
        assert inside(stripped).says_signed


def test_a_pdf_that_was_never_signed_does_not_say_that_it_was():
    assert not inside(render(worked("L1"))).says_signed


@pytest.mark.parametrize("content", [b"", b"words", b"%PDF-1.7\n", b"%PDF" * 400])
def test_what_is_no_pdf_is_told(content):
    with pytest.raises(NotOursError):
        signature_of(content, [])


def test_a_pdf_that_is_cut_short_brings_words_and_no_traceback(signed):
    for end in range(0, len(signed), len(signed) // 60):
        try:
            found = signature_of(signed[:end], [])
        except NotOursError:
            continue
        assert found is None or found.faults
