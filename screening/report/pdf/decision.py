"""How does a PDF show what a clinician decided and signed? On pages of its own."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from screening.report.pdf.flow import SMALL, Words, words
from screening.tongue import noted, say

if TYPE_CHECKING:
    from screening.report.content import DecisionBlock, Summary
    from screening.report.pdf.flow import Cell, Flow

DECIDED = noted("A clinician's decision, signed. The other pages are patient-reported.")
"""What stands at the foot of these pages, in place of what is said of the others."""


def draw_decision(flow: Flow, summary: Summary) -> range:
    """Draw the decision, if there is one, and turn the page; return its pages, from 0.

    Versions that are not as they were signed are told in its place.
    """
    first = flow.paper.page
    if summary.decision is None and not summary.decision_faults:
        return range(first, first)
    flow.heading(2, say("The clinician's decision"))
    if summary.decision_faults:
        flow.boxed(
            say("What is stored is not what was signed: do not rely on it"),
            summary.decision_faults,
        )
    if summary.decision is not None:
        _signed(flow, summary.decision)
    pages = range(first, flow.paper.page + 1)
    flow.turn()
    return pages if summary.decision is not None else range(first, first)


def _signed(flow: Flow, decision: DecisionBlock) -> None:
    for group, lines in groupby(decision.lines, key=attrgetter("group")):
        flow.heading(3, say(group))
        rows = [(words(say(line.name), bold=True), _text(line.text)) for line in lines]
        flow.table((), rows, (38, 62))
    flow.heading(3, say("Signed electronically"))
    told = [
        (say("Version"), str(decision.number)),
        (say("Signed by"), decision.signed_by),
        (say("When"), f"{decision.signed_at} ({decision.signed_at_utc})"),
        (say("Meaning"), decision.meaning),
        (say("Confirmed by"), decision.confirmed_by),
        (say("SHA-256 of what was signed"), f"Decision SHA-256 {decision.sha256}"),
        (say("SHA-256 of the record"), decision.record_sha256),
    ]
    if decision.previous_sha256:
        told.append((say("SHA-256 of the version before"), decision.previous_sha256))
    rows = [
        (words(name, bold=True, size=SMALL), words(value, size=SMALL))
        for name, value in told
    ]
    flow.table((), rows, (30, 70))


def _text(text: str) -> Cell:
    return tuple(Words(text=line) for line in text.split("\n") if line) or words("")
