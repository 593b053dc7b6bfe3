"""Which site do the patients of a storm use? The real program, with two workers.

`running` starts `screening serve` on a library of one small questionnaire. `wire` is
the proxy in front of it, as an application that a test's client can be given.
"""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, request

from screening.store.keys import create_key_file, load_keys
from screening.store.opening import Store, open_store
from tests.cli.running import run

PROGRAM = "from screening.cli import main; main()"
WITHIN = 60
_HOPS = {"connection", "content-length", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Site:
    """Where a running site listens, its questionnaire's folder, and its store."""

    port: int
    folder: Path
    store: Store
    process: subprocess.Popen

    def memory(self):
        """Return the resident memory of its largest worker, in MB."""
        return max(_resident(worker) for worker in _workers(self.process.pid))


@contextmanager
def running(home, *, program=PROGRAM):
    """Serve a new questionnaire from `home` by `program`, with two workers."""
    made = run("new", "first-visit", "--folder", home / "library")
    assert made.exit_code == 0, made.output
    create_key_file(home / "keys.json")
    address = f"sqlite:///{home}/clinic.sqlite3"
    settings = {
        "SCREENING_DATABASE": address,
        "SCREENING_KEY_FILE": str(home / "keys.json"),
        "SCREENING_QUESTIONNAIRE": "first-visit",
        "SCREENING_QUESTIONNAIRES": str(home / "library"),
        "SCREENING_PUBLISHING": "checked",
        "SCREENING_LOCALE": "US",
        "SCREENING_CLINIC_NAME": "A clinic",
        "SCREENING_CONTACT_ROUTE": "phone",
        "SCREENING_CLINIC_DAYS": "five working days",
        "SCREENING_TRUSTED_PROXIES": "1",
    }
    port = _free_port()
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", program, "serve", "--port", str(port)],
            cwd=home,
            env={**os.environ, "PYTHONPATH": ":".join(sys.path), **settings},
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_ready(port, process, home / "log")
        store = open_store(address, load_keys(path=home / "keys.json"))
        yield Site(port, home / "library/first-visit", store, process)
        store.close()
    finally:
        process.terminate()
        process.wait(WITHIN)


def wire(port):
    """Return an application that hands every request on to the site, as over TLS."""
    app = Flask("wire", static_folder=None)

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def pass_on(path):
        query = request.query_string.decode()
        headers = dict(request.headers)
        headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        connection = HTTPConnection("127.0.0.1", port, timeout=WITHIN)
        connection.request(
            request.method,
            quote(f"/{path}") + (f"?{query}" if query else ""),
            body=request.get_data(),
            headers=headers,
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        kept = [pair for pair in answer.getheaders() if pair[0].lower() not in _HOPS]
        return Response(body, answer.status, kept)

    return app


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_until_ready(port, process, log):
    last = time.monotonic() + WITHIN
    while time.monotonic() < last:
        with socket.socket() as probe:
            is_heard = probe.connect_ex(("127.0.0.1", port)) == 0
        if is_heard and len(_workers(process.pid)) > 1:
            return
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def _workers(parent):
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
    return [int(one) for one in text.split()]


def _resident(process):
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
