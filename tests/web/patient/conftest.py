"""What does a test of the patient's pages start from? A service on a database file."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from screening.core.load import load
from screening.library import shelf_for
from screening.store.audit import Actor
from screening.web.patient.room import current_room
from screening.web.service import open_service
from tests.web.patient.visitor import Visitor

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def move(self, **distance):
        self.now += timedelta(**distance)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def database(tmp_path):
    return tmp_path / "clinic.sqlite3"


@pytest.fixture
def open_clinic(config, database, clock):
    """Build a service with settings changed as given; its store is closed later."""
    stores = []

    def build(**changes):
        settings = {"database": f"sqlite:///{database}", "locale": "US"} | changes
        app = open_service(replace(config, **settings), clock=clock)
        with app.app_context():
            stores.append(current_room().store)
        return app

    yield build
    for store in stores:
        store.close()


@pytest.fixture
def app(open_clinic):
    return open_clinic()


@pytest.fixture
def store(app):
    with app.app_context():
        return current_room().store


@pytest.fixture
def visitor(app):
    return Visitor(app)


@pytest.fixture(scope="session")
def questionnaire():
    shelf = shelf_for("ocd-ketamine")
    return load(shelf.questionnaire_id, shelf.read)


@pytest.fixture
def submission(store):
    """Read a submission as staff would."""

    def read(reference):
        actor = Actor(name="ann", role="clinician")
        return store.submissions.read(reference, actor=actor)

    return read
