"""Can every page be read in the colours that a person has asked for, and on paper?

The pages of a whole journey and those of the clinic, in dark, in strong contrast and
in colours that the system forces; motion where less of it is asked for; what a printer
gets, even of a page that is dark.
"""

import re
import subprocess

import pytest

from tests.browser.person import press, sign_in
from tests.browser.showing import Showing, pages_of_form
from tests.browser.test_every_page import Inspector
from tests.web.patient.test_asked_again import sent

pytestmark = pytest.mark.browser

CONTRAST = """axe.run(document, {resultTypes: ['violations', 'incomplete'], runOnly: [
    'color-contrast', 'link-in-text-block']})"""
LOOKS = {
    "dark": {"color_scheme": "dark"},
    "strong": {"contrast": "more"},
    "dark and strong": {"color_scheme": "dark", "contrast": "more"},
}
PLAIN = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
}
SURFACE = """() => getComputedStyle(document.body).backgroundColor"""
EDGES = """() => {
    const parts = '.nhsuk-button, .nhsuk-input, .nhsuk-select, .nhsuk-textarea, '
        + '.screening-card, .screening-grid__question, .nhsuk-error-summary, '
        + '.clinic-finding, .clinic-banner, .clinic-statement';
    const canvas = getComputedStyle(document.body).backgroundColor;
    return [...document.querySelectorAll(parts)].filter((one) => {
        const look = getComputedStyle(one);
        const isDrawn = look.borderTopStyle !== 'none' && look.borderTopWidth !== '0px';
        return one.offsetParent && !(isDrawn && look.borderTopColor !== canvas);
    }).map((one) => one.outerHTML.slice(0, 120));
}"""
DOTS = """() => [...document.querySelectorAll('.nhsuk-radios__label')].filter(
    (one) => getComputedStyle(one, '::after').borderTopColor
        === getComputedStyle(document.body).backgroundColor
).map((one) => one.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll('*')].filter((one) => {
    const look = getComputedStyle(one);
    return parseFloat(look.transitionDuration) > 0.001
        || parseFloat(look.animationDuration) > 0.001
        || look.scrollBehavior === 'smooth';
}).map((one) => one.outerHTML.slice(0, 120))"""


class Beholder(Inspector):
    """Looks at each page once in each state and in each of the looks."""

    def look(self, page):
        page.evaluate(self.axe)
        for look, asked in LOOKS.items():
            page.emulate_media(**PLAIN | asked)
            self.note(page, look, self.unreadable(page))
        page.emulate_media(**PLAIN | {"forced_colors": "active"})
        self.note(page, "no edge in forced colours", page.evaluate(EDGES))
        self.note(page, "no dot in forced colours", page.evaluate(DOTS))
        # Axe reads the colours that words were to have, not those that are forced:
        # what it is not certain of means nothing here.
        self.note(page, "forced", self.forced(page))
        page.emulate_media(**PLAIN)

    def forced(self, page):
        return [told for told, _ in checks_of(page.evaluate(CONTRAST)["violations"])]

    def unreadable(self, page):
        """Violations, and words in the colour they stand on: not certain for axe."""
        found = page.evaluate(CONTRAST)
        certain = [told for told, _ in checks_of(found["violations"])]
        uncertain = checks_of(found["incomplete"])
        return certain + [told for told, key in uncertain if key == "equalRatio"]


def checks_of(found):
    """Yield what is told of each element, and the key of what it is about."""
    for rule in found:
        for node in rule["nodes"]:
            for check in node["any"]:
                told = f"{check['message']} {node['html'][:160]}"
                yield told, (check["data"] or {}).get("messageKey")


def test_every_page_of_the_form_can_be_read_in_every_look(
    clinic, questionnaire, open_page, axe
):
    look = Beholder(axe, script=True)
    page = open_page()
    showing = Showing(page, clinic.app)
    kept = pages_of_form(clinic.app, questionnaire, "en", "U1")
    for name, answer in kept:
        if not name.endswith("filled"):
            showing.show(answer)
            look.look(page)

    assert len(kept) > 80
    assert not look.found, "\n".join(sorted(set(look.found)))


