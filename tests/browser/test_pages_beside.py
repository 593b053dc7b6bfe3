"""Do the pages that stand around the form hold, as those of the form do?"""

import pytest

from tests.browser.kept import begin
from tests.browser.test_every_page import Inspector

pytestmark = pytest.mark.browser

BEFORE = ("/", "/article", "/help", "/help/countries", "/privacy", "/resume", "/no")
WITH_A_FORM = ("/parts", "/keep", "/stop", "/help", "/closed")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_beside_the_form_holds(open_page, axe, language, script):
    look = Inspector(axe, script=script, language=language)
    page = open_page(script=script, language=language)

    for path in BEFORE:
        page.goto(path)
        look(page)
    begin(page)
    look.seen.clear()
    for path in WITH_A_FORM:
        page.goto(path)
        look(page)

    assert not look.found, "\n".join(sorted(set(look.found)))
