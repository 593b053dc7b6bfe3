"""Where is help, which numbers are there elsewhere, and what happens to answers?

These pages work for anybody at any time: they open no session, need no script and
never touch the database.
"""

from flask import Blueprint, render_template

from screening.tongue import spoken
from screening.web.shell import current_shell

pages = Blueprint("help", __name__)


@pages.get("/help")
def numbers() -> str:
    """Show the numbers to reach in danger, and how to reach this clinic."""
    shell = current_shell()
    return render_template("help/numbers.html", config=shell.config)


@pages.get("/help/countries")
def countries() -> str:
    """Show the numbers of every country, for whoever is elsewhere."""
    return render_template(
        "help/countries.html",
        locales=[one.in_language(spoken()) for one in current_shell().locales],
    )


@pages.get("/privacy")
def privacy() -> str:
    """Say what is kept, who reads it and what is not done with it."""
    return render_template("help/privacy.html", config=current_shell().config)
