"""Is a letter what the clinician read, and says no more than she ticked?"""

import re
from html import unescape

import pytest

from screening.store.letters import Releasing
from screening.web.clinician.letter_form import AGREEMENT
from tests.report.test_pdf import text_of
from tests.web.clinician.conftest import ADA, PASSWORD
from tests.web.clinician.deciding import SEEN, decide, words
from tests.web.clinician.test_visit import OTHER, mark, said

TICKED = re.compile(r'value="([^"]+)"\s+autocomplete="off" checked')
TEXT = re.compile(r'<textarea[^>]*id="text"[^>]*>\n([^<]*)</textarea>')
RECIPIENT = "Dr Ivo Marsh\n1 High Street"
ABOUT = "Ada Quill, born 4 May 1985"


@pytest.fixture
def browser(clinic):
    return clinic.quick("clinician")


@pytest.fixture
def reference(clinic):
    return clinic.submit("R1", contact=ADA)


def home(reference):
    return f"/clinic/submissions/{reference}/letter"


def ticked(browser, reference):
    return TICKED.findall(browser.get(home(reference)).text)


def draft(browser, reference, parts=None):
    """Give the page with the draft of the parts that are ticked, or of these."""
    parts = ticked(browser, reference) if parts is None else parts
    return browser.post(f"{home(reference)}/draft", parts=parts)


def text_in(page):
    return unescape(TEXT.search(page.text)[1])


def letter(text="Dear colleague,\n\n- Sertraline: 50 mg.", **changes):
    usual = {"recipient": RECIPIENT, "about": ABOUT, "text": text, "agreed": "yes"}
    return {"read": "0", **usual, **changes}


def preview(browser, reference, **changes):
    browser.get(home(reference))
    return browser.post(f"{home(reference)}/preview", **letter(**changes))


def release(browser, reference, *, password=PASSWORD, seen=None, **changes):
    page = preview(browser, reference, **changes)
    seen = seen or SEEN.search(page.text)[1]
    return browser.post(
        f"{home(reference)}/release", seen=seen, password=password, **letter(**changes)
    )


def test_a_draft_says_what_was_tried_against_the_limits(browser, reference):
    text = text_in(draft(browser, reference))

    assert text.startswith("Dear colleague,")
    assert "Highest daily dose 50 mg (limit: at least 150 mg; not met)" in text
    assert "Exposure in sessions No (limit: yes; not met)" in text
    assert "First-line treatment is usually the better next step" in text
    assert "Nobody examined them" in text


def test_a_draft_is_kept_nowhere(clinic, browser, reference):
    before = clinic.row_counts()
    draft(browser, reference)
    preview(browser, reference)
    after = clinic.row_counts()

    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"audit"}


def test_what_the_form_treats_with_care_is_not_ticked(clinic, browser):
    reference = clinic.submit("U1")

    offered = browser.get(home(reference)).text
    text = text_in(draft(browser, reference))

    assert ticked(browser, reference) == ["section:treatments"]
    assert 'value="finding:urgent-asq-acute"' in offered
    assert "Treated with care by the form." in offered
    for word in ("suicid", "kill", "PHQ", "dead"):
        assert word not in text


def test_a_part_that_is_ticked_stands_in_the_draft(clinic, browser):
    reference = clinic.submit("U1")

    text = text_in(draft(browser, reference, ["finding:urgent-plan"]))

    assert "Suicide plan, preparation or attempt" in text
    assert "Sertraline" not in text


def test_what_was_decided_is_there_to_be_ticked_once_it_is_signed(browser, reference):
    before = browser.get(home(reference)).text
    decide(browser, reference)

    assert "decision" not in ticked(browser, reference)
    assert 'value="decision"' not in before
    text = text_in(draft(browser, reference, ["decision"]))
    assert "- Not now.\n- Sertraline has not been tried in full." in text


def test_what_was_said_at_the_visit_stands_beside_it(browser, reference):
    mark(browser, reference, **said("erp.sessions", "wrong", "14"))

    text = text_in(draft(browser, reference))

    assert "Sent: 10. At the visit: wrong, is: 14." in text


