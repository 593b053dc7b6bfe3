"""`screening certificate`: what was shown of the version that patients are asked?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import instance, options
from screening.cli.library import shown_path
from screening.cli.printing import print_json
from screening.store.problems import StoreProblem
from screening.web.config import DEFAULT_QUESTIONNAIRE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.certificate import Certificate
    from screening.report.certificate import Part
    from screening.store.certificates import Publication


@click.command(name="certificate")
@click.argument("beginning", metavar="[ID]", default="")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it as a page to print, a PDF.",
)
@options.as_json
@instance.option
def command(
    beginning: str, *, output: Path | None, as_json: bool, folder: Path
) -> None:
    """Print the certificate ID, or that of the version which patients are asked now.

    Example: screening certificate -o certificate.pdf --instance clinic
    """
    settings = instance.settings_of(folder)
    store = instance.store_of(settings)
    name = settings.get("SCREENING_QUESTIONNAIRE") or DEFAULT_QUESTIONNAIRE
    try:
        if not beginning:
            now = store.certificates.published(name)
            if now is None:
                raise click.UsageError(
                    f"No version of {name} was published: run screening publish."
                )
            beginning = now.certificate.id
        found = store.certificates.find(beginning)
        publications = store.certificates.publications(found)
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()
    if as_json:
        print_json(json.loads(found.text) | {"id": found.id})
    else:
        _tell(found, publications, output)


def _tell(
    found: Certificate, publications: Iterable[Publication], output: Path | None
) -> None:
    # It draws: what only prints JSON does without.
    from screening.report.certificate import (  # noqa: PLC0415 - the cost at start
        certificate_pdf,
        parts_of,
    )

    sentences = tuple(map(_sentence, publications))
    if output is None:
        _print(parts_of(found, sentences))
        return
    output.write_bytes(certificate_pdf(found, sentences))
    click.echo(f"{shown_path(output)}: the certificate of {found.version}.")


def _sentence(one: Publication) -> str:
    second = f", with the agreement of {one.seconded_by}" if one.seconded_by else ""
    return (
        f"On {one.published_at:%Y-%m-%d at %H:%M} UTC, by {one.published_by}{second}."
    )


def _print(parts: Iterable[Part]) -> None:
    for part in parts:
        click.echo(part.title)
        width = max((len(name) for name, _ in part.rows), default=0)
        for name, text in part.rows:
            click.echo(f"  {name:<{width}}  {text}")
        for line in part.lines:
            click.echo(f"  {line}")
