"""Do worked patients come out as written, and can a clinician decide about them?

One in danger, some with reasons against or to look into, one with none, and one who is
not sure of anything that may be answered so; in a browser, in both languages, with and
without script. The fields are filled from the answers by the definition alone.
"""

import os
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest

from screening.core.answers import read_answers
from screening.core.definition import Outcome
from screening.core.judge import evaluate
from screening.core.source import plain, read_text
from screening.library import shelf_for
from tests.browser.conftest import PASSWORD, Clinic, serving
from tests.browser.kept import read_submission
from tests.browser.person import REFERENCE, Person, press, sign_in
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

CASES = {
    "U1": Outcome.URGENT,
    "N2": Outcome.CONTRAINDICATION_REPORTED,
    "L1": Outcome.NO_BARRIER_REPORTED,
    "R2": Outcome.NEEDS_REVIEW,
    "R1": Outcome.NEEDS_REVIEW,
}
UNSURE = "not sure of anything"
SIX = {
    "U1": ("en", True),
    "N2": ("es", False),
    "L1": ("es", True),
    "R2": ("en", False),
    "R1": ("en", True),
    UNSURE: ("es", True),
}
"""Which way each goes, the language and whether there is script; each way is gone."""

HELP_IN_DANGER = ["You do not have to manage this alone", "Please talk to someone now"]


def ways(*patients):
    """Return (patient, language, script); `make journeys` has all go every way."""
    every = [
        (language, script) for language in ("en", "es") for script in (True, False)
    ]
    takes_all = os.environ.get("JOURNEYS") == "all"
    return [
        (patient, *way)
        for patient in patients
        for way in (every if takes_all else [SIX[patient]])
    ]


@pytest.fixture(scope="module")
def expected():
    """What the cases file says must come of each patient."""
    name = "ocd-ketamine/cases/worked.yaml"
    cases = plain(read_text(shelf_for("ocd-ketamine").read(name), name))["cases"]
    return {one["case"]: one["expect"] for one in cases}


def answers_of(patient, questionnaire):
    answers = worked_answers("L1" if patient == UNSURE else patient, questionnaire)
    answers |= {"consent": "yes"}
    return not_sure(questionnaire, answers) if patient == UNSURE else answers


def not_sure(questionnaire, answers):
    """Return the answers, every one of them not sure that may be."""
    for question in questionnaire.questions.values():
        if question.not_sure and "." not in question.key:
            answers[question.id] = "unsure"
        answers |= _unsure_parts(question, answers)
    return answers


def _unsure_parts(question, answers):
    given = answers.get(question.id)
    if not question.parts or not isinstance(given, dict):
        return {}
    sure = {one.id: "unsure" for one in question.parts if one.not_sure}
    return {question.id: given | sure}


