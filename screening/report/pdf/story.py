"""In which order is a summary drawn, and how does each part look?

The order is the clinic's: what can't wait, the outcome and its reasons, what is not
known, safety answers, then everything else. The first page is enough for a quick read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.report.pdf.blocks import draw_section
from screening.report.pdf.decision import draw_decision
from screening.report.pdf.first_page import BOX, EMAIL, draw_first_page
from screening.report.pdf.flow import SMALL, Words, words
from screening.report.text import MARK
from screening.tongue import noted, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.report.content import (
        FindingLine,
        OpenQuestion,
        SignedBy,
        SourceLine,
        Summary,
    )
    from screening.report.pdf.flow import Cell, Flow


SIGNATURE = noted("Signature")
"""The last heading of a PDF that was made to be signed, and of no other."""


def tell(flow: Flow, summary: Summary, signed: SignedBy | None = None) -> range:
    """Draw the whole summary, and what is seen of its signature.

    Return the pages of the clinician's decision, from 0; empty where nothing is signed.
    """
    draw_first_page(flow, summary)
    flow.turn()
    decided = draw_decision(flow, summary)
    _visit(flow, summary)
    _reasons(flow, summary)
    _not_known(flow, summary)
    _worksheet(flow, summary)
    _on_the_way(flow, summary)
    for section in summary.sections:
        draw_section(flow, section)
    _own_words(flow, summary)
    _every_answer(flow, summary)
    _origins(flow, summary)
    if signed is not None:
        _signature(flow, signed)
    if flow.paper.pen.marks:
        flow.paragraph(
            say(
                "{mark} stands where this document's typeface can't draw what was"
                " written ({count} places). Read it on the clinician's page.",
                mark=MARK,
                count=flow.paper.pen.marks,
            ),
            bold=True,
        )
    return decided


# -- in full


def _reasons(flow: Flow, summary: Summary) -> None:
    if not summary.findings:
        return
    flow.heading(2, say("Reasons, with the rule behind each"))
    flow.table(
        (
            say("Rule"),
            say("What the patient reports"),
            say("Why it matters, and where from"),
        ),
        [_reason(finding, summary.clinic_language) for finding in summary.findings],
        (24, 40, 36),
    )


def _reason(finding: FindingLine, language: str) -> tuple[Cell, ...]:
    rule = [Words(text=finding.kind_label, bold=True)]
    if finding.is_same_day:
        rule.append(Words(text=say("Same day"), bold=True))
    rule.append(Words(text=finding.id, size=SMALL))
    said = [Words(text=finding.sentence, bold=True, language=language)]
    said += [
        Words(text=f"{line.label}: {line.told}", size=SMALL) for line in finding.answers
    ]
    said.append(Words(text=say("Rule: {rule}", rule=finding.rule), size=SMALL))
    why = [Words(text=finding.because, language=language)]
    if finding.sources:
        names = "; ".join(_mark(s) for s in finding.sources)
        why.append(Words(text=say("Sources: {names}", names=names), size=SMALL))
    return tuple(rule), tuple(said), tuple(why)


def _mark(source: SourceLine) -> str:
    return f"{source.id} ({source.basis})"


def _not_known(flow: Flow, summary: Summary) -> None:
    flow.heading(2, say("Safety questions that must be known and are not"))
    if summary.missing:
        _open_table(flow, summary.missing, reasons=False)
    else:
        flow.paragraph(say("None: everything that must be known was answered."))
    if summary.accepted:
        flow.heading(3, say("Not known, and accepted"))
        _open_table(flow, summary.accepted, reasons=True)


def _open_table(flow: Flow, lines: Sequence[OpenQuestion], *, reasons: bool) -> None:
    headers = [say("Question"), say("Answer"), say("Rules left open")]
    shares = [34.0, 30.0, 36.0]
    if reasons:
        headers.append(say("Why it is accepted"))
        shares = [26.0, 20.0, 22.0, 32.0]
    rows = []
    for line in lines:
        row = [
            words(line.label, bold=True),
            words(line.text),
            words(", ".join(line.leaves_open) or say("none"), size=SMALL),
        ]
        if reasons:
            row.append(words(line.because or "", size=SMALL))
        rows.append(row)
    flow.table(headers, rows, shares)


def _worksheet(flow: Flow, summary: Summary) -> None:
    """Draw what to ask first, with boxes to tick by hand."""
    if not summary.worksheet:
        return
    flow.heading(
        2, say("For the call or visit: what may be urgent, then what settles most")
    )
    rows = []
    for line in summary.worksheet:
        asked = [Words(text=line.label, bold=True)]
        for one in line.asks:
            asked.append(Words(text=one.question, size=SMALL))
            if one.boxes:
                boxes = "   ".join(f"{BOX}\u00a0{label}" for label in one.boxes)
                asked.append(Words(text=boxes))
        settled = words(", ".join(line.settles), size=SMALL)
        rows.append((tuple(asked), settled))
    flow.table((say("Ask"), say("Any answer settles")), rows, (66, 34))


def _visit(flow: Flow, summary: Summary) -> None:
    """Draw what was said of the answers at a visit, beside what was sent."""
    if summary.visit_faults:
        flow.boxed(
            say("What is stored of the visit is not as it was kept"),
            summary.visit_faults,
        )
    visit = summary.visit
    if visit is None:
        return
    flow.heading(2, say("At the visit"))
    flow.paragraph(
        say(
            "Said by {name}, {moment}. The answers below stay as they were sent.",
            name=visit.said_by,
            moment=visit.said_at,
        )
    )
    rows = [
        (
            words(line.question, bold=True),
            words(line.answered),
            words(line.in_words, bold=True),
            words(line.note),
        )
        for line in visit.lines
    ]
    flow.table(
        (say("Question"), say("Sent"), say("At the visit"), say("Note")),
        rows,
        (34, 22, 24, 20),
    )


def _on_the_way(flow: Flow, summary: Summary) -> None:
    if summary.retracted:
        flow.heading(2, say("Answers that were changed after urgent help was shown"))
        rows = [
            (
                words(line.question, bold=True),
                words(f"{line.first} ({line.first_at})"),
                words(f"{line.later} ({line.later_at})"),
            )
            for line in summary.retracted
        ]
        flow.table(
            (say("Question"), say("First answer"), say("Later answer")),
            rows,
            (34, 33, 33),
        )
    if summary.help_shown:
        flow.heading(2, say("Help that was shown to the patient"))
        rows = [
            (
                words(line.shown_at, bold=True),
                words(line.title),
                (
                    Words(text=say("Called for by {cause}", cause=line.cause)),
                    *(
                        Words(text=f"{question}: {text}", size=SMALL)
                        for question, text in line.answers
                    ),
                ),
            )
            for line in summary.help_shown
        ]
        flow.table(
            (say("When"), say("Text"), say("Answers that called for it")),
            rows,
            (28, 27, 45),
        )


# -- everything, and where it comes from


def _own_words(flow: Flow, summary: Summary) -> None:
    """Draw what was typed and not chosen, gathered, to the letter."""
    if not summary.own_words:
        return
    flow.heading(2, say("In the patient's own words"))
    rows = [
        (words(line.label, size=7.5), words(line.told, bold=True, size=7.5))
        for line in summary.own_words
    ]
    flow.table((say("Question"), say("Written by the patient")), rows, (34, 66))


def _every_answer(flow: Flow, summary: Summary) -> None:
    flow.heading(2, say("Every answer, in the order of the form"))
    for page in summary.pages:
        flow.heading(3, page.title)
        rows = [
            (
                words(line.question, size=7.5),
                words(line.told, bold=not line.is_known, size=7.5),
            )
            for line in page.lines
        ]
        flow.table((say("Question"), say("Answer")), rows, (64, 36))


def _origins(flow: Flow, summary: Summary) -> None:
    flow.heading(2, say("Every rule, by what came of it"))
    rules = summary.rules
    for title, ids in (
        (say("Met"), rules.met),
        (say("Left open"), rules.open),
        (say("Not met"), rules.not_met),
    ):
        flow.paragraph(
            f"{title} ({len(ids)}): {', '.join(ids) or say('none')}", size=SMALL
        )
    flow.heading(2, say("Instruments and their holders"))
    flow.listing(
        [
            f"{line.title}: {line.attribution}{f' {line.note}' if line.note else ''}"
            for line in summary.instruments
        ],
        size=SMALL,
    )
    flow.heading(2, say("Sources"))
    flow.listing([_source(source) for source in summary.sources], size=SMALL)
    flow.heading(2, say("Versions"))
    rows = [
        (words(name, bold=True, size=SMALL), words(value, size=SMALL))
        for name, value in summary.versions
    ]
    flow.table((), rows, (30, 70))
    flow.paragraph(say(EMAIL), size=SMALL)


def _signature(flow: Flow, signed: SignedBy) -> None:
    flow.heading(2, say(SIGNATURE))
    rows = [
        (words(label, bold=True, size=SMALL), words(value, size=SMALL))
        for label, value in (
            (say("Signed by"), signed.name),
            (say("When"), signed.at_in_words),
            (say("Meaning"), signed.meaning),
            (
                say("To check it"),
                say("screening verify FILE.pdf, or any reader of signed PDFs"),
            ),
        )
    ]
    flow.table((), rows, (30, 70))


def _source(source: SourceLine) -> str:
    where = f" {source.url}" if source.url else ""
    return f"{source.id} ({source.basis}): {source.reference}.{where}"
