"""`screening seal`: make what the clinic signs its PDFs with."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from screening.cli import instance
from screening.cli.instance import SEAL, SETTINGS
from screening.report.seal import SEAL_FILE, SELF_MADE_DAYS, self_made

if TYPE_CHECKING:
    from pathlib import Path


@click.command(name="seal")
@click.option("--name", help="Whose seal it is; without it, the clinic's name.")
@instance.option
def command(name: str | None, folder: Path) -> None:
    """Make a seal of the clinic's own, which nobody else vouches for.

    Whoever has its certificate can tell that a PDF is the clinic's and was not changed.
    Where others have to believe it without that, use a certificate that they know.

    Example: screening seal --instance clinic
    """
    named = name or instance.settings_of(folder).get("SCREENING_CLINIC_NAME")
    if not named:
        raise click.UsageError("The clinic has no name yet: write one with --name.")
    path = folder / SEAL
    try:
        make_seal(path, named)
    except FileExistsError:
        click.echo(f"{path} is there already: move it away first.", err=True)
        raise SystemExit(1) from None
    except OSError as error:
        instance.stop(error)
    click.echo(f"Made {path}, for {named}, good for {SELF_MADE_DAYS} days.")
    click.echo(f"Next: write this into {folder / SETTINGS}")
    click.echo(f"  {SEAL_FILE}={path.resolve()}")


def make_seal(path: Path, name: str) -> None:
    """Write a seal that only its owner can read; never over an existing file.

    Raises OSError where it can't be written, FileExistsError where one is there.
    """
    made = self_made(name, datetime.now(UTC))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(made)
