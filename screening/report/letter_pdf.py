"""How does a letter that was released become a PDF? Tagged, and the same every time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from screening.report.pdf import LETTER_LOCALES, one_at_a_time
from screening.report.pdf.flow import LEFT, SMALL, Flow, words
from screening.report.pdf.paper import A4, LETTER, Paper
from screening.tongue import speaking

if TYPE_CHECKING:
    from datetime import datetime

_SIZE = 10.0
_ENTRY = "- "
_FOOT = "Reported by the patient, not examined. Letter {number} about {reference}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A released letter as it is printed; `sha256` is of what was released.

    `recipient` and `text` may have several lines; a line of `text` that begins with a
    hyphen is an entry of a list.
    """

    reference: str
    number: int
    clinic: str
    language: str
    locale: str
    day: str
    about: str = field(repr=False)
    recipient: str = field(repr=False)
    text: str = field(repr=False)
    released_by: str
    released_at: datetime
    released_in_words: str
    meaning: str
    confirmed_by: str
    sha256: str


def letter_pdf(letter: Letter) -> bytes:
    """Return the letter as a tagged PDF; the same letter gives the same bytes.

    Raises FontsMissingError when the build has not put the fonts in place.
    """
    size = LETTER if letter.locale in LETTER_LOCALES else A4
    with one_at_a_time, speaking(letter.language):
        title = f"Letter {letter.number} about {letter.reference}"
        paper = Paper(size, letter.language, title)
        flow = Flow(paper)
        flow.heading(1, letter.clinic)
        for line in _lines(letter.recipient):
            flow.paragraph(line, size=_SIZE)
        flow.space(_SIZE)
        flow.paragraph(letter.day, size=_SIZE)
        flow.space(_SIZE)
        flow.heading(2, f"About {letter.about}")
        for paragraph in letter.text.split("\n\n"):
            _paragraph(flow, paragraph)
        _released(flow, letter)

        def margin(page: int, of: int) -> None:
            foot = _FOOT.format(number=letter.number, reference=letter.reference)
            lines = [
                f"{foot} Page {page} of {of}",
                f"Letter SHA-256 {letter.sha256}",
            ]
            paper.begin_ornament()
            paper.rule(LEFT, 48, paper.width - 2 * LEFT)
            paper.lines(lines, LEFT, 40, size=6.5, leading=8)
            paper.end()

        return paper.bound(
            margin, submitted=letter.released_at, fingerprint=letter.sha256
        )


def _paragraph(flow: Flow, text: str) -> None:
    """Draw one paragraph: its plain lines, and its entries as a list."""
    entries: list[str] = []
    for line in _lines(text):
        if line.startswith(_ENTRY):
            entries.append(line.removeprefix(_ENTRY))
            continue
        _listed(flow, entries)
        flow.paragraph(line, size=_SIZE)
    _listed(flow, entries)
    flow.space(_SIZE * 0.6)


def _listed(flow: Flow, entries: list[str]) -> None:
    if entries:
        flow.listing(entries, size=_SIZE)
        entries.clear()


def _released(flow: Flow, letter: Letter) -> None:
    flow.heading(3, "Released electronically", keep=60)
    rows = [
        (words(name, bold=True, size=SMALL), words(value, size=SMALL))
        for name, value in (
            ("Released by", letter.released_by),
            ("When", letter.released_in_words),
            ("Meaning", letter.meaning),
            ("Confirmed by", letter.confirmed_by),
        )
    ]
    flow.table((), rows, (24, 76))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
