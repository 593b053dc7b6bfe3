"""Who uses the pages in these tests? A person who reads, ticks, types and presses.

`Person` answers whatever page is shown as a worked patient would; it knows the names
of fields and where forms lead, in whatever language the page speaks.
"""

import json
import re
from urllib.parse import urlsplit

from tests.web.patient.visitor import REPEATS, answer_to, posted

MOST_PAGES = 150
REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


def press(element):
    """Press what leads to another page, and wait until that page is there.

    A press returns as soon as it is done; on a busy machine the page before may still
    stand then, under its own address.
    """
    with element.page.expect_navigation(wait_until="load"):
        element.click()


def sign_in(page, clinic):
    """Sign in to a clinic whose demonstration asks for a password alone."""
    page.goto("/clinic/sign-in")
    page.get_by_label("User name").fill(clinic.username)
    page.get_by_label("Password").fill(clinic.password)
    press(page.get_by_role("button", name="Sign in"))


CONTACT = {
    "q-contact_name": "Jo Testpatient",
    "q-contact_birth": "1985-05-04",
    "q-contact_phone": "01632 960 001",
    "q-contact_message": "yes",
}


class Person:
    """Fills in the form; `pages` are the paths seen, `help_seen` the help headings."""

    def __init__(self, page, answers, *, look=None):
        self.page = page
        self.answers = answers
        self.look = look or (lambda _: None)
        self.pages = []
        self.help_seen = []

    @property
    def path(self):
        return urlsplit(self.page.url).path

    @property
    def heading(self):
        return self.page.locator("h1").first.inner_text()

    def start_from_the_article(self):
        self.page.goto("/")
        self._arrived()
        press(self.page.locator('a[href="/article"]').first)
        self._arrived()
        self.page.goto("/")
        self.press_in("/start")
        self._arrived()
        return self

    def answer_to_the_receipt(self):
        return self.answer_until_path("/receipt")

    def answer_until(self, heading):
        for _ in range(MOST_PAGES):
            if self.heading == heading:
                return self
            self._go_on()
            self._arrived()
        message = f"never read {heading}: at {self.path}"
        raise AssertionError(message)

    def answer_until_path(self, path):
        for _ in range(MOST_PAGES):
            if self.path == path:
                return self
            self._go_on()
            self._arrived()
        message = f"never came to {path}: at {self.path}"
        raise AssertionError(message)

    def answer_pages(self, count):
        for _ in range(count):
            self._go_on()
            self._arrived()
        return self

    def say_how_to_be_reached(self):
        for name in self._names():
            self._fill(name, CONTACT[name])

    def press_in(self, action):
        """Press the button of the form that leads there."""
        press(self.button_of(action))

    def button_of(self, action):
        """Return the button of the form that leads there."""
        same, more = json.dumps(action), json.dumps(f"{action}?")
        forms = self.page.locator(f"main form:is([action={same}], [action^={more}])")
        return forms.locator("button[type=submit]").last

    def _arrived(self):
        self.pages.append(self.path)
        self.look(self.page)

    def _go_on(self):
        if self.path == "/help-now":
            self.help_seen.append(self.heading)
            self.press_in("/help-now")
        elif self.path.startswith("/q/"):
            self._answer_page()
        elif self.path == "/contact":
            self.say_how_to_be_reached()
            self.press_in("/send")
        else:
            press(self.page.locator("main a.nhsuk-button").last)

    def fill_page(self):
        """Answer every question of the page, and press nothing."""
        number = int(self.path.rsplit("/", 1)[1]) if "/entry/" in self.path else 0
        for name in self._names():
            value = answer_to(self.answers, name.removeprefix("q-"), number)
            if value is not None:
                self._fill(name, value)

    def _answer_page(self):
        self.fill_page()
        if "/entry/" not in self.path and self._has_more_entries():
            self.page.goto(f"{self.path}/entry/{self._listed() + 1}")
            return
        self.press_in(self.path)

    def _names(self):
        fields = self.page.locator("main [name^='q-']")
        names = fields.evaluate_all("all => all.map((one) => one.name)")
        plain = [n for n in names if not n.endswith(("-state", "-unit"))]
        for part in ("-day", "-month", "-year"):
            plain = [name.removesuffix(part) for name in plain]
        return list(dict.fromkeys(plain))

    def _fill(self, name, value):
        words = [posted(one) for one in (value if isinstance(value, list) else [value])]
        box = self.page.locator(f"main [name={json.dumps(name)}]")
        if not box.count():
            for part, text in zip(
                ("year", "month", "day"), words[0].split("-"), strict=True
            ):
                self.page.locator(f"main [name={json.dumps(f'{name}-{part}')}]").fill(
                    text
                )
            return
        if box.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in words or ["none"]:
                wanted = f"main [name={json.dumps(name)}][value={json.dumps(one)}]"
                self._tick(self.page.locator(wanted))
        else:
            box.fill(words[0])
            unit = self.page.locator(f"main [name={json.dumps(name + '-unit')}]")
            if unit.count():
                unit.select_option("kg")

    def _tick(self, box):
        """Press the words beside the box, as most people do."""
        found, is_checked = box.evaluate("(one) => [one.id, one.checked]")
        if not is_checked:
            self.page.locator(f"label[for={json.dumps(found)}]").click()

    def _listed(self):
        return self.page.locator("[id^='entry-']").count()

    def _has_more_entries(self):
        for repeat, page in REPEATS.items():
            if self.path == f"/q/{page}" and self._listed():
                return self._listed() < len(self.answers.get(repeat) or [])
        return False
