"""Does `screening notices send` send what waits, and say what it could not send?"""

import pytest

from screening.store.audit import Actor
from screening.store.keys import load_keys
from screening.store.opening import open_store
from screening.store.outside import utc_now
from screening.store.versions import Bundle
from tests.cli.running import run
from tests.notices.conftest import MailServer, serving
from tests.store.fixtures import SHA256, submit


@pytest.fixture
def waiting(own_folder):
    """A clinic with one notice that is due."""
    assert run("init", "clinic").exit_code == 0
    home = own_folder / "clinic"
    store = open_store(
        f"sqlite:///{home}/screening.sqlite3",
        load_keys(path=home / "keys.json"),
        has_notices=True,
    )
    bundle = Bundle(sha256=SHA256, questionnaire="q", version="1", files={"q": ""})
    store.versions.keep_version(bundle, actor=Actor.service("test"))
    submit(store, utc_now, urgent=True)
    store.close()


def send(server, **changes):
    settings = {
        "SCREENING_NOTICE_TO": "staff@clinic.example",
        "SCREENING_NOTICE_FROM": "screening@clinic.example",
        "SCREENING_SMTP": f"127.0.0.1:{server.port}",
        "SCREENING_SMTP_TLS": "none",
        "SCREENING_ADDRESS": "https://screening.example",
    }
    return run(
        *("notices", "send", "--instance", "clinic"), settings=settings | changes
    )


def test_what_waits_is_sent_once(waiting):
    with serving(MailServer()) as server:
        first, second = send(server), send(server)

    assert (first.exit_code, first.stdout) == (0, "Sent: 1.\n")
    assert (second.exit_code, second.stdout) == (0, "Sent: 0.\n")
    assert len(server.mails) == 1


def test_what_could_not_be_sent_is_counted(waiting):
    with serving(MailServer(refuses="451 4.3.0 Later")) as server:
        result = send(server)

    assert result.exit_code == 1
    assert "Not sent yet: 1, since " in result.stdout


def test_settings_that_cannot_be_used_are_told(waiting):
    result = send(MailServer(), SCREENING_SMTP="nowhere")

    assert result.exit_code == 2
    assert 'SCREENING_SMTP is "nowhere"' in result.stderr


def test_where_nobody_is_told_there_is_nothing_to_send(waiting):
    result = send(MailServer(), SCREENING_NOTICE_TO="")

    assert result.exit_code == 2
