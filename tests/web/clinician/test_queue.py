"""Does the queue show who waits, in the order in which they must be seen?"""

import re

import pytest

from screening.store import queue as stored_queue
from screening.web.clinician import queue
from tests.web.clinician.conftest import ADA

REFERENCE = re.compile(r'clinic-queue__reference"[^>]*>([0-9A-Z-]+)<')


def references(answer):
    return REFERENCE.findall(answer.text)


def row(answer, reference):
    """Give the words of the row that shows a reference."""
    rows = re.findall(r"<tr role=\"row\" class.*?</tr>", answer.text, re.DOTALL)
    found = next(each for each in rows if reference in each)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_urgent_comes_first_then_same_day_then_by_waiting_time(clinic):
    cases = ("L1", "N2", "R1", "U1", "U3")
    placed = dict(zip(cases, clinic.submit_in_turn(*cases), strict=True))

    answer = clinic.browser("clinician").get("/clinic")

    same_day = [c for c in ("L1", "N2", "R1") if "Same day" in row(answer, placed[c])]
    others = [c for c in ("L1", "N2", "R1") if c not in same_day]
    order = ["U1", "U3", *same_day, *others]
    assert references(answer) == [placed[case] for case in order]


def test_a_row_says_in_words_what_matters(clinic):
    reference = clinic.submit("U1", contact=ADA)
    clinic.clock.step(hours=2, minutes=5)

    words = row(clinic.browser("clinician").get("/clinic"), reference)

    assert "Urgent" in words
    assert "2 hours 5 minutes" in words
    assert "since 1 March 2026, 09:30 UTC" in words
    assert "Identity known" in words
    assert "Ada" not in words


def test_a_row_counts_findings_and_what_is_missing(clinic):
    reference = clinic.submit(
        "L1", stored={"findings": ["a", "b", "c"], "missing": ["liver"]}
    )

    words = row(clinic.browser("clinician").get("/clinic"), reference)

    assert "Findings 3 Missing 1" in words


def test_somebody_unknown_cannot_be_followed_up(clinic):
    reference = clinic.submit("L1")

    words = row(clinic.browser("clinician").get("/clinic"), reference)

    assert "Cannot be followed up" in words


def test_the_counts_stand_on_top(clinic):
    for case in ("L1", "U1", "U3"):
        clinic.submit(case)

    text = clinic.browser("clinician").get("/clinic").text

    counts = re.findall(r"clinic-counts__number\">(\d+)</b> ([a-z, ]+)", text)
    assert counts == [
        ("2", "urgent"),
        ("0", "same day, not urgent"),
        ("1", "other"),
        ("3", "in all"),
    ]


def test_an_empty_queue_says_so(clinic):
    answer = clinic.browser("clinician").get("/clinic")

    assert "Nothing is waiting." in answer.text
    assert "<table" not in answer.text


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("urgent", "U1"),
        ("contraindication-reported", "N1"),
        ("needs-review", "R1"),
        ("no-barrier-reported", "L1"),
    ],
)
def test_a_link_narrows_the_queue_to_one_outcome(clinic, word, case):
    placed = {each: clinic.submit(each) for each in ("U1", "N1", "R1", "L1")}
    browser = clinic.browser("clinician")
    linked = f'href="/clinic?show={word}"' in browser.get("/clinic").text

    answer = browser.get(f"/clinic?show={word}")

    assert linked
    assert references(answer) == [placed[case]]


def test_a_filter_nobody_wrote_is_not_found(clinic):
    assert clinic.browser("clinician").get("/clinic?show=all").status_code == 404


def test_a_filter_without_submissions_says_so(clinic):
    clinic.submit("L1")

    answer = clinic.browser("clinician").get("/clinic?show=urgent")

    assert "No submission is “Urgent”." in answer.text


def test_pages_continue_after_the_last_one_shown(clinic, monkeypatch):
    monkeypatch.setattr(queue, "PAGE_SIZE", 2)
    monkeypatch.setattr(stored_queue, "PAGE_SIZE", 2)
    placed = clinic.submit_in_turn(*["L1"] * 5)
    browser = clinic.browser("clinician")

    first = browser.get("/clinic")
    second = browser.get(f"/clinic?after={placed[1]}")
    last = browser.get(f"/clinic?after={placed[3]}")

    assert [references(each) for each in (first, second, last)] == [
        placed[:2],
        placed[2:4],
        placed[4:],
    ]
    assert f"after={placed[1]}" in first.text
    assert "Next page" not in last.text


@pytest.mark.parametrize("typed", ["{}", "  {}  "])
def test_a_typed_reference_leads_to_its_submission(clinic, typed):
    reference = clinic.submit("L1")
    browser = clinic.browser("clinician")
    browser.get("/clinic")

    small = reference.lower().replace("-", "")
    answer = browser.post("/clinic/find", reference=typed.format(small))

    assert answer.status_code == 303
    assert answer.location == f"/clinic/submissions/{reference}"


def test_a_coordinator_finds_the_row_and_not_the_answers(clinic):
    reference = clinic.submit("L1")
    clinic.submit("U1")
    browser = clinic.browser("coordinator")
    browser.get("/clinic")

    answer = browser.post("/clinic/find", reference=reference)

    assert references(answer) == [reference]
    assert "/clinic/submissions/" not in answer.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Ada Quill", "Enter a reference of eight letters and digits"),
        ("", "Enter a reference of eight letters and digits"),
        ("ZZZZ-ZZZZ", "No submission has the reference ZZZZ-ZZZZ."),
    ],
)
def test_a_reference_that_is_none_is_told_beside_the_field(clinic, typed, told):
    browser = clinic.browser("clinician")
    browser.get("/clinic")

    answer = browser.post("/clinic/find", reference=typed)

    assert told in answer.text
    assert "Ada" not in answer.text


def test_a_record_that_cannot_be_opened_does_not_hide_the_others(clinic):
    broken, whole = clinic.submit_in_turn("L1", "R1")
    clinic.damage(broken)

    answer = clinic.browser("clinician").get("/clinic")

    assert references(answer) == [broken, whole]
    assert "This record cannot be opened." in row(answer, broken)
    assert "Findings" in row(answer, whole)


def test_looking_at_the_queue_changes_nothing(clinic):
    clinic.submit("L1")
    browser = clinic.browser("clinician")
    before = clinic.row_counts()

    browser.get("/clinic")

    assert clinic.row_counts() == before


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (["U1"], "1 notice could not be sent since 1 March 2026, 09:30 UTC."),
        (["U1", "U3"], "2 notices could not be sent since 1 March 2026, 09:30 UTC."),
    ],
)
def test_notices_that_do_not_go_out_are_told_at_the_top(clinic, sent, said):
    clinic.store.submissions._has_notices = True
    for case in sent:
        clinic.submit(case)
    browser = clinic.browser("coordinator")
    quiet = browser.get("/clinic")

    clinic.clock.step(minutes=5)
    told = browser.get("/clinic")

    assert "could not be sent" not in quiet.text
    assert said in told.text
