"""Can the whole form be filled in without a mouse, and is the focus always seen?"""

import pytest

from tests.browser.kept import read_submission
from tests.browser.keyboard import Typist
from tests.browser.person import REFERENCE
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser


def test_a_whole_form_by_keyboard_alone(questionnaire, clinic, open_page):
    answers = worked_answers("U1", questionnaire) | {"consent": "yes"}
    page = open_page()
    typist = Typist(page, answers)
    page.goto("/")
    typist.press_on("main a[href='/article']")
    typist.press_on("main p a[href='/']")
    typist.press_in("/start")

    typist.answer_until_path("/receipt")

    reference = REFERENCE.search(page.locator("main").inner_text()).group()
    kept = read_submission(clinic.store, reference)
    assert not typist.found, "\n".join(typist.found)
    assert typist.help_seen
    assert kept.facts.outcome == "urgent"
    assert str(kept.record.answers["age"]) == answers["age"]
    assert typist.stops > 10 * len(typist.pages)


def test_an_error_is_reached_and_leads_to_its_field(open_page):
    page = open_page()
    typist = Typist(page, {})
    page.goto("/")
    typist.press_in("/start")
    where = typist.path
    typist.press_in(where)

    links = page.locator(".nhsuk-error-summary a")
    for number in range(links.count()):
        page.goto(where)
        typist.press_in(where)
        focused = page.evaluate("document.activeElement.className")
        assert "error-summary" in focused
        for _ in range(number + 1):
            page.keyboard.press("Tab")
        assert typist.look_at_stop(".nhsuk-error-summary a")["isOnward"]
        page.keyboard.press("Enter")
        target = links.nth(number).get_attribute("href").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == target
        typist.look_at_stop()
    assert links.count() > 1
    assert not typist.found, "\n".join(typist.found)


def test_shift_and_tab_lead_back_the_way_one_came(open_page):
    page = open_page()
    typist = Typist(page, {})
    page.goto("/")
    typist.press_in("/start")
    there = [stop_after(page, "Tab") for _ in range(8)]

    back = [stop_after(page, "Shift+Tab") for _ in range(7)]

    assert len(set(there)) == 8
    assert back == there[-2::-1]


def stop_after(page, key):
    page.keyboard.press(key)
    return page.evaluate("document.activeElement.outerHTML")
