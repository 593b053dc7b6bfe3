"""`screening evaluate`: what do one or more patients' answers come to?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import options
from screening.cli.answers_file import AnswersFile, read_answers_file
from screening.cli.hidden import hidden_answers
from screening.cli.library import questionnaire_shelf, with_paths
from screening.cli.printing import (
    NOTHING,
    evaluation_object,
    print_json,
    print_problems,
    print_table,
    problems_object,
    score_line,
    shown,
)
from screening.core.answers import read_answers
from screening.core.judge import Evaluation, evaluate
from screening.core.load import load
from screening.core.problems import AnswerError, DefinitionError, Problem

if TYPE_CHECKING:
    from screening.core.definition import Questionnaire
    from screening.library import Shelf


@click.command(name="evaluate")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@options.answers_files
@options.as_json
@options.on
def command(
    questionnaire: str, files: tuple[Path, ...], *, as_json: bool, on: date
) -> None:
    """Print the outcome, findings, scores and derived values of ANSWERS files.

    With --json, one line for each file, in order; a file with problems gets a line
    of its problems, and the others are still done.

    Example: screening evaluate ocd-ketamine patient.yaml --on 2026-03-27
    """
    definition = load_or_exit(questionnaire_shelf(questionnaire), as_json=as_json)
    refused = False
    for path in files:
        try:
            evaluation = evaluated(definition, read_answers_file(path), on)
        except AnswerError as error:
            refused = True
            print_problems(error.problems)
            if as_json:
                print_json(problems_object(error.problems))
            continue
        if as_json:
            print_json(evaluation_object(evaluation))
        else:
            _print(evaluation, path if len(files) > 1 else None)
    sys.exit(refused)


def load_or_exit(shelf: Shelf, *, as_json: bool = False) -> Questionnaire:
    """Return the questionnaire; print its problems and exit with 1 if it has any."""
    try:
        return load(shelf.questionnaire_id, shelf.read, options.deployment())
    except DefinitionError as error:
        problems = with_paths(error.problems, shelf)
        print_problems(problems)
        if as_json:
            print_json(problems_object(problems))
        sys.exit(1)


def evaluated(definition: Questionnaire, file: AnswersFile, on: date) -> Evaluation:
    """Return what a file's answers come to; warnings go to standard error.

    Raises AnswerError with the places of all answers that do not fit.
    """
    if not isinstance(file.content, Mapping):
        what = "an answers file is a map: question id -> value"
        fix = "Write each answer on a line of its own, such as `age: 34`."
        raise AnswerError(
            [Problem(code="SA011", what=what, fix=fix, where=file.place(""))]
        )
    answers = read_answers(definition, file.content, on)
    keys = definition.program.keys
    if answers.problems:
        raise AnswerError(file.placed(answers.problems, keys))
    evaluation = evaluate(definition, answers)
    warnings = hidden_answers(definition, answers, evaluation)
    print_problems(file.placed(warnings, keys))
    return evaluation


def _print(evaluation: Evaluation, path: Path | None) -> None:
    if path is not None:
        click.echo(f"{path}:")
    lines = [("outcome", evaluation.outcome.value)]
    for finding in evaluation.findings:
        priority = ", same day" if finding.priority else ""
        lines.append(("finding", f"{finding.id} ({finding.kind}{priority})"))
    lines.append(("missing", ", ".join(evaluation.missing) or NOTHING))
    lines.append(("undetermined", ", ".join(evaluation.undetermined) or NOTHING))
    for key, card in evaluation.scores.items():
        lines.append((f"score {key}", score_line(card)))
    for name, value in evaluation.derived.items():
        lines.append((name, shown(value)))
    print_table(lines)
    if path is not None:
        click.echo()
