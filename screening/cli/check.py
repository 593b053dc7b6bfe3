"""`screening check`: is this questionnaire fit to be asked?"""

from __future__ import annotations

import sys

import click

from screening.cli.library import questionnaire_shelf, with_paths
from screening.cli.options import as_json
from screening.cli.printing import line_of, print_json, problems_object
from screening.core.load import load
from screening.core.problems import DefinitionError, Severity


@click.command(name="check")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@as_json
def command(questionnaire: str, *, as_json: bool) -> None:
    """Read QUESTIONNAIRE, a folder or an id, and print every problem it has.

    Exit status 1 when it can't be used as it is; notices alone leave it at 0.

    Example: screening check ocd-ketamine
    """
    shelf = questionnaire_shelf(questionnaire)
    loaded = None
    try:
        loaded = load(shelf.questionnaire_id, shelf.read)
        problems = loaded.notices
    except DefinitionError as error:
        problems = error.problems
    told = with_paths(problems, shelf)
    if as_json:
        print_json(problems_object(told))
    else:
        for problem in told:
            click.echo(line_of(problem))
        if loaded is not None:
            pages, rules = len(loaded.pages), len(loaded.criteria)
            click.echo(
                f"{loaded.id} {loaded.version}: fit to be asked "
                f"({pages} pages, {rules} criteria)."
            )
    sys.exit(any(problem.severity is Severity.ERROR for problem in told))
