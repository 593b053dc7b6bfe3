"""`screening diff`: which patients do two versions decide differently?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import instance, options
from screening.cli.backtest import Backtest, backtest
from screening.cli.library import questionnaire_shelf
from screening.cli.printing import print_json
from screening.cli.proofs import (
    needing_the_solver,
    print_changed,
    print_patient,
    worked_patients,
)
from screening.cli.versions import version_named

if TYPE_CHECKING:
    from screening.core.cases import Case
    from screening.proof.differing import Redecided, Reworded, Rework
    from screening.proof.found import Patient


@click.command(name="diff")
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option(
    "--submissions",
    is_flag=True,
    help="Also count the clinic's submissions that would be decided differently.",
)
@options.as_json
@options.on
@instance.option
def command(
    before: str,
    after: str,
    *,
    submissions: bool,
    as_json: bool,
    on: date,
    folder: Path,
) -> None:
    """Tell wording from decisions, and show a patient for each decision that differs.

    BEFORE and AFTER are folders or ids, ID@REVISION of a git repository, or
    version:HASH of a version that the clinic keeps. That no decision differs is
    proved, for every possible patient. With --submissions the clinic's own are counted
    too; nobody is named, and the audit trail says that they were looked through.

    Example: screening diff ocd-ketamine@HEAD ocd-ketamine
    """
    with needing_the_solver():
        from screening.proof.differing import Versions, reworded  # noqa: PLC0415 - may be missing
    old, new = version_named(before, folder), version_named(after, folder)
    tested = backtest(old, new, folder) if submissions else None
    texts = reworded(old, new)
    versions = Versions(old, new, on, _cases(after))
    decided, other = list(versions.redecided()), list(versions.reworked())
    if as_json:
        print_json(
            {
                "wording": [_text(one) for one in texts],
                "decisions": [_decided(one) for one in decided],
                "values": [_other(one) for one in other],
            }
            | ({"submissions": _tested(tested)} if tested else {})
        )
    else:
        _print(texts, decided, other)
        if tested:
            _print_tested(tested)
    sys.exit(0)


def _cases(word: str) -> tuple[Case, ...]:
    try:
        shelf = questionnaire_shelf(word.rpartition("@")[0] or word)
    except click.BadParameter:  # a version that the clinic keeps has no cases
        return ()
    return worked_patients(shelf)


# -- for people


def _print(
    texts: tuple[Reworded, ...], decided: list[Redecided], other: list[Rework]
) -> None:
    differ = (
        "1 text differs" if len(texts) == 1 else f"{len(texts) or 'no'} texts differ"
    )
    click.echo(f"Wording: {differ}.")
    for text in texts:
        click.echo(f"  {text.key}")
        click.echo(f"    - {text.before or '(there was none)'}")
        click.echo(f"    + {text.after or '(there is none)'}")
    if not decided:
        click.echo("Decisions: none differs, for any possible patient.")
    if not decided and not other:
        click.echo("Nothing else that is found, asked or worked out differs either.")
    for one in decided:
        click.echo(f"Decisions: {one.before.words} before, {one.after.words} now.")
        _print_nearest(one.patient)
    for rework in other:
        how = rework.after
        if rework.before:
            how = f"{rework.before} before, {rework.after} now"
        click.echo(f"{rework.what[:1].upper()}{rework.what[1:]}: {how}.")
        _print_nearest(rework.patient)


def _print_nearest(patient: Patient | None) -> None:
    if patient is None:
        print_changed(None, None)
    else:
        print_patient(patient)


def _print_tested(tested: Backtest) -> None:
    moved = sum(tested.moved.values())
    click.echo(
        f"Submissions: {moved} of {tested.compared} would be decided differently."
    )
    for (old, new), count in tested.moved.items():
        click.echo(f"  {count}: {old.words} before, {new.words} now")


# -- for programs


def _text(one: Reworded) -> dict[str, object]:
    return {"text": one.key, "before": one.before, "after": one.after}


def _decided(one: Redecided) -> dict[str, object]:
    told: dict[str, object] = {
        "patient": dict(one.patient.answers) if one.patient else None,
        "before": one.before.outcome,
        "after": one.after.outcome,
    }
    if one.before.same_day is not one.after.same_day:
        told["same_day"] = {"before": one.before.same_day, "after": one.after.same_day}
    return told


def _other(one: Rework) -> dict[str, object]:
    return {
        "what": one.what,
        "patient": dict(one.patient.answers) if one.patient else None,
        "before": one.before,
        "after": one.after,
    }


def _tested(tested: Backtest) -> dict[str, object]:
    return {
        "compared": tested.compared,
        "differ": sum(tested.moved.values()),
        "decisions": [
            {
                "before": {"outcome": old.outcome, "same_day": old.same_day},
                "after": {"outcome": new.outcome, "same_day": new.same_day},
                "count": count,
            }
            for (old, new), count in tested.moved.items()
        ],
    }
