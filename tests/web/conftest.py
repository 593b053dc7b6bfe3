"""How does a test get a running service? From `config` and `serve`, with a probe room.

The probe room has one page for each way a request can go. `serve(...)` builds a
service with settings changed as given; `client` talks to the plain one over https.
"""

import base64
import re
import secrets
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Blueprint, abort, render_template_string, request
from flask.testing import FlaskClient

from screening.store.keys import EncryptionKey, KeyRing
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.web import create_app
from screening.web.config import Config, Identity, Publishing
from screening.web.crisis import CrisisLine, Locale, Locales

CANARY = "Quetiapine-at-midnight"
CLINIC = "https://clinic.example"
TODAY = date(2026, 1, 31)

LOCALES = Locales(
    {
        "UK": Locale(
            code="UK",
            country="United Kingdom",
            emergency="999",
            crisis=(CrisisLine(name="Samaritans", contact="116 123, free, any time"),),
            urgent="NHS 111, choose the mental health option",
            verified_on=TODAY,
        ),
        "default": Locale(
            code="default",
            country="Anywhere else",
            emergency="your local emergency number",
            crisis=(CrisisLine(name="Find A Helpline", contact="findahelpline.com"),),
            verified_on=TODAY,
        ),
    }
)

FORM = """
{% extends "layout.html" %}
{% from "macros/page.html" import token, button with context %}
{% set page_title = "Probe" %}
{% block content %}
<h1>Probe</h1><form method="post">{{ token() }}{{ button("Go") }}</form>
{% endblock %}
"""


def probe_room():
    room = Blueprint("probe", __name__, url_prefix="/probe")

    @room.route("/form", methods=["GET", "POST"])
    def form():
        if request.method == "POST":
            return {name: request.form.getlist(name) for name in sorted(request.form)}
        return render_template_string(FORM)

    @room.get("/address")
    def address():
        return request.remote_addr

    @room.get("/stop/<int:code>")
    def stop(code):
        abort(code)

    @room.route("/fault", methods=["GET", "POST"])
    def fault():
        raise ValueError(CANARY)

    @room.route("/away", methods=["GET", "POST"])
    def away():
        raise DatabaseUnavailable(Trouble.LOCKED)

    return room


def key():
    return secrets.token_bytes(32)


@pytest.fixture(scope="session")
def key_ring():
    return new_key_ring()


def new_key_ring():
    return KeyRing(
        encryption=(EncryptionKey(id="k1", key=key()),),
        audit=key(),
        cookies=key(),
        codes=key(),
    )


@pytest.fixture(scope="session")
def config(key_ring):
    return plain_config(key_ring)


def plain_config(key_ring):
    return Config(
        database="sqlite://",
        key_ring=key_ring,
        locale="UK",
        clinic_name="Riverside Clinic",
        contact_route="phone",
        clinic_days="five working days",
        identity=Identity.CONTACT,
        publishing=Publishing.CHECKED,
    )


@pytest.fixture(scope="session")
def serve(config):
    def build(**changes):
        return create_app(
            replace(config, **changes),
            rooms=[probe_room()],
            locales=LOCALES,
            clock=lambda: datetime(2026, 1, 31, 12, tzinfo=UTC),
        )

    return build


@pytest.fixture(scope="session")
def app(serve):
    return serve()


@pytest.fixture
def client(app):
    return secure_client(app)


@pytest.fixture(scope="session")
def key_ring_text():
    def text():
        return base64.b64encode(key()).decode()

    return (
        f'{{"encryption": [{{"id": "k1", "key": "{text()}"}}], "audit": "{text()}",'
        f' "cookies": "{text()}", "codes": "{text()}"}}'
    )


@pytest.fixture
def post(client):
    """Post raw bytes as a form, with the session's token in front."""

    def send(body=b"", *, path="/probe/form", **options):
        page = client.get("/probe/form").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        options.setdefault("content_type", "application/x-www-form-urlencoded")
        return client.post(
            path, data=b"csrf_token=" + token.encode() + b"&" + body, **options
        )

    return send


class ClosingClient(FlaskClient):
    """Reads and closes each response, a static file's too."""

    def open(self, *args, **options):
        return super().open(*args, **{"buffered": True, **options})


def secure_client(app):
    app.test_client_class = ClosingClient
    found = app.test_client()
    found.environ_base["wsgi.url_scheme"] = "https"
    found.environ_base["HTTP_HOST"] = "clinic.example"
    found.environ_base["SERVER_PORT"] = "443"
    return found