def test_the_draft_names_the_patient_where_the_clinic_knows_them(
    clinic, browser, reference
):
    known = draft(browser, reference).text
    unknown = draft(browser, clinic.submit("R1")).text

    assert f'value="{ABOUT}"' in known
    assert re.search(r'name="about"[^>]*value=""', unknown)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"recipient": ""}, "Write to whom the letter goes."),
        ({"about": " "}, "Write whom the letter is about."),
        ({"text": ""}, "Write the letter."),
        ({"agreed": ""}, "only if the patient agreed"),
        ({"text": "x" * 12_001}, "Use at most 12000 characters"),
    ],
)
def test_a_letter_is_not_shown_for_release_until_it_is_whole(
    browser, reference, changes, message
):
    answer = preview(browser, reference, **changes)

    assert answer.status_code == 422
    assert message in answer.text


def test_a_letter_is_shown_as_a_draft_before_it_is_released(browser, reference):
    page = words(preview(browser, reference))

    assert "DRAFT: not released" in page
    assert f"I release this letter about submission {reference}. {AGREEMENT}" in page


def test_a_released_letter_says_who_when_and_that_the_patient_agreed(
    clinic, browser, reference
):
    answer = release(browser, reference)

    (kept,) = clinic.store.letters.of(reference)
    assert answer.status_code == 303
    assert (kept.author.username, kept.confirmed_by) == ("a-clinician", ("password",))
    assert kept.letter["recipient"] == RECIPIENT
    assert kept.letter["agreed"] == AGREEMENT
    assert "Letter 1 (PDF) , released by Some Clinician (a-clinician)" in words(
        browser.get(home(reference))
    )
    assert clinic.audited("submission:letter:release") == [("a-clinician", reference)]


def test_the_pdf_is_of_what_was_released_and_each_download_is_noted(
    clinic, browser, reference
):
    release(browser, reference)

    answer = browser.get(f"{home(reference)}/1.pdf")
    pdf = text_of(answer.data)

    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=letter-{reference}-1.pdf"
    )
    for part in ("Dr Ivo Marsh", f"About {ABOUT}", "Sertraline: 50 mg."):
        assert part in pdf
    assert clinic.store.letters.of(reference)[0].sha256 in pdf
    assert "DRAFT" not in pdf
    assert clinic.audited("submission:letter:download") == [("a-clinician", reference)]


def test_a_letter_that_was_not_released_has_no_pdf(browser, reference):
    assert browser.get(f"{home(reference)}/1.pdf").status_code == 404
    assert browser.get("/clinic/submissions/AAAA-AAAA/letter/1.pdf").status_code == 404


def test_nothing_is_released_without_the_password(clinic, browser, reference):
    answer = release(browser, reference, password="not the right words")

    assert answer.status_code == 422
    assert "Nothing was released" in answer.text
    assert clinic.store.letters.of(reference) == ()
    assert len(clinic.audited("decision:sign:refused")) == 1


def test_nothing_is_released_that_was_not_shown(clinic, browser, reference):
    seen = SEEN.search(preview(browser, reference).text)[1]

    answer = release(browser, reference, seen=seen, text="Something else.")

    assert answer.status_code == 409
    assert "not the one that you read" in answer.text
    assert clinic.store.letters.of(reference) == ()


def test_of_two_at_once_the_second_is_told_and_keeps_her_text(
    clinic, browser, reference
):
    theirs = Releasing(
        letter=letter(),
        record_sha256="5e" * 32,
        meaning="I release it.",
        author=OTHER,
        confirmed_by=("password",),
        zone="UTC",
    )
    clinic.store.letters.release(
        reference, theirs, expected_number=0, actor=clinic.actor
    )

    answer = release(browser, reference, text="Mine.")

    assert answer.status_code == 409
    assert "Somebody released another letter" in answer.text
    assert text_in(answer) == "Mine."
    assert "released by Dr Ben Cole" in words(answer)
    assert len(clinic.store.letters.of(reference)) == 1


def test_a_name_that_the_page_does_not_have_is_refused(browser, reference):
    assert preview(browser, reference, other="1").status_code == 400


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_only_clinicians_see_that_there_are_letters(clinic, browser, reference, role):
    release(browser, reference)
    other = clinic.quick(role)

    assert other.get(home(reference)).status_code == 404
    assert other.get(f"{home(reference)}/1.pdf").status_code == 404
    assert clinic.audited("submission:letter:download") == []
