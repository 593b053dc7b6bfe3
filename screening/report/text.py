"""How does text that people typed come onto paper? The one door to it.

Nothing here is markup: what is typed is drawn as it stands. A character that the
typeface lacks, or that it can't shape (right-to-left scripts), is drawn as a visible
mark, never as a black square. Time and memory grow with the length of the text alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Mapping

# Nothing is fetched or opened by what a text says, whatever is drawn with it.
rl_config.trustedHosts = []
rl_config.trustedSchemes = []
# Streams are written as bytes: the detour over printable characters costs a third of
# the time and a quarter of the size.
rl_config.useA85 = 0

MARK = "[?]"
_ONE_LINE = 120
"""Characters up to which a text is first tried on a line of its own."""

_FONTS = Path(__file__).resolve().parent / "fonts"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_SELECTORS = range(0xFE00, 0xFE10)
_BLACK_SQUARE = 0x25A0
"""What other programs draw for a missing character; it must never stand for one."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One cut of the typeface; `widths` are per point of size, by code point."""

    font: TTFont
    widths: Mapping[int, float]

    def width(self, text: str, size: float) -> float:
        """Return the width of a cleaned text in points."""
        widths = self.widths
        return size * sum([widths[ord(character)] for character in text])


class FontsMissingError(Exception):
    """The font files are not there. They are made by the build, not kept in git."""

    def __init__(self) -> None:
        super().__init__(
            "The PDF's fonts are missing from screening/report/fonts."
            " Run `make assets`, or install the built wheel."
        )


@cache
def faces() -> tuple[Face, Face]:
    """Return the regular and the bold cut, read once.

    Raises FontsMissingError when the build has not put them there.
    """
    return _face("DejaVuSans"), _face("DejaVuSans-Bold")


def _face(name: str) -> Face:
    path = _FONTS / f"{name}.ttf"
    if not path.is_file():
        raise FontsMissingError
    font = TTFont(name, str(path), shapable=False)
    face = font.face
    widths = {
        code: face.charWidths.get(code, face.defaultWidth) / 1000
        for code in face.charToGlyph
    }
    return Face(font, widths)


@cache
def _drawable() -> frozenset[int]:
    """Return the code points that both cuts can draw from left to right."""
    regular, bold = faces()
    both = regular.widths.keys() & bold.widths.keys()
    return frozenset(
        code
        for code in both
        if code >= ord(" ")
        and code != _BLACK_SQUARE
        and unicodedata.bidirectional(chr(code)) not in _RIGHT_TO_LEFT
        and unicodedata.category(chr(code)) not in {"Cc", "Cf", "Co", "Cs"}
    )


@dataclass(slots=True)
class Pen:
    """Cleans and breaks the texts of one document; `marks` counts what it can't draw.

    It lives as long as the document is drawn, so that no patient's words stay behind.
    """

    marks: int = 0
    _cleaned: dict[str, str] = field(default_factory=dict)
    _widths: dict[tuple[Face, str], float] = field(default_factory=dict)

    def clean(self, text: str) -> str:
        """Return the text as it can be drawn; line breaks stay."""
        found = self._cleaned.get(text)
        if found is None:
            found = self._cleaned[text] = self._clean(text)
        return found

    def _clean(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        drawable = _drawable()
        composed = unicodedata.normalize("NFC", text)
        kept: list[str] = []
        for character in composed:
            code = ord(character)
            if code in drawable or character == "\n":
                kept.append(character)
            elif character.isspace():
                kept.append(" ")
            elif unicodedata.category(character) == "Cf" or code in _SELECTORS:
                continue
            elif not kept or kept[-1] != MARK:
                kept.append(MARK)
                self.marks += 1
        return "".join(kept)

    def lines(self, text: str, face: Face, size: float, width: float) -> list[str]:
        """Return the cleaned text broken into lines of at most `width` points."""
        lines: list[str] = []
        for paragraph in self.clean(text).split("\n"):
            self._break(paragraph, face, width / size, lines)
        return lines

    def fitted(self, text: str, face: Face, size: float, width: float) -> str:
        """Return what of the text fits into one line, marked where it is cut."""
        lines = self.lines(text, face, size, width)
        if len(lines) == 1:
            return lines[0]
        return self.lines(text, face, size, width - face.width("…", size))[0] + "…"

    def _break(self, paragraph: str, face: Face, room: float, lines: list[str]) -> None:
        """Add the paragraph's lines; `room` is the width at a size of 1 point."""
        if len(paragraph) <= _ONE_LINE and self._width(paragraph, face) <= room:
            lines.append(paragraph)
            return
        space = face.widths[ord(" ")]
        line: list[str] = []
        used = 0.0
        for word in paragraph.split(" "):
            wide = self._width(word, face)
            if line and used + space + wide <= room:
                line.append(word)
                used += space + wide
                continue
            if wide <= room:
                if line:
                    lines.append(" ".join(line))
                line, used = [word], wide
                continue
            if line:
                lines.append(" ".join(line))
            pieces = _pieces(word, face, room)
            lines += pieces[:-1]
            line, used = [pieces[-1]], self._width(pieces[-1], face)
        lines.append(" ".join(line))

    def _width(self, word: str, face: Face) -> float:
        key = (face, word)
        found = self._widths.get(key)
        if found is None:
            found = self._widths[key] = face.width(word, 1)
        return found


def _pieces(word: str, face: Face, room: float) -> list[str]:
    """Return a word that is wider than the line, cut where each line ends."""
    pieces: list[str] = []
    start, used = 0, 0.0
    for place, character in enumerate(word):
        wide = face.widths[ord(character)]
        if place > start and used + wide > room:
            pieces.append(word[start:place])
            start, used = place, 0.0
        used += wide
    pieces.append(word[start:])
    return pieces


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def one_line(text: str) -> str:
    """Return a text for a title or a bookmark: no line breaks or control characters."""
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
