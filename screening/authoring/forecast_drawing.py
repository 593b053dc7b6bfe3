"""A forecast drawn: a bar for each outcome, criterion and unknown, in a hundred people.

Every bar has its number and its name beside it as text, so that no shade or length says
anything that is not written. Where there is a version before, its bar is hollow.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from screening.core.definition import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from screening.authoring.forecasting import Cause, Forecast
    from screening.core.definition import Questionnaire

WIDTH = 860
LABEL = 300
NUMBER = 70
MARGIN = 30
ROW = 26
BAR = 9
"""Pixels: of the drawing, a label, a number, the margin, a row, and a bar's height."""

MOST_ROWS = 15
"""As many criteria, and as many unknowns, are drawn: the most frequent ones."""

_STYLE = """
    text { font: 14px sans-serif; fill: #1f2a29; }
    .strong { font-weight: bold; }
    .number { text-anchor: end; }
    .now { fill: #1f4f4a; }
    .before { fill: none; stroke: #1f4f4a; stroke-width: 1.5; }
"""


def drawn(made: Questionnaire, found: Forecast, before: Forecast | None) -> str:
    """Return the drawing of a forecast, as the text of an SVG file."""
    parts: list[str] = []
    y = MARGIN + 4 * ROW
    for title, rows in _sections(found, before):
        parts.append(
            f'<text x="{MARGIN}" y="{y}" class="strong">{escape(title)}</text>'
        )
        y += ROW // 2
        for name, now, then in rows:
            parts += _row(name, now, then, found.people, y)
            y += ROW
        y += 2 * ROW
    title = f"SIMULATED: {made.title} ({made.id} {made.version})"
    lines = [
        f"What came of {found.people} simulated people, in a hundred.",
        "It says what the rules do with assumed shares, not who will come.",
    ]
    if before:
        lines[0] += " Filled: this version. Hollow: the version before."
    told = " ".join(lines)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" '
        f'width="{WIDTH}" height="{y}" role="graphics-document document" '
        f'aria-labelledby="title told" lang="en">\n'
        f'<title id="title">{escape(title)}</title>\n'
        f'<desc id="told">{escape(told)}</desc>\n<style>{_STYLE}</style>\n'
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text x="{MARGIN}" y="{MARGIN}" class="strong">{escape(title)}</text>\n'
        f'<text x="{MARGIN}" y="{MARGIN + ROW}">{escape(lines[0])}</text>\n'
        f'<text x="{MARGIN}" y="{MARGIN + 2 * ROW - 6}">{escape(lines[1])}</text>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


_Row = tuple[str, int, "int | None"]


def _sections(
    found: Forecast, before: Forecast | None
) -> Iterator[tuple[str, list[_Row]]]:
    outcomes = [
        (
            outcome.words,
            found.outcomes[outcome],
            before.outcomes[outcome] if before else None,
        )
        for outcome in Outcome
    ]
    today = (
        "asked for the same day",
        found.same_day,
        before.same_day if before else None,
    )
    yield "Outcomes", [*outcomes, today]
    first = before.criteria if before else None
    yield "Criteria that are met", _causes(found.criteria, first)
    first = before.unknown if before else None
    yield "What must be known and is not", _causes(found.unknown, first)


def _causes(
    causes: Mapping[str, Cause], before: Mapping[str, Cause] | None
) -> list[_Row]:
    first = before or {}
    names = sorted(
        dict.fromkeys((*causes, *first)),
        key=lambda name: max(_people(causes, name), _people(first, name)),
        reverse=True,
    )
    return [
        (name, _people(causes, name), None if before is None else _people(first, name))
        for name in names[:MOST_ROWS]
    ]


def _people(causes: Mapping[str, Cause], name: str) -> int:
    return causes[name].people if name in causes else 0


def _row(name: str, now: int, then: int | None, people: int, y: int) -> Iterator[str]:
    room = WIDTH - 2 * MARGIN - LABEL - NUMBER
    left = MARGIN + LABEL + NUMBER
    number = f"{100 * now / people:.1f}"
    if then is not None:
        number = f"{100 * then / people:.1f} → {number}"
    text = y + ROW - 9
    yield f'<text x="{MARGIN}" y="{text}">{escape(name)}</text>'
    yield f'<text x="{left - 10}" y="{text}" class="number">{number}</text>'
    width = room * now / people
    yield (
        f'<rect x="{left}" y="{y + 6}" width="{width:.1f}" height="{BAR}" class="now"/>'
    )
    if then is not None and then != now:
        width = room * then / people
        yield (
            f'<rect x="{left}" y="{y + 4}" width="{width:.1f}" height="{BAR + 4}" '
            'class="before"/>'
        )
