"""`screening cases`: do the worked patients come out as they are written?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import options
from screening.cli.evaluate import load_or_exit
from screening.cli.library import (
    files_of,
    library,
    questionnaire_shelf,
    shown_path,
    with_paths,
)
from screening.cli.printing import print_json, print_problems, problems_object
from screening.cli.progress import each
from screening.core.cases import Case, Failure, read_cases, run_case
from screening.core.problems import DefinitionError
from screening.library import Shelf
from screening.resources import questionnaires_folder

if TYPE_CHECKING:
    from screening.core.definition import Questionnaire

INSTRUMENTS = "instruments"
"""What stands in its place when only the cases of all instruments are to be run."""


@click.command(name="cases")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option(
    "--instruments",
    is_flag=True,
    help="Run the cases of the instruments that it uses too.",
)
@options.as_json
@options.on
def command(questionnaire: str, *, instruments: bool, as_json: bool, on: date) -> None:
    """Run the worked patients of QUESTIONNAIRE, a folder or an id.

    Exit status 1 if one differs. The word `instruments` in its place runs the cases
    of every instrument instead.

    Example: screening cases ocd-ketamine --instruments
    """
    definition = None
    if questionnaire == INSTRUMENTS:
        homes = tuple(dict.fromkeys((library(), questionnaires_folder())))
        shelf = Shelf(INSTRUMENTS, homes)
        paths = list(files_of(shelf, "instruments/cases"))
    else:
        shelf = questionnaire_shelf(questionnaire)
        definition = load_or_exit(shelf, as_json=as_json)
        paths = _paths(shelf, definition, instruments=instruments)
    try:
        cases = read_cases(
            (shown_path(path), path.read_text("utf-8")) for path in paths
        )
        failures = [
            failure
            for case in each(cases, "Worked patients")
            if (failure := _run(case, definition, shelf, on))
        ]
    except DefinitionError as error:
        problems = with_paths(error.problems, shelf)
        print_problems(problems)
        if as_json:
            print_json(problems_object(problems))
        sys.exit(1)
    _print(len(cases), failures, as_json=as_json)
    sys.exit(bool(failures))


def _run(
    case: Case, definition: Questionnaire | None, shelf: Shelf, on: date
) -> Failure | None:
    return run_case(case, questionnaire=definition, read_file=shelf.read, on=on)


def _paths(shelf: Shelf, definition: Questionnaire, *, instruments: bool) -> list[Path]:
    own = Shelf(shelf.questionnaire_id, shelf.folders[:1])
    paths = list(files_of(own, f"{shelf.questionnaire_id}/cases"))
    if instruments:
        used = {instrument.id for instrument in definition.instruments.values()}
        paths += [
            path for path in files_of(shelf, "instruments/cases") if path.stem in used
        ]
    return paths


def _print(count: int, failures: list[Failure], *, as_json: bool) -> None:
    passed = count - len(failures)
    if as_json:
        failed = [
            {
                "case": failure.case.id,
                "file": failure.case.place.file,
                "line": failure.case.place.line,
                "differences": list(failure.differences),
            }
            for failure in failures
        ]
        print_json({"passed": passed, "failed": failed})
        return
    for failure in failures:
        for difference in failure.differences:
            click.echo(f"{failure.case.place}: {failure.case.id}: {difference}")
    click.echo(f"{passed} came out as written, {len(failures)} did not.")
