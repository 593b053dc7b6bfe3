"""How does a test get a real browser on a real clinic? From `clinic` and `open_page`.

The clinic is the whole service on a database file, served on a port of its own, with
one clinician, and with what is done beside the pages. `open_page(script=False)` opens
a page in Chromium without JavaScript.
"""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.core.load import load
from screening.library import shelf_for
from screening.store.audit import Actor
from screening.store.keys import create_key_file
from screening.store.opening import Store, open_store
from screening.web.beside import start
from screening.web.config import Config
from screening.web.patient.room import current_room
from screening.web.service import open_service
from tests.reused import upgraded
from tests.spanish import signed_off

BROWSERS = (
    "chromium-headless-shell",  # the same engine without windows of its own
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
OFFLINE = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
)

PASSWORD = "velvet tangerine orbit kayak"


class QuietHandler(WSGIRequestHandler):
    """Serves without writing each request to the terminal."""

    def log(self, *_):
        """Say nothing."""


@dataclass(frozen=True)
class Clinic:
    """Where the clinic's pages are, what it keeps, and who may read that."""

    address: str
    app: Flask
    username: str = "ada"
    password: str = PASSWORD

    @property
    def store(self) -> Store:
        """What the clinic keeps."""
        with self.app.app_context():
            return current_room().store


@pytest.fixture(scope="session")
def clinic(tmp_path_factory):
    """A demonstration: a password alone signs its clinician in."""
    folder = tmp_path_factory.mktemp("clinic")
    with serving(folder, SCREENING_INSECURE_DEMO="1") as (port, _, app):
        yield Clinic(f"http://127.0.0.1:{port}", app)


@contextmanager
def serving(folder, **more):
    """Serve a clinic on a port of its own; give the port, its settings, its app."""
    environment = {
        "SCREENING_DATABASE": f"sqlite:///{folder / 'clinic.sqlite3'}",
        "SCREENING_KEY_FILE": str(folder / "keys.json"),
        "SCREENING_LOCALE": "US",
        "SCREENING_CLINIC_NAME": "Harbour Clinic",
        "SCREENING_CONTACT_ROUTE": "phone",
        "SCREENING_PUBLISHING": "checked",
        "SCREENING_QUESTIONNAIRES": str(signed_off(folder / "questionnaires")),
        "SCREENING_CLINIC_DAYS": "five working days",
        **more,
    }
    create_key_file(folder / "keys.json")
    config = Config.from_environment(environment)
    add_clinician(config)
    app, stop = open_service(config), Event()
    start(app, stop)
    server = make_server(
        "127.0.0.1",
        0,
        app,
        threaded=True,
        request_handler=QuietHandler,
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, config, app
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def add_clinician(config):
    store = open_store(config.database, config.key_ring)
    upgraded(store.database.engine)
    open_accounts(store.ground).users.create(
        username="ada",
        display_name="Ada Quill",
        role=Role.CLINICIAN,
        password=PASSWORD,
        actor=Actor.service("tests"),
    )
    store.close()


@pytest.fixture(scope="session")
def chromium():
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(OFFLINE))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, clinic):
    contexts = []

    def build(*, script=True, width=390, height=844, language="en", address=None):
        context = chromium.new_context(
            base_url=address or clinic.address,
            java_script_enabled=script,
            locale=language,
            viewport={"width": width, "height": height},
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield build
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which the build copies from its package."""
    return (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def questionnaire():
    shelf = shelf_for("ocd-ketamine")
    return load(shelf.questionnaire_id, shelf.read)
