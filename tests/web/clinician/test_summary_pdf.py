"""Is the download the same summary, under a name that says nothing of anybody?"""

import io
import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pypdf
import pytest

from screening.report.signatures import signature_of
from screening.report.signing import self_made
from screening.web.shell import put_shell
from tests.report.seals import loaded
from tests.web.clinician.conftest import ADA

MARKED = "<x-marker>\"'& drops"


def downloaded(clinic, case, **options):
    reference = clinic.submit(case, **options)
    address = f"/clinic/submissions/{reference}.pdf"
    return reference, clinic.browser("clinician").get(address)


def text_of(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def sealed(clinic):
    """The clinic, with a seal of its own, in London."""
    seal = loaded(self_made("Riverside Clinic", clinic.clock() - timedelta(days=1)))
    shell = clinic.app.extensions["screening"]
    config = replace(shell.config, seal=seal, time_zone=ZoneInfo("Europe/London"))
    put_shell(clinic.app, replace(shell, config=config))
    return clinic


def test_the_download_is_a_file_that_no_one_keeps_on_the_way(clinic):
    _, answer = downloaded(clinic, "U1")

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data.startswith(b"%PDF-")


def test_its_name_is_the_reference_and_the_date(clinic):
    reference, answer = downloaded(clinic, "L1", contact=ADA)

    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=summary-{reference}-2026-03-01.pdf"
    )


def test_it_says_what_the_page_says(clinic):
    reference, answer = downloaded(clinic, "U1", contact=ADA)

    said = text_of(answer)
    assert reference in said
    assert "URGENT" in said
    assert "urgent-asq-acute" in said
    assert "Not a diagnosis, not a decision." in said
    assert "Ada Quill" in said


def test_what_a_patient_wrote_stands_in_it_as_written(clinic):
    trial = {"drug": MARKED, "max_dose_mg": 20, "still_taking": "yes"}

    _, answer = downloaded(clinic, "L1", changes={"medicine_trials": [trial]})

    assert "<x-marker>" in text_of(answer)


def test_its_properties_name_no_person_and_no_machine(clinic):
    _, answer = downloaded(clinic, "L1", contact=ADA)

    properties = pypdf.PdfReader(io.BytesIO(answer.data)).metadata
    assert not properties.author
    assert not re.search("Quill|a-clinician", str(properties))


def test_the_same_record_gives_the_same_bytes(clinic):
    reference = clinic.submit("R2")
    browser = clinic.browser("clinician")

    first = browser.get(f"/clinic/submissions/{reference}.pdf")
    clinic.clock.step(minutes=5)
    second = browser.get(f"/clinic/submissions/{reference}.pdf")

    assert first.data == second.data


def test_a_submission_of_an_older_version_prints_as_it_did(clinic):
    reference = clinic.submit("R2")
    browser = clinic.browser("clinician")
    before = browser.get(f"/clinic/submissions/{reference}.pdf")

    clinic.put_a_newer_version_in_use()
    clinic.clock.step(days=400)
    after = clinic.browser("clinician").get(f"/clinic/submissions/{reference}.pdf")

    assert after.status_code == 200
    assert after.data == before.data


def test_each_download_leaves_an_audit_row_of_its_own(clinic):
    reference, _ = downloaded(clinic, "L1")

    assert clinic.audited("submission:pdf:download") == [("a-clinician", reference)]
    assert clinic.audited("submission:view") == []


def test_another_outcome_than_on_the_day_stands_in_it_too(clinic):
    _, answer = downloaded(
        clinic, "R1", stored={"outcome": "no_barrier_reported", "findings": []}
    )

    assert "on the day No barrier reported; read again Needs review" in text_of(answer)


def test_without_a_seal_it_is_not_signed_and_does_not_say_so(clinic):
    _, answer = downloaded(clinic, "L1")

    assert signature_of(answer.data, []) is None
    assert "Signed by" not in text_of(answer)


def test_with_a_seal_it_is_signed_by_the_clinic_at_that_moment(sealed):
    sealed.clock.step(days=120)
    seal = sealed.app.extensions["screening"].config.seal

    _, answer = downloaded(sealed, "L1", contact=ADA)

    found = signature_of(answer.data, [seal.certificate])
    assert found.faults == ()
    assert found.is_trusted
    assert found.at == sealed.clock()
    assert found.at.utcoffset() == timedelta(hours=1)
    assert "Signed by Riverside Clinic" in text_of(answer)
    assert "29 June 2026, 10:30 Europe/London" in text_of(answer)


def test_a_seal_that_ran_out_signs_no_more_and_the_log_says_so(sealed, caplog):
    sealed.clock.step(days=800)

    _, answer = downloaded(sealed, "L1")

    assert answer.status_code == 200
    assert signature_of(answer.data, []) is None
    assert "Signed by" not in text_of(answer)
    assert "seal_not_valid" in caplog.messages
