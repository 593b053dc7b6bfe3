"""How does a run of shaped glyphs come onto a page, and its font into the file?

A shaped glyph has a number in its font and no character of its own, so the font goes
in with codes of our own, and a table of what each stands for: that is what is searched
and copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import uharfbuzz as hb

from screening.report.pdf.tags import Written, number_of, packed_stream
from screening.report.scripts import shaped_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from screening.report.pdf.tags import Insides
    from screening.report.scripts import Glyph, Run

_UNNEEDED = ("GSUB", "GPOS", "GDEF", "cmap", "name", "OS/2", "post", "STAT", "DSIG")


class GlyphFont:
    """One font in one document, with what was drawn of it.

    A code on the page is a glyph with what it stands for there: the same glyph may
    stand for other letters elsewhere.
    """

    def __init__(self, document: Insides, font: str, place: int) -> None:
        """Make room for a font; ReportLab asks for its objects at the end."""
        self.name = f"G{place}"
        self._font = shaped_font(font)
        self._codes: dict[tuple[int, str], int] = {}
        self._widths: list[float] = []
        document.delayedFonts.append(self)

    def drawn(self, run: Run, size: float) -> str:
        """Return a run as a page writes it, from where the text has come to."""
        return f"/{self.name} {size:g} Tf {self._shown(run.glyphs, size)}"

    def _shown(self, glyphs: Sequence[Glyph], size: float) -> str:
        """Return the operators that draw glyphs, each moved to where it belongs."""
        parts = ["["]
        up = 0.0
        for glyph in glyphs:
            if glyph.up != up:
                up = glyph.up
                parts.append(f"] TJ {up * size / 1000:.3f} Ts [")
            if glyph.right:
                parts.append(f"{-glyph.right:.1f}")
            parts.append(f"<{self._code(glyph):04X}>")
            back = glyph.width + glyph.right - glyph.advance
            if back:
                parts.append(f"{back:.1f}")
        parts.append("] TJ")
        if up:
            parts.append("0 Ts")
        return " ".join(parts)

    def _code(self, glyph: Glyph) -> int:
        key = (glyph.number, glyph.text)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = len(self._codes) + 1
            self._widths.append(glyph.width)
        return code

    def addObjects(self, document: Insides) -> None:  # noqa: N802 - ReportLab's name
        """Put the font into the document, no more of it than was drawn."""
        face = self._font.face
        base = f"AAAAAA+{self._font.name}"
        numbers = [number for number, _ in self._codes]
        program = _subset(face, numbers)
        file = packed_stream(document, program, {"Length1": len(program)})
        where = b"".join(number.to_bytes(2, "big") for number in (0, *numbers))
        extents = self._font.font.get_font_extents("ltr")
        scale = 1000 / face.upem
        up, down = round(extents.ascender * scale), round(extents.descender * scale)
        described = Written(
            f"<</Type/FontDescriptor/FontName/{base}/Flags 4/ItalicAngle 0/StemV 80"
            f"/FontBBox[-1000 {2 * down} 3000 {2 * up}]/Ascent {up}/Descent {down}"
            f"/CapHeight {up}/FontFile2 {file}>>"
        )
        widths = " ".join(f"{width:.4g}" for width in self._widths)
        drawn = Written(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {number_of(document, described)}"
            f"/W[1[{widths}]]/CIDToGIDMap {packed_stream(document, where)}>>"
        )
        says = packed_stream(document, self._words().encode("ascii"))
        fonts: Any = document.idToObject["BasicFonts"]
        fonts.dict[self.name] = Written(
            f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
            f"/DescendantFonts[{number_of(document, drawn)}]/ToUnicode {says}>>"
        )

    def _words(self) -> str:
        """Return what each code stands for, as a table that PDF readers know."""
        rows = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
        ]
        parts = [rows[n : n + 100] for n in range(0, len(rows), 100)]
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
            " /CMapName /Words def /CMapType 2 def"
            " /CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def"
            " 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            + "".join(
                f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n"
                for part in parts
            )
            + "endcmap CMapName currentdict /CMap defineresource pop end end"
        )


def _subset(face: hb.Face, numbers: Iterable[int]) -> bytes:
    """Return the font with these glyphs alone, under the numbers they have."""
    wish = hb.SubsetInput()
    wish.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wish.sets(hb.SubsetInputSets.GLYPH_INDEX).update(numbers)
    wish.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag.encode(), "big") for tag in _UNNEEDED
    )
    return bytes(hb.subset(face, wish).blob.data)
