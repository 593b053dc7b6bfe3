"""Does the page of a submission say everything, and nothing untrue?"""

import re
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import pytest

from screening.core.problems import DefinitionError, Problem
from tests.web.clinician.conftest import ADA

HELP_AT = datetime(2026, 3, 1, 9, 12, tzinfo=UTC)
DIFFERS = "Read again, this record gives something else than on the day"
MARKED = "<x-marker>\"'&amp; ketamine"


def words(answer):
    """Give a page's text, in reading order, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def findings(answer):
    return re.findall(r'id="finding-([a-z0-9-]+)"', answer.text)


def opened(clinic, case, **options):
    reference = clinic.submit(case, **options)
    return clinic.browser("clinician").get(f"/clinic/submissions/{reference}")


class Elements(HTMLParser):
    """Collects the names of every element and attribute of a page."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attrs):
        self.names |= {tag, *(name for name, _ in attrs)}


@pytest.mark.parametrize("case", ["L1", "L2", "R1", "R2", "N1", "N2", "U1", "U3"])
def test_every_worked_patient_is_shown_with_the_findings_expected(clinic, case):
    answer = opened(clinic, case)

    assert answer.status_code == 200
    assert sorted(findings(answer)) == sorted(clinic.expected[case]["findings"])
    assert DIFFERS not in answer.text


def test_what_cannot_wait_stands_first_with_the_time_help_was_shown(clinic):
    answer = opened(clinic, "U1", help_at=HELP_AT)

    said = words(answer)
    urgent = "URGENT: this record names nobody to call"
    assert said.index(urgent) < said.index("Submission", len("Submission"))
    assert "help shown 1 March 2026, 09:12 Europe/London" in said


def test_a_calm_record_has_no_banner(clinic):
    answer = opened(clinic, "L1")

    assert "clinic-banner" not in answer.text


def test_the_page_says_what_it_is_not(clinic):
    said = words(opened(clinic, "L1"))

    assert "Patient-reported, unverified. Not a diagnosis, not a decision." in said


def test_a_finding_shows_its_sentence_its_answers_and_its_sources(clinic):
    answer = opened(clinic, "N1")

    shown = re.search(
        r'<li class="clinic-finding[^>]*id="finding-exclude-pregnant".*?</details>',
        answer.text,
        re.DOTALL,
    )
    said = " ".join(re.sub(r"<[^>]+>", " ", shown[0]).split())
    criterion = clinic.questionnaire.criterion("exclude-pregnant")
    assert criterion.because in unescape(said)
    assert "Rule: The answer to “Pregnancy” is “Yes, I am pregnant”." in said
    assert "erified : " in said


def test_what_is_missing_names_the_rules_it_leaves_undetermined(clinic):
    said = words(opened(clinic, "R2"))

    missing = said.split("What is missing")[2].split("Safety answers")[0]
    assert "Liver" in missing
    assert "Leaves undetermined: exclude-liver" in missing


def test_what_to_ask_first_stands_with_boxes_to_tick(clinic):
    said = words(opened(clinic, "R2"))

    asked = said.split("For the call or visit")[1].split("Safety answers")[0]
    assert "Liver" in asked
    assert "☐ " in asked
    assert "Any answer settles: " in asked


def test_safety_answers_stand_word_for_word(clinic):
    said = words(opened(clinic, "U1"))

    section = said.split("Safety answers, word for word")[2]
    assert "Are you having thoughts of killing yourself right now? Yes" in section


def test_a_trial_shows_the_working_of_its_adequacy(clinic):
    said = words(opened(clinic, "L1"))

    assert "Highest daily dose 200 mg at least 150 mg met" in said


def test_what_was_tried_is_drawn_beside_the_words(clinic):
    answer = opened(clinic, "R1")

    drawn = re.findall(r'<svg class="clinic-tried__bar[^>]*>', answer.text)
    assert len(drawn) == 3
    assert [' clinic-tried__bar--met"' in one for one in drawn] == [False, False, True]
    assert "Highest daily dose 50 mg , at least 150 mg: not met" in words(answer)


def test_what_the_patient_wrote_stands_in_one_place_to_the_letter(clinic):
    drops = {"medicine": "Grandmother's <b>drops", "dose": "Two spoons,\n  at night"}

    answer = opened(clinic, "R1", changes={"medicines": [drops]})

    part = answer.text.partition('<h2 id="own-words">')[2].partition("</section>")[0]
    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", part, re.DOTALL)
    assert [unescape(one) for one in quoted] == list(drops.values())


def test_a_record_in_which_nothing_was_written_has_no_place_for_it(clinic):
    assert "own-words" not in opened(clinic, "L1", changes={"medicines": []}).text


def test_a_score_is_drawn_and_said(clinic):
    answer = opened(clinic, "U1")

    drawn = re.search(r'role="img" aria-label="([^"]*24[^"]*)"', answer.text)
    assert "severe" in drawn[1]
    assert "20–27 severe" in words(answer)


def test_every_answer_stands_in_the_order_of_the_form(clinic):
    answer = opened(clinic, "L1")

    titles = re.findall(r'clinic-page">\s*<summary>([^<]*)', answer.text)
    shown = [unescape(title) for title in titles]
    in_file = dict.fromkeys(page.title for page in clinic.questionnaire.pages)
    assert shown == [title for title in in_file if title in shown]
    assert len(titles) > 10


