"""`screening work`: do what is done beside the pages."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from threading import Event

import click

from screening.cli import instance
from screening.cli.printing import print_problems
from screening.core.problems import DefinitionError
from screening.web.beside import start
from screening.web.config import Config, ConfigProblem
from screening.web.service import open_service


@click.command(name="work")
@instance.option
def command(folder: Path) -> None:
    """Send notices and make exports, beside the pages, until stopped.

    `screening serve` does so by itself. Run this where another server serves `wsgi.py`,
    or with `screening serve --no-work` to keep it apart from the pages.

    Example: screening work --instance clinic
    """
    try:
        config = Config.from_environment(instance.settings_of(folder))
        app = open_service(config)
    except ConfigProblem as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
    except DefinitionError as error:
        print_problems(error.problems)
        sys.exit(1)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo("Working. Stop it with Ctrl+C.", err=True)
    start(app, stop)
    stop.wait()
