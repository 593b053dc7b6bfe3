"""`screening map`: a questionnaire drawn, its pages, branches and criteria."""

from __future__ import annotations

from pathlib import Path

import click

from screening.authoring.flow_map import drawn
from screening.cli.evaluate import load_or_exit
from screening.cli.library import questionnaire_shelf


@click.command(name="map")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option(
    "-o",
    "output",
    metavar="FILE.svg",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the drawing is written.  [default: standard output]",
)
def command(questionnaire: str, output: Path | None) -> None:
    """Draw QUESTIONNAIRE, a folder or an id: pages, branches, what is decided where.

    The drawing is SVG: a browser shows it, and each box leads to its line.

    Example: screening map ocd-ketamine -o map.svg
    """
    text = drawn(load_or_exit(questionnaire_shelf(questionnaire), as_json=False))
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, "utf-8")
    click.echo(f"{output}: open it in a browser, or print it.")
