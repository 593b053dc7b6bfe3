"""What does a test of the store or of the accounts start from?"""

import itertools
import json
from base64 import b64encode
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import make_url

from screening.store.audit import Actor
from screening.store.database import open_database
from screening.store.drafts import DraftContent
from screening.store.keys import parse_key_ring
from screening.store.migrations import upgrade
from screening.store.opening import open_store
from screening.store.submissions import Facts, Identity, Record
from screening.store.versions import Bundle
from tests.reused import upgraded
from tests.store.databases import (
    SteppingClock,
    execute_on,
    postgresql_cluster,
    postgresql_url,
    require_postgresql,
)

SHA256 = "5e" * 32
PATIENT = Actor.patient(request_id="request-1")
CLINICIAN = Actor(name="ann", role="clinician", request_id="request-2")


def ring_text(*, key_ids=("k1",), start=1):
    """Give a ring of keys that differ, of which the last three are the single ones."""
    count = itertools.count(start)

    def key():
        return b64encode(bytes((next(count) * 7 + at * 5) % 256 for at in range(32)))

    keys = {"audit": key(), "cookies": key(), "codes": key()}
    ring = {name: value.decode() for name, value in keys.items()}
    ring["encryption"] = [{"id": name, "key": key().decode()} for name in key_ids]
    return json.dumps(ring)


def ring(**settings):
    return parse_key_ring(ring_text(**settings), where="test")


def facts(clock, **changes):
    usual = {
        "submitted_at": clock(),
        "local_date": date(2026, 3, 1),
        "questionnaire": "ocd-ketamine",
        "version": "1.0",
        "version_sha256": SHA256,
        "engine_version": "0.1.0",
        "outcome": "no_barrier_reported",
        "urgent": False,
        "same_day": False,
        "locale": "US",
    }
    return Facts(**(usual | changes))


def submit(store, clock, *, answers=None, contact=None, **changes):
    """Take a patient from the first answer to the receipt."""
    content = DraftContent(started_at=clock(), answers=answers or {})
    draft = store.drafts.create(SHA256, content, actor=PATIENT)
    return store.submissions.submit(
        draft.id,
        expected_revision=1,
        facts=facts(clock, **changes),
        record=Record(answers=answers or {}),
        identity=Identity(contact=contact or {}),
        actor=PATIENT,
    )


@pytest.fixture
def clock():
    return SteppingClock()


@pytest.fixture(scope="session")
def cluster():
    require_postgresql()
    with postgresql_cluster() as folder:
        yield SimpleNamespace(folder=folder, numbers=itertools.count(1))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """Give the address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.sqlite3"
        return
    cluster = request.getfixturevalue("cluster")
    with made(cluster, "template1") as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def ready_url(request, tmp_path):
    """Give the address of a database that has the tables of this release, or may."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store.sqlite3"
        return
    template = request.getfixturevalue("ready_template")
    with made(request.getfixturevalue("cluster"), template) as found:
        yield found


@pytest.fixture(scope="session")
def ready_template(cluster):
    """Give the name of a database to copy, which has the tables of this release."""
    with made(cluster, "template1") as found:
        database = open_database(found)
        upgrade(database.engine)
        database.close()
        yield make_url(found).database


@contextmanager
def made(cluster, template):
    """Make a database from another one for as long as it is used; give its address."""
    name = f"test_{next(cluster.numbers)}"
    execute_on(cluster.folder, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield postgresql_url(cluster.folder, name)
    execute_on(cluster.folder, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_file(tmp_path):
    return tmp_path / "store.sqlite3"


def opened(url, clock, **settings):
    store = open_store(url, ring(), clock=clock, **settings)
    upgraded(store.database.engine)
    bundle = Bundle(
        sha256=SHA256,
        questionnaire="ocd-ketamine",
        version="1.0",
        files={"questionnaire.yaml": "title: Test\n"},
    )
    store.versions.keep_version(bundle, actor=Actor.service("test"))
    return store


@pytest.fixture
def store(ready_url, clock):
    """Give a store on either database, with one questionnaire kept."""
    store = opened(ready_url, clock)
    yield store
    store.close()


@pytest.fixture
def sqlite_store(sqlite_file, clock):
    """Give a store on SQLite, for what only its file can show."""
    store = opened(f"sqlite:///{sqlite_file}", clock, patience_s=1)
    yield store
    store.close()
