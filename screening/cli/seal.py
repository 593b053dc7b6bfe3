"""`screening seal`: make what signs the clinician's PDFs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from cryptography.hazmat.primitives.serialization import Encoding

from screening.cli import instance
from screening.cli.instance import CERTIFICATE, SEAL, SETTINGS
from screening.report.signing import SEAL_FILE, load_seal, self_made

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_NAME = 64
"""How many characters a common name may have (RFC 5280)."""


@click.command(name="seal")
@click.option("--name", required=True, help="The name of the clinic that signs.")
@instance.option
def command(name: str, folder: Path) -> None:
    """Make a certificate with its key, valid for two years; nothing is replaced.

    Nobody vouches for it but whoever hands the certificate on: a clinic that has one
    from an authority names that file in its settings instead.

    Example: screening seal --name "Riverside Clinic" --instance clinic
    """
    if not name.strip().isprintable() or not 0 < len(name.strip()) <= LONGEST_NAME:
        what = f"--name has to be one line of 1 to {LONGEST_NAME} characters."
        raise click.UsageError(f"{what} Write the clinic's name.")
    if not folder.is_dir():
        what = f"{folder} is not a folder."
        raise click.UsageError(f"{what} Run `screening init {folder}` first.")
    try:
        make_seal(folder, name.strip(), datetime.now(UTC))
    except FileExistsError:
        click.echo(
            f"{folder} has a seal already. Move {SEAL} and {CERTIFICATE} away; keep the"
            " second, to check what was signed before.",
            err=True,
        )
        raise SystemExit(1) from None
    except OSError as error:
        click.echo(f"{folder} can't be written to ({error.strerror}).", err=True)
        raise SystemExit(1) from None
    click.echo(f"Made {folder / SEAL}, which only you can read; it signs for you.")
    click.echo(f"Next: write into {folder / SETTINGS}")
    click.echo(f"  {SEAL_FILE}={folder.resolve() / SEAL}")
    click.echo(f"Give {folder / CERTIFICATE} to whoever checks PDFs elsewhere:")
    click.echo(f"  screening verify FILE.pdf --trust {CERTIFICATE}")


def make_seal(folder: Path, name: str, at: datetime) -> None:
    """Write a seal that only its owner can read, and its certificate for everybody.

    Raises:
        FileExistsError: there is one already.
        OSError: the folder can't be written to.
    """
    path, certificate_path = folder / SEAL, folder / CERTIFICATE
    if certificate_path.exists():
        # What was signed before is still to be checked with it.
        raise FileExistsError(certificate_path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(self_made(name, at))
    certificate = load_seal(path).certificate
    certificate_path.write_bytes(certificate.public_bytes(Encoding.PEM))
