"""Can a patient in danger let the clinic know at once, with and without script?"""

import pytest

from tests.browser.looking import violations
from tests.browser.person import Person, press
from tests.web.patient.cases import worked_answers

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_was_answered_so_far_is_sent(open_page, axe, questionnaire, script):
    page = open_page(script=script)
    person = Person(page, worked_answers("U1", questionnaire))
    person.start_from_the_article()
    person.answer_until("Please talk to someone now")

    press(page.get_by_role("link", name="Let the clinic know now"))
    if script:
        assert violations(page, axe) == []
    person.say_how_to_be_reached()
    press(page.get_by_role("button", name="Let the clinic know now"))

    assert page.url.endswith("/receipt")
