"""`screening verify`: does a PDF still say what the clinic's record says?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import instance, options
from screening.cli.printing import print_json
from screening.report.inside import NotOursError, inside
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
@options.as_json
@instance.option
def command(file: Path, *, as_json: bool, folder: Path) -> None:
    """Check that FILE.pdf holds together, and says what the clinic's record says.

    Each page has to name the record that is inside. Where the clinic's database is at
    hand (--instance), its record of that reference has to be the same. The PDF carries
    no signature: without the database this does not show that nobody changed it.

    Exit status 1 when something is not the same.

    Example: screening verify summary.pdf --instance clinic
    """
    try:
        found = inside(file.read_bytes())
    except NotOursError as problem:
        instance.stop(problem)
    differences = None
    settings = instance.settings_of(folder)
    if settings.get("SCREENING_DATABASE"):
        differences = _differences(found.record, settings)
    if as_json:
        print_json(
            {
                "record_sha256": found.record_hash,
                "pages": len(found.pages),
                "pages_of_another_record": list(found.strange_pages),
                "differs_from_database_in": differences,
            }
        )
    else:
        _tell(len(found.pages), found.strange_pages, differences)
    sys.exit(bool(found.strange_pages or differences))


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
    click.echo("The PDF carries no signature.")
