"""Is every page of the staff sound in every state, on a phone and on a desk?

Each page is what the service answered; the browser only shows it, with the style and
the script of the service. Axe finds nothing, nothing scrolls sideways, and whatever
can be pressed or filled in is a stop of Tab, in the order of the page, and is seen to
have the focus.
"""

import os
from pathlib import Path

import pytest

from screening.web.clinician.routes import ROUTES
from tests.browser.looking import ERRORS, STRUCTURE, at_widths, violations
from tests.browser.showing import Showing
from tests.web.clinician.conftest import open_clinic, worked_cases
from tests.web.clinician.states import endpoints, every_state
from tests.web.conftest import new_key_ring, plain_config

pytestmark = pytest.mark.browser

WIDTHS = (320, 1280)
FILES = {"summary_pdf", "letter_pdf", "export_file", "news"}
"""What is not a page, and is looked at elsewhere."""
BY_KEYBOARD = """() => {
    const faults = [];
    const ring = (one) => [one, ...(one.labels || [])].flatMap((each) =>
        [null, '::before', '::after'].map((part) => {
            const style = getComputedStyle(each, part);
            return [style.outlineStyle, style.outlineWidth, style.boxShadow].join();
        })).join('|');
    const name = (one) => one.outerHTML.slice(0, 120);
    const operable = 'a[href], button, input:not([type=hidden]), select, '
        + 'textarea, summary';
    for (const one of document.querySelectorAll(operable)) {
        if (one.disabled || !one.checkVisibility()) continue;
        // For password managers, out of everybody's way.
        if (one.matches('.nhsuk-u-visually-hidden[autocomplete=username]')) continue;
        if (one.tabIndex !== 0) faults.push('not a stop: ' + name(one));
        const plain = ring(one);
        one.focus({preventScroll: true, focusVisible: true});
        if (document.activeElement !== one) faults.push('no focus: ' + name(one));
        else if (ring(one) === plain) faults.push('not seen: ' + name(one));
        one.blur();
    }
    for (const one of document.querySelectorAll('[onclick], [role=button], [tabindex]'))
        if (!one.matches(operable) && one.tabIndex > 0)
            faults.push('order: ' + name(one));
    return faults;
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Give the app, and (name, answer) of every page in every state."""
    folder = tmp_path_factory.mktemp("desk")
    config, cases = plain_config(new_key_ring()), worked_cases()
    with open_clinic(config, folder, cases, has_patients=True) as clinic:
        found = list(every_state(clinic))
        yield clinic.app, found, endpoints(clinic, [answer for _, answer in found])


def test_no_page_of_the_staff_is_left_out(pages):
    shown = {route.name for route in ROUTES if route.method == "GET"} - FILES
    assert shown - pages[2] == set()


def test_no_page_is_met_after_a_session_has_ended(pages):
    ended = [name for name, answer in pages[1] if "session has ended" in answer.text]
    assert ended == []


def pictured(page, name, width):
    """Take a picture where they are asked for (PICTURES=folder); nothing is wrong."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder, f"{name}-{width}.png"), full_page=True)
    return ()


def test_every_page_of_the_staff_is_sound_in_every_state(pages, open_page, axe):
    app, answers, _ = pages
    page = open_page(width=1280)
    showing, faults = Showing(page, app), []
    for name, answer in answers:
        showing.show(answer)
        found = page.evaluate(STRUCTURE, "en") + page.evaluate(BY_KEYBOARD)
        if page.locator(".nhsuk-error-summary").count():
            found += page.evaluate(ERRORS)
        found += violations(page, axe)
        found += at_widths(
            page, WIDTHS, lambda width, at=name: pictured(page, at, width)
        )
        faults += [f"{name}: {one}" for one in found]
    assert not faults, "\n".join(faults)
