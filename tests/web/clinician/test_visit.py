"""Are answers confirmed at a visit beside the record, which stays as it was sent?"""

import re

import pytest

from screening.store.decision_drafts import Author
from screening.store.visits import AnswerMark
from tests.report.test_pdf import text_of
from tests.web.clinician.deciding import begin, words

READ = re.compile(r'name="read" value="(\d+)"')
OTHER = Author(id="b" * 22, username="ben", name="Dr Ben Cole", role="clinician")
SESSIONS = "erp.sessions"


@pytest.fixture
def browser(clinic):
    return clinic.quick("clinician")


@pytest.fixture
def reference(clinic):
    return clinic.submit("R1")


def home(reference):
    return f"/clinic/submissions/{reference}"


def mark(browser, reference, *, read=None, **fields):
    """Open the page, and post these fields from it."""
    page = browser.get(f"{home(reference)}/visit")
    read = READ.search(page.text)[1] if read is None else read
    return browser.post(f"{home(reference)}/visit", read=read, **fields)


def said(key, mark, right="", note=""):
    """Give the fields that say this of an answer."""
    return {f"mark-{key}": mark, f"right-{key}": right, f"note-{key}": note}


def marked_by_somebody_else(clinic, reference, key, **changes):
    usual = {"mark": "wrong", "asked": "How many?", "answered": "10", "right": 14}
    one = AnswerMark(key=key, **(usual | {"right_in_words": "14"} | changes))
    clinic.store.visits.mark(
        reference, OTHER, (one,), expected_number=0, actor=clinic.actor
    )


def test_the_page_holds_up_what_findings_and_safety_rest_on(browser, reference):
    page = browser.get(f"{home(reference)}/visit").text

    findings = page.partition('id="findings"')[2].partition('id="safety"')
    assert 'name="mark-erp.sessions"' in findings[0]
    assert 'name="mark-medicine_trials"' in findings[0]
    assert 'name="mark-chest_pain_now"' in findings[2]
    assert 'name="mark-pregnancy"' not in findings[0]


def test_what_is_not_known_is_asked_the_most_urgent_first(clinic, browser):
    reference = clinic.submit("R1", changes={"chest_pain_now": None, "liver": None})

    page = browser.get(f"{home(reference)}/visit").text
    asked = re.findall(r'name="right-([^"]+)"', page.partition('id="findings"')[0])

    assert list(dict.fromkeys(asked)) == ["chest_pain_now", "liver"]
    assert 'name="mark-chest_pain_now"' not in page


def test_a_sheet_with_nothing_on_it_still_fits_into_one_form(clinic, browser):
    reference = clinic.submit("R1", changes=dict.fromkeys(clinic.worked["R1"]))

    page = browser.get(f"{home(reference)}/visit").text
    names = set(re.findall(r'name="((?:mark|right|note)-[^"]+)"', page))

    assert 100 < len(names) < 400


def test_a_mark_stands_beside_the_answer_and_changes_nothing_of_it(
    clinic, browser, reference
):
    before = words(browser.get(home(reference)))

    answer = mark(browser, reference, **said(SESSIONS, "wrong", "14", "He counted."))
    after = words(browser.get(home(reference)))

    assert answer.status_code == 303
    assert "At the visit" not in before
    assert "At the visit: wrong, is: 14" in after
    assert "Sessions 10 " in after
    assert "noted by Some Clinician (a-clinician), clinician" in after
    assert "Outcome: Needs review" in after
    assert clinic.audited("submission:visit:mark") == [("a-clinician", reference)]


def test_what_was_not_known_can_be_answered(clinic, browser):
    reference = clinic.submit("R1", changes={"liver": None})

    mark(browser, reference, **{"right-liver": "none", "note-liver": "Tests in May."})

    page = words(browser.get(home(reference)))
    assert "At the visit: No" in page
    assert "(Tests in May.)" in page


def test_each_look_at_the_page_is_one_row_of_the_trail(clinic, browser, reference):
    browser.get(f"{home(reference)}/visit")
    browser.get(f"{home(reference)}/visit")

    assert clinic.audited("submission:visit:view") == 2 * [("a-clinician", reference)]
    assert clinic.audited("submission:view") == []


def test_saving_what_holds_already_adds_nothing(clinic, browser, reference):
    mark(browser, reference, **said(SESSIONS, "confirmed"))
    mark(browser, reference, **said(SESSIONS, "confirmed"))

    assert clinic.store.visits.of(reference).newest == 1


