"""Does every page of the form hold, empty, wrong and filled, on any screen?

The pages are those of the definition: what no patient here meets is named. On each one,
at three widths, axe finds nothing, nothing scrolls sideways, text of twice the size
still fits, and an error summary takes the focus and leads to its fields.
"""

import pytest

from tests.browser.looking import ERRORS, STRUCTURE, at_widths, violations
from tests.browser.showing import Showing, pages_of_form

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
AXE_WIDTHS = {"en": (320, 1280), "es": (320,)}
"""Between them nothing changes but room; axe takes most of the time."""
IS_FOCUSED = "() => document.activeElement.className.includes('error-summary')"


class Inspector:
    """Looks at each page once in each state, and keeps what is wrong."""

    def __init__(self, axe, *, script, language="en"):
        self.axe, self.script, self.language = axe, script, language
        self.seen, self.found = set(), []

    def __call__(self, page):
        path = page.url.split("?")[0]
        state = f"{path} {page.locator('.nhsuk-error-summary').count()}"
        if state not in self.seen:
            self.seen.add(state)
            self.look(page)

    def look(self, page):
        self.note(page, "structure", page.evaluate(STRUCTURE, self.language))
        found = at_widths(page, WIDTHS, lambda width: self.violations(page, width))
        self.found += [f"{page.url}: {fault}" for fault in found]

    def violations(self, page, width):
        is_looked_at = self.script and width in AXE_WIDTHS[self.language]
        return violations(page, self.axe) if is_looked_at else ()

    def note(self, page, what, faults):
        self.found += [f"{page.url}: {what}: {fault}" for fault in faults]


@pytest.fixture(scope="module")
def pages(clinic, questionnaire):
    """Give the pages of the form in a language; two patients meet them all."""
    kept = {}

    def of(language):
        if language not in kept:
            kept[language] = pages_of_form(
                clinic.app, questionnaire, language, "U1", "L1"
            )
        return kept[language]

    return of


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_holds_empty_wrong_and_filled(
    language, script, questionnaire, pages, clinic, open_page, axe
):
    look = Inspector(axe, script=script, language=language)
    page = open_page(script=script, language=language)
    showing = Showing(page, clinic.app)
    for name, answer in pages(language):
        showing.show(answer)
        if name.endswith("wrong"):
            look.note(page, "errors", page.evaluate(ERRORS))
            if script:
                page.wait_for_function(IS_FOCUSED)
        look.look(page)

    met = {name.split()[0].rsplit("/", 1)[-1] for name, _ in pages(language)}
    states = {name.split()[1] for name, _ in pages(language)}
    assert not look.found, "\n".join(sorted(set(look.found)))
    assert {one.source_id for one in questionnaire.pages} - met == set()
    assert states == {"empty", "wrong", "filled"}
