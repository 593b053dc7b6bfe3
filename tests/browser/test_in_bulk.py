"""Can a clinician choose many, see the file being made, and hold it, without script?"""

import zipfile

import pytest

from screening.cli.demo_patients import send_samples
from screening.notices.sender import HOLD
from screening.store.audit import Actor
from screening.web.clinician.clinic import current_clinic
from tests.browser.person import press
from tests.browser.test_every_page import SIDEWAYS
from tests.browser.test_whole_journeys import AXE, sign_in

pytestmark = pytest.mark.browser

WIDTHS = (375, 1280)


@pytest.fixture(scope="module")
def patients(clinic):
    """Invented patients who wait, and a notice that could not be sent."""
    with clinic.app.app_context():
        store = current_clinic().store
    store.submissions._has_notices = True
    send_samples(clinic.app, actor=Actor.service("tests"))
    store.submissions._has_notices = False
    store.outbox.put_off(store.outbox.take(HOLD), HOLD)


class Inspector:
    def __init__(self, axe, folder):
        self.axe, self.folder, self.found = axe, folder, []

    def __call__(self, page, name):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            self.note(name, width, page.evaluate(SIDEWAYS))
            page.screenshot(path=self.folder / f"{name}-{width}.png", full_page=True)
            if self.axe:
                page.evaluate(self.axe)
                found = page.evaluate(AXE)["violations"]
                self.note(name, width, [one["id"] for one in found])

    def note(self, name, width, faults):
        self.found += [f"{name} at {width}: {fault}" for fault in faults]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_many_are_chosen_made_and_downloaded(
    script, patients, clinic, open_page, axe, tmp_path
):
    look = Inspector(axe if script else None, tmp_path)
    page = open_page(script=script, width=1280)
    sign_in(page, clinic)
    page.goto("/clinic")
    look(page, "queue")

    press(page.get_by_role("button", name="Make the file"))
    look(page, "nothing-chosen")
    boxes = page.locator("input[name=chosen]")
    chosen = [boxes.nth(at).get_attribute("value") for at in range(2)]
    for at in range(2):
        boxes.nth(at).check()
    page.get_by_label("Summaries as PDFs").check()
    page.get_by_label("What it is for").fill("The audit of March")
    press(page.get_by_role("button", name="Make the file"))
    look(page, "export")
    page.get_by_role("link", name="Download the file").wait_for(timeout=60_000)
    look(page, "ready")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    path = tmp_path / "all.zip"
    download.value.save_as(path)
    page.goto("/clinic/exports")
    look(page, "exports")

    assert download.value.suggested_filename.startswith("submissions-")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [f"{reference}.pdf" for reference in chosen]
    assert look.found == []


def test_an_export_can_be_cancelled(patients, clinic, open_page):
    page = open_page(script=False, width=1280)
    sign_in(page, clinic)
    page.goto("/clinic")
    page.get_by_label("All submissions, on every page").check()
    page.get_by_label("Summaries as PDFs").check()
    page.get_by_label("What it is for").fill("A slip of the mouse")
    press(page.get_by_role("button", name="Make the file"))

    press(page.get_by_role("button", name="Cancel this export"))

    assert "was cancelled" in page.locator("main").inner_text()