def test_a_correction_adds_a_version_and_the_page_names_both(
    clinic, browser, reference
):
    mark(browser, reference, **said(SESSIONS, "wrong", "14"))
    mark(browser, reference, **said(SESSIONS, "confirmed"))

    page = words(browser.get(f"{home(reference)}/visit"))
    first, second = clinic.store.visits.of(reference).versions
    assert (first.marks[0].mark, second.marks[0].mark) == ("wrong", "confirmed")
    assert "Version 2: Some Clinician (a-clinician), clinician" in page
    assert "Version 1: Some Clinician (a-clinician), clinician" in page


def test_of_two_at_once_the_second_is_told_and_loses_nothing(
    clinic, browser, reference
):
    marked_by_somebody_else(clinic, reference, SESSIONS)

    late = mark(
        browser, reference, read=0, **said("age", "wrong", "41"), **{"mark-liver": ""}
    )

    assert late.status_code == 409
    assert "Somebody else saved marks while you were writing" in late.text
    assert "How many? wrong, is: 14" in words(late)
    assert re.search(r'name="right-age"[^>]*value="41"', late.text)
    assert re.search(r'name="right-erp.sessions"[^>]*value="14"', late.text)
    assert READ.search(late.text)[1] == "1"
    assert clinic.store.visits.of(reference).newest == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (said(SESSIONS, "confirmed", "14"), "or take out what is right"),
        (said(SESSIONS, "", note="Hm."), "Mark the answer as confirmed or wrong too"),
        (said(SESSIONS, "wrong", "many"), "Enter"),
        (said(SESSIONS, "perhaps"), "Choose one of these."),
        (said(SESSIONS, "wrong", note="x" * 501), "Use at most 500 characters"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_saved(
    clinic, browser, reference, fields, message
):
    answer = mark(browser, reference, **fields)

    assert answer.status_code == 422
    assert message in answer.text
    assert clinic.store.visits.of(reference).newest == 0


def test_a_name_that_the_page_does_not_have_is_refused(browser, reference):
    assert mark(browser, reference, **{"right-nothing": "1"}).status_code == 400


def test_another_outcome_is_shown_and_kept_nowhere(clinic, browser, reference):
    mark(browser, reference, **said("pregnancy", "wrong", "pregnant"))
    mark(browser, reference, **said("age", "wrong", "17"))

    page = words(browser.get(f"{home(reference)}/visit"))
    record = words(browser.get(home(reference)))

    assert "would come to: Contraindication reported" in page
    assert "With what was sent they come to: Needs review" in page
    assert "Age 17: under 18." in page
    assert "Outcome: Needs review" in record
    assert clinic.store.submissions.read(
        reference, actor=clinic.actor
    ).facts.outcome == ("needs_review")


def test_an_answer_in_words_is_told_as_one_that_no_rule_reads(browser, reference):
    mark(browser, reference, **said("medicine_trials", "wrong", "Two, not one."))

    page = words(browser.get(f"{home(reference)}/visit"))
    assert "Said in words, which no rule can read: Have you ever taken" in page


def test_the_decision_form_and_the_pdf_say_it_too(clinic, browser, reference):
    mark(browser, reference, **said(SESSIONS, "wrong", "14", "He counted."))
    begin(browser, reference)

    form = words(browser.get(f"{home(reference)}/decision/draft"))
    pdf = text_of(browser.get(f"{home(reference)}.pdf").data)

    assert "Sent: 10. At the visit: wrong, is: 14 (He counted.)" in form
    assert "At the visit" in pdf
    assert "[At the visit: wrong, is: 14]" in " ".join(pdf.split())


def test_marks_that_were_changed_are_not_relied_on(
    clinic, browser, reference, monkeypatch
):
    mark(browser, reference, **said(SESSIONS, "wrong", "14"))
    monkeypatch.setattr("screening.store.added.told_of", lambda *_: "another text")

    page = words(browser.get(f"{home(reference)}/visit"))

    assert "Version 1 of the marks is not as it was kept" in page
    assert "Save the marks" not in page
    assert mark(browser, reference, **said(SESSIONS, "confirmed")).status_code == 400


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_only_clinicians_see_that_there_is_a_visit(clinic, reference, role):
    browser = clinic.quick(role)

    assert browser.get(f"{home(reference)}/visit").status_code == 404
    assert browser.post(f"{home(reference)}/visit", read="0").status_code == 404
    assert len(clinic.audited("authz:denied")) == 2
