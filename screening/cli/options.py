"""Options that several commands have in common."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from screening.core.deployment import Deployment, declared
from screening.core.problems import ProblemsError, did_you_mean

_ZONE_VARIABLE = "SCREENING_TIME_ZONE"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Day(click.ParamType[date]):
    """A day written as 2026-03-27."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or refuse it with exit status 2."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value) if _DAY.fullmatch(str(value)) else "")
        except ValueError:
            self.fail("write a day that exists, such as 2026-03-27", param, ctx)


def today() -> date:
    """Return the day it is now in the clinic's time zone.

    Raises click.UsageError when the time zone that is set does not exist.
    """
    name = os.environ.get(_ZONE_VARIABLE) or "UTC"
    try:
        return datetime.now(ZoneInfo(name)).date()
    except (KeyError, ValueError, OSError):
        known = ("UTC", "Europe/London", "America/New_York")
        what = f'{_ZONE_VARIABLE} is "{name}", which is not a known time zone.'
        raise click.UsageError(f"{what} {did_you_mean(name, known)}") from None


def deployment() -> Deployment:
    """Return what the clinic declares about itself in the environment.

    Raises click.UsageError for a use that there is none of.
    """
    try:
        return declared(os.environ)
    except ProblemsError as error:
        raise click.UsageError(str(error)) from None


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

on = click.option(
    "--on",
    type=Day(),
    default=today,
    show_default="today in the clinic's time zone",
    help="The day of submission.",
)

answers_files = click.argument(
    "files",
    metavar="ANSWERS...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
