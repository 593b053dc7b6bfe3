"""Does a real browser follow a file that is saved, and find its page accessible?"""

import os
from threading import Thread

import pytest
from werkzeug.serving import make_server

from screening.library import shelf_for
from tests.browser.conftest import QuietHandler
from tests.browser.looking import violations
from tests.core.building import DEFINITIONS
from tests.web.preview.previews import preview_of

pytestmark = pytest.mark.browser


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "branching"
    folder.mkdir()
    for path in (DEFINITIONS / "branching").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / "questionnaire.yaml"


@pytest.fixture
def address(file):
    app = preview_of(shelf_for(file.parent, DEFINITIONS))
    server = make_server(
        "127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def saved(file, old, new):
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    later = file.stat().st_mtime + 10
    os.utime(file, (later, later))


def test_the_page_follows_the_file_without_a_hand(file, address, open_page, axe):
    page = open_page()
    page.goto(address)
    page.get_by_role("heading", name="Nothing to mend").wait_for()

    saved(file, "type: integer", "type: integre")
    page.get_by_text("The last version that worked is shown.").wait_for()

    assert violations(page, axe) == []
    saved(file, "type: integre", "type: integer")
    page.get_by_role("heading", name="Nothing to mend").wait_for()


def test_answering_a_page_leads_on_and_tells_beside_it_what_comes(
    address, open_page, axe
):
    page = open_page(width=1280)
    page.goto(f"{address}page/first")
    form = page.frame_locator("iframe")
    form.get_by_label("How old are you?").fill("70")
    form.get_by_label("Yes", exact=True).check()

    form.get_by_role("button", name="Continue").click()
    form.get_by_role("heading", name="Smoking").wait_for()
    page.get_by_text("What comes of the answers given here").wait_for()

    # What stands around the form follows it; on a busy machine a moment later.
    page.get_by_text("review-smoking").wait_for()
    page.locator("[aria-current=page]", has_text="Smoking").wait_for()
    page.wait_for_url("**/page/smoking")
    assert violations(page, axe) == []
