"""Does a clinic's own colour reach the browser, as a file that it may keep?"""

from pathlib import Path

import pytest

import screening.web
from screening.web.colour import read_colour
from screening.web.guards.security_headers import ASKED_AGAIN, KEPT_FOR_A_YEAR
from screening.web.theme import HEADER, HEADER_IN_THE_DARK

STYLES = Path(screening.web.__file__).parent / "styles"


@pytest.fixture
def coloured(serve):
    return serve(colour=read_colour("#7c2855")).test_client()


def sheet_of(client):
    page = client.get("/help").text
    return page.split('href="/theme.css', 1)[1].split('"', 1)[0]


def test_the_sheet_gives_the_colour_to_header_and_buttons(coloured):
    sheet = coloured.get("/theme.css").text

    assert "--accent: #7c2855;" in sheet
    assert "--button: #7c2855;" in sheet
    assert "@media screen and (prefers-color-scheme: dark)" in sheet


def test_the_sheet_is_kept_under_its_fingerprint_alone(coloured):
    current = coloured.get(f"/theme.css{sheet_of(coloured)}")
    plain = coloured.get("/theme.css")

    assert current.mimetype == "text/css"
    assert current.headers["Cache-Control"] == KEPT_FOR_A_YEAR
    assert plain.headers["Cache-Control"] == ASKED_AGAIN


def test_another_colour_has_another_fingerprint(coloured, serve):
    other = serve(colour=read_colour("#005eb8")).test_client()

    assert sheet_of(other) != sheet_of(coloured)


def test_the_browsers_own_frame_has_the_colour_in_light_and_in_dark(coloured):
    page = coloured.get("/help").text

    assert 'content="#7c2855" media="(prefers-color-scheme: light)"' in page
    assert 'media="(prefers-color-scheme: dark)"' in page


def test_without_a_colour_no_sheet_is_asked_for(client):
    assert "theme.css" not in client.get("/help").text
    assert client.get("/theme.css").status_code == 404


def test_the_projects_own_colours_are_those_of_the_style_sheet():
    text = (STYLES / "_colours.scss").read_text("utf-8")

    assert f"--accent: {HEADER};" in text
    assert f"--accent: {HEADER_IN_THE_DARK};" in text
