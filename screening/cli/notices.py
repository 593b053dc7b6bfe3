"""`screening notices`: send the mail to the clinic that waits."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli import instance
from screening.cli.printing import print_problems
from screening.core.problems import ProblemsError
from screening.notices.route import TO, configured_route
from screening.notices.sender import Sender
from screening.store.problems import StoreProblem
from screening.web import logging
from screening.web.service import chance


@click.group(name="notices")
def command() -> None:
    """Look after the mail that tells the clinic of what can't wait.

    Example: screening notices send --instance clinic
    """


@command.command(name="send")
@instance.option
def send(folder: Path) -> None:
    """Send every notice that is due, once, as from a timetable.

    `screening serve` does so by itself. Exit status 1 when one could not be sent: it
    stays and is tried again, after a longer wait each time.

    Example: screening notices send --instance clinic
    """
    settings = instance.settings_of(folder)
    try:
        route = configured_route(settings)
    except ProblemsError as error:
        print_problems(error.problems)
        sys.exit(2)
    if route is None:
        raise click.UsageError(f"No notices are sent: {TO} is not set.")
    store = instance.store_of(settings)
    logging.set_up_logging()
    sender = Sender(store.outbox, route, chance=chance, tell=logging.log_event)
    try:
        done = sender.send_due()
        late = store.outbox.late()
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()
    click.echo(f"Sent: {done.sent}.")
    if late is not None:
        since = f"{late.since:%Y-%m-%d %H:%M} UTC"
        click.echo(f"Not sent yet: {late.count}, since {since}.")
    sys.exit(done.failed is not None)
