"""Does `screening verify` see a PDF that does not say what the record says?"""

import json
from datetime import UTC, datetime

import pikepdf
import pytest
from sqlalchemy import select

from screening.cli.demo import make_demo
from screening.cli.instance import KEYS, SEAL
from screening.library import shelf_for
from screening.report.pdf import render
from screening.report.record import FILE_NAME
from screening.report.signing import signed_pdf
from screening.store.audit import Action, Actor
from screening.store.opening import open_store
from screening.store.tables import AuditRow
from screening.web.clinician.reading import read_again
from screening.web.questionnaires import Questionnaires
from screening.web.sources import FolderSource
from tests.cli.running import json_lines, run


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A demonstration, the PDF of one of its patients, and settings that name it."""
    folder = tmp_path_factory.mktemp("clinic") / "demo"
    config = make_demo(folder)
    store = open_store(config.database, config.key_ring)
    reference = store.queue.page().entries[0].reference
    submission = store.submissions.read(reference, actor=Actor.service("tests"))
    source = FolderSource(shelf_for(config.questionnaire, config.questionnaires))
    questionnaires = Questionnaires(source, store.versions)
    summary = read_again(questionnaires, submission, "UTC").summary
    store.close()
    (folder / "summary.pdf").write_bytes(render(summary))
    signed = signed_pdf(summary, config.seal, datetime.now(UTC), "UTC")
    (folder / "signed.pdf").write_bytes(signed)
    settings = {
        "SCREENING_DATABASE": config.database,
        "SCREENING_KEY_FILE": str(folder / KEYS),
    }
    return folder / "summary.pdf", settings, reference, config


def changed(file, into, change):
    """Write the PDF with another record inside."""
    with pikepdf.open(file) as opened:
        held = opened.attachments[FILE_NAME].get_file().read_bytes()
        record = change(json.loads(held))
        text = json.dumps(record, sort_keys=True, separators=(",", ":"))
        opened.attachments[FILE_NAME] = pikepdf.AttachedFileSpec(
            opened, text.encode(), filename=FILE_NAME
        )
        opened.save(into)
    return into


def test_a_pdf_of_the_clinic_says_what_its_record_says(clinic):
    file, settings, reference, config = clinic

    result = run("verify", file, settings=settings)

    assert result.exit_code == 0, result.output
    assert "names the record inside" in result.stdout
    assert "The clinic's record says the same." in result.stdout
    assert "carries no signature" in result.stdout
    store = open_store(config.database, config.key_ring)
    with store.database.reading() as session:
        last = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    told = (last.action, last.object_id, last.reason)
    assert told == (Action.SUBMISSION_VIEW, reference, "a PDF is verified")
    store.close()


def test_without_a_database_that_is_said(clinic, own_folder):
    result = run("verify", clinic[0])

    assert result.exit_code == 0
    assert "No database was asked" in result.stdout


def test_another_record_inside_is_told_by_every_page(clinic, tmp_path):
    file, settings, *_ = clinic
    other = changed(
        file,
        tmp_path / "other.pdf",
        lambda told: told | {"answers": told["answers"] | {"age": 99}},
    )

    result = run("verify", other, settings=settings)

    assert result.exit_code == 1
    assert "Not all pages" in result.stdout
    assert "differs in: answers." in result.stdout
    [told] = json_lines(run("verify", other, "--json", settings=settings))
    assert told["pages_of_another_record"] == list(range(1, told["pages"] + 1))
    assert told["differs_from_database_in"] == ["answers"]


def test_a_record_that_the_clinic_does_not_have_is_told(clinic, tmp_path):
    file, settings, *_ = clinic
    other = changed(
        file, tmp_path / "other.pdf", lambda told: told | {"reference": "ZZZZ-ZZZZ"}
    )

    result = run("verify", other, settings=settings)

    assert result.exit_code == 1
    assert "the clinic has no such submission" in result.stdout


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"words", b"%PDF" * 400])
def test_what_is_no_pdf_of_ours_is_told(tmp_path, content):
    file = tmp_path / "file.pdf"
    file.write_bytes(content)

    result = run("verify", file)

    assert result.exit_code == 1
    assert "can't be read" in result.stderr or "holds no record" in result.stderr


def test_a_pdf_without_a_record_is_told(clinic, tmp_path):
    with pikepdf.open(clinic[0]) as opened:
        del opened.attachments[FILE_NAME]
        opened.save(tmp_path / "bare.pdf")

    result = run("verify", tmp_path / "bare.pdf")

    assert result.exit_code == 1
    assert "holds no record" in result.stderr


@pytest.fixture
def signed(clinic):
    """A PDF that the demonstration signed, and its certificate."""
    folder = clinic[0].parent
    return folder / "signed.pdf", folder / "seal.pem"


def test_a_signature_of_the_clinic_s_own_seal_is_trusted(clinic, signed):
    settings = clinic[1] | {"SCREENING_SEAL_FILE": str(signed[0].parent / SEAL)}

    result = run("verify", signed[0], "--require-signature", settings=settings)

    assert result.exit_code == 0, result.output
    assert "one that you trust: Demonstration clinic" in result.stdout
    assert "it is not a clinical decision" in result.stdout
    assert "The clinic's record says the same." in result.stdout


def test_a_signature_is_trusted_by_its_certificate(signed):
    result = run("verify", signed[0], "--trust", signed[1], "--json")

    [told] = json_lines(result)
    assert result.exit_code == 0
    assert told["signature_faults"] == []
    assert told["signature"]["holds"]
    assert told["signature"]["trusted"]
    assert told["signature"]["name"] == "Demonstration clinic"


def test_a_signature_that_nobody_vouches_for_is_told_plainly(signed):
    result = run("verify", signed[0])

    assert result.exit_code == 0
    said = "nobody here vouches for the certificate of Demonstration clinic"
    assert f"The signature holds, but {said}" in result.stdout


def test_a_pdf_that_was_changed_after_it_was_signed_is_told(signed, tmp_path):
    other = tmp_path / "other.pdf"
    other.write_bytes(signed[0].read_bytes() + b"\n")

    result = run("verify", other, "--trust", signed[1])

    assert result.exit_code == 1
    assert "the signature does not cover" in result.stdout
    assert "The signature does not hold" in result.stdout
    [told] = json_lines(run("verify", other, "--trust", signed[1], "--json"))
    assert not told["signature"]["holds"]
    assert not told["signature"]["trusted"]


def test_a_signature_that_was_taken_off_is_told(signed, tmp_path):
    pdf = signed[0].read_bytes()
    (tmp_path / "cut.pdf").write_bytes(pdf[: pdf.index(b"%%EOF") + 6])

    result = run("verify", tmp_path / "cut.pdf")

    assert result.exit_code == 1
    assert "there is no signature in it" in result.stdout


def test_a_pdf_without_a_signature_fails_only_where_one_is_asked_for(clinic):
    assert run("verify", clinic[0]).exit_code == 0
    assert run("verify", clinic[0], "--require-signature").exit_code == 1


def test_a_file_that_is_no_certificate_is_told(signed):
    result = run("verify", signed[0], "--trust", signed[0])

    assert result.exit_code == 2
    assert "no certificate that can be read" in result.stderr


def test_a_seal_that_cannot_be_read_is_told(signed):
    settings = {"SCREENING_SEAL_FILE": "none.p12"}

    result = run("verify", signed[0], settings=settings)

    assert result.exit_code == 1
    assert "the seal can't be read" in result.stderr
