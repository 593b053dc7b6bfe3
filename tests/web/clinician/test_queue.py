"""Does the queue show who waits, in the order in which they must be seen?"""

import re
from html import unescape

import pytest

from screening.store import queue as stored_queue
from tests.web.clinician.conftest import ADA
from tests.web.clinician.deciding import NOT_NOW, decide

PAGES_OF_TWO = {"after": None, "before": None, "size": 2}
REFERENCE = re.compile(r'clinic-queue__reference"[^>]*>([0-9A-Z-]+)<')


def references(answer):
    return REFERENCE.findall(answer.text)


def row(answer, reference):
    """Give the words of the row that shows a reference."""
    rows = re.findall(r"<tr role=\"row\" class.*?</tr>", answer.text, re.DOTALL)
    found = next(each for each in rows if reference in each)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_urgent_comes_first_then_same_day_then_by_waiting_time(clinic):
    same_day = {"same_day": True}
    placed = {}
    for name, case, stored in (
        ("other 1", "L1", None),
        ("same day 1", "L1", same_day),
        ("urgent 1", "U1", None),
        ("other 2", "L1", None),
        ("same day 2", "L1", same_day),
        ("urgent 2", "U3", None),
    ):
        placed[name] = clinic.submit(case, stored=stored)
        clinic.clock.step(minutes=10)

    answer = clinic.browser("clinician").get("/clinic")

    kinds = ("urgent", "same day", "other")
    order = [f"{kind} {number}" for kind in kinds for number in (1, 2)]
    assert references(answer) == [placed[name] for name in order]
    assert "Same day" in row(answer, placed["same day 1"])


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


def test_the_more_is_unsettled_the_sooner_it_is_looked_at(clinic):
    known = clinic.submit("L1")
    open_ones = {"missing": ["liver"], "undetermined": ["exclude-liver"]}
    unsettled = clinic.submit("L1", stored=open_ones)

    answer = clinic.browser("clinician").get("/clinic")

    assert references(answer) == [unsettled, known]


def test_what_was_decided_waits_no_longer_and_is_found_under_the_decision(clinic):
    waiting, decided = clinic.submit_in_turn("N1", "N1")
    browser = clinic.browser("clinician")
    decide(browser, decided, **NOT_NOW)

    shown = {
        word: references(browser.get(f"/clinic?show={word}"))
        for word in ("waiting", "decided-not-now", "decided-refer", "all")
    }

    assert shown == {
        "waiting": [waiting],
        "decided-not-now": [decided],
        "decided-refer": [],
        "all": [waiting, decided],
    }


def test_a_filter_nobody_wrote_is_not_found(clinic):
    assert clinic.browser("clinician").get("/clinic?show=some").status_code == 404


def test_a_filter_without_submissions_says_so(clinic):
    clinic.submit("L1")

    answer = clinic.browser("clinician").get("/clinic?show=urgent")

    assert "No submission is “Urgent”." in answer.text


def test_pages_continue_after_the_last_one_shown(clinic, monkeypatch):
    monkeypatch.setattr(stored_queue.Queue.page, "__kwdefaults__", PAGES_OF_TWO)
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


def test_one_can_turn_back(clinic, monkeypatch):
    monkeypatch.setattr(stored_queue.Queue.page, "__kwdefaults__", PAGES_OF_TWO)
    placed = clinic.submit_in_turn(*["L1"] * 5)
    browser = clinic.browser("clinician")

    last = browser.get(f"/clinic?after={placed[3]}")
    before = browser.get(f"/clinic?before={placed[4]}")
    first = browser.get(f"/clinic?before={placed[2]}")

    assert f"before={placed[4]}" in last.text
    assert references(before) == placed[2:4]
    assert references(first) == placed[:2]
    assert "Previous page" not in first.text
    assert f"after={placed[1]}" in first.text


def test_what_waits_is_counted_by_age_and_urgency(clinic):
    clinic.submit("L1")
    clinic.clock.step(days=2)
    clinic.submit("U1")

    text = clinic.browser("clinician").get("/clinic").text

    rows = re.findall(r"<th scope=\"row\">([^<]+)</th>((?:\s*<td>[^<]*</td>)+)", text)
    counts = {age: re.findall(r"<td>(\d+)</td>", cells) for age, cells in rows}
    assert counts["Under 1 hour"] == ["1", "0", "0"]
    assert counts["1 to 3 days"] == ["0", "0", "1"]
    assert sum(int(one) for row in counts.values() for one in row) == 2


def news_of(browser, page):
    address = re.search(r'data-clinic-news="([^"]+)"', page.text)[1]
    return browser.get(unescape(address))


def test_a_page_that_is_open_learns_what_arrived(clinic):
    browser = clinic.browser("clinician")
    page = browser.get("/clinic")
    quiet = news_of(browser, page).json
    clinic.clock.step(minutes=1)
    clinic.submit("L1")
    clinic.submit("U1")

    told = news_of(browser, page).json

    assert quiet == {"urgent": False, "words": ""}
    assert told == {"urgent": True, "words": "2 new submissions, 1 of them urgent."}


def test_a_moment_that_is_none_is_refused(clinic):
    answer = clinic.browser("clinician").get("/clinic/news?since=yesterday")

    assert answer.status_code == 400


def test_asking_for_news_keeps_no_session_open(clinic):
    browser = clinic.browser("clinician")
    page = browser.get("/clinic")
    for _ in range(2):
        clinic.clock.step(minutes=7)
        assert news_of(browser, page).status_code == 200

    clinic.clock.step(minutes=1, seconds=1)

    assert news_of(browser, page).status_code == 401
    assert browser.get("/clinic").status_code == 401


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
    assert f'href="/clinic/submissions/{reference}"' not in answer.text


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
    broken, whole = clinic.submit_in_turn("L1", "L1")
    clinic.damage(broken)
    browser = clinic.browser("clinician")

    answer = browser.get("/clinic")

    assert references(answer) == [broken, whole]
    assert browser.get(f"/clinic/submissions/{broken}").status_code == 500


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
