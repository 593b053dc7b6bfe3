"""What every page of one running service shares: its settings, its numbers, its clock.

`create_app` puts one `Shell` into the application; views and guards ask for it with
`current_shell()` instead of reading the environment or the clock themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app

from screening.tongue import spoken
from screening.web.config import Config
from screening.web.crisis import Locale, Locales

_NAME = "screening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The settings, the help numbers and the clock (aware, UTC) of one service."""

    config: Config
    locales: Locales
    clock: Callable[[], datetime]

    @property
    def locale(self) -> Locale:
        """The numbers every page shows: the deployment's, or the default block.

        They are said in the language that is spoken, where it has them.
        """
        return self.locales.choose(self.config.locale).in_language(spoken())


def put_shell(app: Flask, shell: Shell) -> None:
    """Leave `shell` in the application, where `current_shell` finds it."""
    app.extensions[_NAME] = shell


def current_shell() -> Shell:
    """Return what the application that serves this request shares."""
    # Only put_shell writes under this name, and only a Shell.
    return cast("Shell", current_app.extensions[_NAME])