def test_every_page_of_the_clinic_can_be_read_in_every_look(
    clinic, questionnaire, open_page, axe
):
    look = Beholder(axe, script=True)
    page = open_page(width=1280)
    for path in ("/clinic/sign-in", "/help", "/privacy", "/resume", "/nowhere"):
        page.goto(path)
        look(page)
    reference = sent(clinic.app, questionnaire, "U1")
    sign_in(page, clinic)
    for path in ("/clinic", f"/clinic/submissions/{reference}"):
        page.goto(path)
        look(page)

    assert not look.found, "\n".join(sorted(set(look.found)))


def test_a_page_is_dark_on_a_screen_where_dark_is_asked_for(open_page):
    page = open_page()
    page.goto("/")
    light = page.evaluate(SURFACE)

    page.emulate_media(color_scheme="dark")

    assert page.evaluate(SURFACE) != light


def test_nothing_moves_where_less_motion_is_asked_for(open_page):
    page = open_page()
    page.emulate_media(reduced_motion="reduce")

    page.goto("/")
    page.get_by_role("button", name="Start").click()
    page.locator("input[type=radio]").first.wait_for()

    assert page.evaluate(MOVING) == []


def printed(page, folder):
    """Return the words that a printer gets of a page, and how many sheets."""
    path = folder / "page.pdf"
    path.write_bytes(page.pdf(format="A4"))
    text = subprocess.run(
        ["pdftotext", path, "-"], check=True, capture_output=True
    ).stdout.decode("utf-8")
    return " ".join(text.split()), text.count("\f")


def test_a_printed_page_of_questions_holds_questions_and_help_and_no_ways_on(
    open_page, tmp_path
):
    page = open_page()
    page.goto("/")
    press(page.get_by_role("button", name="Start"))

    words, _ = printed(page, tmp_path)

    assert "How old are you?" in words
    assert "988 Suicide & Crisis Lifeline" in words
    for gone in ("Continue", "Stop here", "Back", "Skip to", "Privacy", "http"):
        assert gone not in words


def test_a_printed_code_to_carry_on_is_whole_on_one_sheet(open_page, tmp_path):
    page = open_page()
    page.goto("/")
    press(page.get_by_role("button", name="Start"))
    page.goto("/stop")
    press(page.get_by_role("button", name="Get a code to carry on"))
    groups = page.locator("#code").inner_text().split()

    words, sheets = printed(page, tmp_path)

    assert [group for group in groups if group not in words] == []
    assert "Close the form" not in words
    assert sheets == 1


def test_a_printed_article_says_where_its_sources_are(open_page, tmp_path):
    page = open_page()
    page.goto("/article")
    source = page.locator(".article-references a[href^=https]").first
    site = source.get_attribute("href").split("/")[2]

    words, _ = printed(page, tmp_path)

    assert f"(https://{site}/" in words
    assert "#reference-1" not in words
    assert "Back to the text" not in words
    assert "On this page" not in words


def test_paper_is_white_even_where_the_screen_is_dark(open_page):
    page = open_page()
    page.goto("/article")
    page.emulate_media(color_scheme="dark", media="print")

    ink = page.evaluate("() => getComputedStyle(document.body).color")
    surfaces = page.evaluate(
        """() => [...document.querySelectorAll('body, body *')].map(
            (one) => getComputedStyle(one).backgroundColor)"""
    )

    assert ink == "rgb(0, 0, 0)"
    assert set(surfaces) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


def test_a_printed_receipt_keeps_the_reference_and_who_can_be_called(
    clinic, open_page, questionnaire, tmp_path
):
    page = open_page()
    kept = dict(pages_of_form(clinic.app, questionnaire, "en", "U1"))
    Showing(page, clinic.app).show(kept["/receipt empty"])
    reference = page.locator(".screening-code").inner_text()

    words, sheets = printed(page, tmp_path)

    assert reference in words
    assert re.search(r"call \(?911", words)
    assert "Finish and clear" not in words
    assert sheets == 1
