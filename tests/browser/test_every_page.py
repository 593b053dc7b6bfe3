"""Does every page of the form hold, empty, wrong and filled, on any screen?

The pages are those of the definition: what no patient here meets is named. On each one,
at three widths, axe finds nothing, nothing scrolls sideways, text of twice the size
still fits, and an error summary takes the focus and leads to its fields.
"""

import os

import pytest

from tests.browser.person import Person, press
from tests.browser.test_whole_journeys import AXE
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
AXE_WIDTHS = {"en": (320, 1280), "es": (320,)}
"""Between them nothing changes but room; axe takes most of the time."""
WAYS = [("en", True), ("en", False), ("es", True)]
if os.environ.get("JOURNEYS") == "all":  # `make journeys`
    WAYS.append(("es", False))
SIDEWAYS = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const over = [...document.querySelectorAll('body *')].filter(
        (one) => one.getBoundingClientRect().right > page.clientWidth + 1);
    return over.slice(-3).map((one) => one.outerHTML.slice(0, 120));
}"""
STRUCTURE = """(language) => {
    const faults = [];
    if (document.querySelectorAll('h1').length !== 1) faults.push('h1');
    if (document.documentElement.lang !== language) faults.push('lang');
    if (document.title.length < 8) faults.push('title');
    if (!document.querySelector('main')) faults.push('main');
    return faults;
}"""
ERRORS = """() => {
    const summary = document.querySelector('.nhsuk-error-summary');
    const faults = [];
    if (!document.title.startsWith('Error')) faults.push('title');
    for (const link of summary.querySelectorAll('a')) {
        const target = document.getElementById(link.hash.slice(1));
        if (!target) faults.push('leads nowhere: ' + link.getAttribute('href'));
        else if (!target.matches('input, textarea, select, button'))
            faults.push('no control: ' + link.getAttribute('href'));
    }
    return faults;
}"""


class Inspector:
    """Looks at each page once in each state, and keeps what is wrong."""

    def __init__(self, axe, *, script, language="en"):
        self.axe, self.script, self.language = axe, script, language
        self.seen, self.found = set(), []

    def __call__(self, page):
        path = page.url.split("?")[0]
        state = f"{path} {page.locator('.nhsuk-error-summary').count()}"
        if state in self.seen:
            return
        self.seen.add(state)
        self.note(page, "structure", page.evaluate(STRUCTURE, self.language))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            self.note(page, f"sideways at {width}", page.evaluate(SIDEWAYS))
            if self.script and width in AXE_WIDTHS[self.language]:
                self.note(page, f"axe at {width}", self.violations(page))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.set_viewport_size({"width": 640, "height": 844})
        self.note(page, "sideways at 200 %", page.evaluate(SIDEWAYS))
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 390, "height": 844})

    def violations(self, page):
        page.evaluate(self.axe)
        found = page.evaluate(AXE)["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]

    def note(self, page, what, faults):
        self.found += [f"{page.url}: {what}: {fault}" for fault in faults]


class Walker(Person):
    """Sends each page empty before answering it."""

    def _go_on(self):
        if self.path.startswith("/q/") and self.path not in self.tried:
            self.tried.add(self.path)
            self._send_empty()
        super()._go_on()

    def _send_empty(self):
        before = self.page.url
        form = self.page.locator(f"main form[action='{self.path}']")
        if not form.count():
            return
        press(form.locator("button[type=submit]").last)
        summary = self.page.locator(".nhsuk-error-summary")
        if summary.count():
            if self.look.script:
                focused = "document.activeElement.className"
                if "error-summary" not in self.page.evaluate(focused):
                    self.look.found.append(f"{before}: the summary has no focus")
            self.look.note(self.page, "errors", self.page.evaluate(ERRORS))
            self.look(self.page)
        self.page.goto(before)


@pytest.mark.parametrize(("language", "script"), WAYS)
def test_every_page_holds_empty_wrong_and_filled(
    language, script, questionnaire, open_page, axe
):
    look = Inspector(axe, script=script, language=language)
    # Together they meet every page; what script adds is looked at with both.
    for case in ("U1", "L1") if script else ("U1",):
        answers = worked_answers(case, questionnaire) | {"consent": "yes"}
        person = Walker(open_page(script=script, language=language), answers)
        person.look, person.tried = look, set()
        person.start_from_the_article().answer_to_the_receipt()

    met = {state.split()[0].rsplit("/", 1)[-1] for state in look.seen}
    assert not look.found, "\n".join(sorted(set(look.found)))
    if script:
        assert {page.source_id for page in questionnaire.pages} - met == set()
