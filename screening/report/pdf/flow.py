"""Where does the next thing stand? Headings, paragraphs, lists and tables downwards.

Everything is placed by hand on a cursor that moves down and turns the page when there
is no room. A table's header is drawn again on a new page, as an ornament.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from screening.report.pdf.paper import Bookmark, Paper
from screening.report.pdf.tags import COLUMN_HEADER, NO_NUMBERS, ROW_HEADER, Element

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT = 42.0
TOP = 58.0
BOTTOM = 58.0
SIZE = 8.2
SMALL = 7.0
LEADING = 1.25
_PADDING = 2.3
_BOXED = 8.2
"""The size of what stands in a box."""
_BAR = 5.0
"""The height of a bar in a cell."""
_HEADINGS = {1: 17.0, 2: 12.0, 3: 9.5}
_DEPTH = {1: 0, 2: 0, 3: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph of a cell; `language` is said where it is not the document's."""

    text: str
    bold: bool = False
    size: float = SIZE
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How an amount compares with a minimum, drawn under the words that say it."""

    amount: float
    at_least: float


Cell = tuple[Words | Bar, ...]


class _Laid(NamedTuple):
    """A line that is ready to be drawn, or a bar of that height."""

    text: str
    bold: bool
    size: float
    bar: Bar | None = None
    language: str = ""


_Row = list[list[_Laid]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, laid out: the height of each part can be known before it is drawn."""

    heads: _Row
    rows: tuple[_Row, ...]
    widths: tuple[float, ...]
    row_headers: tuple[int, ...]

    @property
    def heights(self) -> tuple[float, ...]:
        """The heights in points: of the header, 0 for none, then of each row."""
        return (_height(self.heads) if self.heads else 0, *map(_height, self.rows))

    def first(self, count: int) -> Table:
        """Return the table with its first rows alone."""
        return replace(self, rows=self.rows[:count])


def words(text: str, *, bold: bool = False, size: float = SIZE) -> Cell:
    """Return a cell of one paragraph."""
    return (Words(text=text, bold=bold, size=size),)


