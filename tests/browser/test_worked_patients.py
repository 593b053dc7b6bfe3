"""Do four worked patients come out as written, in a browser, with and without script?

One in danger, one with reasons against, one with none, and one who is not sure of
anything that may be answered so. The fields are filled from the answers by the
definition alone, whatever the language of the pages.
"""

import os
from datetime import UTC, datetime

import pytest

from screening.core.answers import read_answers
from screening.core.definition import Outcome
from screening.core.judge import evaluate
from screening.core.source import plain, read_text
from screening.library import shelf_for
from tests.browser.kept import read_submission
from tests.browser.person import Person
from tests.browser.test_whole_journeys import REFERENCE
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "es")
"""The languages that the pages are offered in; the first is where everybody begins."""

CASES = {
    "U1": Outcome.URGENT,
    "N2": Outcome.CONTRAINDICATION_REPORTED,
    "L1": Outcome.NO_BARRIER_REPORTED,
}
UNSURE = "not sure of anything"


def ways():
    """Return patients with the language and whether there is script.

    `make journeys` takes every patient every way; otherwise each goes two of the four,
    and each way is gone by somebody.
    """
    every = os.environ.get("JOURNEYS") == "all"
    return [
        (case, language, script)
        for number, case in enumerate(CASES)
        for language in LANGUAGES
        for script in (True, False)
        if every or (number + (language == "es") + script) % 2
    ]


@pytest.fixture(scope="module")
def expected():
    """What the cases file says must come of each patient."""
    name = "ocd-ketamine/cases/worked.yaml"
    cases = plain(read_text(shelf_for("ocd-ketamine").read(name), name))["cases"]
    return {one["case"]: one["expect"] for one in cases}


def not_sure_of_anything(questionnaire):
    """Return L1's answers, every one of them not sure that may be."""
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
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


def submitted(open_page, clinic, answers, *, language, script):
    """Answer everything from the start to the receipt; return what was stored."""
    page = open_page(script=script, language=language)
    walker = Walker(page, answers)
    page.goto("/")
    walker.press_in("/start")
    walker.answer_until_path("/receipt")
    assert walker.languages == {language}
    text = page.locator("main").inner_text()
    return read_submission(clinic.store, REFERENCE.search(text).group())


def findings_of(submission):
    return sorted(one["id"] for one in submission.record.findings)


@pytest.mark.parametrize(("case", "language", "script"), ways())
def test_a_worked_patient_comes_out_as_the_case_says(
    case, language, script, questionnaire, expected, clinic, open_page
):
    answers = worked_answers(case, questionnaire) | {"consent": "yes"}

    kept = submitted(open_page, clinic, answers, language=language, script=script)

    assert kept.facts.outcome == expected[case]["outcome"] == CASES[case]
    assert findings_of(kept) == sorted(expected[case]["findings"] or [])
    assert kept.record.missing == list(expected[case].get("missing") or [])


@pytest.mark.parametrize(
    ("language", "script"), [way[1:] for way in ways() if way[0] == "U1"]
)
def test_who_is_not_sure_of_anything_is_looked_at_and_never_passed(
    language, script, questionnaire, clinic, open_page
):
    answers = not_sure_of_anything(questionnaire)
    unsure = [key for key, value in answers.items() if value == "unsure"]
    today = datetime.now(UTC).date()
    meant = evaluate(questionnaire, read_answers(questionnaire, answers, today))

    kept = submitted(open_page, clinic, answers, language=language, script=script)

    assert len(unsure) > len(questionnaire.questions) / 4
    assert kept.facts.outcome == meant.outcome == Outcome.NEEDS_REVIEW
    assert findings_of(kept) == sorted(one.id for one in meant.findings)
    assert kept.record.missing == list(meant.missing)
    assert kept.record.undetermined == list(meant.undetermined) != []
