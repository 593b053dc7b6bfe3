"""Where is a clinic's own instance: its keys, its settings, its database?

An instance is a folder with `keys.json`, which only its owner can read, the settings
in `screening.env` (NAME=value, one to a line) and, unless the settings say otherwise,
the database. What the environment says wins over the file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from screening.store.keys import ENVIRONMENT_VARIABLE, load_keys
from screening.store.migrations import upgrade
from screening.store.opening import open_store
from screening.store.problems import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.store.opening import Store

SETTINGS = "screening.env"
KEYS = "keys.json"
DATABASE = "screening.sqlite3"
SEAL = "seal.p12"
CERTIFICATE = "seal.pem"
FOLDER = Path("instance")

option = click.option(
    "--instance",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default=True,
    help="The folder of the clinic's instance, if it has one.",
)


def settings_of(folder: Path) -> dict[str, str]:
    """Return this process's environment over the settings of the instance.

    Raises click.UsageError for a line that is no setting.
    """
    path = folder / SETTINGS
    written = _read(path) if path.is_file() else {}
    return {**written, **os.environ}


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        name, equals, value = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not equals:
            what = f"{path}:{number}:1: this is not a setting"
            raise click.UsageError(f"{what} — Write NAME=value, or # before a remark.")
        found[name.strip()] = value.strip()
    return found


def store_of(settings: Mapping[str, str]) -> Store:
    """Return the store that the settings name, its tables brought up to date.

    Exits with status 1, and words, when there is none or it can't be used.
    """
    address = settings.get("SCREENING_DATABASE")
    if not address:
        click.echo(
            "SCREENING_DATABASE is not set — Run `screening init` first, or name the "
            "instance with --instance FOLDER.",
            err=True,
        )
        sys.exit(1)
    keys, file = settings.get(ENVIRONMENT_VARIABLE), settings.get("SCREENING_KEY_FILE")
    try:
        ring = load_keys(
            path=Path(file) if file else None,
            environment={ENVIRONMENT_VARIABLE: keys} if keys else {},
        )
        store = open_store(address, ring)
        upgrade(store.database.engine)
    except (StoreProblem, ValueError) as problem:
        stop(problem)
    return store


def stop(problem: Exception) -> NoReturn:
    """Print what can't be done and end with exit status 1."""
    click.echo(str(problem), err=True)
    sys.exit(1)
