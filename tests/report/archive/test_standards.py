"""Is every kind of PDF accessible (PDF/UA-1) and fit to be archived (PDF/A-3a)?"""

import hashlib
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from screening.authoring.checked import case_texts
from screening.core.cases import read_cases
from screening.core.certificate import Basis
from screening.library import shelf_for
from screening.report.certificate import certificate_pdf
from screening.report.copy import copy_of, copy_pdf
from screening.report.letter_pdf import letter_pdf
from screening.report.pdf import render
from screening.report.signing import signed_pdf
from tests.report.archive.verapdf import STANDARDS, broken_rules
from tests.report.decisions import FAULT, decided_summary
from tests.report.patients import (
    MANY_SCRIPTS,
    MARKUP,
    NAMES,
    WORKED,
    answers_of,
    contact,
    full_answers,
    in_spanish,
    nearly_empty,
    questionnaire,
    record_of,
    summary_of,
    worked,
)
from tests.report.seals import AT, issued, seal
from tests.report.test_letter import a_letter
from tests.store.test_certificates import WAIVER, certificate


def with_text(text):
    """Return the summary of somebody who is called so, and writes nothing else."""
    answers = answers_of("L1") | {"medicines": [{"medicine": text, "dose": text}]}
    return summary_of(record_of(answers, identity=contact(text)))


def covering():
    """Yield the worked patients who show what no other does, as their cases say it."""
    shelf = shelf_for(questionnaire().id)
    for case in read_cases(case_texts(shelf)):
        if case.id.startswith("covering-"):
            yield case.id, summary_of(record_of(case.answers))


def documents():
    """Return a PDF of every kind, by name."""
    made = {name: worked(name) for name in WORKED}
    made |= {f"in {name}": with_text(text) for name, text in NAMES.items()}
    made |= dict(covering())
    made |= {
        "nearly empty": nearly_empty(),
        "full": summary_of(record_of(full_answers())),
        "taken back": summary_of(record_of(answers_of("U1")), retracted=True),
        "mark-up": with_text(MARKUP * 40),
        "many scripts": with_text(MANY_SCRIPTS),
        "unbroken": with_text("x" * 2000),
        "joiners": with_text("👩\u200d" * 400),
        "turned without end": with_text("عx" * 400),
        "brackets": with_text("()\\<>[]{}/% \\n \\000 endstream endobj"),
        "letter": replace(worked("R1"), locale="US"),
        "in Spanish": in_spanish("U1"),
        "full in Spanish": in_spanish(full_too=True),
        "in German": replace(worked("R2"), language="de"),
        "decided": decided_summary(),
        "amended": decided_summary(number=2, notes="word " * 3000),
        "not as signed": replace(worked("R1"), decision_faults=(FAULT,)),
        "a title": replace(worked("L1"), title=f"{MARKUP} & {MANY_SCRIPTS}"),
    }
    pdfs = {name: render(summary) for name, summary in made.items()}
    pdfs |= {
        f"{name}, signed": signed_pdf(made[name], seal(), AT, "Europe/London")
        for name in (
            "nearly empty",
            "U1",
            "decided",
            "full in Spanish",
            "many scripts",
            "letter",
        )
    }
    pdfs["signed on a curve"] = signed_pdf(made["R1"], issued()[0], AT, "UTC")
    record = record_of(full_answers(), identity=contact())
    numbers = (("In an emergency", "999"), ("Somebody to talk to", "116 123"))
    copy = copy_of(questionnaire(), record, ("Thank you.", MANY_SCRIPTS), numbers)
    pdfs["own copy"] = copy_pdf(copy)
    pdfs["own copy in Spanish"] = copy_pdf(replace(copy, language="es", locale="US"))
    pdfs["letter to a doctor"] = letter_pdf(a_letter())
    pdfs["letter in many scripts"] = letter_pdf(
        a_letter(text=f"{MANY_SCRIPTS}\n\n- {MARKUP * 90}", locale="US")
    )
    published = ("On 2026-03-02 at 10:00 UTC, by ada.",)
    pdfs["certificate"] = certificate_pdf(certificate(waivers=(WAIVER,)), published)
    wording = certificate(basis=Basis.WORDING, rests_on="cd" * 32, proved={})
    pdfs["certificate of a wording"] = certificate_pdf(wording, ())
    return pdfs


PDFS = documents()


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the validator says of all of them, and of one that is neither."""
    folder = tmp_path_factory.mktemp("archive")
    for name, pdf in PDFS.items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    with pikepdf.open(BytesIO(PDFS["L1"])) as opened:
        del opened.Root.Metadata
        opened.save(folder / "spoilt.pdf")
    return broken_rules(folder)


def test_there_are_at_least_forty():
    assert len(PDFS) >= 40


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_keeps_to_the_standard(told, name, standard):
    assert told[f"{name}.pdf", standard] == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_pdf_that_does_not_would_be_seen(told, standard):
    assert told["spoilt.pdf", standard] != []


def test_the_record_inside_is_the_one_whose_hash_stands_on_each_page():
    summary = worked("U1")

    with pikepdf.open(BytesIO(render(summary))) as opened:
        assert list(opened.attachments) == ["record.json"]
        content = opened.attachments["record.json"].get_file().read_bytes()
        assert str(opened.Root.AF[0].AFRelationship) == "/Data"

    assert content == record_of(answers_of("U1")).canonical_content
    assert hashlib.sha256(content).hexdigest() == summary.record_hash


def test_a_certificate_holds_itself():
    made = certificate()

    with pikepdf.open(BytesIO(certificate_pdf(made, ()))) as opened:
        content = opened.attachments["certificate.json"].get_file().read_bytes()

    assert hashlib.sha256(content).hexdigest() == made.id


def test_the_same_record_gives_the_same_bytes():
    assert render(worked("R1")) == PDFS["R1"]
