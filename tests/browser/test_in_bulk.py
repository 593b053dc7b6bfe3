"""Can a clinician choose many, see the file being made, and hold it, without script?"""

import zipfile

import pytest

from screening.cli.demo_patients import send_samples
from screening.notices.sender import HOLD
from screening.store.audit import Actor
from screening.web.clinician.clinic import current_clinic
from tests.browser.person import press, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def patients(clinic):
    """Invented patients who wait, and a notice that could not be sent."""
    with clinic.app.app_context():
        store = current_clinic().store
    store.submissions._has_notices = True
    send_samples(clinic.app, actor=Actor.service("tests"))
    store.submissions._has_notices = False
    store.outbox.put_off(store.outbox.take(HOLD), HOLD)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_many_are_chosen_made_and_downloaded(
    script, patients, clinic, open_page, tmp_path
):
    page = open_page(script=script, width=1280)
    sign_in(page, clinic)
    page.goto("/clinic")

    press(page.get_by_role("button", name="Make the file"))
    boxes = page.locator("input[name=chosen]")
    chosen = [boxes.nth(at).get_attribute("value") for at in range(2)]
    for at in range(2):
        boxes.nth(at).check()
    page.get_by_label("Summaries as PDFs").check()
    page.get_by_label("What it is for").fill("The audit of March")
    press(page.get_by_role("button", name="Make the file"))
    page.get_by_role("link", name="Download the file").wait_for(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    path = tmp_path / "all.zip"
    download.value.save_as(path)

    assert download.value.suggested_filename.startswith("submissions-")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [f"{reference}.pdf" for reference in chosen]


def test_an_export_can_be_cancelled(patients, clinic, open_page):
    page = open_page(script=False, width=1280)
    sign_in(page, clinic)
    page.goto("/clinic")
    page.get_by_label("All under “All that waits”, on every page").check()
    page.get_by_label("Summaries as PDFs").check()
    page.get_by_label("What it is for").fill("A slip of the mouse")
    press(page.get_by_role("button", name="Make the file"))

    press(page.get_by_role("button", name="Cancel this export"))

    assert "was cancelled" in page.locator("main").inner_text()
