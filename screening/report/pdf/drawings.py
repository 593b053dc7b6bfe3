"""Which pictures stand beside the words? A scale with its bands, and bars of minimums.

Each says nothing that the words do not: bands carry their names, the marker its number,
and greys differ only to show where one band ends. The text of the figure is given too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.report.pdf.flow import LEFT
from screening.report.wording import number
from screening.tongue import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.core.values import Number
    from screening.report.content import BandLine, LevelsLine, LimitsBlock, Step
    from screening.report.pdf.flow import Flow
    from screening.report.pdf.paper import Paper
    from screening.report.pdf.tags import Element

_SCALE_HEIGHT = 47.0
_LEVELS_HEIGHT = 34.0
_BAR_HEIGHT = 12.0
_LIMIT_HEIGHT = 10.0
_GREYS = (1.0, 0.88)
_LABEL = 6.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A score's scale: its ends and bands, and the total or what is possible."""

    title: str
    low: Number
    high: Number
    bands: Sequence[BandLine]
    total: Number | None
    possible: tuple[Number, Number] | None

    @property
    def in_words(self) -> str:
        """What the drawing shows."""
        said = say(
            "{title}: scale from {low} to {high}.",
            title=self.title,
            low=number(self.low),
            high=number(self.high),
        )
        if self.total is not None:
            said += " " + say("The total is {total}.", total=number(self.total))
        elif self.possible is not None:
            low, high = map(number, self.possible)
            said += " " + say("{low} to {high} is possible.", low=low, high=high)
        if self.bands:
            named = (
                f"{band.label} {number(band.low)}–{number(band.high)}"
                for band in self.bands
            )
            said += " " + say("Bands: {bands}.", bands=", ".join(named))
        return said


def draw_scale(flow: Flow, scale: Scale) -> None:
    """Draw bands with their names, and a marker or the range that is possible."""
    flow.need(_SCALE_HEIGHT)
    paper = flow.paper
    flow.y -= _SCALE_HEIGHT
    left, width = LEFT + 12, flow.width - 24
    step = width / float(scale.high - scale.low + 1)
    base = flow.y + 14

    def at(points: Number) -> float:
        return left + step * float(points - scale.low)

    paper.begin(_figure(flow, scale.in_words))
    for place, band in enumerate(scale.bands):
        start, stop = at(band.low), at(band.high + 1)
        grey = _GREYS[place % 2]
        paper.box(start, base, stop - start, 17, grey=grey, outline=0.5)
        _band_label(paper, band, start, stop - start, base)
    if not scale.bands:
        paper.box(left, base, width, 17, outline=0.5)
    edges = {scale.low, scale.high, *(band.low for band in scale.bands)}
    for edge in sorted(edges):
        _centred(paper, number(edge), at(edge) + step / 2, base - 8, _LABEL)
    if scale.total is not None:
        middle = at(scale.total) + step / 2
        paper.triangle(middle, base + 17, 4)
        paper.upright(middle, base, 2.5, 1.4)
        paper.upright(middle, base + 14.5, 2.5, 1.4)
        _centred(paper, number(scale.total), middle, base + 25.5, 8, bold=True)
    elif scale.possible is not None:
        low, high = scale.possible
        start, stop = at(low), at(high + 1)
        paper.box(start, base + 19, stop - start, 4, grey=0.35)
        said = say("possible: {low} to {high}", low=number(low), high=number(high))
        _centred(paper, said, (start + stop) / 2, base + 25.5, 7, bold=True)
    paper.end()
    flow.y -= 2


def draw_levels(flow: Flow, levels: LevelsLine) -> None:
    """Draw levels side by side, lowest first, with a marker over the one that holds."""
    flow.need(_LEVELS_HEIGHT)
    paper = flow.paper
    flow.y -= _LEVELS_HEIGHT
    left, width = LEFT + 12, (flow.width - 24) / len(levels.words)
    base = flow.y + 4
    paper.begin(_figure(flow, levels.in_words))
    for place, word in enumerate(levels.words):
        start, middle = left + width * place, left + width * (place + 0.5)
        paper.box(start, base, width, 17, grey=_GREYS[place % 2], outline=0.5)
        holds = word == levels.holds
        _centred(paper, word, middle, base + 5.5, 8, bold=holds)
        if holds:
            paper.triangle(middle, base + 17, 4)
    if levels.holds is None:
        middle = left + width * len(levels.words) / 2
        _centred(paper, say("not known"), middle, base + 20, 8, bold=True)
    paper.end()
    flow.y -= 2


