"""Can a patient stop on one device and carry on with their code on another?"""

import pytest

from tests.browser.looking import violations
from tests.browser.person import press

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_code_leads_back_to_where_they_were(clinic, open_page, axe, script):
    first = open_page(script=script)
    first.goto(clinic.address)
    press(first.get_by_role("button", name="Start"))
    where = first.url
    first.goto(f"{clinic.address}/stop")
    press(first.get_by_role("button", name="Get a code to carry on"))
    code = first.locator("#code").inner_text()

    other = open_page(script=script)
    other.goto(clinic.address)
    press(other.get_by_role("link", name="Carry on with a code"))
    other.get_by_label("Your code").fill("K7QM")
    press(other.get_by_role("button", name="Carry on"))
    assert other.get_by_role("alert").is_visible()
    other.get_by_label("Your code").fill(code.lower())
    press(other.get_by_role("button", name="Carry on"))

    assert other.url == where
    if script:
        assert violations(first, axe) == []
        other.goto(f"{clinic.address}/resume")
        assert violations(other, axe) == []


def test_enter_in_a_field_goes_on_and_changes_no_language(open_page):
    page = open_page()
    page.goto("/resume")

    page.locator("#code").fill("K7QM")
    page.locator("#code").press("Enter")

    assert page.locator("html").get_attribute("lang") == "en"
    assert "Enter your code" in page.locator(".nhsuk-error-summary").inner_text()
