"""Takes a picture of every page that there is: `make screenshots`.

A patient goes through the whole form of a running demonstration; each page is taken as
it is first shown, sent empty, and filled in, on a phone and on a wide screen, and what
stands around the form and the clinic's pages likewise. The pictures become sheets, and
screens.md shows the sheets. The pages of the form are those of the definition.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

import screening
from docs import make_faults
from screening.cli.demo import PASSWORD, USERNAME, make_demo
from screening.core.load import load
from screening.library import shelf_for
from screening.web.service import open_service
from tests.browser.person import Person, press
from tests.web.patient.cases import worked_answers

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = Path(__file__).parent / "pictures" / "screens"
PAGE = Path(__file__).parent / "screens.md"
FONT = Path(screening.__file__).parent / "report/fonts/DejaVuSans.ttf"
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
QUALITY = 35
MARGIN = 12
CAPTION = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen that pages are taken on, and how large they stand on a sheet."""

    name: str
    width: int
    height: int
    drawn: int
    columns: int


PHONE = Screen(name="phone", width=375, height=1000, drawn=165, columns=9)
DESKTOP = Screen(name="desktop", width=1280, height=1000, drawn=330, columns=4)
SCREENS = (PHONE, DESKTOP)

HEAD = """\
# Every page, as a picture

`make screenshots` takes these from a demonstration with invented patients: each page on
a phone (375 pixels wide) and on a wide screen (1280). Pages are cut at the height of a
screen and a half. What happens when something goes wrong is in [faults.md](faults.md).
"""

SHEETS = {
    "around": "What stands around the form: before it, beside it, and after it.",
    "empty": "Every page of the form, as it is first shown.",
    "wrong": "Every page of the form that asks for an answer, sent empty.",
    "filled": "Every page of the form, filled in. From the first help text on, a line "
    "at the head leads back to it.",
    "clinic": "What the clinic's staff see.",
    "dark": "A few pages where the device asks for dark colours.",
    "forced": "A few pages where the device takes colours of its own.",
}
"""Every sheet, in the order of the page, and the line that stands above it."""


@dataclass(slots=True)
class Camera:
    """Takes pictures of a page and keeps them by sheet and screen."""

    kept: dict[tuple[str, str], list[tuple[str, Image.Image]]] = field(
        default_factory=dict
    )

    def take(self, page: Page, sheet: str, caption: str, *, more: bool = False) -> None:
        """Take the page on every screen; `more` takes it in other colours too."""
        for screen in SCREENS:
            page.set_viewport_size({"width": screen.width, "height": screen.height})
            page.evaluate("scrollTo(0, 0)")
            self._keep(page, sheet, screen, caption)
            if more:
                page.emulate_media(color_scheme="dark")
                self._keep(page, "dark", screen, caption)
                page.emulate_media(color_scheme="light", forced_colors="active")
                self._keep(page, "forced", screen, caption)
                page.emulate_media(color_scheme="light", forced_colors="none")
        page.set_viewport_size({"width": PHONE.width, "height": PHONE.height})

    def _keep(self, page: Page, sheet: str, screen: Screen, caption: str) -> None:
        taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
        high = screen.drawn * screen.height // screen.width
        small = taken.resize((screen.drawn, high), Image.Resampling.LANCZOS)
        self.kept.setdefault((sheet, screen.name), []).append((caption, small))


class Walker(Person):
    """Goes through the form and has every page taken in each of its states."""

    def __init__(self, page: Page, answers: dict[str, object], camera: Camera) -> None:
        """Take the pages that are met with this camera."""
        super().__init__(page, answers)
        self.camera = camera
        self.taken: set[tuple[str, str]] = set()

    def _go_on(self) -> None:
        if (self.path, self.heading) not in self.taken:
            self.taken.add((self.path, self.heading))
            self._take()
        super()._go_on()

    def _take(self) -> None:
        name = self.path.strip("/").removeprefix("q/")
        if self.path.startswith("/q/"):
            self.camera.take(self.page, "empty", name)
            self._take_wrong(name)
            self.fill_page()
            self.camera.take(self.page, "filled", name)
            self.page.goto(self.path)
        elif self.path == "/contact":
            self.camera.take(self.page, "around", name)
            self.press_in("/send")
            self.camera.take(self.page, "around", f"{name}, sent empty")
            self.page.goto(f"/{name}")
        else:
            self.camera.take(self.page, "around", name, more=True)

    def _take_wrong(self, name: str) -> None:
        path = self.path
        if not self.button_of(path).count():
            return
        self.press_in(path)
        if self.page.locator(".nhsuk-error-summary").count():
            self.camera.take(self.page, "wrong", name, more=len(self.taken) == 1)
        self.page.goto(path)


def main() -> None:
    """Take every picture of a demonstration, and write the sheets and both pages."""
    camera = Camera()
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
            take_form(browser, address, camera)
            take_clinic(browser, address, camera)
            browser.close()
        server.shutdown()
        server.server_close()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    for (sheet, screen), pictures in camera.kept.items():
        drawn(pictures, screen).save(file_of(sheet, screen), quality=QUALITY, method=6)
    PAGE.write_text(page_of_sheets(), "utf-8")
    make_faults.main()