def test_versions_and_hashes_stand_at_the_end(clinic):
    said = words(opened(clinic, "L1"))

    assert clinic.questionnaire.sha256 in said
    assert "Engine version 0.1.0" in said


def test_the_person_is_named_where_the_clinic_knows_them(clinic):
    said = words(opened(clinic, "L1", contact=ADA))

    assert "Name Ada Quill" in said
    assert "Date of birth 4 May 1985" in said
    assert "Call-back number 01632 960 001" in said
    assert "Leave a message yes" in said


def test_a_number_without_a_name_is_not_lost(clinic):
    said = words(opened(clinic, "L1", contact={"phone": "01632 960 002"}))

    assert "Given: phone 01632 960 002" in said


def test_somebody_unknown_is_said_to_be_beyond_reach(clinic):
    said = words(opened(clinic, "L1"))

    assert "Anonymous: cannot be followed up" in said


def test_no_name_stands_in_the_title_or_an_address(clinic):
    answer = opened(clinic, "L1", contact=ADA)

    title = re.search(r"<title>(.*?)</title>", answer.text)[1]
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
    assert "Quill" not in title
    assert not [each for each in addresses if "Quill" in each or "Ada" in each]


def test_what_a_patient_wrote_never_becomes_markup(clinic):
    trial = {"drug": MARKED, "max_dose_mg": 20, "still_taking": "yes"}
    answer = opened(
        clinic,
        "L1",
        changes={"medicine_trials": [trial]},
        contact=ADA | {"name": MARKED},
    )

    elements = Elements()
    elements.feed(answer.text)
    assert "x-marker" not in elements.names
    assert "&lt;x-marker&gt;" in answer.text


def test_what_a_patient_wrote_reaches_no_log(clinic, capfd):
    trial = {"drug": "Canary-drops", "max_dose_mg": 20, "still_taking": "yes"}

    answer = opened(
        clinic,
        "L1",
        changes={"medicine_trials": [trial]},
        contact=ADA,
    )

    logged = capfd.readouterr().err
    assert "Canary-drops" in answer.text
    assert "Canary" not in logged
    assert "Quill" not in logged


def test_a_look_leaves_one_audit_row(clinic):
    reference = clinic.submit("L1")
    browser = clinic.browser("clinician")

    browser.get(f"/clinic/submissions/{reference}")

    assert clinic.audited("submission:view") == [("a-clinician", reference)]


def test_nothing_is_shown_when_the_look_cannot_be_written_down(clinic, monkeypatch):
    reference = clinic.submit("U1")
    browser = clinic.browser("clinician")
    clinic.break_audit_trail(monkeypatch)

    answer = browser.get(f"/clinic/submissions/{reference}")

    assert answer.status_code == 503
    assert "thoughts of killing" not in answer.text


def test_another_outcome_than_on_the_day_is_said_both_ways(clinic):
    answer = opened(
        clinic,
        "R1",
        stored={"outcome": "no_barrier_reported", "findings": []},
    )

    said = words(answer)
    assert DIFFERS in said
    assert "Outcome: on the day No barrier reported; read again Needs review." in said
    assert "Findings: on the day none; read again review-first-line." in said


def test_an_answer_that_was_taken_back_is_shown_with_both_times(clinic):
    mark = {
        "cause": "urgent-harm-others",
        "key": "urgent_harm_others",
        "urgent": True,
        "at": "2026-03-01T09:00:00+00:00",
        "answers": {"harm_others": "yes"},
        "changed": {
            "at": "2026-03-01T09:05:00+00:00",
            "answers": {"harm_others": "no"},
        },
    }

    answer = opened(
        clinic,
        "L1",
        stored={
            "help_shown": [mark],
            "findings": ["retracted-safety-answer"],
            "outcome": "needs_review",
            "same_day": True,
        },
    )

    said = words(answer)
    assert DIFFERS not in said
    assert "retracted-safety-answer" in findings(answer)
    assert "1 March 2026, 09:00 Europe/London" in said
    assert "1 March 2026, 09:05 Europe/London" in said


def test_questions_this_release_cannot_read_leave_what_was_stored(clinic, monkeypatch):
    reference = clinic.submit("N1")
    browser = clinic.browser("clinician")

    def refuse(_sha256):
        raise DefinitionError([Problem(code="SC000", what="too old", fix="none")])

    monkeypatch.setattr(clinic.questionnaires, "version", refuse)
    answer = browser.get(f"/clinic/submissions/{reference}")

    assert answer.status_code == 500
    assert "Outcome Contraindication reported" in words(answer)


def test_a_changed_record_is_not_shown(clinic):
    reference = clinic.submit("U1")
    clinic.damage(reference)

    answer = clinic.browser("clinician").get(f"/clinic/submissions/{reference}")

    assert answer.status_code == 500
    assert "killing" not in answer.text


def test_old_answers_are_read_with_the_questions_of_their_day(clinic):
    reference = clinic.submit("N1")
    on_the_day = clinic.questionnaire.sha256
    clinic.put_a_newer_version_in_use()

    answer = clinic.browser("clinician").get(f"/clinic/submissions/{reference}")

    assert clinic.questionnaire.sha256 != on_the_day
    assert on_the_day in answer.text
    assert DIFFERS not in answer.text
