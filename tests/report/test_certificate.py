"""Does the printed certificate say what the certificate says, on one page?"""

import re
import subprocess
from io import BytesIO

import pikepdf
import pypdf
import pytest

from screening.core.certificate import Basis, Redecision, Waiver
from screening.report.certificate import MOST_TOLD, certificate_pdf, parts_of
from tests.store.test_certificates import certificate

PUBLISHED = ("On 2026-03-02 at 10:00 UTC, by ada.",)
SHOWN = Waiver(
    about="unknown: question weight",
    standing="refuted",
    words="a record passes with weight unknown",
    reason="Weighed at the visit.",
    near="L1",
    changed={"weight": None, "erp": {"had": "yes"}},
)
NOT_IN_TIME = Waiver(
    about="promise nobody",
    standing="not decided in time",
    words="a patient's record breaks it",
    reason="Looked at by hand.",
    near=None,
    changed=None,
)


def told(**changes):
    parts = parts_of(certificate(**changes), PUBLISHED)
    return {part.title: (*part.lines, *map(": ".join, part.rows)) for part in parts}


def many(count):
    return tuple(
        Redecision(
            before="urgent", after="needs review", near="L1", changed={"age": number}
        )
        for number in range(count)
    )


def test_what_was_waived_stands_with_its_patient_and_its_reason():
    lines = told(waivers=(SHOWN, NOT_IN_TIME))["Not shown, and published all the same"]

    assert lines == (
        (
            "unknown: question weight: refuted: a record passes with weight unknown. "
            'A patient like L1, but weight: left out; erp: {"had": "yes"}. '
            "Why: Weighed at the visit."
        ),
        (
            "promise nobody: not decided in time: a patient's record breaks it. "
            "Why: Looked at by hand."
        ),
    )


def test_each_decision_that_differs_is_told_and_many_are_counted():
    title = "Beside the version that patients were asked before"

    version, *lines = told(redecided=many(MOST_TOLD + 3))[title]

    assert "ab" * 32 in version
    assert lines[0] == (
        "urgent before, needs review now. A patient like L1, but age: 0."
    )
    assert len(lines) == MOST_TOLD + 1
    assert lines[-1] == "And 3 more pairs of decisions."
    assert told(redecided=())[title][1].startswith("No decision differs")
    assert title not in told(compared_with=None, redecided=())


def test_a_wording_says_what_it_rests_on():
    [line] = told(basis=Basis.WORDING, rests_on="cd" * 32, proved={})["What was shown"]

    assert "cd" * 32 in line


@pytest.mark.parametrize(
    "changes",
    [{}, {"waivers": (SHOWN, NOT_IN_TIME), "redecided": many(40), "left_out": ()}],
)
def test_it_is_one_tagged_page_that_says_all_of_it(changes, tmp_path):
    made = certificate(**changes)

    pdf = certificate_pdf(made, PUBLISHED)

    assert pdf == certificate_pdf(made, PUBLISHED)
    [page] = pypdf.PdfReader(BytesIO(pdf)).pages
    text = re.sub(r"\s", "", page.extract_text())
    for part in parts_of(made, PUBLISHED):
        for said in (part.title, *part.lines, *(s for row in part.rows for s in row)):
            assert re.sub(r"\s", "", said) in text
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
    path = tmp_path / "certificate.pdf"
    path.write_bytes(pdf)
    tree = subprocess.run(
        ["pdfinfo", "-struct", path], capture_output=True, text=True, check=True
    ).stdout
    assert tree.count("H2") == len(parts_of(made, PUBLISHED))
