"""Takes the README's pictures from a running demonstration: `make pictures`.

A page of questions as on a phone, the clinician's queue, and the first page of a PDF.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from screening.cli.demo import PASSWORD, USERNAME, make_demo
from screening.web.service import open_service

PICTURES = Path(__file__).parent / "pictures"
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def main() -> None:
    """Start a demonstration, take the pictures, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        app = open_service(make_demo(Path(folder) / "demo"))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox"]
            )
            address = f"http://127.0.0.1:{server.server_port}"
            picture_of_questions(browser, address)
            picture_of_clinic(browser, address, Path(folder))
            browser.close()
        server.shutdown()
        server.server_close()


def picture_of_questions(browser: Browser, address: str) -> None:
    """Take the second page of the form as a phone shows it."""
    page = browser.new_page(base_url=address, viewport={"width": 390, "height": 844})
    page.goto("/")
    page.get_by_role("button", name="Start").first.click()
    tick(page, "for_self", "yes")
    page.locator("[name='q-age']").fill("34")
    tick(page, "guardian", "no")
    page.get_by_role("button", name="Continue").first.click()
    tick(page, "chest_pain_now", "no")
    page.screenshot(path=PICTURES / "patient-page.png")


def picture_of_clinic(browser: Browser, address: str, folder: Path) -> None:
    """Take the queue, and the first page of the most urgent submission's PDF."""
    page = browser.new_page(base_url=address, viewport={"width": 1100, "height": 800})
    page.goto("/clinic/sign-in")
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.screenshot(path=PICTURES / "clinic-queue.png")
    page.locator("a[href*='/clinic/submissions/']").first.click()
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").first.click()
    pdf = folder / "summary.pdf"
    download.value.save_as(pdf)
    first_page = ["pdftoppm", "-r", "80", "-png", "-singlefile", "-f", "1", "-l", "1"]
    subprocess.run([*first_page, pdf, PICTURES / "pdf-page"], check=True)


def tick(page: Page, question: str, value: str) -> None:
    """Press the words beside an answer."""
    box = page.locator(f"[name='q-{question}'][value='{value}']")
    page.locator(f"label[for='{box.get_attribute('id')}']").click()


if __name__ == "__main__":
    main()
