"""Does a letter say what was reported against which limits, and nothing delicate?

Run `python -m tests.report.test_letter` after the wording of a letter or of the
questionnaire was changed, and read what became of tests/golden/letter-*.txt.
"""

from pathlib import Path

import pytest

from screening.core.definition import Kind
from screening.report.letter import letter_parts, letter_text
from screening.report.letter_pdf import Letter, letter_pdf
from tests.report.patients import SENT, answers_of, questionnaire, record_of, worked
from tests.report.test_pdf import squeezed, text_of

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = ("R1", "R2")


def parts_of(case):
    return letter_parts(questionnaire(), worked(case))


def drafted(case):
    ticked = [part for part in parts_of(case) if part.is_ticked]
    return letter_text(worked(case), record_of(answers_of(case)), ticked) + "\n"


def a_letter(**changes):
    usual = {
        "reference": "K7QM-2XRD",
        "number": 1,
        "clinic": "Riverside Clinic",
        "language": "en",
        "locale": "UK",
        "day": "23 November 2026",
        "about": "Ada Quill, born 4 May 1985",
        "recipient": "Dr Ivo Marsh\n1 High Street",
        "text": drafted("R1"),
        "released_by": "Dr Ann Bell, clinician",
        "released_at": SENT,
        "released_in_words": "23 November 2026, 14:32 Europe/London",
        "meaning": "I release this letter.",
        "confirmed_by": "password",
        "sha256": "5e" * 32,
    }
    return Letter(**(usual | changes))


@pytest.mark.parametrize("case", CASES)
def test_a_draft_is_word_for_word_what_was_agreed(case):
    assert drafted(case) == (GOLDEN / f"letter-{case}.txt").read_text("utf-8")


@pytest.mark.parametrize("case", ["L1", "L2", "R1", "R2", "N1", "N2", "U1", "U3"])
def test_nothing_delicate_no_precaution_and_no_score_is_ticked_beforehand(case):
    kinds = {one.id: one.kind for one in questionnaire().criteria}

    for part in parts_of(case):
        kind = kinds.get(part.id.removeprefix("finding:"))
        is_off = part.is_delicate or kind in {Kind.URGENT, Kind.PRECAUTION}
        assert part.is_ticked is not (is_off or part.id in {"scores", "decision"})


def test_danger_alcohol_and_drugs_are_delicate():
    parts = {part.id: part for part in parts_of("U1")} | {
        part.id: part for part in parts_of("R2")
    }

    for rule in ("urgent-asq-acute", "review-phq9-item9", "review-opioid-rx"):
        assert parts[f"finding:{rule}"].is_delicate


def test_the_pdf_says_the_letter_by_whom_and_its_hash():
    said = squeezed(text_of(letter_pdf(a_letter())))

    for part in (
        "Dr Ivo Marsh",
        "About Ada Quill, born 4 May 1985",
        "Dear colleague,",
        "Dr Ann Bell, clinician",
        "5e" * 32,
    ):
        assert squeezed(part) in said


def test_the_same_letter_gives_the_same_bytes():
    assert letter_pdf(a_letter()) == letter_pdf(a_letter())


if __name__ == "__main__":
    for name in CASES:
        (GOLDEN / f"letter-{name}.txt").write_text(drafted(name), encoding="utf-8")
