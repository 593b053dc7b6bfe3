"""What commands that prove something share: the solver, worked patients, a patient."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from screening.authoring.checked import case_texts
from screening.cli.library import with_paths
from screening.cli.printing import print_problems
from screening.core.cases import read_cases
from screening.core.problems import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.cases import Case
    from screening.library import Shelf
    from screening.proof.found import Patient


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
    like = f" like {patient.near}" if patient.near else ""
    click.echo(f"  {who}{like}{', but' if patient.changed else ''}:")
    for key, answer in patient.changed.items():
        click.echo(f"    {key}: {'left out' if answer is None else answer}")
