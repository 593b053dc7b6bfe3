"""`screening fmt`: files in their one form."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from screening.authoring.canonical import canonical
from screening.cli.keeping import keep
from screening.cli.library import library, shown_path
from screening.cli.printing import print_problems
from screening.core.problems import DefinitionError, did_you_mean
from screening.core.source import MOST_BYTES, decoded


@click.command(name="fmt")
@click.argument(
    "paths",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--check",
    "is_checking",
    is_flag=True,
    help="Write nothing; name what would change.",
)
@click.option(
    "--stdout",
    "is_printing",
    is_flag=True,
    help="Print the form of one file, and write nothing.",
)
def command(paths: tuple[Path, ...], *, is_checking: bool, is_printing: bool) -> None:
    """Lay out each FILE in the one form; of a folder or an id, every YAML file in it.

    Indentation, quotes and the order of names are made alike. The meaning and every
    comment stay, or the file is left alone. --check writes nothing and names the files
    that would change, with exit status 1 if there are any.

    Example: screening fmt ocd-ketamine
    """
    files = _files(paths)
    if is_printing:
        if is_checking or len(files) != 1:
            raise click.UsageError("--stdout prints one file, and without --check.")
        form = _form_of(files[0])
        click.echo(form.made, nl=False)
        sys.exit(not form.made)
    forms = [_form_of(path) for path in files]
    changed = [form for form in forms if form.is_changed]
    unwritten = 0
    for form in changed:
        if is_checking or _is_kept(form):
            click.echo(shown_path(form.path))
        else:
            unwritten += 1
    left = sum(not form.made for form in forms) + unwritten
    _count(len(files), len(changed) - unwritten, left, is_checking=is_checking)
    sys.exit(bool(left or (is_checking and changed)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A file, its text, and its form; no form where it was told why there is none."""

    path: Path
    text: str = ""
    made: str = ""

    @property
    def is_changed(self) -> bool:
        """Tell whether the file has a form that it is not in."""
        return bool(self.made) and self.made != self.text


def _form_of(path: Path) -> _Form:
    """Return a file with its form, or tell on standard error why it has none."""
    try:
        text = _text_of(path)
        return _Form(path=path, text=text, made=canonical(text, shown_path(path)))
    except DefinitionError as error:
        print_problems(error.problems)
        return _Form(path=path)


def _is_kept(form: _Form) -> bool:
    """Write a file's form in its place, or tell on standard error why it can't be."""
    try:
        keep(form.path, form.made)
    except OSError as error:
        what = f"this file can't be written ({error.strerror})"
        fix = "Look at its permissions, and at those of its folder."
        click.echo(f"{shown_path(form.path)}: {what} — {fix}", err=True)
        return False
    return True


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """Return the files that are named, and those in folders that are, each once.

    Raises click.BadParameter (exit status 2) for what is nothing.
    """
    found: dict[Path, None] = {}
    for named in paths:
        path = named if named.exists() else library() / named
        if not path.exists():
            known = [one.parent.name for one in library().glob("*/questionnaire.yaml")]
            what = f'"{named}" is no file, no folder and no id of a questionnaire.'
            raise click.BadParameter(f"{what} {did_you_mean(str(named), known)}")
        inside = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return list(found)


def _text_of(path: Path) -> str:
    """Return a file's text with the line ends that it has."""
    with path.open("rb") as opened:
        return decoded(opened.read(MOST_BYTES + 1), shown_path(path))


def _count(count: int, changed: int, left: int, *, is_checking: bool) -> None:
    done = "would change" if is_checking else "laid out anew"
    rest = f", {left} left alone" if left else ""
    click.echo(f"{changed} {done}, {count - changed - left} in form{rest}.", err=True)
