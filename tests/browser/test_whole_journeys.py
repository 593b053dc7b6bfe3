"""Does the whole journey hold, in a real browser, from the article to the PDF?"""

import re
import subprocess

import pytest

from tests.browser.person import Person, press
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
AXE = """axe.run(document, {resultTypes: ['violations'], runOnly: [
    'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"""

PATIENTS = {
    "R2": ("review", ["review-bp", "review-eye", "review-opioid-rx"], []),
    "U1": (
        "urgent",
        ["urgent-asq-acute", "urgent-plan"],
        ["You do not have to manage this alone", "Please talk to someone now"],
    ),
}


class Looker:
    """Runs axe once on each kind of page that anybody sees, and keeps what it finds."""

    def __init__(self, axe):
        self.axe = axe
        self.seen = set()
        self.found = []

    def __call__(self, page):
        path = re.sub(r"/entry/\d+|[0-9A-Z]{4}-[0-9A-Z]{4}", "/one", page.url)
        path = f"{path} {page.locator('.nhsuk-error-summary').count()}"
        if path in self.seen:
            return
        self.seen.add(path)
        page.evaluate(self.axe)
        result = page.evaluate(AXE)
        self.found += [
            f"{page.url}: {one['id']}: {node['html']}"
            for one in result["violations"]
            for node in one["nodes"]
        ]


@pytest.fixture(scope="module")
def looker(axe):
    return Looker(axe)


def pdf_text(path):
    printed = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True
    )
    return printed.stdout.decode("utf-8")


def sign_in(page, clinic):
    page.goto("/clinic/sign-in")
    page.get_by_label("User name").fill(clinic.username)
    page.get_by_label("Password").fill(clinic.password)
    press(page.get_by_role("button", name="Sign in"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("case", PATIENTS)
def test_a_patient_reaches_the_receipt_and_a_clinician_holds_the_pdf(
    case, script, questionnaire, clinic, open_page, looker, tmp_path
):
    outcome, findings, help_texts = PATIENTS[case]
    look = looker if script else lambda _: None
    answers = worked_answers(case, questionnaire) | {"consent": "yes"}
    person = Person(open_page(script=script), answers, look=look)

    person.start_from_the_article().answer_to_the_receipt()
    reference = REFERENCE.search(person.page.locator("main").inner_text()).group()

    desk = open_page(script=script, width=1280)
    sign_in(desk, clinic)
    desk.goto(f"/clinic/submissions/{reference}")
    look(desk)
    with desk.expect_download() as download:
        desk.locator(f"a[href*='{reference}.pdf']").first.click()
    path = tmp_path / "summary.pdf"
    download.value.save_as(path)
    text = pdf_text(path)

    assert [*dict.fromkeys(person.help_seen)] == help_texts
    assert outcome in text.lower()
    assert [one for one in findings if one not in text] == []
    assert "Jo Testpatient" in text
    assert "■" not in text
    assert not looker.found, "\n".join(looker.found)
