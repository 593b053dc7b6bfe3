"""What commands that prove something share: the solver, worked patients, a patient."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from screening.authoring.checked import case_texts
from screening.cli.library import place_from_here, with_paths
from screening.cli.printing import print_problems
from screening.core.answers import read_answers, shown_form
from screening.core.cases import read_cases
from screening.core.judge import evaluate
from screening.core.problems import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from screening.core.cases import Case
    from screening.core.definition import Questionnaire
    from screening.library import Shelf
    from screening.proof.found import Found, Patient


LATER = {
    "not knowing never passes": "The same patient, once it is known,",
    "adding a risk never helps": "The same patient, with the riskier answer,",
}
"""Who the second of two records is, by what a property says."""


@contextmanager
def needing_the_solver() -> Iterator[None]:
    """Import from `screening.proof` in here: its solver is large, and may be missing.

    Raises:
        click.UsageError: it is missing; the message says how to install it.
    """
    try:
        yield
    except ModuleNotFoundError:
        message = (
            "The proofs need the solver z3, which is not installed: "
            "pip install 'screening[proof]'."
        )
        raise click.UsageError(message) from None


def worked_patients(shelf: Shelf) -> tuple[Case, ...]:
    """Return the cases of a questionnaire; with problems, print them, return none."""
    try:
        return read_cases(case_texts(shelf))
    except DefinitionError as error:
        print_problems(with_paths(error.problems, shelf))
        return ()


def print_patient(patient: Patient, who: str = "A patient") -> None:
    """Print in which answers a patient differs from the worked one it is near to."""
    print_changed(patient.changed, patient.near, who)


def print_changed(
    changed: Mapping[str, object] | None, near: str | None, who: str = "A patient"
) -> None:
    """Print answers that differ from those of `near`; None: it was not decided."""
    if changed is None:
        click.echo("  Whether there is such a patient was not decided in time.")
        return
    like = f" like {near}" if near else ""
    click.echo(f"  {who}{like}{', but' if changed else ''}:")
    for key, answer in changed.items():
        click.echo(f"    {key}: {shown_form(answer)}")


def print_found(made: Questionnaire, one: Found, on: date, shelf: Shelf) -> None:
    """Print a property that does not hold, and whom it shows."""
    place = f"{place_from_here(one.where, shelf)}: " if one.where else ""
    click.echo(f"{place}{one.about}: {one.standing}: {one.words}.")
    if one.patient is None:
        return
    _print_decided(made, one.patient, on, "A patient")
    if one.then is not None:
        _print_decided(made, one.then, on, LATER[one.subject])


def _print_decided(made: Questionnaire, patient: Patient, on: date, who: str) -> None:
    print_patient(patient, who)
    came = evaluate(made, read_answers(made, patient.answers, on))
    findings = ", ".join(finding.id for finding in came.findings) or "none"
    click.echo(f"  comes out {came.outcome.value}; findings: {findings}")
    if came.missing:
        click.echo(f"  missing: {', '.join(came.missing)}")
