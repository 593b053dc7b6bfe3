"""Does a signature show every change of a PDF, and who vouches for it?"""

import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from screening.report.inside import NotOursError
from screening.report.pdf import render
from screening.report.seal import SealProblem, load_seal, self_made
from screening.report.signatures import signatures_of
from screening.report.signing import MEANING, render_signed, sign
from tests.report.patients import SENT, worked
from tests.report.test_pdf import squeezed, text_of

AT = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def seal(tmp_path_factory):
    file = tmp_path_factory.mktemp("seal") / "seal.p12"
    file.write_bytes(self_made("Riverside Clinic", SENT))
    return load_seal(file)


@pytest.fixture(scope="module")
def signed(seal):
    return render_signed(worked("R2"), seal, AT, "Europe/London")


def only_signature(pdf, *trusted):
    [found] = signatures_of(pdf, [seal.certificate for seal in trusted])
    return found


def test_a_signature_says_who_when_and_what_it_means(seal, signed):
    found = only_signature(signed, seal)

    assert (found.by, found.at, found.meaning) == ("Riverside Clinic", AT, MEANING)
    assert found.holds
    assert found.covers_all
    assert found.is_known


def test_who_signed_stands_on_the_pages_too(signed):
    text = squeezed(text_of(signed, "-raw"))

    for said in ("Riverside Clinic", "24 November 2026, 08:15 Europe/London", MEANING):
        assert squeezed(said) in text


def test_the_signature_is_of_the_kind_that_pades_asks_for(signed):
    with pikepdf.open(io.BytesIO(signed)) as opened:
        [field] = opened.Root.AcroForm.Fields
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert field.V.Reference[0].TransformMethod == "/DocMDP"
        assert int(field.V.Reference[0].TransformParams.P) == 1


def test_what_is_signed_is_the_pdf_itself(signed):
    reader = PdfFileReader(io.BytesIO(signed))

    first = reader.embedded_signatures[0].signed_revision
    assert reader.get_historical_root(0)["/MarkInfo"]["/Marked"]
    assert first == 1


def test_nobody_vouches_for_a_seal_that_is_not_known(signed, tmp_path):
    (tmp_path / "other.p12").write_bytes(self_made("Riverside Clinic", SENT))

    assert not only_signature(signed).is_known
    assert not only_signature(signed, load_seal(tmp_path / "other.p12")).is_known


def test_a_signature_made_outside_the_days_of_its_certificate_is_not_vouched_for(seal):
    late = SENT + timedelta(days=800)

    found = only_signature(sign(render(worked("L1")), seal, late, MEANING), seal)

    assert not seal.is_good_at(late)
    assert found.holds
    assert not found.is_known


@pytest.mark.parametrize("part", range(10))
def test_a_changed_byte_is_seen_wherever_it_is(seal, signed, part):
    place = len(signed) * (2 * part + 1) // 20
    other = bytearray(signed)
    other[place] ^= 1

    try:
        found = signatures_of(bytes(other), [seal.certificate])
    except NotOursError:
        return

    assert not all(one.holds and one.covers_all for one in found)


def test_what_is_appended_is_seen(seal, signed):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    other = io.BytesIO()
    writer.write(other)

    assert not only_signature(other.getvalue(), seal).covers_all
    assert not only_signature(signed + b"\n% more", seal).covers_all


def test_a_signature_that_was_copied_from_another_pdf_does_not_hold(seal, signed):
    own = signature_in(signed)
    other, place = signed, own
    # Signatures are of slightly different lengths.
    while other == signed or place.stop - place.start != own.stop - own.start:
        other = render_signed(worked("L1"), seal, AT, "Europe/London")
        place = signature_in(other)
    forged = other[: place.start] + signed[own] + other[place.stop :]

    assert only_signature(other, seal).holds
    assert not only_signature(forged, seal).holds


def signature_in(pdf):
    start = pdf.rindex(b"/Contents <") + 11
    return slice(start, pdf.index(b">", start))


def test_a_pdf_without_a_signature_has_none(seal):
    assert signatures_of(render(worked("L1")), [seal.certificate]) == ()


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"words" * 999])
def test_what_is_no_pdf_is_told(pdf):
    with pytest.raises(NotOursError, match="damaged"):
        signatures_of(pdf, [])


# -- the seal itself


def test_a_seal_is_opened_by_its_passphrase_alone(tmp_path):
    file = tmp_path / "seal.p12"
    file.write_bytes(self_made("Riverside Clinic", SENT, "blue lanterns"))

    assert load_seal(file, "blue lanterns").name == "Riverside Clinic"
    with pytest.raises(SealProblem, match="another passphrase") as refused:
        load_seal(file, "red lanterns")
    assert "lanterns" not in str(refused.value)


@pytest.mark.parametrize("content", [None, b"", b"words"])
def test_a_seal_that_can_not_be_used_is_named(tmp_path, content):
    file = tmp_path / "seal.p12"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(SealProblem, match=r"seal\.p12: the seal can't be"):
        load_seal(file)


def test_a_seal_shows_no_key_when_it_is_printed(seal):
    assert "Private" not in repr(seal)
