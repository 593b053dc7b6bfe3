"""Is the download the same summary, under a name that says nothing of anybody?"""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pypdf

from screening.report.seal import load_seal, self_made
from screening.report.signatures import signatures_of
from tests.web.clinician.conftest import ADA

MARKED = "<x-marker>\"'& drops"


def downloaded(clinic, case, **options):
    reference = clinic.submit(case, **options)
    address = f"/clinic/submissions/{reference}.pdf"
    return reference, clinic.browser("clinician").get(address)


def text_of(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


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


def test_each_download_leaves_an_audit_row_of_its_own(clinic):
    reference, _ = downloaded(clinic, "L1")

    assert clinic.audited("submission:pdf:download") == [("a-clinician", reference)]
    assert clinic.audited("submission:view") == []


def test_another_outcome_than_on_the_day_stands_in_it_too(clinic):
    _, answer = downloaded(
        clinic, "R1", stored={"outcome": "no_barrier_reported", "findings": []}
    )

    assert "on the day No barrier reported; read again Needs review" in text_of(answer)


def sealed(clinic, tmp_path, made):
    (tmp_path / "seal.p12").write_bytes(self_made("Riverside Clinic", made))
    shell = clinic.app.extensions["screening"]
    config = replace(shell.config, seal=load_seal(tmp_path / "seal.p12"))
    clinic.app.extensions["screening"] = replace(shell, config=config)
    return config.seal


def test_a_clinic_with_a_seal_signs_what_is_downloaded(clinic, tmp_path):
    seal = sealed(clinic, tmp_path, clinic.clock())

    _, answer = downloaded(clinic, "L1")

    [found] = signatures_of(answer.data, [seal.certificate])
    assert (found.by, found.at) == ("Riverside Clinic", clinic.clock())
    assert (found.holds, found.covers_all, found.is_known) == (True, True, True)
    assert "Signed by Riverside Clinic" in text_of(answer)


def test_a_seal_that_is_not_good_any_more_signs_nothing(clinic, tmp_path, caplog):
    sealed(clinic, tmp_path, clinic.clock() - timedelta(days=800))

    _, answer = downloaded(clinic, "L1")

    assert signatures_of(answer.data, []) == ()
    assert "Signed by" not in text_of(answer)
