"""How does ink come onto pages? Text, lines and boxes, each as part of an element.

Pages are gathered as drawing operators and handed to the canvas at the end, when it is
known how many there are. Only the subset of the typeface that is used is embedded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from screening.report.pdf.archive import MAKER, Attachment, add_archive
from screening.report.pdf.embedded import GlyphFont
from screening.report.pdf.packed import packed
from screening.report.pdf.tags import Element, Insides, add_tree
from screening.report.scripts import Run
from screening.report.text import Face, Pen, faces, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)


_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), 127, *range(128, 256))} | {
    ord(character): f"\\{character}" for character in "()\\"
}


def escaped(codes: bytes) -> str:
    """Return a string of glyph codes as a page writes it, in ASCII."""
    return codes.decode("latin-1").translate(_ESCAPES)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: where it leads and how deep it stands (0: top)."""

    title: str
    page: int
    y: float
    depth: int


class Sheets(Canvas):
    """ReportLab's canvas, with those insides named that it has no public way to."""

    _doc: Insides
    _code: list[str]

    @property
    def document(self) -> Insides:
        """The objects of the file that is being made."""
        return self._doc

    def bound(self) -> bytes:
        """Return the whole file."""
        document = self._doc
        document.format = partial(packed, document)  # type: ignore[method-assign] # the only way in
        return bytes(document.GetPDFData(self))

    def put(self, operators: list[str]) -> None:
        """Draw on the current page what has been gathered for it."""
        self._code.extend(operators)


class _Codes(dict[int, str]):
    """What stands in a page for each character of the first subset of a face.

    Asking for a character puts it into the subset that is embedded. One that is not
    drawn letter by letter stays as it is.
    """

    def __init__(self, face: Face, document: PDFDocument) -> None:
        super().__init__()
        self._font, self._document = face.font, document
        self._plain = face.widths

    def __missing__(self, code: int) -> str:
        if code not in self._plain:
            raise LookupError
        [(subset, codes)] = self._font.splitString(chr(code), self._document)
        if subset:
            raise LookupError
        written = self[code] = escaped(codes)
        return written


@dataclass(slots=True)
class _Page:
    operators: list[str] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)


