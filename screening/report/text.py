"""How does text that people typed come onto paper? The one door to it.

Nothing here is markup: what is typed is drawn as it stands, letter by letter in the
typeface, or in runs of another script (`scripts`). What no font has is drawn as a
visible mark, never as a black square. Time and memory grow with its length alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont

from screening.report.scripts import (
    RIGHT_TO_LEFT,
    TURNED,
    ZWJ,
    font_file,
    is_joiner,
    runs_from_right,
    runs_of,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from screening.report.scripts import Run

# Nothing is fetched or opened by what a text says, whatever is drawn with it.
rl_config.trustedHosts = []
rl_config.trustedSchemes = []
# Streams are written as bytes: the detour over printable characters costs a third of
# the time and a quarter of the size.
rl_config.useA85 = 0

MARK = "[?]"
_ONE_LINE = 120
"""Characters up to which a text is first tried on a line of its own."""

_SELECTORS = range(0xFE00, 0xFE10)
_LAST_BY_ITSELF = 0xFFFF
"""Beyond it, ReportLab would write down wrongly what a character stands for."""

_BLACK_SQUARE = 0x25A0
"""What other programs draw for a missing character; it must never stand for one."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One cut of the typeface; `widths` are per point of size, by code point.

    It has those that are drawn letter by letter, from left to right.
    """

    font: TTFont
    widths: Mapping[int, float]
    is_bold: bool

    def width(self, text: str, size: float) -> float:
        """Return the width of a cleaned text in points."""
        widths = self.widths
        try:
            return size * sum([widths[ord(character)] for character in text])
        except KeyError:
            return size * sum(self.run_width(run) for run in self.runs(text))

    def runs(self, text: str) -> list[Run]:
        """Return a cleaned text by runs, as they stand from left to right."""
        return runs_of(text, self.is_plain, bold=self.is_bold)

    def run_width(self, run: Run) -> float:
        """Return the width of a run in points, at a size of 1 point."""
        if run.font:
            return run.width
        return sum([self.widths[ord(character)] for character in run.text])

    def is_plain(self, character: str) -> bool:
        """Tell whether a character is drawn letter by letter."""
        return ord(character) in self.widths


@cache
def faces() -> tuple[Face, Face]:
    """Return the regular and the bold cut, read once.

    Raises FontsMissingError when the build has not put them there.
    """
    regular, bold = _font("DejaVuSans"), _font("DejaVuSans-Bold")
    both = regular.face.charToGlyph.keys() & bold.face.charToGlyph.keys()
    plain = [code for code in both if _is_drawn_by_itself(code)]
    return _face(regular, plain, is_bold=False), _face(bold, plain, is_bold=True)


def _font(name: str) -> TTFont:
    return TTFont(name, str(font_file(name)), shapable=False)


def _face(font: TTFont, codes: Iterable[int], *, is_bold: bool) -> Face:
    face = font.face
    widths = {
        code: face.charWidths.get(code, face.defaultWidth) / 1000 for code in codes
    }
    return Face(font, widths, is_bold)


def _is_drawn_by_itself(code: int) -> bool:
    return (
        ord(" ") <= code <= _LAST_BY_ITSELF
        and code != _BLACK_SQUARE
        and code not in _SELECTORS
        and unicodedata.bidirectional(chr(code)) not in RIGHT_TO_LEFT
        and unicodedata.category(chr(code)) not in {"Cc", "Cf", "Co", "Cs"}
    )


def _drawn(character: str, before: str) -> str | None:
    """Return what is drawn for a character; None where no font has it."""
    code = ord(character)
    if code in faces()[0].widths or character == "\n" or script_of(character):
        return character
    if is_joiner(character):
        # It only means something after a letter that joins.
        return character if before and script_of(before[-1]) else ""
    if character.isspace():
        return " "
    is_silent = unicodedata.category(character) == "Cf" or code in _SELECTORS
    return "" if is_silent else None


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
        kept: list[str] = []
        for character in unicodedata.normalize("NFC", text):
            drawn = _drawn(character, kept[-1] if kept else "")
            if drawn is not None:
                kept.append(drawn)
            elif not kept or kept[-1] != MARK:
                kept.append(MARK)
                self.marks += 1
        return "".join(kept)

    def lines(self, text: str, face: Face, size: float, width: float) -> list[str]:
        """Return the cleaned text broken into lines of at most `width` points."""
        lines: list[str] = []
        for paragraph in self.clean(text).split("\n"):
            start = len(lines)
            self._break(paragraph, face, width / size, lines)
            if not paragraph.isascii() and runs_from_right(paragraph):
                lines[start:] = [f"{TURNED}{line}" for line in lines[start:]]
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
    for place, wide in _steps(word, face, room):
        if place > start and used + wide > room:
            pieces.append(word[start:place])
            start, used = place, 0.0
        used += wide
    pieces.append(word[start:])
    return pieces


def _steps(word: str, face: Face, room: float) -> Iterator[tuple[int, float]]:
    """Give the places where a word may be cut, with the width up to the next one."""
    if all(map(face.is_plain, word)):
        yield from ((n, face.widths[ord(each)]) for n, each in enumerate(word))
        return
    # Cut between what stands together: a letter with its marks, a joined picture.
    place = 0
    for cluster in _clusters(word):
        wide = face.width(cluster, 1)
        if wide > room:
            yield from ((place + n, face.width(x, 1)) for n, x in enumerate(cluster))
        else:
            yield place, wide
        place += len(cluster)


def _clusters(word: str) -> Iterator[str]:
    """Give a word in pieces that are read as one, in the order they are written."""
    held = ""
    for character in word:
        joins = (
            held[-1:] == ZWJ
            or is_joiner(character)
            or unicodedata.category(character).startswith("M")
            or 0x1F3FB <= ord(character) <= 0x1F3FF  # noqa: PLR2004 - skin tones
        )
        if held and not joins:
            yield held
            held = ""
        held += character
    if held:
        yield held


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def one_line(text: str) -> str:
    """Return a text for a title or a bookmark: no line breaks or control characters."""
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
