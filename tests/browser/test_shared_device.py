"""Does a shared device ask whether anybody is there, and believe whoever answers?"""

import pytest

from tests.browser.person import press

pytestmark = pytest.mark.browser

SECOND_MS = 1000


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_a_key_that_closes_the_question_starts_the_time_afresh(open_page, key):
    page = open_page()
    page.clock.install()
    page.goto("/")
    page.locator("#shared").check()
    press(page.get_by_role("button", name="Start"))
    press(page.get_by_role("link", name="Go on without a code"))
    where, asked = page.url, page.get_by_role("dialog", name="Are you still there?")

    page.clock.run_for(490 * SECOND_MS)
    assert asked.is_visible()
    page.keyboard.press(key)
    page.clock.run_for(400 * SECOND_MS)

    assert not asked.is_visible()
    assert page.url == where
