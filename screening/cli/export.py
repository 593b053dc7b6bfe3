"""`screening export`: many submissions in one file, from a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import instance, options
from screening.cli.printing import print_problems
from screening.cli.progress import each
from screening.core.problems import DefinitionError
from screening.store.audit import Actor
from screening.store.problems import StoreProblem
from screening.store.submissions import parse_reference
from screening.web import utc_now
from screening.web.clinician.bundling import Form, Press, bundle
from screening.web.clinician.exporting import add
from screening.web.config import Config, ConfigProblem
from screening.web.service import open_questionnaires

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

    from screening.store.opening import Store
    from screening.store.submissions import Reference
    from screening.web.clinician.bundling import Write

_ACTOR = Actor.service("command-line")


@click.command(name="export")
@click.argument("typed", metavar="[REFERENCES]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every submission there is.")
@click.option(
    "--since",
    type=options.Day(),
    help="With --all: only what came on this day or later.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.ZIP.value,
    show_default=True,
    help="PDFs, a table, or records; the last two without names.",
)
@click.option(
    "--out",
    "output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to this file, which only you can read.",
)
@click.option(
    "--reason",
    default="exported from a terminal",
    show_default=True,
    help="What it is for; it is kept in the audit trail.",
)
@instance.option
def command(
    typed: tuple[str, ...],
    *,
    every: bool,
    since: date | None,
    form: str,
    output: Path,
    reason: str,
    folder: Path,
) -> None:
    """Write submissions into one file, by their REFERENCES or all of them.

    Each leaves a row in the audit trail. One that can't be opened is left out and
    named; the exit status is 1 then. A file that is there is not replaced.

    Example: screening export --all --since 2026-03-01 --out march.zip --instance clinic
    """
    if every is bool(typed):
        raise click.UsageError("Name references, or write --all.")
    if since is not None and not every:
        raise click.UsageError("--since goes with --all.")
    wanted = [_reference(one) for one in typed]
    try:
        config = Config.from_environment(instance.settings_of(folder))
    except ConfigProblem as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
    store = instance.store_of(instance.settings_of(folder))
    try:
        press = Press(
            questionnaires=open_questionnaires(config, store),
            config=config,
            clock=utc_now,
        )
        chosen = wanted or _all(store, since, config.time_zone)
        with _new_file(output) as write:
            made = bundle(Form(form), press, write)
            skipped = [
                reference
                for reference in each(chosen, "Exporting")
                if not add(store, made, reference, actor=_ACTOR, reason=reason)
            ]
            made.close()
    except DefinitionError as error:
        print_problems(error.problems)
        sys.exit(1)
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()
    for reference in skipped:
        click.echo(f"{reference} could not be opened, and is not in it.", err=True)
    sys.exit(bool(skipped))


def _reference(typed: str) -> Reference:
    found = parse_reference(typed)
    if found is None:
        message = f'"{typed}" is no reference: write eight signs, such as K7QM-2XRD.'
        raise click.UsageError(message)
    return found


def _all(store: Store, since: date | None, zone: ZoneInfo) -> list[Reference]:
    """Return every reference from a day on, in the order of the queue."""
    found: list[Reference] = []
    after = None
    while True:
        page = store.queue.page(after=after)
        found += [
            entry.reference
            for entry in page.entries
            if since is None or entry.submitted_at.astimezone(zone).date() >= since
        ]
        after = page.next_after
        if after is None:
            return found


@contextmanager
def _new_file(path: Path) -> Iterator[Write]:
    """Give what writes a new file that only its owner reads; none is left half made."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = f"{path} can't be made ({error.strerror}). Name a file that is new."
        raise click.UsageError(message) from None
    try:
        with os.fdopen(number, "wb") as file:
            yield file.write
    except BaseException:
        path.unlink(missing_ok=True)
        raise
