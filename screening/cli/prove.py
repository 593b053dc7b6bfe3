"""`screening prove`: what will a questionnaire do, for every possible patient?"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import click

from screening.cli import options
from screening.cli.evaluate import load_or_exit
from screening.cli.library import questionnaire_shelf
from screening.cli.printing import print_json
from screening.cli.proofs import needing_the_solver, print_found, worked_patients

if TYPE_CHECKING:
    from screening.core.definition import Questionnaire
    from screening.library import Shelf
    from screening.proof.found import Found


@click.command(name="prove")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@options.as_json
@options.on
def command(questionnaire: str, *, as_json: bool, on: date) -> None:
    """Prove what QUESTIONNAIRE, a folder or an id, does for every possible patient.

    What does not hold is shown by a patient near to a worked one. Exit status 1 when
    something does not hold, or was not decided in time.

    Example: screening prove ocd-ketamine
    """
    with needing_the_solver():
        from screening.proof.proving import proved  # noqa: PLC0415 - may be missing
    shelf = questionnaire_shelf(questionnaire)
    made = load_or_exit(shelf, as_json=as_json)
    found = list(proved(made, on, worked_patients(shelf)))
    failed = [one for one in found if not one.is_proved]
    if as_json:
        print_json(_object(made, found))
    else:
        _print(made, found, on, shelf)
    sys.exit(bool(failed))


# -- for people


def _print(made: Questionnaire, found: list[Found], on: date, shelf: Shelf) -> None:
    for one in found:
        if not one.is_proved:
            print_found(made, one, on, shelf)
            click.echo()
    table = Counter((one.subject, one.standing) for one in found)
    for subject in dict.fromkeys(one.subject for one in found):
        counts = {one: n for (s, one), n in table.items() if s is subject}
        told = ", ".join(f"{n} {standing}" for standing, n in counts.items())
        click.echo(f"{subject}: {told}")
    accepted = ", ".join(sorted(made.accepted_unknowns)) or "none"
    click.echo(f"Unknown and accepted so: {accepted}.")


# -- for programs


def _object(made: Questionnaire, found: list[Found]) -> dict[str, object]:
    return {
        "proved": [_property(one) for one in found if one.standing == "proved"],
        "refuted": [_told(one) for one in found if one.standing == "refuted"],
        "not_decided_in_time": [
            _property(one) for one in found if one.standing == "not decided in time"
        ],
        "accepted_unknowns": sorted(made.accepted_unknowns),
    }


def _property(one: Found) -> str:
    return f"{one.subject}: {one.about}"


def _told(one: Found) -> dict[str, object]:
    told: dict[str, object] = {
        "property": _property(one),
        "counterexample": dict(one.patient.answers) if one.patient else None,
        "message": one.words,
    }
    if one.then is not None:
        told["then"] = dict(one.then.answers)
    if one.where is not None:
        told |= {"file": one.where.file, "line": one.where.line}
    return told
