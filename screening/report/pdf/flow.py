"""Where does the next thing stand? Headings, paragraphs, lists and tables downwards.

Everything is placed by hand on a cursor that moves down and turns the page when there
is no room. A table's header is drawn again on a new page, as an ornament.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
_HEADINGS = {1: 17.0, 2: 12.0, 3: 9.5}
_DEPTH = {1: 0, 2: 0, 3: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph of a cell."""

    text: str
    bold: bool = False
    size: float = SIZE


Cell = tuple[Words, ...]
_Laid = tuple[str, bool, float]
"""A line that is ready to be drawn: text, bold, size."""


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

    def heading(self, level: int, text: str, *, keep: float = 40.0) -> None:
        """Draw a heading with a bookmark; `keep` points must follow on its page."""
        size = _HEADINGS[level]
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

    def boxed(self, title: str, texts: Sequence[str]) -> None:
        """Draw a box that stands out by its frame and its words, not by a colour."""
        inner = self.width - 22
        pen, paper = self.paper.pen, self.paper
        heads = pen.lines(title, paper.bold, 12, inner)
        bodies = [pen.lines(text, paper.bold, 9, inner) for text in texts]
        height = 15.5 * len(heads) + sum(11.6 * len(b) + 2 for b in bodies) + 10
        self.need(min(height, 300))
        if height <= self.y - BOTTOM:
            paper.begin_ornament()
            paper.box(LEFT, self.y - height, self.width, height, outline=1.6)
            paper.box(LEFT, self.y - height, 7, height, grey=0)
            paper.end()
        self.y -= 6
        self._draw(paper.root.add("P"), heads, LEFT + 15, 12, bold=True)
        listed = paper.root.add("L", NO_NUMBERS)
        for body in bodies:
            self._draw(listed.add("LI").add("LBody"), body, LEFT + 15, 9, bold=True)
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
        table = self.paper.root.add("Table")
        whole = sum(shares)
        widths = [self.width * share / whole for share in shares]
        heads = [
            self._laid(words(header, bold=True, size=7.5), width)
            for header, width in zip(headers, widths, strict=bool(headers))
        ]
        laid = [
            [self._laid(cell, width) for cell, width in zip(row, widths, strict=True)]
            for row in rows
        ]
        first = _height(laid[0]) if laid else 0
        if headers:
            self.need(_height(heads) + min(first, 120))
            self._row(table.add("TR"), heads, widths, ("TH",) * len(heads), shade=True)
        tags = tuple("TH" if n in row_headers else "TD" for n in range(len(widths)))
        for row in laid:
            self._placed(table.add("TR"), row, widths, tags, heads)
        self.y -= 4

    def _laid(self, cell: Cell, width: float) -> list[_Laid]:
        pen, paper = self.paper.pen, self.paper
        return [
            (line, part.bold, part.size)
            for part in cell
            for line in pen.lines(
                part.text,
                paper.bold if part.bold else paper.regular,
                part.size,
                width - 2 * _PADDING,
            )
        ]

    def _placed(
        self,
        element: Element,
        row: list[list[_Laid]],
        widths: list[float],
        tags: tuple[str, ...],
        heads: list[list[_Laid]],
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

    def _turned(self, widths: list[float], heads: list[list[_Laid]]) -> None:
        self.turn()
        if heads:
            self._row(None, heads, widths, (), shade=True)

    def _row(
        self,
        element: Element | None,
        row: list[list[_Laid]],
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
        row: list[list[_Laid]],
        widths: list[float],
    ) -> None:
        x = LEFT
        for element, cell, width in zip(elements, row, widths, strict=True):
            if element is None:
                self.paper.begin_ornament()
            else:
                self.paper.begin(element)
            self._cell(cell, x + _PADDING)
            self.paper.end()
            x += width
        self.y -= _height(row)
        self.paper.begin_ornament()
        self.paper.rule(LEFT, self.y, self.width)
        self.paper.end()

    def _cell(self, cell: list[_Laid], x: float) -> None:
        y = self.y - _PADDING
        start = 0
        while start < len(cell):
            _, bold, size = cell[start]
            stop = start
            while stop < len(cell) and cell[stop][1:] == (bold, size):
                stop += 1
            leading = size * LEADING
            texts = [line for line, _, _ in cell[start:stop]]
            self.paper.lines(texts, x, y - size, size=size, leading=leading, bold=bold)
            y -= leading * len(texts)
            start = stop


def _height(row: list[list[_Laid]]) -> float:
    tallest = max((sum(size for _, _, size in cell) for cell in row), default=0)
    return tallest * LEADING + 2 * _PADDING


def _divided(
    row: list[list[_Laid]], room: float
) -> tuple[list[list[_Laid]], list[list[_Laid]]]:
    """Return what of each cell fits into `room`, and the rest."""
    here, rest = [], []
    for cell in row:
        used, count = 2 * _PADDING, 0
        while count < len(cell) and used + cell[count][2] * LEADING <= room:
            used += cell[count][2] * LEADING
            count += 1
        here.append(cell[: max(count, 1)])
        rest.append(cell[max(count, 1) :])
    return here, rest
