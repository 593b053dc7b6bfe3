"""`screening verify`: is a PDF as the clinic made it, and does the record agree?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from cryptography.x509 import load_pem_x509_certificates

from screening.cli import instance, options
from screening.cli.printing import print_json
from screening.report.inside import NotOursError, inside
from screening.report.signatures import signature_of
from screening.report.signing import SealProblem, configured_seal
from screening.store.audit import Action, Actor
from screening.store.decisions import SignedDecision
from screening.store.problems import StoreProblem
from screening.web.recorded import recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cryptography.x509 import Certificate

    from screening.report.inside import Inside
    from screening.report.signatures import Signature
    from screening.store.decisions import History

_ACTOR = Actor.service("command-line")


@click.command(name="verify")
@click.argument(
    "file",
    metavar="FILE.pdf",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--trust",
    "vouched",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A certificate (PEM) to trust besides the clinic's own; may be repeated.",
)
@click.option(
    "--require-signature", is_flag=True, help="A PDF without a signature won't do."
)
@options.as_json
@instance.option
def command(
    file: Path,
    *,
    vouched: tuple[Path, ...],
    require_signature: bool,
    as_json: bool,
    folder: Path,
) -> None:
    """Check that FILE.pdf holds together, and says what the clinic's record says.

    Each page has to name the record that is inside. Where the clinic's database is at
    hand (--instance), its record of that reference has to be the same. A signature has
    to cover the whole file. Its certificate is trusted where it is the clinic's own
    (its seal), one of --trust, or vouched for by one of them; when it was signed is
    what the signer says. A clinician's decision in it has to be one that was signed
    at the clinic.

    Exit status 1 when something is not the same, or was changed after it was signed.
    A PDF without a signature only fails with --require-signature.

    Example: screening verify summary.pdf --instance clinic
    """
    settings = instance.settings_of(folder)
    pdf = file.read_bytes()
    try:
        signature = signature_of(pdf, _trusted(vouched, settings))
        found = inside(pdf)
    except (NotOursError, SealProblem) as problem:
        instance.stop(problem)
    differences = decided = None
    if settings.get("SCREENING_DATABASE"):
        differences, decided = _held_against(found, settings)
    broken = _broken(signature, found)
    odd = _odd_decision(found, decided)
    if as_json:
        print_json(
            {
                "record_sha256": found.record_hash,
                "pages": len(found.pages),
                "pages_of_another_record": list(found.strange_pages),
                "differs_from_database_in": differences,
                "decision_sha256": found.decision_hash,
                "decision_faults": odd,
                "decision_newest": None if decided is None else decided.newest,
                "signature": _as_json(signature),
                "signature_faults": broken,
            }
        )
    else:
        _tell(len(found.pages), found.strange_pages, differences)
        _tell_decision(found, decided, odd)
        _tell_signature(signature, broken)
    missed = require_signature and signature is None
    sys.exit(bool(found.strange_pages or differences or broken or missed or odd))


def _trusted(
    vouched: Iterable[Path], settings: Mapping[str, str]
) -> tuple[Certificate, ...]:
    """Return the certificates that the clinic trusts: its own, and those named.

    Raises:
        SealProblem: the clinic's seal can't be read.
    """
    # One that has run out still vouches for what was signed with it.
    seal = configured_seal(settings)
    own = () if seal is None else (seal.certificate,)
    return own + tuple(one for path in vouched for one in _certificates(path))


def _certificates(path: Path) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (ValueError, OSError):
        what = f"{path} holds no certificate that can be read."
        raise click.UsageError(f"{what} Name a file in PEM.") from None


def _broken(signature: Signature | None, found: Inside) -> list[str]:
    """Return in sentences what is wrong with the signature; one missing is no fault."""
    if signature is not None:
        return list(signature.faults)
    if found.says_signed:
        return ["The pages say that it was signed, and there is no signature in it."]
    return []


def _as_json(signature: Signature | None) -> dict[str, object] | None:
    if signature is None:
        return None
    return {
        "holds": not signature.faults,
        "trusted": signature.is_trusted,
        "name": signature.name,
        "at": signature.at.isoformat() if signature.at else None,
        "meaning": signature.meaning,
        "certificate_sha256": signature.certificate_sha256,
    }


def _held_against(
    found: Inside, settings: Mapping[str, str]
) -> tuple[list[str], History | None]:
    """Return how the clinic's record differs from the PDF's, and what was signed of it.

    The differences are the names of its parts.
    """
    store = instance.store_of(settings)
    try:
        told = json.loads(found.record)
        reference = str(told["reference"])
        kept = store.submissions.read(
            reference,
            actor=_ACTOR,
            action=Action.SUBMISSION_VIEW,
            reason="a PDF is verified",
        )
        if kept is None:
            return ["the reference: the clinic has no such submission"], None
        zone = settings.get("SCREENING_TIME_ZONE") or "UTC"
        now = recorded(kept, zone)
        history = store.decisions.read(
            reference, actor=_ACTOR, record_sha256=now.record_hash
        )
    except (ValueError, KeyError, TypeError):
        return ["the record itself, which can't be read"], None
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()
    content = json.loads(now.canonical_content)
    names = sorted({*told, *content})
    return [n for n in names if told.get(n) != content.get(n)], history


def _odd_decision(found: Inside, history: History | None) -> list[str]:
    """Return in sentences what is wrong with the decision; none missing is a fault."""
    odd = []
    if not found.is_decision_named:
        odd.append("The pages do not name the decision that is inside.")
    if history is None:
        return odd
    odd += [
        f"Version {one.number} of the clinic's decision is not as it was signed: "
        f"{one.what}. The signature no longer matches."
        for one in history.broken
    ]
    signed = {one.sha256 for one in history.versions if isinstance(one, SignedDecision)}
    if found.decision is not None and found.decision_hash not in signed:
        odd.append("The decision in the PDF is none that was signed at the clinic.")
    return odd


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


def _tell_decision(found: Inside, history: History | None, odd: list[str]) -> None:
    for fault in odd:
        click.echo(fault)
    newest = history.current if history is not None else None
    if found.decision is None:
        click.echo("No decision is in the PDF.")
    elif not odd:
        where = "" if history is None else ", which the clinic holds too"
        click.echo(f"The decision {found.decision_hash} is in the PDF{where}.")
    if newest is not None and newest.sha256 != found.decision_hash:
        click.echo(f"The PDF was printed before version {newest.number} was signed.")


def _tell_signature(signature: Signature | None, broken: list[str]) -> None:
    for fault in broken:
        click.echo(fault)
    if signature is None:
        click.echo("The PDF carries no signature: this does not show who made it.")
    elif broken:
        click.echo("The signature does not hold: do not rely on this PDF.")
    else:
        if signature.is_trusted:
            click.echo(
                f"The signature holds, and is one that you trust: {signature.name}."
            )
        else:
            click.echo(
                "The signature holds, but nobody here vouches for the certificate of"
                f" {signature.name} (SHA-256 {signature.certificate_sha256})."
            )
        click.echo(
            f"Signed, as it says, {signature.at:%Y-%m-%d %H:%M %z}: {signature.meaning}"
        )