class Flow:
    """The cursor: `y` is the upper edge of what comes next."""

    def __init__(self, paper: Paper) -> None:
        """Start at the top of the first page."""
        self.paper = paper
        self.y = paper.height - TOP
        self.width = paper.width - 2 * LEFT

    def need(self, height: float) -> None:
        """Turn the page unless `height` points are left on it."""
        if self.y - height < BOTTOM:
            self.turn()

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.paper.turn()
        self.y = self.paper.height - TOP

    def space(self, height: float) -> None:
        """Leave some room."""
        self.y -= height

    # -- running text

    def heading(
        self, level: int, text: str, *, keep: float = 40.0, size: float | None = None
    ) -> None:
        """Draw a heading with a bookmark; `keep` points must follow on its page."""
        size = size or _HEADINGS[level]
        lines = self.paper.pen.lines(text, self.paper.bold, size, self.width)
        height = len(lines) * size * LEADING
        self.need(height + keep + size)
        if self.y < self.paper.height - TOP:
            self.y -= size * 0.8
        mark = Bookmark(text, self.paper.page, self.y, _DEPTH[level])
        self.paper.bookmarks.append(mark)
        self._draw(self.paper.root.add(f"H{level}"), lines, LEFT, size, bold=True)
        self.y -= 2.5 if level > 1 else 4

    def paragraph(
        self,
        text: str,
        *,
        bold: bool = False,
        size: float = SIZE,
        indent: float = 0.0,
        parent: Element | None = None,
        tag: str = "P",
    ) -> None:
        """Draw a paragraph; it may go on over the page."""
        face = self.paper.bold if bold else self.paper.regular
        lines = self.paper.pen.lines(text, face, size, self.width - indent)
        element = (parent or self.paper.root).add(tag)
        self._draw(element, lines, LEFT + indent, size, bold=bold)
        self.y -= 2

    def height_of(self, text: str, size: float) -> float:
        """Return the height in points that a paragraph takes."""
        lines = self.paper.pen.lines(text, self.paper.regular, size, self.width)
        return len(lines) * size * LEADING + 2

    def _draw(
        self, element: Element, lines: list[str], x: float, size: float, *, bold: bool
    ) -> None:
        leading = size * LEADING
        while lines:
            self.need(leading)
            fits = max(1, int((self.y - BOTTOM) / leading))
            here, lines = lines[:fits], lines[fits:]
            self.paper.begin(element)
            self.paper.lines(
                here, x, self.y - size, size=size, leading=leading, bold=bold
            )
            self.paper.end()
            self.y -= leading * len(here)

    def listing(self, texts: Sequence[str], *, size: float = SIZE) -> None:
        """Draw a list, each entry with a bullet."""
        listed = self.paper.root.add("L", NO_NUMBERS)
        for text in texts:
            item = listed.add("LI")
            self.need(size * LEADING)
            label = item.add("Lbl")
            self.paper.begin(label)
            self.paper.lines(["•"], LEFT + 2, self.y - size, size=size, leading=size)
            self.paper.end()
            self.paragraph(text, size=size, indent=11, parent=item, tag="LBody")

    def boxed(self, title: str, texts: Sequence[str], also: Sequence[str] = ()) -> None:
        """Draw a box that stands out by its frame and its words, not by a colour.

        `texts` stand in bold, `also` below them.
        """
        inner = self.width - 22
        pen, paper = self.paper.pen, self.paper
        heads = pen.lines(title, paper.bold, 12, inner)
        bodies = [(pen.lines(one, paper.bold, _BOXED, inner), True) for one in texts]
        bodies += [
            (pen.lines(one, paper.regular, _BOXED, inner), False) for one in also
        ]
        each = _BOXED * LEADING
        height = 15.5 * len(heads) + sum(each * len(b) + 2 for b, _ in bodies) + 10
        self.need(min(height, 300))
        if height <= self.y - BOTTOM:
            paper.begin_ornament()
            paper.box(LEFT, self.y - height, self.width, height, outline=1.6)
            paper.box(LEFT, self.y - height, 7, height, grey=0)
            paper.end()
        self.y -= 6
        self._draw(paper.root.add("P"), heads, LEFT + 15, 12, bold=True)
        listed = paper.root.add("L", NO_NUMBERS)
        for body, bold in bodies:
            said = listed.add("LI").add("LBody")
            self._draw(said, body, LEFT + 15, _BOXED, bold=bold)
            self.y -= 2
        self.y -= 8

    # -- tables

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        shares: Sequence[float],
        *,
        row_headers: Sequence[int] = (0,),
    ) -> None:
        """Draw a table; `shares` are the columns' parts of the width.

        `row_headers` are the columns whose cells head their row.
        """
        self.draw(self.laid(headers, rows, shares, row_headers=row_headers))

    def laid(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        shares: Sequence[float],
        *,
        row_headers: Sequence[int] = (0,),
        size: float = 7.5,
    ) -> Table:
        """Return a table as it would be drawn; `size` is that of its header."""
        whole = sum(shares)
        widths = tuple(self.width * share / whole for share in shares)
        heads = [words(header, bold=True, size=size) for header in headers]
        laid = [
            [self._laid(cell, width) for cell, width in zip(row, widths, strict=True)]
            for row in (heads, *rows)
            if row
        ]
        return Table(
            heads=laid[0] if headers else [],
            rows=tuple(laid[1:] if headers else laid),
            widths=widths,
            row_headers=tuple(row_headers),
        )

    def draw(self, table: Table) -> None:
        """Draw a table; a row goes on over the page only where none can hold it."""
        element = self.paper.root.add("Table")
        head, *rest = table.heights
        widths = list(table.widths)
        if table.heads:
            self.need(head + min(rest[0] if rest else 0, 120))
            tags = ("TH",) * len(widths)
            self._row(element.add("TR"), table.heads, widths, tags, shade=True)
        tags = tuple(
            "TH" if n in table.row_headers else "TD" for n in range(len(widths))
        )
        for row in table.rows:
            self._placed(element.add("TR"), row, widths, tags, table.heads)
        self.y -= 4

    def _laid(self, cell: Cell, width: float) -> list[_Laid]:
        pen, paper = self.paper.pen, self.paper
        laid: list[_Laid] = []
        for part in cell:
            if isinstance(part, Bar):
                laid.append(_Laid("", bold=False, size=_BAR, bar=part))
                continue
            face = paper.bold if part.bold else paper.regular
            lines = pen.lines(part.text, face, part.size, width - 2 * _PADDING)
            laid += [
                _Laid(line, part.bold, part.size, None, part.language) for line in lines
            ]
        return laid

    def _placed(
        self,
        element: Element,
        row: _Row,
        widths: list[float],
        tags: tuple[str, ...],
        heads: _Row,
    ) -> None:
        """Draw a row where it fits, divided over pages only when one can't hold it."""
        cells = [element.add(tag, ROW_HEADER if tag == "TH" else "") for tag in tags]
        page_room = self.paper.height - TOP - BOTTOM - 40
        while True:
            room = self.y - BOTTOM
            if _height(row) > room:
                if _height(row) <= page_room or room < page_room / 3:
                    self._turned(widths, heads)
                    room = self.y - BOTTOM
                if _height(row) > room:
                    here, row = _divided(row, room)
                    self._cells(cells, here, widths)
                    self._turned(widths, heads)
                    continue
            self._cells(cells, row, widths)
            return

    def _turned(self, widths: list[float], heads: _Row) -> None:
        self.turn()
        if heads:
            self._row(None, heads, widths, (), shade=True)

    def _row(
        self,
        element: Element | None,
        row: _Row,
        widths: list[float],
        tags: tuple[str, ...],
        *,
        shade: bool,
    ) -> None:
        """Draw the header row; without an element it is an ornament."""
        if shade:
            self.paper.begin_ornament()
            height = _height(row)
            self.paper.box(LEFT, self.y - height, self.width, height, grey=0.9)
            self.paper.end()
        if element is None:
            self._cells([None] * len(row), row, widths)
        else:
            made: list[Element | None] = [element.add(t, COLUMN_HEADER) for t in tags]
            self._cells(made, row, widths)

    def _cells(
        self,
        elements: Sequence[Element | None],
        row: _Row,
        widths: list[float],
    ) -> None:
        x = LEFT
        for element, cell, width in zip(elements, row, widths, strict=True):
            self._cell(element, cell, x + _PADDING, width - 2 * _PADDING)
            x += width
        self.y -= _height(row)
        self.paper.begin_ornament()
        self.paper.rule(LEFT, self.y, self.width)
        self.paper.end()

    def _cell(
        self, element: Element | None, cell: list[_Laid], x: float, width: float
    ) -> None:
        """Draw a cell, each language in it by itself."""
        y = self.y - _PADDING
        for language, said in groupby(cell, key=attrgetter("language")):
            if element is None:
                self.paper.begin_ornament()
            else:
                self.paper.begin(element, language)
            for (bold, size, bar), group in groupby(said, key=itemgetter(1, 2, 3)):
                lines = [line.text for line in group]
                if bar is None:
                    self.paper.lines(
                        lines, x, y - size, size=size, leading=size * LEADING, bold=bold
                    )
                else:
                    self._bar(bar, x, y - size, width)
                y -= size * LEADING * len(lines)
            self.paper.end()

    def _bar(self, bar: Bar, x: float, y: float, width: float) -> None:
        """Draw a bar whose middle is the minimum; longer than twice it is not drawn."""
        part = min(bar.amount / (2 * bar.at_least), 1.0) if bar.at_least else 1.0
        self.paper.box(x, y + 1, width, _BAR - 2, grey=1, outline=0.3)
        if part > 0:
            self.paper.box(x, y + 1, width * part, _BAR - 2, grey=0.6)
        self.paper.upright(x + width / 2, y, _BAR, 1.2)


def _height(row: _Row) -> float:
    tallest = max((sum(line.size for line in cell) for cell in row), default=0)
    return tallest * LEADING + 2 * _PADDING


def _divided(row: _Row, room: float) -> tuple[_Row, _Row]:
    """Return what of each cell fits into `room`, and the rest."""
    here, rest = [], []
    for cell in row:
        used, count = 2 * _PADDING, 0
        while count < len(cell) and used + cell[count].size * LEADING <= room:
            used += cell[count].size * LEADING
            count += 1
        here.append(cell[: max(count, 1)])
        rest.append(cell[max(count, 1) :])
    return here, rest