def draw_limits(flow: Flow, block: LimitsBlock) -> None:
    """Draw a number over the stretches that rules name, a bar for each of them."""
    height = _LIMIT_HEIGHT * len(block.limits) + 26
    flow.need(height)
    flow.y -= height
    paper, top = flow.paper, flow.y + height
    left, width = LEFT + 180, flow.width - 310
    low, high = _ends(block)

    def at(value: float) -> float:
        return left + width * (value - low) / (high - low)

    paper.begin(_figure(flow, block.in_words, height))
    title = paper.pen.fitted(f"{block.title}: {block.text}", paper.bold, 8, width)
    paper.lines([title], LEFT + 3, top - 9, size=8, leading=8, bold=True)
    here = at(float(block.value))
    paper.triangle(here, top - 18, 3.5)
    for place, line in enumerate(block.limits):
        bottom = top - 22 - _LIMIT_HEIGHT * (place + 1)
        start = at(float(low if line.low is None else line.low))
        stop = at(float(high if line.high is None else line.high))
        paper.box(start, bottom + 1, stop - start, 7, grey=0.8, outline=0.4)
        told = f"{line.id} ({line.kind_label.lower()})"
        places = ((told, LEFT + 3, 174), (line.said, left + width + 6, 122))
        for text, x, room in places:
            face = paper.bold if line.holds else paper.regular
            shown = paper.pen.fitted(text, face, _LABEL, room)
            y = bottom + 2
            paper.lines([shown], x, y, size=_LABEL, leading=7, bold=line.holds)
    paper.upright(here, flow.y + 2, height - 20, 1.2)
    paper.end()
    flow.y -= 4


def _ends(block: LimitsBlock) -> tuple[float, float]:
    """Return the ends of the axis: every limit and the number, with some room."""
    shown = [float(block.value)]
    for line in block.limits:
        shown += [float(end) for end in (line.low, line.high) if end is not None]
    room = max((max(shown) - min(shown)) * 0.12, 1.0)
    return min(shown) - room, max(shown) + room


def draw_minimums(flow: Flow, title: str, steps: Sequence[Step]) -> None:
    """Draw a bar for each condition that is a minimum; nothing when there is none."""
    shown = [s for s in steps if s.amount is not None and s.at_least is not None]
    if not shown:
        return
    height = _BAR_HEIGHT * len(shown) + 4
    flow.need(height)
    flow.y -= height
    paper = flow.paper
    paper.begin(_figure(flow, minimums_in_words(title, shown)))
    for place, step in enumerate(shown):
        bottom = flow.y + height - _BAR_HEIGHT * (place + 1)
        _bar(flow, step, bottom)
    paper.end()
    flow.y -= 3


def minimums_in_words(title: str, steps: Sequence[Step]) -> str:
    """Return what the bars show."""
    said = (f"{s.label} {s.given}, {s.needed}: {s.verdict}" for s in steps)
    return f"{title}. " + "; ".join(said) + "."


def _bar(flow: Flow, step: Step, bottom: float) -> None:
    paper = flow.paper
    left, length = LEFT + 150, flow.width - 290
    amount, minimum = float(step.amount or 0), float(step.at_least or 0)
    most = max(amount, minimum * 1.25, 1)
    label = paper.pen.fitted(step.label, paper.regular, 7, 140)
    paper.lines([label], LEFT + 3, bottom + 3, size=7, leading=7)
    filled = max(length * amount / most, 0.5)
    paper.box(left, bottom + 1.5, filled, 7, grey=0.75, outline=0.4)
    paper.upright(left + length * minimum / most, bottom, 10.5, 1.4)
    said = paper.pen.fitted(
        f"{step.given}, {step.needed}: {step.verdict}", paper.regular, 7, 136
    )
    paper.lines([said], left + length + 6, bottom + 3, size=7, leading=7)


def _figure(flow: Flow, text: str, height: float = 60.0) -> Element:
    box = f"{LEFT:.0f} {flow.y:.0f} {LEFT + flow.width:.0f} {flow.y + height:.0f}"
    layout = f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
    return flow.paper.root.add("Figure", layout, text)


def _band_label(
    paper: Paper, band: BandLine, x: float, width: float, base: float
) -> None:
    """Write the band's name inside it, in two lines or smaller where it is narrow."""
    for size in (_LABEL, 5.5, 4.8):
        lines = paper.pen.lines(band.label, paper.regular, size, max(width - 2, 6))
        wide = max(paper.regular.width(line, size) for line in lines)
        if len(lines) <= 2 and wide <= width - 1 and _whole(band.label, lines):  # noqa: PLR2004 - two lines fit
            break
    else:
        return
    y = base + 8.5 + (len(lines) - 2) * size * 0.55 + size * 0.25
    for line in lines:
        _centred(paper, line, x + width / 2, y, size)
        y -= size * 1.15


def _whole(label: str, lines: list[str]) -> bool:
    """Tell that no word of the label had to be cut."""
    return " ".join(lines) == label


def _centred(
    paper: Paper, text: str, x: float, y: float, size: float, *, bold: bool = False
) -> None:
    face = paper.bold if bold else paper.regular
    shown = paper.pen.clean(text)
    half = face.width(shown, size) / 2
    paper.lines([shown], x - half, y, size=size, leading=size, bold=bold)