def take_form(browser: Browser, address: str, camera: Camera) -> None:
    """Take the form and what stands around it, as a patient in danger meets it."""
    page = new_page(browser, address)
    shelf = shelf_for("ocd-ketamine")
    questionnaire = load(shelf.questionnaire_id, shelf.read)
    answers = worked_answers("U1", questionnaire) | {"consent": "yes"}
    walker = Walker(page, answers, camera)
    for path in ("/", "/article", "/help", "/help/countries", "/privacy", "/resume"):
        page.goto(path)
        camera.take(page, "around", path.strip("/") or "start", more=path == "/")
    walker.press_in("/resume")
    camera.take(page, "around", "resume, sent empty")
    page.goto("/")
    walker.press_in("/start")
    walker.answer_until_path("/check")
    page.goto("/parts")
    camera.take(page, "around", "parts")
    page.goto("/stop")
    camera.take(page, "around", "stop")
    walker.press_in("/code")
    camera.take(page, "around", "code")
    page.goto("/check")
    walker.answer_until_path("/receipt")
    camera.take(page, "around", "receipt")
    walker.press_in("/finish")
    camera.take(page, "around", "after the receipt")
    take_errors(browser, address, camera)


def take_errors(browser: Browser, address: str, camera: Camera) -> None:
    """Take what a patient reads when something went wrong."""
    page = new_page(browser, address)
    page.goto("/nowhere")
    camera.take(page, "around", "a page that is not there")
    page.goto("/")
    Person(page, {}).press_in("/start")
    where = page.url
    page.context.clear_cookies()
    press(page.locator("main form button[type=submit]").first)
    camera.take(page, "around", "the session has ended")
    page.goto("/")
    Person(page, {}).press_in("/start")
    page.goto(where)
    page.goto("/stop")
    Person(page, {}).press_in("/delete")
    camera.take(page, "around", "answers deleted")
    page.goto("/closed")
    camera.take(page, "around", "closed on a shared device")


def take_clinic(browser: Browser, address: str, camera: Camera) -> None:
    """Take signing in, the queue, and the most urgent submission."""
    page = new_page(browser, address)
    page.goto("/clinic/sign-in")
    camera.take(page, "clinic", "sign in")
    press(page.locator("main form button[type=submit]").first)
    camera.take(page, "clinic", "sign in, sent empty")
    page.locator("main input[autocomplete=username]").fill(USERNAME)
    page.locator("main input[type=password]").fill(PASSWORD)
    press(page.locator("main form button[type=submit]").first)
    camera.take(page, "clinic", "queue", more=True)
    press(page.locator("a[href*='/clinic/submissions/']").first)
    camera.take(page, "clinic", "a submission", more=True)


def new_page(browser: Browser, address: str) -> Page:
    """Open a page on a phone, its colours light and nothing moving."""
    page = browser.new_page(
        base_url=address,
        color_scheme="light",
        reduced_motion="reduce",
        viewport={"width": PHONE.width, "height": PHONE.height},
    )
    page.set_default_timeout(60_000)
    return page


def drawn(pictures: list[tuple[str, Image.Image]], name: str) -> Image.Image:
    """Return one sheet of pictures, each with its caption above it."""
    screen = next(one for one in SCREENS if one.name == name)
    columns = min(screen.columns, len(pictures))
    rows = -(-len(pictures) // columns)
    high = pictures[0][1].height + CAPTION + MARGIN
    size = (columns * (screen.drawn + MARGIN) + MARGIN, rows * high + MARGIN)
    sheet = Image.new("RGB", size, "#d8d8d4")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(FONT, 12)
    for number, (caption, picture) in enumerate(pictures):
        left = MARGIN + number % columns * (screen.drawn + MARGIN)
        top = MARGIN + number // columns * high
        pen.text((left, top), short(caption, screen.drawn, font), "black", font)
        sheet.paste(picture, (left, top + CAPTION))
    return sheet


def short(caption: str, width: int, font: ImageFont.FreeTypeFont) -> str:
    """Return as much of the caption as fits."""
    while font.getlength(caption) > width:
        caption = caption[:-2].rstrip("…") + "…"
    return caption


def file_of(sheet: str, screen: str) -> Path:
    """Return where a sheet is kept."""
    return PICTURES / f"{sheet}-{screen}.webp"


def page_of_sheets() -> str:
    """Return screens.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from HEAD.splitlines()
    for sheet, line in SHEETS.items():
        yield ""
        yield f"## {sheet.capitalize()}"
        yield ""
        yield line
        for screen in SCREENS:
            name = file_of(sheet, screen.name).name
            yield ""
            yield f"![{line} On a {screen.name}.](pictures/screens/{name})"


if __name__ == "__main__":
    main()
