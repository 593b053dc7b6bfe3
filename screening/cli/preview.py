"""`screening preview`: see a questionnaire as patients will, while it is edited."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click
from werkzeug.serving import WSGIRequestHandler, make_server

from screening.cli.library import questionnaire_shelf
from screening.cli.options import deployment, today
from screening.core.problems import did_you_mean
from screening.resources import questionnaires_folder
from screening.store.keys import create_key_file, load_keys
from screening.web import create_app
from screening.web.config import Config
from screening.web.logging import log_faults_only
from screening.web.preview import blueprint
from screening.web.preview.desk import Desk

if TYPE_CHECKING:
    from flask import Flask

    from screening.web.preview.proofs import Prove

HERE = "127.0.0.1"


@click.command(name="preview")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
@click.option("--page", "page_id", metavar="PAGE", help="The page to begin with.")
@click.option("--open/--no-open", "is_opening", default=True, help="Open a browser.")
def command(
    questionnaire: str, port: int, page_id: str | None, *, is_opening: bool
) -> None:
    """Show QUESTIONNAIRE in a browser while you edit its files.

    The page that you change is shown as soon as you save it, with what is wrong beside
    it; while a file is broken, the last version that worked stays. It is served to this
    computer only, and nothing that is typed is kept.

    Example: screening preview ocd-ketamine
    """
    log_faults_only()
    desk = Desk(questionnaire_shelf(questionnaire), deployment(), today, _prove())
    way = f"page/{_known_page(desk, page_id)}" if page_id else ""
    app = make_preview(desk)
    try:
        server = make_server(HERE, port, app, threaded=True, request_handler=_Quiet)
    except (OSError, SystemExit):
        what = f"port {port} is taken; name another one with --port."
        raise click.BadParameter(what) from None
    address = f"http://{HERE}:{server.port}/{way}"
    click.echo(f"Preview of {questionnaire}: {address}")
    click.echo("Edit its files and save them: the page follows. Stop it with Ctrl+C.")
    if is_opening:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        server.server_close()


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request: the page asks twice a second."""

    def log(self, *_: object) -> None:
        """Say nothing; faults are logged by the application."""


def _prove() -> Prove | None:
    """Return what proves a version; None where the solver is not installed."""
    try:
        from screening.proof.proving import proved  # noqa: PLC0415 - may be missing
    except ModuleNotFoundError:
        return None
    return lambda made, cases: proved(made, today(), cases)


def _known_page(desk: Desk, page_id: str) -> str:
    """Return the page's id; a wrong one is refused while pages are known."""
    made = desk.look().made
    known = [page.id for page in made.pages] if made else [page_id]
    if page_id not in known:
        what = f'there is no page "{page_id}". {did_you_mean(page_id, known)}'
        raise click.BadParameter(what, param_hint="--page")
    return page_id


def make_preview(desk: Desk) -> Flask:
    """Return the preview of what is on the desk; it keeps nothing on any disk."""
    with tempfile.TemporaryDirectory() as folder:
        create_key_file(Path(folder) / "keys")
        keys = load_keys(path=Path(folder) / "keys")
    config = Config(
        database="sqlite://",
        key_ring=keys,
        questionnaire=desk.questionnaire_id,
        questionnaires=questionnaires_folder(),
        clinic_name="Preview",
        contact_route="phone",
        clinic_days="five working days",
        insecure_demo=True,
    )
    return create_app(config, rooms=[blueprint(desk, today)])
