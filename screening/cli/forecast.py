"""`screening forecast`: what would come of a thousand patients? A simulation."""

from __future__ import annotations

import random  # noqa: TID251 - a simulation that can be drawn again, by its seed
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.authoring.forecast_drawing import drawn
from screening.authoring.forecasting import Cohort, Forecast, forecast
from screening.cli import instance, options
from screening.cli.evaluate import load_or_exit
from screening.cli.library import questionnaire_shelf, shown_path
from screening.cli.printing import print_json
from screening.cli.proofs import worked_patients
from screening.cli.versions import version_named
from screening.core.definition import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from screening.authoring.forecasting import Cause

MOST_CAUSES = 15
"""As many causes are printed; `--json` gives all."""


@click.command(name="forecast")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option(
    "--against",
    metavar="BEFORE",
    help="Another version of it, to be compared: ID@REVISION, a folder, version:HASH.",
)
@click.option(
    "--people",
    default=10_000,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="How many to simulate.",
)
@click.option("--seed", default=1, show_default=True, help="Draws the same people.")
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw it, as SVG.",
)
@options.as_json
@options.on
@instance.option
def command(
    questionnaire: str,
    *,
    against: str | None,
    people: int,
    seed: int,
    output: Path | None,
    as_json: bool,
    on: date,
    folder: Path,
) -> None:
    """Say what would come of simulated patients of QUESTIONNAIRE, a folder or an id.

    They are like one worked patient, save for what the worked patients with a `share`
    say. What comes of it is no better than those shares, and each is drawn by itself.

    Example: screening forecast draft/ocd-ketamine --against ocd-ketamine
    """
    shelf = questionnaire_shelf(questionnaire)
    made = load_or_exit(shelf, as_json=as_json)
    before = version_named(against, folder) if against else None
    chance = random.Random(seed).random  # noqa: S311 - nothing secret is drawn
    try:
        cohort = Cohort(worked_patients(shelf), people, chance)
        found = forecast(made, cohort, on)
        first = forecast(before, cohort, on) if before else None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if output is not None:
        output.write_text(drawn(made, found, first), "utf-8")
        click.echo(f"{shown_path(output)}: drawn.", err=True)
    if as_json:
        print_json(_object(found) | ({"before": _object(first)} if first else {}))
    else:
        _print(cohort, found, first)


# -- for people


def _print(cohort: Cohort, found: Forecast, first: Forecast | None) -> None:
    click.echo(
        f"SIMULATED: {found.people} people like {cohort.like.id}, save for what the "
        "shares in cases/ say, each drawn by itself."
    )
    click.echo(f"In a hundred{', before and now' if first else ''}:")
    for outcome in Outcome:
        then = first.outcomes[outcome] if first else None
        _line(outcome.words, found, found.outcomes[outcome], then)
    then = first.same_day if first else None
    _line("asked for the same day", found, found.same_day, then)
    _print_causes("Criteria", found, found.criteria)
    _print_causes("Unknown", found, found.unknown)
    if first is not None:
        _print_moved(found, first)


def _line(name: str, found: Forecast, now: int, then: int | None) -> None:
    before = "" if then is None else f"{_in_hundred(found, then)}  "
    click.echo(f"  {before}{_in_hundred(found, now)}  {name}")


def _in_hundred(found: Forecast, count: int) -> str:
    return f"{100 * count / found.people:5.1f}"


def _print_causes(title: str, found: Forecast, causes: Mapping[str, Cause]) -> None:
    if not causes:
        return
    click.echo(f"{title}, in how many of a hundred, and alone in how many:")
    for name, cause in list(causes.items())[:MOST_CAUSES]:
        both = f"{_in_hundred(found, cause.people)}  {_in_hundred(found, cause.alone)}"
        click.echo(f"  {both}  {name}")


def _print_moved(found: Forecast, first: Forecast) -> None:
    moved = Counter(
        (old, new)
        for old, new in zip(first.decisions, found.decisions, strict=True)
        if old != new
    )
    click.echo(f"Decided otherwise: {_in_hundred(found, moved.total())} in a hundred.")
    for (old, new), count in moved.most_common():
        click.echo(
            f"  {_in_hundred(found, count)}  {old.words} before, {new.words} now"
        )


# -- for programs


def _object(found: Forecast) -> dict[str, object]:
    return {
        "simulated": True,
        "people": found.people,
        "outcomes": {one.value: found.outcomes[one] for one in Outcome},
        "same_day": found.same_day,
        "criteria": dict(_told(found.criteria)),
        "unknown": dict(_told(found.unknown)),
    }


def _told(causes: Mapping[str, Cause]) -> Iterator[tuple[str, dict[str, int]]]:
    for name, cause in causes.items():
        yield name, {"people": cause.people, "alone": cause.alone}
