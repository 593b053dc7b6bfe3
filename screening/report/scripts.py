"""How is text drawn that runs from the right, joins its letters, or has many thousands?

What the typeface draws letter by letter never comes here. Of anything else, each run of
one script is shaped by HarfBuzz from that script's font, in the order that Unicode's
rules of two directions give (python-bidi). A script more is a row in `_SCRIPTS`, and
its font a line in package.json and one in the Makefile.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz as hb
from bidi import algorithm as bidi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FONTS = Path(__file__).resolve().parent / "fonts"

TURNED = "\u200f"
"""Set before a line whose paragraph runs from the right: it draws nothing."""

_SAYS_NOTHING = "\u200b"
"""What a glyph stands for where its neighbours say it all: a space of no width."""

ZWJ = "\u200d"
"""Joins what stands on its two sides into one picture."""

_JOINERS = ("\u200c", ZWJ)
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class FontsMissingError(Exception):
    """The font files are not there. They are made by the build, not kept in git."""

    def __init__(self) -> None:
        super().__init__(
            "The PDF's fonts are missing from screening/report/fonts."
            " Run `make assets`, or install the built wheel."
        )


def font_file(name: str) -> Path:
    """Return where a font is. Raises FontsMissingError where the build left none."""
    path = FONTS / f"{name}.ttf"
    if not path.is_file():
        raise FontsMissingError
    return path


@dataclass(frozen=True, slots=True)
class Script:
    """A script by its ISO 15924 code, the fonts that draw it, and its code points."""

    code: str
    regular: str
    bold: str
    blocks: tuple[tuple[int, int], ...]


_SCRIPTS = (
    Script("Hebr", "DejaVuSans", "DejaVuSans-Bold", ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    Script(
        "Arab",
        "DejaVuSans",
        "DejaVuSans-Bold",
        ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE)),
    ),
    Script(
        "Deva",
        "NotoSansDevanagari",
        "NotoSansDevanagari",
        ((0x900, 0x97F), (0xA8E0, 0xA8FF)),
    ),
    Script("Hang", "NotoSansKR", "NotoSansKR", ((0x1100, 0x11FF), (0xAC00, 0xD7FF))),
    Script("Kana", "NotoSansSC", "NotoSansSC", ((0x3040, 0x30FF), (0x31F0, 0x31FF))),
    Script("Bopo", "NotoSansSC", "NotoSansSC", ((0x3100, 0x312F), (0x31A0, 0x31BF))),
    Script(
        "Hani",
        "NotoSansSC",
        "NotoSansSC",
        ((0x2E80, 0x303F), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)),
    ),
    Script("Zsye", "NotoEmoji", "NotoEmoji", ((0x2190, 0x2BFF), (0x1F000, 0x1FBFF))),
)
_BLOCKS = sorted((low, high, one) for one in _SCRIPTS for low, high in one.blocks)
_STARTS = [low for low, _, _ in _BLOCKS]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shape of a font, placed: lengths in thousandths of the size.

    `width` is the font's own, `advance` how far the next one stands; `text` is what it
    stands for. Read in the order of writing, they say the whole run.
    """

    number: int
    width: float
    advance: float
    right: float
    up: float
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """What is drawn at once, from left to right; `text` is as it was written.

    Glyphs of a `font`, or, without one, `text` itself in the typeface. `is_turned`
    tells that it runs from the right.
    """

    text: str
    font: str = ""
    glyphs: tuple[Glyph, ...] = ()
    is_turned: bool = False

    @property
    def width(self) -> float:
        """The width in points at a size of 1 point; of the glyphs alone."""
        return sum(glyph.advance for glyph in self.glyphs) / 1000


