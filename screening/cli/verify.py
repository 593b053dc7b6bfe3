"""`screening verify`: does a PDF still say what the clinic's record says?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from cryptography import x509

from screening.cli import instance, options
from screening.cli.printing import print_json
from screening.report.inside import NotOursError, inside
from screening.report.seal import SealProblem, seal_of
from screening.report.signatures import Signature, signatures_of
from screening.store.audit import Action, Actor
from screening.store.problems import StoreProblem
from screening.web.recorded import recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

_ACTOR = Actor.service("command-line")


@click.command(name="verify")
@click.argument(
    "file",
    metavar="FILE.pdf",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--trust",
    "trust_files",
    metavar="CERT",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A certificate (PEM or DER) that may vouch for the signature.",
)
@click.option(
    "--require-signature", is_flag=True, help="Fail where the PDF is not signed."
)
@options.as_json
@instance.option
def command(
    *,
    file: Path,
    trust_files: tuple[Path, ...],
    require_signature: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Check that FILE.pdf holds together, and says what the clinic's record says.

    Each page has to name the record that is inside. A signature has to cover all of
    the file as it was signed; the clinic's own seal vouches for it (--instance), or a
    certificate (--trust). Where the clinic's database is at hand (--instance), its
    record of that reference has to be the same.

    Exit status 1 when something is not the same, or was changed.

    Example: screening verify summary.pdf --instance clinic
    """
    settings = instance.settings_of(folder)
    trusted = _trusted(settings, trust_files)
    try:
        content = file.read_bytes()
        found = inside(content)
        signatures = signatures_of(content, trusted)
    except NotOursError as problem:
        instance.stop(problem)
    differences = None
    if settings.get("SCREENING_DATABASE"):
        differences = _differences(found.record, settings)
    if as_json:
        print_json(
            {
                "record_sha256": found.record_hash,
                "pages": len(found.pages),
                "pages_of_another_record": list(found.strange_pages),
                "differs_from_database_in": differences,
                "signatures": [_as_json(one) for one in signatures],
            }
        )
    else:
        _tell(len(found.pages), found.strange_pages, differences)
        _tell_signatures(signatures)
    unsigned = require_signature and not signatures
    broken = len(signatures) > 1 or not all(map(_is_whole, signatures))
    sys.exit(bool(found.strange_pages or differences or unsigned or broken))


def _trusted(
    settings: Mapping[str, str], files: tuple[Path, ...]
) -> list[x509.Certificate]:
    """Return the certificates that may vouch for a signature."""
    trusted = [_certificate(file) for file in files]
    try:
        seal = seal_of(settings)
    except SealProblem as problem:
        instance.stop(problem)
    return [*trusted, seal.certificate] if seal else trusted


def _certificate(file: Path) -> x509.Certificate:
    content = file.read_bytes()
    read = (
        x509.load_pem_x509_certificate
        if content.startswith(b"-----")
        else x509.load_der_x509_certificate
    )
    try:
        return read(content)
    except ValueError:
        raise click.UsageError(f"{file} is not a certificate, PEM or DER.") from None


def _is_whole(signature: Signature) -> bool:
    return signature.holds and signature.covers_all


def _as_json(signature: Signature) -> dict[str, object]:
    return {
        "by": signature.by,
        "at": signature.at.isoformat() if signature.at else None,
        "meaning": signature.meaning,
        "holds": signature.holds,
        "covers_all": signature.covers_all,
        "is_known": signature.is_known,
    }


def _differences(record: bytes, settings: Mapping[str, str]) -> list[str]:
    """Return in which of its parts the clinic's record is not the one in the PDF."""
    store = instance.store_of(settings)
    try:
        told = json.loads(record)
        kept = store.submissions.read(
            str(told["reference"]),
            actor=_ACTOR,
            action=Action.SUBMISSION_VIEW,
            reason="a PDF is verified",
        )
    except (ValueError, KeyError, TypeError):
        return ["the record itself, which can't be read"]
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()
    if kept is None:
        return ["the reference: the clinic has no such submission"]
    zone = settings.get("SCREENING_TIME_ZONE") or "UTC"
    now = json.loads(recorded(kept, zone).canonical_content)
    names = sorted({*told, *now})
    return [name for name in names if told.get(name) != now.get(name)]


def _tell(pages: int, strange: tuple[int, ...], differences: list[str] | None) -> None:
    if strange:
        numbers = ", ".join(map(str, strange))
        click.echo(f"Not all pages name the record inside: look at page {numbers}.")
    else:
        click.echo(f"Each of {pages} pages names the record inside.")
    if differences is None:
        click.echo("No database was asked: name the clinic's instance (--instance).")
    elif differences:
        click.echo(f"The clinic's record differs in: {', '.join(differences)}.")
    else:
        click.echo("The clinic's record says the same.")


def _tell_signatures(signatures: tuple[Signature, ...]) -> None:
    if not signatures:
        click.echo("The PDF carries no signature.")
    elif len(signatures) > 1:
        click.echo(
            f"The PDF carries {len(signatures)} signatures; the clinic makes one."
        )
    for one in signatures:
        when = one.at.isoformat(sep=" ") if one.at else "at no stated time"
        click.echo(f"Signed by {one.by}, {when}: {one.meaning}")
        if not one.holds:
            click.echo("THE SIGNATURE DOES NOT HOLD: what was signed was changed.")
        elif not one.covers_all:
            click.echo("THE FILE WAS CHANGED AFTER IT WAS SIGNED.")
        elif one.is_known:
            click.echo("The signature holds, and the certificate is one you trust.")
        else:
            click.echo(
                "The signature holds, but nobody here vouches for the certificate of"
                f" {one.by}: name one with --trust, or the instance."
            )
