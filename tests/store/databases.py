"""Which databases do the tests of the store run on?

SQLite files, and a PostgreSQL cluster that is made for the run and thrown away. It
needs Debian's package `postgresql`; without it the PostgreSQL tests fail, unless
SCREENING_TESTS_WITHOUT_POSTGRESQL=1 says that they may be left out.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

_LEAVE_OUT = "SCREENING_TESTS_WITHOUT_POSTGRESQL"
_TEMPLATE = "screening_template"


class SteppingClock:
    """Stands still until it is told to go on."""

    def __init__(self):
        self.now = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)

    def __call__(self):
        return self.now

    def step(self, **duration):
        self.now += timedelta(**duration)


@contextmanager
def postgresql_cluster() -> Iterator[Path]:
    """Start a cluster that listens on a socket in the folder it gives, only."""
    folder = Path(tempfile.mkdtemp(prefix="screening-pg-", dir="/tmp"))
    owner = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = {"user": "postgres", "group": "postgres", "extra_groups": ()}
        shutil.chown(folder, "postgres", "postgres")
    tools = _tools()
    data = folder / "data"

    def run(*command):
        subprocess.run(
            command, check=True, capture_output=True, cwd=folder, text=True, **owner
        )

    try:
        run(
            tools / "initdb",
            f"--pgdata={data}",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
        )
        settings = (
            f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=90"
        )
        log = f"--log={folder / 'log'}"
        run(tools / "pg_ctl", f"--pgdata={data}", log, "-o", settings, "-w", "start")
        try:
            yield folder
        finally:
            run(tools / "pg_ctl", f"--pgdata={data}", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def postgresql_url(folder, database):
    return f"postgresql://postgres@/{database}?host={folder}"


def execute_on(folder, command):
    with psycopg.connect(
        host=str(folder), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute(command)


def require_postgresql():
    """Fail, or skip where that was asked for, when there is no PostgreSQL server."""
    if _tools() is not None:
        return
    if os.environ.get(_LEAVE_OUT) == "1":
        pytest.skip(f"{_LEAVE_OUT}=1")
    pytest.fail(
        "The store is tested on PostgreSQL too, and no server is installed. Install "
        f"it (on Debian: apt-get install postgresql), or set {_LEAVE_OUT}=1."
    )


def _tools():
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True
    )
    found = newest_first[0] if newest_first else shutil.which("initdb")
    return Path(found).parent if found else None