@dataclass(frozen=True, slots=True, eq=False)
class ShapedFont:
    """A font as HarfBuzz reads it."""

    name: str
    face: hb.Face
    font: hb.Font

    def shape(self, text: str, script: str, *, from_right: bool) -> tuple[Glyph, ...]:
        """Return the glyphs of a text in one script, from left to right."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.script = script
        buffer.direction = "rtl" if from_right else "ltr"
        hb.shape(self.font, buffer)
        scale = 1000 / self.face.upem
        infos = buffer.glyph_infos
        said = _said(text, [info.cluster for info in infos], from_right=from_right)
        return tuple(
            Glyph(
                info.codepoint,
                self.font.get_glyph_h_advance(info.codepoint) * scale,
                place.x_advance * scale,
                place.x_offset * scale,
                place.y_offset * scale,
                stands_for,
            )
            for info, place, stands_for in zip(
                infos, buffer.glyph_positions, said, strict=True
            )
        )


def _said(text: str, clusters: list[int], *, from_right: bool) -> list[str]:
    """Return what each glyph stands for, of the letters that its cluster holds.

    One letter each in the order of writing; the last takes what is left over.
    """
    order = range(len(clusters))
    starts = sorted({*clusters, len(text)})
    left = {start: text[start:end] for start, end in pairwise(starts)}
    glyphs = Counter(clusters)
    said = [""] * len(clusters)
    for place in reversed(order) if from_right else order:
        start = clusters[place]
        glyphs[start] -= 1
        taken = 1 if glyphs[start] else None
        said[place] = left[start][:taken] or _SAYS_NOTHING
        left[start] = left[start][1:]
    return said


@cache
def shaped_font(name: str) -> ShapedFont:
    """Return a font, read once. Raises FontsMissingError where there is none."""
    face = hb.Face(hb.Blob.from_file_path(str(font_file(name))))
    return ShapedFont(name, face, hb.Font(face))


def script_of(character: str) -> Script | None:
    """Return the script that can draw a character; None where none can."""
    code = ord(character)
    place = bisect_right(_STARTS, code) - 1
    if place < 0:
        return None
    _, high, script = _BLOCKS[place]
    if code > high or code not in shaped_font(script.regular).face.unicodes:
        return None
    return script


def is_joiner(character: str) -> bool:
    """Tell whether a character only says how its neighbours join."""
    return character in _JOINERS


def runs_from_right(text: str) -> bool:
    """Tell whether a paragraph runs from right to left: its first letter decides."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


def runs_of(line: str, is_plain: Callable[[str], bool], *, bold: bool) -> list[Run]:
    """Return a line's runs from left to right.

    `is_plain` tells what the typeface draws by itself.
    """
    scripts = list(_scripts(line, is_plain))
    found: list[Run] = []
    for places, from_right in _stretches(line, scripts):
        script = scripts[places[0]]
        if script is None:
            shown = "".join(_mirrored(line[n], from_right) for n in places)
            # Joiners that nothing is left to join, and the mark of direction, go.
            found.append(Run("".join(filter(is_plain, shown))))
            continue
        text = "".join(line[n] for n in sorted(places))
        font = script.bold if bold else script.regular
        glyphs = shaped_font(font).shape(text, script.code, from_right=from_right)
        found.append(Run(text, font, glyphs, from_right))
    return found


def _scripts(line: str, is_plain: Callable[[str], bool]) -> Iterator[Script | None]:
    """Give the script of each character; marks and joiners go with the one before."""
    before: Script | None = None
    joined = False
    for character in line:
        follows = joined or is_joiner(character) or unicodedata.combining(character)
        if before is None or not (follows and _has(before, character)):
            before = None if is_plain(character) else script_of(character)
        joined = character == ZWJ
        yield before


def _has(script: Script, character: str) -> bool:
    return is_joiner(character) or (
        ord(character) in shaped_font(script.regular).face.unicodes
    )


def _stretches(
    line: str, scripts: list[Script | None]
) -> Iterator[tuple[list[int], bool]]:
    """Give the places of what is drawn at once, and whether it runs from the right."""
    stretch: list[int] = []
    above = 0
    for place, level in _visual(line):
        step = -1 if level % 2 else 1
        goes_on = (
            stretch
            and level == above
            and place == stretch[-1] + step
            and scripts[place] is scripts[stretch[-1]]
        )
        if stretch and not goes_on:
            yield stretch, bool(above % 2)
            stretch = []
        stretch.append(place)
        above = level
    if stretch:
        yield stretch, bool(above % 2)


def _visual(line: str) -> Iterable[tuple[int, int]]:
    """Return place and level of each character as they stand from left to right."""
    if not any(unicodedata.bidirectional(each) in RIGHT_TO_LEFT for each in line):
        return [(place, 0) for place in range(len(line))]
    level = int(runs_from_right(line))
    storage = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = level, "LR"[level]
    bidi.get_embedding_levels(line, storage)
    characters = storage["chars"]
    for place, each in enumerate(characters):
        each["place"] = place
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, debug=False)
    bidi.resolve_implicit_levels(storage, debug=False)
    bidi.reorder_resolved_levels(storage, debug=False)
    return [(each["place"], each["level"]) for each in storage["chars"]]


def _mirrored(character: str, from_right: bool) -> str:  # noqa: FBT001 - as it is read
    return bidi.MIRRORED.get(character, character) if from_right else character
