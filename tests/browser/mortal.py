"""Which site can die in the middle of a post? `screening serve`, with a last word.

A file says when it is to die: `before` or `after` a draft is written or a form is
sent. It kills itself and its workers with SIGKILL, as a machine that loses its power
would: nothing is closed, flushed or answered. Run as a program, this is that site;
`mortal_site` starts it, and starts it again on the same database.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from screening.cli import main
from screening.store.drafts import Drafts
from screening.store.keys import create_key_file, load_keys
from screening.store.migrations import upgrade
from screening.store.opening import open_store
from screening.store.submissions import Submissions

ORDER = "MORTAL_ORDER"
"""The variable that names the file with the order to die."""

WITHIN = 30
PROGRAM = "from tests.browser.mortal import serve_until_killed; serve_until_killed()"


class MortalSite:
    """The program on one database and one port, for as long as it lives."""

    def __init__(self, home):
        self.home = home
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = f"sqlite:///{home / 'clinic.sqlite3'}"
        self.process = None
        create_key_file(home / "keys.json")
        self.store = open_store(self.database, load_keys(path=home / "keys.json"))
        upgrade(self.store.database.engine)

    def start(self):
        """Serve, and return once requests are answered."""
        self.order_to_live()
        settings = {
            "SCREENING_DATABASE": self.database,
            "SCREENING_KEY_FILE": str(self.home / "keys.json"),
            "SCREENING_INSECURE_DEMO": "1",
            "SCREENING_LOCALE": "US",
            "SCREENING_CLINIC_NAME": "Harbour Clinic",
            "SCREENING_PUBLISHING": "checked",
            ORDER: str(self.home / "order"),
        }
        with (self.home / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, "serve", "--port", str(self.port)],
                cwd=self.home,
                env={**os.environ, "PYTHONPATH": ":".join(sys.path), **settings},
                stdout=log,
                stderr=log,
                # A group of its own: it dies with its workers, and nothing else does.
                start_new_session=True,
            )
        last = time.monotonic() + WITHIN
        while not self._answers():
            assert self.process.poll() is None, (self.home / "log").read_text()
            assert time.monotonic() < last, "the site does not answer"
            time.sleep(0.05)

    def order_to_die(self, when, deed):
        """Let it die `before` or `after` the next `write` or `submit`."""
        (self.home / "order").write_text(f"{when} {deed}")

    def order_to_live(self):
        """Take the order back."""
        (self.home / "order").write_text("")

    def wait_until_dead(self):
        """Return once nothing of it runs any more; it was killed, not stopped."""
        assert self.process.wait(WITHIN) == -signal.SIGKILL

    def stop(self):
        """End it, if it lives, and leave its store."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(WITHIN)
        self.store.close()

    def _answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def serve_until_killed():
    """Run the program, its store told to obey the order."""
    order = Path(os.environ[ORDER])
    Drafts.write = _obeying(Drafts.write, "write", order)
    Submissions.submit = _obeying(Submissions.submit, "submit", order)
    main()


def _obeying(deed, name, order):
    def done(*args, **options):
        _die_if_told(order, f"before {name}")
        given = deed(*args, **options)
        _die_if_told(order, f"after {name}")
        return given

    return done


def _die_if_told(order, moment):
    if order.read_text() == moment:
        os.killpg(0, signal.SIGKILL)


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
