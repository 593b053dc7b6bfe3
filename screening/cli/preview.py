"""`screening preview`: see a questionnaire as patients will, while it is edited."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click
from werkzeug.serving import make_server

from screening.cli.library import questionnaire_shelf
from screening.cli.options import deployment, today
from screening.resources import questionnaires_folder
from screening.store.keys import create_key_file, load_keys
from screening.web import create_app
from screening.web.config import Config
from screening.web.preview import blueprint
from screening.web.preview.desk import Desk

if TYPE_CHECKING:
    from flask import Flask

    from screening.library import Shelf

HERE = "127.0.0.1"


@click.command(name="preview")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535))
@click.option("--open/--no-open", "is_opening", default=True, help="Open a browser.")
def command(questionnaire: str, port: int, *, is_opening: bool) -> None:
    """Show QUESTIONNAIRE in a browser while you edit its files.

    The page that you change is shown as soon as you save it, with what is wrong beside
    it; while a file is broken, the last version that worked stays. It is served to this
    computer only, and nothing that is typed is kept.

    Example: screening preview ocd-ketamine
    """
    app = make_preview(questionnaire_shelf(questionnaire))
    try:
        server = make_server(HERE, port, app, threaded=True)
    except (OSError, SystemExit):
        what = f"port {port} is taken; name another one with --port."
        raise click.BadParameter(what) from None
    address = f"http://{HERE}:{server.port}/"
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


def make_preview(shelf: Shelf) -> Flask:
    """Return the preview of what is on the shelf; it keeps nothing anywhere."""
    with tempfile.TemporaryDirectory() as folder:
        create_key_file(Path(folder) / "keys")
        keys = load_keys(path=Path(folder) / "keys")
    config = Config(
        database="sqlite://",
        key_ring=keys,
        questionnaire=shelf.questionnaire_id,
        questionnaires=questionnaires_folder(),
        clinic_name="Preview",
        contact_route="phone",
        clinic_days="five working days",
        insecure_demo=True,
    )
    room = blueprint(Desk(shelf, deployment(), today), today)
    return create_app(config, rooms=[room])
