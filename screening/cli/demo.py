"""`screening demo`: a demonstration clinic with invented patients, on this computer.

It is served over plain http, so that it must never be reached from elsewhere. Its
accounts and patients are invented; its password is known to everybody, and signs in
alone: a second step is asked for only where somebody set one up.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import click
from werkzeug.serving import make_server

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.cli.demo_patients import send_samples
from screening.cli.instance import CERTIFICATE, DATABASE, KEYS, SEAL
from screening.cli.seal import make_seal
from screening.cli.serving import serve
from screening.report.signing import load_seal
from screening.store.audit import Actor
from screening.store.keys import create_key_file, load_keys
from screening.store.migrations import upgrade
from screening.store.opening import open_store
from screening.web import utc_now
from screening.web.config import Config, Publishing
from screening.web.service import open_service

if TYPE_CHECKING:
    from flask import Flask

FOLDER = Path(".demo")
USERNAME = Role.CLINICIAN.value
"""Each role has an account that is called like it; this one reads submissions."""
PASSWORD = "seven lanterns over quiet water"  # noqa: S105 - for demonstration only
PAGES = ("/", "/help", "/clinic/sign-in")
"""The pages that a check asks for: the article, help, and signing in."""

_ACTOR = Actor.service("demonstration")


@click.command(name="demo")
@click.option("--check", is_flag=True, help="Start, ask for three pages, stop.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(port: int, *, check: bool) -> None:
    """Serve a demonstration clinic with invented patients, on this computer only.

    Example: screening demo --port 8000
    """
    if check:
        with tempfile.TemporaryDirectory() as folder:
            _check(open_service(make_demo(Path(folder) / FOLDER)))
        click.echo("OK")
        return
    config = make_demo(FOLDER)
    click.echo("DEMONSTRATION ONLY: invented patients, a known password, plain http.")
    click.echo(f"  patients  http://127.0.0.1:{port}/")
    click.echo(f"  clinic    http://127.0.0.1:{port}/clinic")
    click.echo(f"            user name {USERNAME}, password {PASSWORD}")
    click.echo("            or user name coordinator, administrator: same password")
    click.echo("            a real clinic asks for a second step; here you may set one")
    click.echo(
        f"            up under your name (passkeys: http://localhost:{port}/clinic)"
    )
    if config.seal is not None:
        click.echo(
            f"  its PDFs  screening verify FILE.pdf --trust {FOLDER / CERTIFICATE}"
        )
    click.echo(
        f"Stop it with Ctrl+C. Everything is in {FOLDER}; delete it to begin anew."
    )
    serve(lambda: open_service(config), address=f"127.0.0.1:{port}")


def make_demo(folder: Path) -> Config:
    """Return the settings of the demonstration in `folder`, made if it is not there.

    It is made beside the folder and moved in whole, so that one that was interrupted
    is begun anew.
    """
    if not (folder / KEYS).exists():
        half = folder.with_name(folder.name + "-unfinished")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        create_key_file(half / KEYS)
        make_seal(half, "Demonstration clinic", utc_now())
        _fill(_settings(half))
        half.replace(folder)
    config = _settings(folder)
    _add_people(config)
    return config


def _settings(folder: Path) -> Config:
    seal = folder / SEAL
    return Config(
        database=f"sqlite:///{folder.resolve() / DATABASE}",
        key_ring=load_keys(path=folder / KEYS),
        locale="US",
        clinic_name="Demonstration clinic",
        contact_route="phone",
        clinic_days="five working days",
        # The files are there to be changed and looked at: nobody is a patient.
        publishing=Publishing.CHECKED,
        # A folder of an earlier release has none.
        seal=load_seal(seal) if seal.exists() else None,
        insecure_demo=True,
    )


def _fill(config: Config) -> None:
    store = open_store(config.database, config.key_ring)
    upgrade(store.database.engine)
    store.close()
    send_samples(open_service(config), actor=_ACTOR)


def _add_people(config: Config) -> None:
    """Make the accounts that are not there: a folder of an earlier release has one."""
    store = open_store(config.database, config.key_ring)
    upgrade(store.database.engine)
    users = open_accounts(store.ground).users
    for role in Role:
        if users.named(role.value) is None:
            users.create(
                username=role.value,
                display_name=f"Demonstration {role.value}",
                role=role,
                password=PASSWORD,
                actor=_ACTOR,
            )
    store.close()


def _check(app: Flask) -> None:
    """Serve on a free port and ask for the pages as a browser would.

    Exits with status 1, and the page's name, when one of them is not answered well.
    """
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        for page in PAGES:
            asked = HTTPConnection("127.0.0.1", server.port, timeout=30)
            asked.request("GET", page)
            status = asked.getresponse().status
            asked.close()
            if status != HTTPStatus.OK:
                click.echo(f"{page} was answered with {status}.", err=True)
                sys.exit(1)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
