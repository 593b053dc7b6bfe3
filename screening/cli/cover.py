"""`screening cover`: what do the worked patients show, and who would show the rest?"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.authoring.canonical import canonical
from screening.authoring.checked import case_texts
from screening.cli import options
from screening.cli.evaluate import load_or_exit
from screening.cli.library import questionnaire_shelf, shown_path, with_paths
from screening.cli.printing import print_json, print_problems
from screening.cli.proofs import needing_the_solver
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.definition import QuestionType
from screening.core.judge import evaluate
from screening.core.problems import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.definition import Questionnaire
    from screening.proof.covering import Coverage, Covering

TOP = """\
# yaml-language-server: $schema=../../schema/cases.schema.json
# Invented patients who show what no other worked patient does, near to one of them.
# What is expected is what comes out today: read each one before you keep it.
language_version: 1
cases:
"""


@click.command(name="cover")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write patients who show the rest, as a file of cases.",
)
@options.as_json
@options.on
def command(
    questionnaire: str, *, output: Path | None, as_json: bool, on: date
) -> None:
    """Say what the worked patients of QUESTIONNAIRE show, and what none of them does.

    To be shown are each criterion met and not met, the points and numbers at, below
    and above each limit, and each branch taken and not. With -o a few patients are
    written who show the rest.

    Example: screening cover ocd-ketamine -o ocd-ketamine/cases/covering.yaml
    """
    with needing_the_solver():
        from screening.proof.covering import Cover  # noqa: PLC0415 - may be missing
    if output is not None and output.exists():
        raise click.BadParameter(f"{output} is there already.", param_hint="-o")
    shelf = questionnaire_shelf(questionnaire)
    made = load_or_exit(shelf, as_json=as_json)
    try:
        cases = read_cases(case_texts(shelf))
    except DefinitionError as error:
        print_problems(with_paths(error.problems, shelf))
        sys.exit(1)
    cover = Cover(made, on, cases)
    found = cover.coverage()
    if as_json:
        print_json({"shown": list(found.shown), "not_shown": list(found.not_shown)})
    else:
        _print(found)
    if output is not None:
        _write(output, made, cover.patients(found.not_shown), on)


def _print(found: Coverage) -> None:
    total = len(found.shown) + len(found.not_shown)
    click.echo(f"Worked patients show {len(found.shown)} of {total}.")
    never = [n for n in found.not_shown if n.endswith(": met")]
    for name in never:
        click.echo(f"No worked patient has the finding {name.removesuffix(': met')}.")
    rest = [name for name in found.not_shown if name not in never]
    if rest:
        click.echo(f"None shows: {'; '.join(rest)}.")


def _write(
    path: Path, made: Questionnaire, patients: Iterable[Covering], on: date
) -> None:
    cases = [_case(n, made, one, on) for n, one in enumerate(patients, 1)]
    if not cases:
        click.echo("Nothing is left to be shown: no file was written.")
        return
    text = canonical(TOP + "".join(cases), str(path))
    path.write_text(text, "utf-8")
    click.echo(
        f"{shown_path(path)}: {len(cases)} patients. Read each before you keep it."
    )


def _case(number: int, made: Questionnaire, one: Covering, on: date) -> str:
    """Return a case as a file says it; JSON is YAML on one line."""
    patient = one.patient
    answers = patient.changed if patient.near else patient.answers
    came = evaluate(made, read_answers(made, patient.answers, on))
    expect = {
        "outcome": came.outcome,
        "findings": sorted(finding.id for finding in came.findings),
        "missing": list(came.missing),
    }
    lines = [f"  - case: covering-{number}"]
    shows = "; ".join(one.shows)
    lines.append(f"    story: {_line(f'Shows: {shows}.')}")
    if patient.near:
        lines.append(f"    based_on: {patient.near}")
    if _asks_for_a_day(made):
        lines.append(f"    day: {on}")
    lines.append("    answers:")
    lines += [f"      {key}: {_line(answer)}" for key, answer in answers.items()]
    lines.append(f"    expect: {_line(expect)}")
    return "\n".join(lines) + "\n"


def _asks_for_a_day(made: Questionnaire) -> bool:
    """Tell whether what comes out can depend on the day on which a record is sent."""
    asked = (part for q in made.questions.values() for part in (q, *q.parts))
    return any(part.type is QuestionType.DATE for part in asked)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