class Paper:
    """The pages of one document. Lengths are points, from the lower left corner."""

    def __init__(self, size: tuple[float, float], language: str, title: str) -> None:
        """Take a first page of this size."""
        self.width, self.height = size
        self.language, self.title = language, one_line(title)
        self.regular, self.bold = faces()
        for face in (self.regular, self.bold):
            pdfmetrics.registerFont(face.font)
        self.pen = Pen()
        self.root = Element("Document")
        self.bookmarks: list[Bookmark] = []
        self._pages = [_Page()]
        self._owner: Element | None = None
        self._font = ""
        self._glyph_fonts: dict[str, GlyphFont] = {}
        self._canvas = Sheets(
            io.BytesIO(),
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=language,
            initialFontName=self.regular.font.fontName,  # type: ignore[arg-type] # the published types say float, the code takes a name
        )
        self._codes = {
            face: _Codes(face, self._canvas.document)
            for face in (self.regular, self.bold)
        }
        self._canvas.setTitle(self.title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator(MAKER)
        self._canvas.setProducer(MAKER)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    @property
    def page(self) -> int:
        """The position of the page that is drawn on, counted from 0."""
        return len(self._pages) - 1

    def turn(self) -> None:
        """Take a new page."""
        self._pages.append(_Page())

    # -- what the ink belongs to

    def begin(self, element: Element, language: str = "") -> None:
        """Draw as part of the element until `end`, if said in another language."""
        page = self._pages[-1]
        number = len(page.owners)
        page.owners.append(element)
        self._owner = element
        element.kids.append((self.page, number))
        spoken = "" if language in {"", self.language} else f"/Lang({language})"
        page.operators.append(f"/{element.tag} <</MCID {number}{spoken}>> BDC")

    def begin_ornament(self) -> None:
        """Draw what a screen reader passes over, until `end`."""
        self._pages[-1].operators.append("/Artifact BMC")
        self._owner = None

    def end(self) -> None:
        """Close what `begin` or `begin_ornament` opened."""
        self._pages[-1].operators.append("EMC")

    # -- ink

    def lines(
        self,
        lines: Iterable[str],
        x: float,
        y: float,
        *,
        size: float,
        leading: float,
        bold: bool = False,
    ) -> None:
        """Draw lines that the pen has broken, the first on the baseline `y`."""
        face = self.bold if bold else self.regular
        parts = [f"BT {leading:g} TL 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        self._font = ""
        for place, line in enumerate(lines):
            if place:
                parts.append("T*")
            if self._owner is not None:
                self._owner.lines.append(line)
            # A line ends in a space: read aloud, it is not one word with the next.
            written = f"{line} ".translate(self._codes[face])
            if written.isascii():
                first = face.font.getSubsetInternalName(0, self._canvas.document)
                parts += self._written(first, written, size)
            else:
                for run in [*face.runs(line), Run(" ")]:
                    parts += self._run(face, run, size)
        parts.append("ET")
        self._pages[-1].operators.append(" ".join(parts))

    def _run(self, face: Face, run: Run, size: float) -> Iterator[str]:
        """Give the operators of a run."""
        document = self._canvas.document
        if run.font:
            self._font = ""
            if self._owner is not None and run.is_turned:
                self._owner.is_turned = True
            if run.font not in self._glyph_fonts:
                place = len(self._glyph_fonts) + 1
                self._glyph_fonts[run.font] = GlyphFont(document, run.font, place)
            yield self._glyph_fonts[run.font].drawn(run, size)
            return
        for subset, codes in face.font.splitString(run.text, document):
            name = face.font.getSubsetInternalName(subset, document)
            yield from self._written(name, escaped(codes), size)

    def _written(self, font: str, written: str, size: float) -> Iterator[str]:
        """Give the operators of a text, its font only where it changes."""
        if font != self._font:
            self._font = font
            yield f"{font} {size:g} Tf"
        yield f"({written}) Tj"

    def rule(self, x: float, y: float, length: float, thickness: float = 0.4) -> None:
        """Draw a thin line to the right."""
        self._pages[-1].operators.append(
            f"0.55 G {thickness:g} w {x:.2f} {y:.2f} m {x + length:.2f} {y:.2f} l S 0 G"
        )

    def upright(self, x: float, y: float, height: float, thickness: float) -> None:
        """Draw a line upwards."""
        self._pages[-1].operators.append(
            f"{thickness:g} w {x:.2f} {y:.2f} m {x:.2f} {y + height:.2f} l S"
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        grey: float | None = None,
        outline: float | None = None,
    ) -> None:
        """Draw a box: filled with `grey` (0 black, 1 white), `outline` points thick."""
        how = "B" if grey is not None and outline else "S" if outline else "f"
        fill = f"{grey:g} g " if grey is not None else ""
        line = f"{outline:g} w " if outline else ""
        ops = f"{line}{fill}{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {how} 0 g"
        self._pages[-1].operators.append(ops)

    def triangle(self, x: float, y: float, size: float) -> None:
        """Draw a black triangle whose tip points down to (x, y)."""
        self._pages[-1].operators.append(
            f"{x:.2f} {y:.2f} m {x - size:.2f} {y + 1.6 * size:.2f} l "
            f"{x + size:.2f} {y + 1.6 * size:.2f} l f"
        )

    # -- the end

    def bound(
        self,
        margin: Callable[[int, int], None],
        *,
        submitted: datetime,
        fingerprint: str,
        attached: Sequence[Attachment] = (),
    ) -> bytes:
        """Return the document. `margin` draws header and footer: page, of how many.

        The same pages give the same bytes, on any machine and at any time: the dates
        in the file are `submitted`, its id is the start of `fingerprint`, in hex.
        `attached` are files that are put inside.
        """
        canvas, pages = self._canvas, self._pages
        for number in range(len(pages)):
            self._pages = pages[: number + 1]
            margin(number + 1, len(pages))
        self._pages = pages
        for number, page in enumerate(pages):
            canvas.put(page.operators)
            for place, mark in self._marks_of(number):
                canvas.bookmarkHorizontal(f"b{place}", 0, mark.y)
                canvas.addOutlineEntry(one_line(mark.title), f"b{place}", mark.depth)
            canvas.showPage()
        add_tree(canvas.document, self.root, [page.owners for page in pages])
        add_archive(
            canvas.document,
            title=self.title,
            language=self.language,
            moment=submitted.astimezone(UTC),
            attached=attached,
        )
        _date(canvas.document, submitted)
        canvas.document._ID = f"[<{fingerprint[:32]}><{fingerprint[:32]}>]".encode()  # noqa: SLF001 - else it depends on the clock
        return canvas.bound()

    def _marks_of(self, page: int) -> Iterator[tuple[int, Bookmark]]:
        for place, mark in enumerate(self.bookmarks):
            if mark.page == page:
                yield place, mark


def _date(document: Insides, moment: datetime) -> None:
    stamp = document._timeStamp  # noqa: SLF001 - the only way to a date of our own
    utc = moment.astimezone(UTC)
    stamp.t = utc.timestamp()
    stamp.lt = utc.timetuple()
    stamp.YMDhms = tuple(stamp.lt)[:6]
    stamp.dhh = stamp.dmm = 0
    stamp.tzname = "UTC"