class Walker(Person):
    """Notes in which languages the pages said that they are."""

    def __init__(self, page, answers):
        super().__init__(page, answers, look=self._listen)
        self.languages = set()

    def _listen(self, page):
        self.languages.add(page.locator("html").get_attribute("lang"))


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A clinic that nobody else sends to, with one clinician."""
    folder = tmp_path_factory.mktemp("six")
    with serving(folder, SCREENING_INSECURE_DEMO="1") as (port, _, app):
        yield Clinic(f"http://127.0.0.1:{port}", app)


@pytest.fixture(scope="module")
def send(own, questionnaire, chromium):
    """Give a way to take a patient from the start to the receipt, each way once.

    It returns the reference and the help that was shown on the way.
    """
    sent = {}

    def walk(patient, language, script):
        context = chromium.new_context(
            base_url=own.address, java_script_enabled=script, locale=language
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        walker = Walker(page, answers_of(patient, questionnaire))
        page.goto("/")
        walker.press_in("/start")
        walker.answer_until_path("/receipt")
        assert walker.languages == {language}
        reference = REFERENCE.search(page.locator("main").inner_text()).group()
        context.close()
        return reference, [*dict.fromkeys(walker.help_seen)]

    def once(*way):
        if way not in sent:
            sent[way] = walk(*way)
        return sent[way]

    return once


def findings_of(submission):
    return sorted(one["id"] for one in submission.record.findings)


@pytest.mark.parametrize(("case", "language", "script"), ways(*CASES))
def test_a_worked_patient_comes_out_as_the_case_says(
    case, language, script, expected, own, send
):
    reference, help_seen = send(case, language, script)

    kept = read_submission(own.store, reference)
    assert kept.facts.outcome == expected[case]["outcome"] == CASES[case]
    assert findings_of(kept) == sorted(expected[case]["findings"] or [])
    assert kept.record.missing == list(expected[case].get("missing") or [])
    assert bool(help_seen) == (case == "U1")
    if case == "U1" and language == "en":
        assert help_seen == HELP_IN_DANGER


@pytest.mark.parametrize(("patient", "language", "script"), ways(UNSURE))
def test_who_is_not_sure_of_anything_is_looked_at_and_never_passed(
    patient, language, script, questionnaire, own, send
):
    answers = answers_of(patient, questionnaire)
    unsure = [key for key, value in answers.items() if value == "unsure"]
    today = datetime.now(UTC).date()
    meant = evaluate(questionnaire, read_answers(questionnaire, answers, today))

    reference, _ = send(patient, language, script)

    kept = read_submission(own.store, reference)
    assert len(unsure) > len(questionnaire.questions) / 4
    assert kept.facts.outcome == meant.outcome == Outcome.NEEDS_REVIEW
    assert findings_of(kept) == sorted(one.id for one in meant.findings)
    assert kept.record.missing == list(meant.missing)
    assert kept.record.undetermined == list(meant.undetermined) != []


def pdf_text(path):
    printed = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True
    )
    return printed.stdout.decode("utf-8")


class Clinician:
    """Works at the desk of the clinic."""

    def __init__(self, page, clinic):
        self.page = page
        sign_in(page, clinic)

    def words(self):
        return " ".join(self.page.locator("main").inner_text().split())

    def button(self, name):
        press(self.page.get_by_role("button", name=name, exact=True))

    def decide(self, reference, decision, reason):
        """Write and sign; give the words of the page that shows it."""
        self.page.goto(f"/clinic/submissions/{reference}")
        if self.page.get_by_role("link", name="See the decision").count():
            press(self.page.get_by_role("link", name="See the decision"))
            self.button("Amend the decision")
        else:
            self.button("Decide")
        self.page.locator(f"input[name=decision][value={decision}]").check()
        self.page.locator("#reason").fill(reason)
        self.button("Save, and look over what is signed")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.button("Sign")
        return self.words()

    def download(self, link, path):
        with self.page.expect_download() as download:
            link.click()
        download.value.save_as(path)
        return path


DECISIONS = {
    "U1": ("refer", "Refer elsewhere", "The crisis team sees her today."),
    "N2": ("not_now", "Not now", "Another way is safer."),
    "L1": ("invite", "Invite to a visit", ""),
    "R2": ("invite", "Invite to a visit", "Blood pressure is measured at the visit."),
    "R1": ("not_now", "Not now", "Sertraline has not been tried in full."),
    UNSURE: ("not_now", "Not now", "She brings her papers and fills it in again."),
}


def test_six_are_decided_about_one_is_amended_and_three_are_exported(
    own, send, open_page, tmp_path
):
    references = {one: send(one, *way)[0] for one, way in SIX.items()}
    desk = Clinician(open_page(width=1280, address=own.address), own)
    desk.page.goto("/clinic")
    first = desk.page.locator(".clinic-queue__reference").first.inner_text()

    for patient, (decision, label, reason) in DECISIONS.items():
        said = desk.decide(references[patient], decision, reason)
        assert f"{label}: version" in said
    amended = desk.decide(references["R1"], "refer", "His doctor raises the dose.")
    exported = [references[one] for one in ("U1", "L1", "R1")]
    for reference in exported:
        text = pdf_text(pdf_of(desk, reference, tmp_path / f"{reference}.pdf"))
        assert reference in text
        assert "Jo Testpatient" in text
        assert "Ada Quill (ada), clinician" in text
    archive = export(desk, exported, tmp_path / "three.zip")
    verdict = own.store.audit.verify()

    assert first == references["U1"]
    assert "Refer elsewhere: version" in amended
    assert "Before: Not now" in amended
    assert sorted(archive.namelist()) == sorted(f"{one}.pdf" for one in exported)
    assert verdict.is_whole


def pdf_of(desk, reference, path):
    desk.page.goto(f"/clinic/submissions/{reference}")
    return desk.download(desk.page.locator(f"a[href*='{reference}.pdf']").first, path)


def export(desk, references, path):
    desk.page.goto("/clinic?show=all")
    for reference in references:
        desk.page.locator(f"input[name=chosen][value='{reference}']").check()
    desk.page.get_by_label("Summaries as PDFs").check()
    desk.page.get_by_label("What it is for").fill("The audit of March")
    desk.button("Make the file")
    link = desk.page.get_by_role("link", name="Download the file")
    link.wait_for(timeout=60_000)
    return zipfile.ZipFile(desk.download(link, path))
