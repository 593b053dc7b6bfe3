"""`screening check`: is this questionnaire fit to be asked?"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from screening.authoring.checked import checked, checked_instrument
from screening.cli.library import library, questionnaire_shelf, with_paths
from screening.cli.options import as_json, deployment, today
from screening.cli.printing import line_of, print_json, problems_object
from screening.core.excerpt import excerpt
from screening.core.problems import DefinitionError, Problem, Severity, in_file_order
from screening.library import Shelf
from screening.resources import questionnaires_folder

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(name="check")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option("--prose", is_flag=True, help="Also tell what is hard to read.")
@as_json
def command(questionnaire: str, *, prose: bool, as_json: bool) -> None:
    """Read QUESTIONNAIRE, a folder or an id, and print every problem it has.

    The file of one instrument (instruments/phq9.yaml) can be named instead.

    Exit status 1 when it can't be used as it is; notices alone leave it at 0.

    Example: screening check ocd-ketamine
    """
    path = Path(questionnaire)
    if path.is_file() and path.parent.name == "instruments":
        _check_instrument(path, as_json=as_json)
    shelf = questionnaire_shelf(questionnaire)
    with _uncollected():
        found = checked(shelf, deployment(), today())
    loaded, problems = found.made, found.problems
    if prose:
        problems = in_file_order((*problems, *_hard_to_read(shelf)))
    told = with_paths(problems, shelf)
    if as_json:
        print_json(problems_object(told))
    else:
        for problem, shown in zip(problems, told, strict=True):
            _print(shown, shelf, problem)
        if told:
            worst = min(
                told, key=lambda problem: list(Severity).index(problem.severity)
            )
            click.echo(f"More on a code: screening explain {worst.code}")
        if loaded is None:
            _count(told)
        else:
            pages, rules = len(loaded.pages), len(loaded.criteria)
            click.echo(
                f"{loaded.id} {loaded.version}: fit to be asked "
                f"({pages} pages, {rules} criteria)."
            )
    sys.exit(any(problem.severity is Severity.ERROR for problem in told))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave garbage in circles alone: looking for it takes a tenth of a check."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _check_instrument(path: Path, *, as_json: bool) -> NoReturn:
    """Print what is wrong with one instrument's file, and end."""
    homes = (path.resolve().parent.parent, library(), questionnaires_folder())
    shelf = Shelf(path.stem, tuple(dict.fromkeys(homes)))
    problems = checked_instrument(shelf, today())
    told = with_paths(problems, shelf)
    if as_json:
        print_json(problems_object(told))
    else:
        for problem, shown in zip(problems, told, strict=True):
            _print(shown, shelf, problem)
        if told:
            _count(told)
        else:
            click.echo(f"{path.stem}: fit to be used.")
    sys.exit(any(problem.severity is Severity.ERROR for problem in told))


def _hard_to_read(shelf: Shelf) -> tuple[Problem, ...]:
    from screening.authoring.prose import prose_problems  # noqa: PLC0415 - loads patterns

    return prose_problems(shelf.questionnaire_id, shelf.read)


def _print(shown: Problem, shelf: Shelf, problem: Problem) -> None:
    """Print a problem's line and code, then the line of the file with a caret."""
    click.echo(f"{line_of(shown)} [{problem.code}]")
    text = _text_of(shelf, problem)
    if text is not None and problem.where is not None:
        for line in excerpt(text, problem.where):
            click.echo(f"    {line}")


def _text_of(shelf: Shelf, problem: Problem) -> str | None:
    """Return the text of the file that a problem is in, None where it can't be read."""
    if problem.where is None:
        return None
    try:
        return shelf.read(problem.where.file)
    except DefinitionError:
        return None


def _count(told: list[Problem]) -> None:
    errors = sum(problem.severity is Severity.ERROR for problem in told)
    others = len(told) - errors
    rest = f", and {others} to look at" if others else ""
    click.echo(f"{errors} to mend{rest}. Nothing was changed.")
