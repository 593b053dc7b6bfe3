"""Which questionnaire does a word of the command line name, and where is a file?"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.core.problems import Place, Problem, did_you_mean
from screening.library import Shelf, shelf_for
from screening.resources import questionnaires_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_VARIABLE = "SCREENING_QUESTIONNAIRES"


def library(settings: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of questionnaires: the settings' one, else the shipped one."""
    named = settings.get(_VARIABLE)
    return Path(named) if named else questionnaires_folder()


def questionnaire_shelf(named: str, settings: Mapping[str, str] = os.environ) -> Shelf:
    """Return the shelf of the questionnaire's folder or id `named`.

    An id is one of the library that `settings` name, the environment unless given.

    Raises click.BadParameter (exit status 2) when it is neither.
    """
    home = library(settings)
    if Path(named).exists() or (home / named).is_dir():
        return shelf_for(named, home)
    known = [path.parent.name for path in home.glob("*/questionnaire.yaml")]
    what = f'"{named}" is neither a folder nor the id of a questionnaire.'
    raise click.BadParameter(f"{what} {did_you_mean(named, known)}")


def instrument_shelf(named: str) -> Shelf:
    """Return the shelf on which the instrument `named` stands.

    Raises click.BadParameter (exit status 2) when there is none.
    """
    homes = tuple(dict.fromkeys((library(), questionnaires_folder())))
    shelf = Shelf(named, homes)
    if path_of(shelf, f"instruments/{named}.yaml") is None:
        known = [path.stem for path in files_of(shelf, "instruments")]
        what = f'there is no instrument "{named}".'
        raise click.BadParameter(f"{what} {did_you_mean(named, known)}")
    return shelf


def path_of(shelf: Shelf, name: str) -> Path | None:
    """Return where the shelf has the file called `name`, None when it has none."""
    for folder in shelf.folders:
        if (folder / name).is_file():
            return folder / name
    return None


def files_of(shelf: Shelf, folder_name: str) -> Iterator[Path]:
    """Yield the YAML files in a folder of the shelf, by name, each name once."""
    found: dict[str, Path] = {}
    for folder in shelf.folders:
        for path in (folder / folder_name).glob("*.yaml"):
            found.setdefault(path.name, path)
    for name in sorted(found):
        yield found[name]


def shown_path(path: Path) -> str:
    """Return the path as it is opened from here: relative where it stands below."""
    absolute = path.absolute()
    here = Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def with_paths(problems: Iterable[Problem], shelf: Shelf) -> list[Problem]:
    """Return the problems with their files named as they can be opened from here."""
    return [_with_path(problem, shelf) for problem in problems]


def _with_path(problem: Problem, shelf: Shelf) -> Problem:
    if problem.where is None:
        return problem
    return replace(problem, where=place_from_here(problem.where, shelf))


def place_from_here(place: Place, shelf: Shelf) -> Place:
    """Return a place with its file named as it can be opened from here."""
    path = path_of(shelf, place.file)
    return place if path is None else replace(place, file=shown_path(path))
