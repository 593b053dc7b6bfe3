"""How does a test get a mail server and an outbox? From `mail_server` and `outbox`.

The server is a real one (aiosmtpd) on a port of its own. `mail_server.route(...)` is
the way to it; what it accepted is in `mail_server.mails`. A certificate of its own is
trusted where a test asks for `certificate`.
"""

import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from screening.notices.route import Route, Security
from tests.store.fixtures import *  # noqa: F403 - fixtures are found by name
from tests.store.fixtures import opened

USER = "clinic"
PASSWORD = "three grey herons"


@dataclass
class MailServer:
    """Accepts mail, or answers with `refuses`; calls `on_mail` before it answers."""

    mails: list = field(default_factory=list)
    refuses: str | None = None
    on_mail: object = None
    port: int = 0
    users: list = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - as aiosmtpd calls it
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - likewise
        mail = message_from_bytes(envelope.content, policy=default)
        self.mails.append(mail)
        if self.on_mail:
            self.on_mail(mail)
        return "250 OK"

    def authenticate(self, _server, _session, _envelope, _mechanism, data):
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self.users.append(data.login.decode())
        return AuthResult(success=is_right, handled=False)

    def route(self, **changes):
        usual = {
            "to": "staff@clinic.example",
            "sender": "screening@clinic.example",
            "host": "127.0.0.1",
            "port": self.port,
            "security": Security.NONE,
            "address": "https://screening.example",
        }
        return Route(**(usual | changes))


@contextmanager
def serving(server, **settings):
    """Let the server listen on a free port while the block runs."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    running = Controller(server, hostname="127.0.0.1", port=server.port, **settings)
    running.start()
    yield server
    running.stop()


@pytest.fixture
def mail_server():
    with serving(MailServer()) as server:
        yield server


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """A certificate for localhost that this process trusts; its files, in a folder."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(made.public_bytes(Encoding.PEM) + private)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return pem


@pytest.fixture
def server_context(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def closed_server(server_context):
    """A server that says nothing before STARTTLS and asks for a password."""
    server = MailServer()
    settings = {
        "tls_context": server_context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": server.authenticate,
    }
    with serving(server, **settings):
        yield server


@pytest.fixture
def store(tmp_path, clock):
    store = opened(f"sqlite:///{tmp_path}/store.sqlite3", clock, has_notices=True)
    yield store
    store.close()


@pytest.fixture
def server_that_is_closed_at_once(server_context):
    server = MailServer()
    with serving(server, ssl_context=server_context):
        yield server
