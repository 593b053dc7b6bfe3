"""Does what was signed say all of it, on the page and in print, and name its hash?"""

import hashlib
import re
from dataclasses import replace

import pytest

from screening.report.decision import Decision, decision_changes, decision_lines
from screening.report.inside import inside
from screening.report.pdf import render
from tests.report.decisions import FAULT, RATING, block, content, decided_summary
from tests.report.patients import worked
from tests.report.test_pdf import text_of

STATEMENT = "Patient-reported, unverified."


def pages_of(pdf):
    return [" ".join(page.split()) for page in text_of(pdf).split("\f") if page]


def test_every_decision_has_a_name_and_says_what_follows():
    assert all(one.label and one.hint for one in Decision)


def test_what_is_signed_holds_what_the_page_showed():
    summary = worked("U1")

    shown = content(summary)["shown"]

    assert shown["outcome"] == "urgent"
    assert shown["findings"] == [finding.id for finding in summary.findings]
    assert ["SHA-256 of this record", summary.record_hash] in shown["versions"]


def test_everything_that_was_said_is_a_line():
    said = {line.key: line.text for line in decision_lines(content())}

    assert said["decision"] == "Ask for more first"
    assert said["reason"].endswith("The dose is not known.")
    assert said["question:liver"] == "To be asked again"
    assert said["finding:urgent-asq-acute"].startswith("An unwanted thought.\nReason:")
    assert said["rating:cgi_s_i.s"] == "Mildly ill (3)"
    assert said["notes"] == "Call her sister."


def test_what_was_not_said_is_no_line():
    lines = decision_lines(content(notes="", overrides=(), ratings=(), questions=()))

    assert [line.key for line in lines] == ["decision", "reason"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {}, []),
        ({}, {"notes": ""}, [("Notes", "Call her sister.", None)]),
        ({"notes": ""}, {}, [("Notes", None, "Call her sister.")]),
        (
            {},
            {"decision": Decision.INVITE},
            [("Decision", "Ask for more first", "Invite to a visit")],
        ),
        (
            {"ratings": ()},
            {"ratings": (RATING,)},
            [
                (
                    "Rated: CGI: Clinical Global Impressions: CGI-S",
                    None,
                    "Mildly ill (3)",
                )
            ],
        ),
    ],
)
def test_versions_are_compared_line_by_line(before, after, told):
    changes = decision_changes(content(**before), content(**after))

    assert [(one.name, one.before, one.after) for one in changes] == told


def test_the_pdf_says_who_decided_what_when_and_over_which_hash():
    made = block()
    said = " ".join(pages_of(render(decided_summary())))

    assert "Decided by a clinician: Ask for more first (version 1, signed 23" in said
    assert "Dr Ann Bell (ann), clinician" in said
    assert "2026-11-23T15:00:00.000000Z" in said
    assert "decided: Ask for more first." in said
    assert "An unwanted thought." in said
    assert "One trial was short." in said
    assert made.sha256 in "".join(re.findall(r"[0-9a-f]{16,}", said))


def test_the_decision_stands_on_a_page_of_its_own_and_says_so_at_its_foot():
    pages = pages_of(render(decided_summary()))

    of_its_own = [page for page in pages if "A clinician's decision, signed." in page]
    assert of_its_own == [pages[1]]
    assert STATEMENT not in pages[1]
    assert all(STATEMENT in page for page in (pages[0], *pages[2:]))


def test_what_was_signed_is_inside_the_pdf_and_named_by_its_page():
    made = block()

    found = inside(render(decided_summary()))

    assert found.decision == made.text
    assert found.decision_hash == made.sha256
    assert found.decision_hash == hashlib.sha256(made.text).hexdigest()
    assert found.is_decision_named
    assert found.strange_pages == ()


def test_a_page_that_names_another_decision_is_seen():
    other = replace(block(), sha256="ef" * 32)

    found = inside(render(replace(worked("U1"), decision=other)))

    assert not found.is_decision_named


def test_a_pdf_without_a_decision_says_nothing_of_one():
    pdf = render(worked("U1"))

    assert inside(pdf).decision is None
    assert "Decided by a clinician" not in text_of(pdf)


def test_a_decision_that_does_not_hold_is_told_and_not_printed():
    summary = replace(worked("U1"), decision_faults=(FAULT,))

    said = " ".join(pages_of(render(summary)))

    assert said.count(FAULT) == 2
    assert "do not rely on it" in said
    assert "A clinician's decision, signed." not in said


def test_the_same_decision_gives_the_same_bytes():
    assert render(decided_summary()) == render(decided_summary())


def test_an_amendment_is_another_document():
    first, second = (decided_summary(number=number) for number in (1, 2))

    assert render(first) != render(second)
