"""Is a logo shown that only draws, and every other refused with the reason?"""

import pytest

from screening.web.guards.security_headers import KEPT_FOR_A_YEAR
from screening.web.logo import MOST_BYTES, LogoProblem, read_logo

DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<!-- a dot --><circle id="dot" r="3" fill="#7c2855"/>{more}</svg>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def logo_of(tmp_path):
    def build(content):
        path = tmp_path / "logo"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_logo(path)

    return build


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (DRAWN.format(more=""), "image/svg+xml"),
        ('<?xml version="1.0"?>' + DRAWN.format(more=""), "image/svg+xml"),
        (DRAWN.format(more='<use href="#dot" x="4"/>'), "image/svg+xml"),
        (DRAWN.format(more='<path fill="url(#shade)"/>'), "image/svg+xml"),
        (PNG, "image/png"),
    ],
)
def test_a_picture_that_only_draws_is_taken(logo_of, content, kind):
    assert logo_of(content).media_type == kind


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("<script>alert(1)</script>", "holds <script>"),
        ("<style>* {}</style>", "holds <style>"),
        ("<foreignObject/>", "holds <foreignObject>"),
        ('<path onload="alert(1)"/>', 'holds the event "onload"'),
        ('<image href="https://example.org/a.png"/>', "refers to something elsewhere"),
        ('<use href="data:image/svg+xml,x"/>', "refers to something elsewhere"),
        ('<path fill="url(https://example.org/a)"/>', "refers to something elsewhere"),
        ("<path style=\"fill: url( '//a/b' )\"/>", "refers to something elsewhere"),
        (
            '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="//example.org/a"/>',
            "refers to something elsewhere",
        ),
        ("<![CDATA[x]]>", "data that is not drawn"),
    ],
)
def test_a_picture_that_brings_more_along_is_refused(logo_of, more, told):
    with pytest.raises(LogoProblem, match=told):
        logo_of(DRAWN.format(more=more))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<!DOCTYPE svg>" + DRAWN.format(more=""), "document type"),
        (DRAWN.format(more="").encode("utf-16"), "neither a PNG nor an SVG"),
        ("<html/>", "neither a PNG nor an SVG"),
        (b"GIF89a", "neither a PNG nor an SVG"),
        (PNG + bytes(MOST_BYTES), "larger than"),
    ],
)
def test_any_other_file_is_refused(logo_of, content, told):
    with pytest.raises(LogoProblem, match=told):
        logo_of(content)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(LogoProblem, match="can't be read"):
        read_logo(tmp_path / "none.svg")


def test_the_logo_stands_on_every_page_and_says_the_clinics_name(serve, logo_of):
    client = serve(logo=logo_of(DRAWN.format(more=""))).test_client()

    page = client.get("/help").text
    address = page.split('src="/logo', 1)[1].split('"', 1)[0]
    picture = client.get(f"/logo{address}")

    assert 'alt="Riverside Clinic"' in page
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == KEPT_FOR_A_YEAR


def test_without_a_logo_the_name_stands_in_words(client):
    page = client.get("/help").text

    assert "/logo" not in page
    assert '<span class="screening-header__clinic">Riverside Clinic</span>' in page
