"""Where does a page get the clinic's own colour from? From a style sheet made of it.

The security policy refuses styles within a page, so that the colour comes as a file
like any other, kept by browsers under the fingerprint of all of them.
"""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response

from screening.web.assets import current_fingerprint
from screening.web.colour import Colour, theme_of

HEADER = "#1f4f4c"
HEADER_IN_THE_DARK = "#1d4341"
"""The project's own, as `_colours.scss` has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a page says of its colours: those of the browser's own frame, and a sheet.

    `sheet` is the text of the style sheet, empty where the clinic chose no colour.
    """

    header: str = HEADER
    header_in_the_dark: str = HEADER_IN_THE_DARK
    sheet: str = ""


def look_of(colour: Colour | None) -> Look:
    """Return the look of a clinic that chose `colour`, or none."""
    if colour is None:
        return Look()
    theme = theme_of(colour)
    return Look(
        header=str(theme.light["accent"]),
        header_in_the_dark=str(theme.dark["accent"]),
        sheet=theme.sheet(),
    )


def install(app: Flask, look: Look) -> None:
    """Give templates the look, and browsers its sheet, if it has one."""
    app.jinja_env.globals.update(look=look, fingerprint=current_fingerprint)
    if look.sheet:
        app.register_blueprint(_room(look.sheet))


def _room(sheet: str) -> Blueprint:
    pages = Blueprint("theme", __name__)

    @pages.get("/theme.css")
    def colours() -> Response:
        return Response(sheet, mimetype="text/css")

    return pages
