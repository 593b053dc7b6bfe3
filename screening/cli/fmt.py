"""`screening fmt`: files in their one form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.authoring.canonical import canonical
from screening.cli.keeping import keep
from screening.cli.library import shown_path
from screening.cli.printing import print_problems
from screening.core.problems import DefinitionError
from screening.core.source import MOST_BYTES, decoded


@click.command(name="fmt")
@click.argument(
    "paths",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--check", "is_checking", is_flag=True, help="Write nothing; exit 1.")
@click.option("--stdout", "is_printing", is_flag=True, help="Print it instead.")
def command(paths: tuple[Path, ...], *, is_checking: bool, is_printing: bool) -> None:
    """Lay out each FILE in the one form; of a folder, every YAML file in it.

    Indentation, quotes and the order of names are made alike. The meaning and every
    comment stay, or the file is left alone. --check writes nothing and names the files
    that would change, with exit status 1 if there are any.

    Example: screening fmt questionnaires/ocd-ketamine
    """
    files = _files(paths)
    if is_printing and (is_checking or len(files) != 1):
        raise click.UsageError("--stdout prints one file, and goes without --check.")
    changed, refused = 0, 0
    for path in files:
        try:
            before = _text_of(path)
            made = canonical(before, shown_path(path))
        except DefinitionError as error:
            refused += 1
            print_problems(error.problems)
            continue
        if is_printing:
            click.echo(made, nl=False)
            continue
        if made == before:
            continue
        changed += 1
        click.echo(shown_path(path))
        if not is_checking:
            keep(path, made)
    if not is_printing:
        _count(len(files), changed, refused, is_checking=is_checking)
    sys.exit(bool(refused or (is_checking and changed)))


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """Return the files that are named, and those in folders that are, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return list(found)


def _text_of(path: Path) -> str:
    """Return a file's text with the line ends that it has."""
    with path.open("rb") as opened:
        return decoded(opened.read(MOST_BYTES + 1), shown_path(path))


def _count(count: int, changed: int, refused: int, *, is_checking: bool) -> None:
    alike = count - changed - refused
    done = "would change" if is_checking else "laid out anew"
    left = f", {refused} left alone" if refused else ""
    click.echo(f"{changed} {done}, {alike} in form{left}.", err=True)
