"""How are marks that were made at a visit put into words, for the page and the PDF?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.report.content import Mark, VisitBlock, VisitLine
from screening.report.wording import moment_in_words

if TYPE_CHECKING:
    from screening.store.visits import AnswerMark, VisitHistory


def visit_block(history: VisitHistory, zone: str) -> VisitBlock | None:
    """Return what holds of the marks; None where nothing does, or any is broken."""
    current = history.current
    if current is None or not current.marks:
        return None
    return VisitBlock(
        number=current.number,
        said_by=current.author.in_words,
        said_at=moment_in_words(current.made_at, zone),
        lines=tuple(visit_line(one) for one in current.marks),
    )


def visit_line(mark: AnswerMark) -> VisitLine:
    """Return one mark in words."""
    return VisitLine(
        key=mark.key,
        mark=Mark(mark.mark),
        question=mark.asked,
        answered=mark.answered,
        right=mark.right_in_words,
        note=mark.note,
    )


def visit_faults(history: VisitHistory) -> tuple[str, ...]:
    """Return what is wrong with which version, a sentence each."""
    return tuple(
        f"Version {one.number} of the marks is not as it was kept: {one.what}."
        for one in history.broken
    )
