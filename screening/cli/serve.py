"""`screening serve`: serve the clinic's pages."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

import click
from flask import Flask

from screening.cli import instance
from screening.cli.printing import print_problems
from screening.cli.serving import serve
from screening.core.problems import DefinitionError
from screening.web import beside
from screening.web.config import Config, ConfigProblem
from screening.web.service import open_service


@click.command(name="serve")
@instance.option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--work/--no-work",
    default=True,
    show_default=True,
    help="Also do what `screening work` does, in threads of each worker.",
)
def command(
    folder: Path, *, host: str, port: int, workers: int, threads: int, work: bool
) -> None:
    """Serve the clinic's pages until stopped; put a proxy with TLS in front.

    Exit status 2 when the settings can't be used, 1 when the questionnaire can't.

    Example: screening serve --instance clinic --port 8000
    """
    try:
        config = Config.from_environment(instance.settings_of(folder))
        # Opened once before, so that what is wrong is said here and not by a worker.
        open_service(config)
    except ConfigProblem as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
    except DefinitionError as error:
        print_problems(error.problems)
        sys.exit(1)
    click.echo(f"Serving on http://{host}:{port}", err=True)
    serve(
        lambda: _opened(config, work=work),
        address=f"{host}:{port}",
        workers=workers,
        threads=threads,
    )


def _opened(config: Config, *, work: bool) -> Flask:
    app = open_service(config)
    if work:
        beside.start(app, Event())
    return app
