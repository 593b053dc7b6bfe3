"""How does the service stand up? `create_app` puts settings, guards and pages together.

Everything that crosses all pages is in `guards/`, one small file each. Pages live in
rooms (`help_pages`, and those of patients and clinicians), each of which brings its
own blueprint.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, ClassVar

from flask import Blueprint, Flask, url_for
from jinja2 import StrictUndefined

from screening.core.marks import pieces, without_marks
from screening.core.problems import Severity
from screening.resources import templates_folder
from screening.tongue import say
from screening.web import assets, help_pages, logging, theme
from screening.web.config import Config, ConfigProblem
from screening.web.crisis import Locales, locale_problems, read_locales
from screening.web.guards import install_all
from screening.web.shell import Shell, put_shell

__all__ = ["Config", "ConfigProblem", "create_app"]


class Screening(Flask):
    """Flask, with templates that always escape and logs that hold no answers."""

    jinja_options: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        # Flask escapes by file name; a text of a patient must be escaped in any.
        "autoescape": True,
        "lstrip_blocks": True,
        "trim_blocks": True,
        # A misspelt name in a template is a fault, not an empty place on the page.
        "undefined": StrictUndefined,
    }

    def log_exception(
        self,
        exc_info: (
            tuple[type[BaseException], BaseException, TracebackType | None]
            | tuple[None, None, None]
        ),
    ) -> None:
        """Log where a fault was, without its message, which may hold an answer."""
        if exc_info[1] is not None:
            logging.log_exception(exc_info[1])


def utc_now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


def create_app(
    config: Config,
    *,
    rooms: Iterable[Blueprint] = (),
    locales: Locales | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Flask:
    """Return the service that `config` describes, ready to answer requests.

    `rooms` are further blueprints; `locales` stands in for the file of crisis numbers,
    `clock` for the time. Raises ConfigProblem when the service cannot be safe to use
    as configured: no key, no crisis numbers, an unknown locale, debugging on.
    """
    logging.set_up_logging()
    if locales is None:
        locales = read_locales(config.questionnaires / "locales.yaml")
    shell = Shell(config=config, locales=locales, clock=clock)
    _refuse_unsafe_numbers(shell)
    app = Screening(
        __name__, template_folder=str(templates_folder()), static_folder="static"
    )
    # Flask reads FLASK_DEBUG by itself; the settings have refused it by now.
    app.debug = False
    put_shell(app, shell)
    look = theme.look_of(config.colour, config.logo)
    assets.install(app, look.own)
    theme.install(app, look)
    install_all(app)
    _give_templates(app, shell)
    for room in (help_pages.pages, *rooms):
        app.register_blueprint(room)
    return app


def _refuse_unsafe_numbers(shell: Shell) -> None:
    today = shell.clock().date()
    problems = locale_problems(shell.locales, shell.config.locale, today)
    errors = [each for each in problems if each.severity is Severity.ERROR]
    if errors:
        raise ConfigProblem(errors)
    for warning in problems:
        logging.log_event("start_warning", problem=warning.what, fix=warning.fix)


def _give_templates(app: Flask, shell: Shell) -> None:
    def address_of(endpoint: str) -> str | None:
        """Give the address of a page, or None while no room has it."""
        return url_for(endpoint) if endpoint in app.view_functions else None

    app.context_processor(lambda: {"locale": shell.locale})
    app.jinja_env.filters.update(pieces=pieces, without_marks=without_marks)
    app.jinja_env.globals.update(
        address_of=address_of,
        clinic_name=shell.config.clinic_name,
        country_is_chosen=shell.config.locale is not None,
        draft_days=shell.config.draft_days,
        has_errors=False,
        say=say,
    )
