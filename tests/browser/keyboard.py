"""Who fills in the form without a mouse? `Typist` goes from stop to stop with Tab.

At every stop it asks the page where the focus is, whether it can be seen (an outline or
a shadow that is there with the focus and not without it), and whether the stop comes
after the one before, as the page is read. What it finds wrong is kept in `found`.
"""

import json

from tests.browser.person import CONTACT, Person
from tests.web.patient.visitor import answer_to, posted

MOST_STOPS = 400
DATE_PARTS = {"year": 0, "month": 1, "day": 2}

STOP = """(onward) => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = [one, ...(one.labels || [])];
    const rings = () => shown.flatMap((each) => [null, '::before', '::after'].map(
        (part) => { const style = getComputedStyle(each, part);
            return [style.outlineStyle, style.outlineWidth, style.boxShadow].join(); }
    )).join('|');
    const focused = rings();
    one.blur();
    const plain = rings();
    one.focus({preventScroll: true, focusVisible: true});
    const before = window.stopBefore;
    window.stopBefore = one;
    const follows = Node.DOCUMENT_POSITION_FOLLOWING;
    const options = one.type === 'radio'
        ? [...document.getElementsByName(one.name)].map((each) => each.value)
        : one.tagName === 'SELECT' ? [...one.options].map((each) => each.value) : [];
    return {
        what: one.outerHTML.slice(0, 140),
        name: one.name || '', type: one.type || '', value: one.value || '',
        isChecked: Boolean(one.checked), options,
        isVisible: focused !== plain,
        isInOrder: !before || !before.isConnected
            || Boolean(before.compareDocumentPosition(one) & follows),
        isOnward: one.matches(onward),
    };
}"""


class Typist(Person):
    """Fills in the form by keyboard alone, as a worked patient would."""

    def __init__(self, page, answers):
        super().__init__(page, answers)
        self.found = []
        self.stops = 0

    def press_on(self, selector):
        """Tab to what matches, answering what lies on the way, and press Enter."""
        self.page.evaluate("window.stopBefore = null")
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.look_at_stop(selector)
            if stop is None:
                break
            if stop["isOnward"]:
                with self.page.expect_navigation(wait_until="load"):
                    self.page.keyboard.press("Enter")
                return
            if stop["name"].startswith("q-"):
                self._answer_at(stop)
        message = f"no stop for {selector} at {self.path}"
        raise AssertionError(message)

    def look_at_stop(self, selector="none"):
        """Return where the focus is; note what is wrong with that."""
        stop = self.page.evaluate(STOP, selector)
        if stop is not None:
            self.stops += 1
            if not stop["isVisible"]:
                self.found.append(f"{self.path}: not seen: {stop['what']}")
            if not stop["isInOrder"]:
                self.found.append(f"{self.path}: out of order: {stop['what']}")
        return stop

    def press_in(self, action):
        same, more = json.dumps(action), json.dumps(f"{action}?")
        form = f"form:is([action={same}], [action^={more}])"
        self.press_on(f"main {form} button[type=submit]")

    def _go_on(self):
        if self.path == "/contact":
            self.press_in("/send")
        elif self.path == "/help-now":
            self.help_seen.append(self.heading)
            self.press_in("/help-now")
        elif not self.path.startswith("/q/"):
            self.press_on("main a.nhsuk-button")
        elif "/entry/" not in self.path and self._has_more_entries():
            self.press_on(
                f"main a[href*='{self.path}/entry/{self._listed() + 1}'].nhsuk-button"
            )
        else:
            self.press_in(self.path)

    def _answer_at(self, stop):
        name, words = self._words_for(stop["name"])
        if not words:
            return
        if stop["type"] == "radio":
            self._choose(stop, words[0])
        elif stop["type"] == "checkbox":
            if (stop["value"] in words) != stop["isChecked"]:
                self.page.keyboard.press("Space")
        elif stop["type"].startswith("select"):
            for _ in range(stop["options"].index(words[0])):
                self.page.keyboard.press("ArrowDown")
        elif not self._is_state(name, words[0]):
            self.page.keyboard.type(words[0])

    def _choose(self, stop, word):
        """Space chooses the first of a group; an arrow goes on and chooses."""
        here, there = stop["options"].index(stop["value"]), stop["options"].index(word)
        if here == there:
            self.page.keyboard.press("Space")
        for _ in range(there - here):
            self.page.keyboard.press("ArrowDown")
        chosen = "document.activeElement.checked && document.activeElement.value"
        if self.page.evaluate(chosen) != word:
            self.found.append(f"{self.path}: {word} is not chosen at {stop['what']}")

    def _words_for(self, field):
        """Return the name of a question and what to post under this field's name."""
        name, _, part = field.removesuffix("-state").rpartition("-")
        if part in DATE_PARTS:
            words = self._posted(name)
            return name, words and [words[0].split("-")[DATE_PARTS[part]]]
        if part == "unit":
            return name, ["kg"]
        name = field.removesuffix("-state")
        return name, self._posted(name)

    def _posted(self, name):
        if name in CONTACT:
            return [CONTACT[name]]
        number = int(self.path.rsplit("/", 1)[1]) if "/entry/" in self.path else 0
        value = answer_to(self.answers, name.removeprefix("q-"), number)
        if value is None:
            return []
        if value == []:
            return ["none"]
        return [posted(one) for one in (value if isinstance(value, list) else [value])]

    def _is_state(self, name, word):
        """Tell whether the word is one of the boxes under a field to type in."""
        box = f"[name={json.dumps(f'{name}-state')}][value={json.dumps(word)}]"
        return self.page.locator(box).count() > 0
