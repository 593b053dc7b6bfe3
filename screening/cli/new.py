"""`screening new`: a small questionnaire to begin with."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.authoring.editor_schema import FOLDER as SCHEMAS
from screening.authoring.editor_schema import file_name, schema_text
from screening.authoring.kinds import KINDS
from screening.authoring.starting import check_id, starter_files, title_for
from screening.cli import options
from screening.cli.library import library, shown_path
from screening.cli.printing import print_problems
from screening.core.load import load
from screening.core.problems import DefinitionError, Problem
from screening.library import Shelf
from screening.resources import PACKAGE, questionnaires_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOCALES = "locales.yaml"


@click.command(name="new")
@click.argument("questionnaire_id", metavar="ID")
@click.option("--title", help="What patients see at the top.  [default: made of ID]")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where its own folder is made.  [default: beside the other questionnaires]",
)
def command(questionnaire_id: str, title: str | None, folder: Path | None) -> None:
    """Make a small questionnaire called ID, with notes on every part.

    It passes the checker, its worked patients come out as written, and it can be
    served: change it from there. Crisis numbers and schemas for editors are put beside
    it where the folder has none. Nothing that is there is ever replaced.

    Example: screening new first-visit --title "Before your first visit"
    """
    home = folder or _home()
    place = home / questionnaire_id
    try:
        check_id(questionnaire_id)
        if place.exists():
            _refuse_existing(place)
        day = options.today()
        files = starter_files(
            questionnaire_id, title or title_for(questionnaire_id), day
        )
        _check(questionnaire_id, files)
    except DefinitionError as error:
        print_problems(error.problems)
        sys.exit(1)
    try:
        _write_beside(home)
        _write(place, files)
    except OSError as error:
        what = f"it can't be written ({error.strerror})"
        click.echo(f"{shown_path(place)}: {what} — Name another --folder.", err=True)
        sys.exit(1)
    shown = shown_path(place)
    click.echo(f"Made {shown}: {', '.join(files)}.")
    click.echo(f"Next: open {shown}/questionnaire.yaml, and change it bit by bit.")
    click.echo(f"  screening check {shown}    what is wrong, after each change")
    click.echo(f"  screening cases {shown}    do its patients come out as written?")


def _home() -> Path:
    """Return where questionnaires are kept; never inside of an installed package."""
    home = library()
    return Path("questionnaires") if home.is_relative_to(PACKAGE) else home


def _refuse_existing(place: Path) -> None:
    what = f"{shown_path(place)} is there already"
    fix = "Choose another id, or change what is there."
    raise DefinitionError([Problem(code="SC016", what=what, fix=fix)])


def _check(questionnaire_id: str, files: Mapping[str, str]) -> None:
    """Raise DefinitionError where the new files would not pass: only a title may not.

    The problems have no place: the files are not there yet.
    """
    shelf = Shelf(questionnaire_id, (questionnaires_folder(),))

    def read_file(name: str) -> str | None:
        own = files.get(name.removeprefix(f"{questionnaire_id}/"))
        return own if own is not None else shelf.read(name)

    try:
        load(questionnaire_id, read_file, options.deployment())
    except DefinitionError as error:
        told = (replace(one, where=None) for one in error.problems)
        raise DefinitionError(told) from None


def _write(place: Path, files: Mapping[str, str]) -> None:
    """Write the files beside their place, and move them in whole."""
    half = place.with_name(f".{place.name}-unfinished")
    shutil.rmtree(half, ignore_errors=True)
    for name, text in files.items():
        path = half / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    half.rename(place)


def _write_beside(home: Path) -> None:
    """Put crisis numbers and schemas into the folder, where it has none."""
    schemas = home / SCHEMAS
    schemas.mkdir(parents=True, exist_ok=True)
    wanted = {schemas / file_name(kind): schema_text(kind) for kind in KINDS}
    wanted[home / _LOCALES] = (questionnaires_folder() / _LOCALES).read_text("utf-8")
    for path, text in wanted.items():
        if not path.exists():
            path.write_text(text, "utf-8")
