"""Can a clinic's own colour be read, and which other colours follow from it?

Contrast is that of the Web Content Accessibility Guidelines 2.2. Lighter and darker
colours keep the hue in OKLab (Björn Ottosson, 2020, bottosson.github.io/posts/oklab),
where equal steps look equal; of what a screen can't show, some chroma is given up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ENOUGH = 4.5
"""The contrast that text needs (WCAG 2.2, success criterion 1.4.3)."""

LIGHT_SURFACES = ("#ffffff", "#e9e4d8", "#e2ece8")
DARK_SURFACES = ("#0d1313", "#2e2718", "#213a37")
"""What links and marks stand on: sheet, footer and tag, as `_colours.scss` has them."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_DIM = 0.04045
"""Up to here a channel is in proportion to its light (IEC 61966-2-1)."""

_STEP = 0.005
_CHROMA_STEPS = 50
_FURTHEST = 0.5005
"""How far from the middle a channel may be: a half, and what rounding takes off."""
_HEADER_IN_THE_DARK = 0.36
_LINK_IN_THE_DARK = 0.75
"""Lightness in OKLab: a header is not to glare, links are to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A colour of a screen; each channel from 0 to 1, as sRGB has it."""

    red: float
    green: float
    blue: float

    def __str__(self) -> str:
        """Return it as "#rrggbb"."""
        return f"#{self._byte(self.red)}{self._byte(self.green)}{self._byte(self.blue)}"

    @staticmethod
    def _byte(channel: float) -> str:
        return f"{round(channel * 255):02x}"


WHITE = Colour(red=1, green=1, blue=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The properties of the style sheet that follow from one colour, by their names."""

    light: dict[str, Colour]
    dark: dict[str, Colour]

    def sheet(self) -> str:
        """Return the style sheet that puts these in place of the project's own."""
        light, dark = _block(self.light), _block(self.dark)
        return (
            f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
        )


def read_colour(text: str) -> Colour | None:
    """Return the colour that "#rrggbb" names, None for any other text.

    >>> str(read_colour("#1F4F4C"))
    '#1f4f4c'
    """
    plain = text.lower()
    if not _HEX.fullmatch(plain):
        return None
    red, green, blue = (int(plain[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return Colour(red=red, green=green, blue=blue)


def contrast(one: Colour, other: Colour) -> float:
    """Return the ratio of lighter to darker, from 1 to 21.

    >>> round(contrast(WHITE, read_colour("#767676")), 2)
    4.54
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def darker_until_it_reads(colour: Colour, surfaces: tuple[str, ...]) -> Colour:
    """Return the nearest colour, itself or darker, to read on every surface."""
    return _moved(colour, surfaces, -_STEP)


def lighter_until_it_reads(colour: Colour, surfaces: tuple[str, ...]) -> Colour:
    """Return the nearest colour, itself or lighter, to read on every surface."""
    return _moved(colour, surfaces, _STEP)


def theme_of(colour: Colour) -> Theme:
    """Return what follows from `colour`, on which white text can be read."""
    deep = darker_until_it_reads(colour, LIGHT_SURFACES)
    at = _oklab(colour)[0]
    shown = _at_lightness(colour, max(at, _LINK_IN_THE_DARK))
    pale = lighter_until_it_reads(shown, DARK_SURFACES)
    header = _at_lightness(colour, min(at, _HEADER_IN_THE_DARK))
    return Theme(
        light={
            "accent": colour,
            "mark": deep,
            "link": deep,
            "link-hover": _at_lightness(deep, _oklab(deep)[0] * 0.75),
            "button": colour,
            "button-hover": _at_lightness(colour, at * 0.85),
            "button-shadow": _at_lightness(colour, at * 0.6),
            "care-edge": colour,
        },
        dark={
            "accent": header,
            "mark": pale,
            "link": pale,
            "link-hover": _at_lightness(pale, 0.92),
            "button": pale,
            "button-hover": _at_lightness(pale, 0.92),
            "button-shadow": _at_lightness(pale, _oklab(pale)[0] * 0.6),
            "care-edge": pale,
        },
    )


def _block(colours: dict[str, Colour]) -> str:
    lines = "".join(f"  --{name}: {colour};\n" for name, colour in colours.items())
    return f":root {{\n{lines}}}"


def _moved(colour: Colour, surfaces: tuple[str, ...], step: float) -> Colour:
    """Return `colour`, moved by steps of lightness until it reads, or to the end."""
    grounds = [ground for ground in map(read_colour, surfaces) if ground]
    lightness = _oklab(colour)[0]
    moved = colour
    while any(contrast(moved, one) < ENOUGH for one in grounds):
        lightness += step
        if not 0 <= lightness <= 1:
            break
        moved = _at_lightness(colour, lightness)
    return moved


def _luminance(colour: Colour) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (
        channel / 12.92 if channel <= _DIM else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (colour.red, colour.green, colour.blue)
    )
    return red, green, blue


def _as_shown(light: float) -> float:
    if light <= _DIM / 12.92:
        return 12.92 * light
    return 1.055 * float(light ** (1 / 2.4)) - 0.055


def _oklab(colour: Colour) -> tuple[float, float, float]:
    """Return lightness, green to red, and blue to yellow."""
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (
        1 / 3
    )
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, red: float, yellow: float) -> Colour | None:
    """Return the colour at these places, None where a screen has none."""
    long = (lightness + 0.3963377774 * red + 0.2158037573 * yellow) ** 3
    middle = (lightness - 0.1055613458 * red - 0.0638541728 * yellow) ** 3
    short = (lightness - 0.0894841775 * red - 1.2914855480 * yellow) ** 3
    lights = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    if any(abs(light - 0.5) > _FURTHEST for light in lights):
        return None
    shown = [_as_shown(min(1.0, max(0.0, light))) for light in lights]
    # Rounded as it is written, so that contrast is that of what is shown.
    rounded = [round(channel * 255) / 255 for channel in shown]
    return Colour(red=rounded[0], green=rounded[1], blue=rounded[2])


def _at_lightness(colour: Colour, lightness: float) -> Colour:
    """Return the hue of `colour` at a lightness, as colourful as a screen can show."""
    _, red, yellow = _oklab(colour)
    shares = (1 - step / _CHROMA_STEPS for step in range(_CHROMA_STEPS + 1))
    tried = (_from_oklab(lightness, red * share, yellow * share) for share in shares)
    return next(found for found in tried if found)
