"""`screening schema`: what may stand in a file, for editors?"""

from __future__ import annotations

from pathlib import Path

import click

from screening.authoring.editor_schema import file_name, schema_text
from screening.authoring.kinds import KINDS
from screening.cli.library import shown_path

_NAMES = {kind.name: kind for kind in KINDS}


@click.command(name="schema")
@click.argument("kind", metavar="[KIND]", required=False, type=click.Choice(_NAMES))
@click.option(
    "-o",
    "folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write every schema into FOLDER, as KIND.schema.json.",
)
def command(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema of one KIND of file, or write those of all kinds.

    An editor with a YAML language server completes and explains names by it. The
    shipped files name theirs in their first line.

    Example: screening schema questionnaire
    """
    chosen = KINDS if kind is None else (_NAMES[kind],)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for one in chosen:
            path = folder / file_name(one)
            path.write_text(schema_text(one), "utf-8")
            click.echo(f"Wrote {shown_path(path)}.", err=True)
        return
    if kind is None:
        what = f"name a kind of file ({', '.join(_NAMES)}), or a folder with -o."
        raise click.UsageError(what)
    click.echo(schema_text(_NAMES[kind]), nl=False)
