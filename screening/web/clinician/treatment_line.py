"""How long and how much was each treatment tried? The measures of bars, nothing drawn.

The form asks for no dates, so treatments stand in the order in which they were given.
A template draws the bars. Each repeats what stands beside it in words, so that nobody
needs to see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.report.overview import tried_of

if TYPE_CHECKING:
    from screening.report.content import EntriesBlock, Step

WIDTH = 160
"""In units of the drawing."""

_ROOM = 1.25
"""How far a line goes at least, as a multiple of the minimum that is marked on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One minimum of one treatment: what was given, from 0 on, and where it is met.

    `length` and `minimum` are None where the amount or the limit is not known: then
    nothing is drawn of it, and the words say so.
    """

    name: str
    given: str
    needed: str
    verdict: str
    is_met: bool
    length: float | None
    minimum: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One treatment that was tried, and what is said of it."""

    title: str
    bars: tuple[Bar, ...]
    conclusion: str
    also: tuple[str, ...]


def treatment_line(block: EntriesBlock) -> tuple[Treatment, ...]:
    """Return the treatments of a list in its order; none where nothing is measured.

    An amount is drawn as a share of its own minimum, since the doses of two medicines
    can't be compared. So the minimum of a measure (weeks, a dose) has the same place in
    every treatment, and where it is the same number the bars are on one scale.
    """
    lines = [line for line in tried_of(block).lines if line.measured]
    most: dict[str, float] = {}
    for step in (step for line in lines for step in line.measured):
        most[step.label] = max(most.get(step.label, _ROOM), _share(step) or 0.0)
    return tuple(
        Treatment(
            title=line.title,
            bars=tuple(_bar(step, most[step.label]) for step in line.measured),
            conclusion=line.conclusion,
            also=line.also,
        )
        for line in lines
    )


def _share(step: Step) -> float | None:
    """Return an amount as a share of its minimum; None where either is not known."""
    if step.amount is None or not step.at_least:
        return None
    return max(float(step.amount) / float(step.at_least), 0.0)


def _bar(step: Step, most: float) -> Bar:
    share = _share(step)
    return Bar(
        name=step.label,
        given=step.given,
        needed=step.needed,
        verdict=step.verdict,
        is_met=step.is_met,
        length=None if share is None else round(WIDTH * share / most, 1),
        minimum=round(WIDTH / most, 1) if step.at_least else None,
    )
