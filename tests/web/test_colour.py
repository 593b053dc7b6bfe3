"""Is a clinic's colour read, and can everything that follows from it be read?"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import screening.web
from screening.web.colour import (
    DARK_SURFACES,
    ENOUGH,
    LIGHT_SURFACES,
    WHITE,
    contrast,
    darker_until_it_reads,
    read_colour,
    theme_of,
)

STYLES = Path(screening.web.__file__).parent / "styles"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: read_colour(f"#{number:06x}"))


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_a_colour_is_written_as_it_was_read(text):
    assert str(read_colour(text)) == text


@pytest.mark.parametrize("text", ["1f4f4c", "#1f4", "teal", "#1f4f4g", "#1f4f4c7f", ""])
def test_any_other_text_is_no_colour(text):
    assert read_colour(text) is None


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The greys on either side of the line, as every checker of contrast has them.
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(read_colour(one), read_colour(other)) == pytest.approx(ratio, 0.002)


@given(COLOURS)
def test_the_nearest_colour_that_would_do_does(colour):
    near = darker_until_it_reads(colour, (str(WHITE),))

    assert contrast(near, WHITE) >= ENOUGH


def test_a_colour_that_does_is_its_own_nearest():
    colour = read_colour("#005eb8")

    assert darker_until_it_reads(colour, (str(WHITE),)) == colour


def test_a_lighter_colour_keeps_its_hue():
    near = darker_until_it_reads(read_colour("#f4a050"), (str(WHITE),))

    assert near.red > near.green > near.blue


@given(COLOURS.map(lambda colour: darker_until_it_reads(colour, (str(WHITE),))))
def test_whatever_follows_from_a_colour_can_be_read(colour):
    theme = theme_of(colour)
    ink = read_colour("#0f1a19")

    white_words = [theme.light[name] for name in ("accent", "button", "button-hover")]
    assert all(
        contrast(WHITE, one) >= ENOUGH for one in [*white_words, theme.dark["accent"]]
    )
    dark_words = [theme.dark[name] for name in ("button", "button-hover")]
    assert all(contrast(ink, one) >= ENOUGH for one in dark_words)
    for name in ("link", "link-hover", "mark"):
        for surface in LIGHT_SURFACES:
            assert contrast(theme.light[name], read_colour(surface)) >= ENOUGH
        for surface in DARK_SURFACES:
            assert contrast(theme.dark[name], read_colour(surface)) >= ENOUGH


def test_the_names_and_surfaces_are_those_of_the_style_sheet():
    text = (STYLES / "_colours.scss").read_text("utf-8")
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)", 1)
    dark = dark.split("prefers-contrast")[0]
    theme = theme_of(read_colour("#1f4f4c"))

    assert all(f"--{name}: " in light for name in theme.light)
    assert all(f"--{name}: " in dark for name in theme.dark)
    assert set(LIGHT_SURFACES) <= set(re.findall(r"#\w{6}", light))
    assert set(DARK_SURFACES) <= set(re.findall(r"#\w{6}", dark))
