"""Can a clinician decide, sign and amend with the keyboard alone, script or not?"""

from dataclasses import dataclass
from threading import Thread

import pytest
from werkzeug.serving import make_server

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.cli.demo import make_demo
from screening.store.audit import Actor
from screening.store.opening import open_store
from screening.web.service import open_service
from tests.browser.conftest import PASSWORD, QuietHandler
from tests.browser.looking import violations

pytestmark = pytest.mark.browser

MOST_TABS = 300
PEOPLE = {"ann": "Dr Ann Bell", "ben": "Dr Ben Cole"}


@dataclass(frozen=True)
class Desk:
    """Where a clinic's pages are, and which submissions wait there."""

    address: str
    references: list[str]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    config = make_demo(tmp_path_factory.mktemp("desk") / "demo")
    store = open_store(config.database, config.key_ring)
    for username, name in PEOPLE.items():
        open_accounts(store.ground).users.create(
            username=username,
            display_name=name,
            role=Role.CLINICIAN,
            password=PASSWORD,
            actor=Actor.service("tests"),
        )
    references = [one.reference for one in store.queue.page().entries]
    store.close()
    server = make_server(
        "127.0.0.1",
        0,
        open_service(config),
        threaded=True,
        request_handler=QuietHandler,
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Desk(f"http://127.0.0.1:{server.server_port}", references)
    server.shutdown()
    thread.join()
    server.server_close()


class Keyboard:
    """Somebody at the desk who has no mouse; `found` is what axe has against pages."""

    def __init__(self, page, desk, axe):
        self.page = page
        # Tabbing through a page takes a while on a busy machine, and so does axe.
        page.set_default_timeout(30_000)
        self.desk = desk
        self.axe = axe
        self.found = []

    def sign_in(self, username):
        self.page.goto(f"{self.desk.address}/clinic/sign-in")
        self.type("username", username)
        self.type("password", PASSWORD)
        self.leave("Enter")

    def go(self, address):
        self.page.goto(f"{self.desk.address}{address}")
        self.look()

    def tab_to(self, selector):
        """Press Tab until the focus is there."""
        wanted = self.page.locator(f"{selector}:focus")
        for _ in range(MOST_TABS):
            if wanted.count():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(selector)

    def type(self, control, text):
        self.tab_to(f"#{control}")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, name, *, downs):
        """Reach a group of radios, and go down in it."""
        self.tab_to(f"input[name='{name}']")
        self.page.keyboard.press("Space")
        for _ in range(downs):
            self.page.keyboard.press("ArrowDown")

    def open(self, words):
        self.tab_to(f"summary:has-text('{words}')")
        self.page.keyboard.press("Enter")

    def leave(self, key):
        """Press a key that leads to another page, and look at that."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
        self.look()

    def press(self, words):
        self.tab_to(f"button:has-text('{words}')")
        self.leave("Enter")

    def look(self):
        if self.axe is None:
            return
        found = violations(self.page, self.axe)
        self.found += [f"{self.page.url}: {one}" for one in found]

    @property
    def words(self):
        return " ".join(self.page.locator("main").inner_text().split())


@pytest.fixture
def keyboard(desk, open_page, axe):
    """Give somebody at the keyboard; axe needs script."""

    def build(username, *, script):
        page = open_page(script=script, width=1280)
        found = Keyboard(page, desk, axe if script else None)
        found.sign_in(username)
        return found

    return build


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_decision_is_written_signed_and_amended_by_keyboard(desk, keyboard, script):
    reference = desk.references[0 if script else 1]
    record = f"/clinic/submissions/{reference}"
    ann, ben = (keyboard(name, script=script) for name in PEOPLE)
    ben.go(record)
    ben.press("Decide")

    ann.go(record)
    assert "Dr Ben Cole began a decision" in ann.words
    ann.press("Decide")
    ann.press("Save, and look over what is signed")
    assert "Choose what you decide." in ann.words
    ann.choose("decision", downs=2)
    ann.type("reason", "The crisis team sees her first.")
    ann.open("I hold something else")
    ann.tab_to("textarea[name^='holds-']")
    ann.page.keyboard.type("An unwanted thought.")
    ann.tab_to("textarea[name^='because-']")
    ann.page.keyboard.type("Seen today.")
    ann.open("NIMH Global")
    ann.tab_to("input[name='rate-nimh_gocs.v']")
    ann.page.keyboard.type("8")
    ann.press("Save, and look over what is signed")
    assert "“I reviewed submission" in ann.words
    ann.type("password", "not the password")
    ann.leave("Enter")
    assert "The password is wrong. Nothing was signed." in ann.words
    ann.type("password", PASSWORD)
    ann.leave("Enter")
    assert "Not now: version 1, which holds" in ann.words
    assert "An unwanted thought. Reason: Seen today." in ann.words

    ben.go(f"{record}/decision/draft")
    assert "A version was signed while you were writing" in ben.words
    ben.choose("decision", downs=3)
    ben.type("reason", "To the crisis team.")
    ben.press("Go on from version 1")
    ben.press("Save, and look over what is signed")
    ben.type("password", PASSWORD)
    ben.leave("Enter")

    assert "Refer elsewhere: version 2, which holds" in ben.words
    assert "Before: Not now" in ben.words
    ben.go("/clinic?show=all")
    assert "Refer elsewhere" in ben.words
    assert [*ann.found, *ben.found] == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_patient_is_asked_again_by_keyboard(desk, keyboard, script):
    reference = desk.references[2 if script else 3]
    record = f"/clinic/submissions/{reference}"
    ann, patient = (keyboard("ann", script=script) for _ in range(2))
    ann.go(record)
    ann.press("Decide")
    ann.choose("decision", downs=1)
    ann.type("reason", "To be sure.")
    ann.open("Questions that were answered")
    ann.tab_to("input[name='ask-answered']")
    ann.page.keyboard.press("Space")
    ann.press("Save, and look over what is signed")
    ann.type("password", PASSWORD)
    ann.leave("Enter")
    ann.press("Make a code for the patient")
    code = "".join(ann.page.locator("#code").inner_text().split())

    patient.go("/resume")
    patient.type("code", code)
    patient.leave("Enter")

    assert "The clinic asks about this again" in patient.words
    assert [*ann.found, *patient.found] == []
