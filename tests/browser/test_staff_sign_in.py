"""Can staff sign in with a phone or a passkey, and let others in?

The clinic is no demonstration here: a second factor is asked for. Chromium takes
`localhost` as safe, so that passkeys and `__Host-` cookies work as over TLS. Its
virtual authenticator stands for a phone that knows its owner.
"""

import base64
import re
import secrets
from dataclasses import dataclass, field

import pytest

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.store.audit import Actor
from screening.store.opening import open_store
from tests.accounts.authenticators import AppOfATest
from tests.browser.conftest import PASSWORD, serving
from tests.browser.person import press

pytestmark = pytest.mark.browser

NEW_PASSWORD = "amber lattice thirty cobalt"


@dataclass
class Strict:
    """A clinic that asks for a second factor, and its accounts behind the pages."""

    address: str
    accounts: object
    apps: dict = field(default_factory=dict)

    def person(self, role, *, has_app=True):
        """Make an account; give its user name."""
        username = f"{role}-{secrets.token_hex(3)}"
        user = self.accounts.users.create(
            username=username,
            display_name=f"Some {role.title()}",
            role=Role(role),
            password=PASSWORD,
            actor=Actor.service("tests"),
        )
        if has_app:
            self.apps[username] = AppOfATest.of(self.accounts, user.id)
        return username


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("strict")) as (port, config, _):
        store = open_store(config.database, config.key_ring)
        yield Strict(f"http://localhost:{port}", open_accounts(store.ground))
        store.close()


@pytest.fixture
def desk(strict, open_page):
    """Give pages of the clinic, with a virtual authenticator where there is script."""

    def build(*, script=True, width=1280):
        page = open_page(script=script, width=width, address=strict.address)
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return page

    return build


def give_password(page, username, password=PASSWORD):
    page.goto("/clinic/sign-in")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    press(page.get_by_role("button", name="Sign in", exact=True))


def give_code(page, code):
    page.get_by_label("Code", exact=True).fill(code)
    press(page.locator("main form:has(#code) button"))


def click(page, name, role="button"):
    press(page.get_by_role(role, name=name).first)


def heading(page):
    return page.locator("h1").inner_text()


def sign_out(page):
    click(page, "Sign out")


def test_a_passkey_is_set_up_and_signs_in_whole_and_as_second_step(strict, desk):
    username = strict.person("clinician", has_app=False)
    page = desk()
    give_password(page, username)
    assert heading(page) == "Set up a second step"
    click(page, "Use a passkey", "link")
    page.get_by_label("What you call it").fill("work laptop")
    click(page, "Add a passkey")
    codes = page.locator(".clinic-codes li").all_inner_texts()
    assert len(set(codes)) == 10
    click(page, "I have kept them: go on", "link")
    assert heading(page).startswith("Submissions")

    sign_out(page)
    click(page, "Sign in with a passkey")
    assert heading(page).startswith("Submissions")

    sign_out(page)
    give_password(page, username)
    click(page, "Use a passkey")
    assert heading(page).startswith("Submissions")

    sign_out(page)
    give_password(page, username)
    give_code(page, codes[0].lower())
    assert heading(page).startswith("Submissions")
    page.goto("/clinic/account")
    assert "Passkey: work laptop" in page.locator("main").inner_text()
    assert "9 of ten not used yet" in page.locator("main").inner_text()


def test_without_script_an_app_does_all_of_it(strict, desk):
    username = strict.person("clinician", has_app=False)
    page = desk(script=False, width=390)
    give_password(page, username)
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    click(page, "Use an app", "link")
    letters = page.locator(".clinic-letters").inner_text()
    app = app_of_letters(letters, strict)
    give_code(page, app.code())
    assert heading(page) == "Your recovery codes"
    click(page, "I have kept them: go on", "link")
    sign_out(page)

    give_password(page, username)
    give_code(page, app.code())

    assert heading(page).startswith("Submissions")


def app_of_letters(letters, strict):
    secret = base64.b32decode(letters.replace(" ", ""))
    return AppOfATest(secret, strict.accounts.ground.clock)


def test_an_administrator_invites_somebody_who_makes_an_account(strict, desk):
    username = strict.person("administrator")
    page = desk()
    give_password(page, username)
    give_code(page, strict.apps[username].code())
    click(page, "Invite somebody", "link")
    click(page, "Make the link")
    page.get_by_label("Their name").fill("Noor Calder")
    page.get_by_label("Clinician").check()
    click(page, "Make the link")
    link = page.locator(".clinic-link").inner_text()
    click(page, "Back to staff", "link")
    assert "Noor Calder" in page.locator("main").inner_text()

    theirs = desk(width=390)
    theirs.goto(link)
    theirs.get_by_label("User name").fill("noor")
    for label in ("Password", "Password once more"):
        theirs.get_by_label(label, exact=True).fill("short")
    click(theirs, "Make the account")
    for label in ("Password", "Password once more"):
        theirs.get_by_label(label, exact=True).fill(NEW_PASSWORD)
    click(theirs, "Make the account")
    assert heading(theirs) == "Set up a second step"
    theirs.goto(link)
    assert heading(theirs) == "This link is not good any more"

    page.goto("/clinic/staff")
    click(page, "Noor Calder", "link")
    click(page, "Make a link for a new password")
    renewal = page.locator(".clinic-link").inner_text()
    page.go_back()
    click(page, "Close the account")
    assert re.search("Account\\s+Closed", page.locator("main").inner_text())
    theirs.goto("/clinic/set-up")
    assert heading(theirs) == "Clinic sign-in"
    theirs.goto(renewal)
    assert heading(theirs) == "Choose a new password"


def test_a_coordinator_reads_in_an_emergency(strict, desk):
    username = strict.person("coordinator")
    page = desk()
    give_password(page, username)
    give_code(page, strict.apps[username].code())
    click(page, "Emergency access", "link")
    click(page, "Open emergency access")
    page.locator("#reason").fill("Nobody answers the telephone.")
    click(page, "Open emergency access")
    assert "You have emergency access" in page.locator("body").inner_text()

    click(page, "End it now")

    assert "You have emergency access" not in page.locator("body").inner_text()
