"""How does a summary become a PDF? Tagged, self-contained, and the same every time."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from screening.report.decision import DECISION_FILE
from screening.report.pdf.archive import Attachment
from screening.report.pdf.decision import DECIDED
from screening.report.pdf.flow import LEFT, Flow
from screening.report.pdf.paper import A4, LETTER, Paper
from screening.report.pdf.story import tell
from screening.report.record import FILE_NAME
from screening.tongue import say, speaking

if TYPE_CHECKING:
    from screening.report.content import SignedBy, Summary

__all__ = ["LETTER_LOCALES", "one_at_a_time", "render"]

LETTER_LOCALES = frozenset({"US", "CA"})
_SIZE = 6.5

# A typeface that is read while two documents are made at once would mix their glyphs.
one_at_a_time = Lock()


def render(summary: Summary, signed: SignedBy | None = None) -> bytes:
    """Return the summary as a tagged PDF; the same summary gives the same bytes.

    `signed` is what the pages say of a signature that is about to be put on them. The
    page is A4, or Letter where the locale uses it. Raises FontsMissingError
    when the build has not put the fonts in place.
    """
    size = LETTER if summary.locale in LETTER_LOCALES else A4
    with one_at_a_time, speaking(summary.language):
        name = say("summary {reference}", reference=summary.reference)
        paper = Paper(size, summary.language, f"{summary.title}: {name}")
        decided = tell(Flow(paper), summary, signed)

        def margin(page: int, of: int) -> None:
            is_decision = page - 1 in decided
            _margin(paper, summary, page, of, is_decision=is_decision)

        return paper.bound(
            margin,
            submitted=summary.submitted_at,
            fingerprint=_fingerprint(summary),
            attached=_attachments(summary),
        )


def _fingerprint(summary: Summary) -> str:
    """Return what tells this document from another: the newest thing it holds."""
    decision = summary.decision
    return summary.record_hash if decision is None else decision.sha256


def _attachments(summary: Summary) -> list[Attachment]:
    attached = [
        Attachment(
            name=FILE_NAME,
            about=say("The answers and what was noted with them, for programs"),
            media_type="application/json",
            content=summary.record,
        )
    ]
    if summary.decision is not None:
        attached.append(
            Attachment(
                name=DECISION_FILE,
                about=say("The decision as it was signed, for programs"),
                media_type="application/json",
                content=summary.decision.text,
            )
        )
    return attached


def _margin(
    paper: Paper, summary: Summary, page: int, of: int, *, is_decision: bool
) -> None:
    """Draw who and what the page is about; a screen reader passes it over."""
    width = paper.width - 2 * LEFT
    paper.begin_ornament()
    top = paper.height - 36
    who = "  |  ".join(summary.identifiers)
    shown = paper.pen.fitted(who, paper.bold, 8, width * 0.68)
    paper.lines([shown], LEFT, top, size=8, leading=8, bold=True)
    _right(paper, say("Reference {reference}", reference=summary.reference), top)
    paper.rule(LEFT, top - 6, width)
    paper.rule(LEFT, 48, width)
    lines = [
        say(DECIDED) if is_decision else summary.statement,
        paper.pen.fitted(summary.version_line, paper.regular, _SIZE, width * 0.8),
        f"Record SHA-256 {summary.record_hash}",
    ]
    paper.lines(lines, LEFT, 40, size=_SIZE, leading=8)
    _right(paper, say("Page {page} of {of}", page=page, of=of), 40)
    paper.end()


def _right(paper: Paper, text: str, y: float) -> None:
    shown = paper.pen.clean(text)
    x = paper.width - LEFT - paper.regular.width(shown, _SIZE + 1)
    paper.lines([shown], x, y, size=_SIZE + 1, leading=8)
