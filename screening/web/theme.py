"""Where does a page get the clinic's own colour and logo from? From files of its own.

The security policy refuses styles within a page, so that the colour comes as a style
sheet made of it; both are kept by browsers under the fingerprint of all files.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Flask, Response

from screening.web.assets import current_fingerprint
from screening.web.colour import Colour, theme_of
from screening.web.logo import Logo

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
    logo: Logo | None = None

    @property
    def own(self) -> bytes:
        """What is the clinic's own: it changes when the sheet or the logo does."""
        return self.sheet.encode() + (self.logo.content if self.logo else b"")


def look_of(colour: Colour | None, logo: Logo | None) -> Look:
    """Return the look of a clinic that chose `colour` and `logo`, or none of them."""
    if colour is None:
        return Look(logo=logo)
    theme = theme_of(colour)
    return Look(
        header=str(theme.light["accent"]),
        header_in_the_dark=str(theme.dark["accent"]),
        sheet=theme.sheet(),
        logo=logo,
    )


def install(app: Flask, look: Look) -> None:
    """Give templates the look, and browsers its files, if it has any."""
    app.jinja_env.globals.update(look=look, fingerprint=current_fingerprint)
    if look.own:
        app.register_blueprint(_room(look))


def _room(look: Look) -> Blueprint:
    pages = Blueprint("theme", __name__)

    if look.sheet:
        sheet = _file(look.sheet.encode(), "text/css")
        pages.add_url_rule("/theme.css", "colours", sheet)
    if look.logo:
        logo = _file(look.logo.content, look.logo.media_type)
        pages.add_url_rule("/logo", "logo", logo)
    return pages


def _file(content: bytes, media_type: str) -> Callable[[], Response]:
    def file() -> Response:
        return Response(content, mimetype=media_type)

    return file
