"""What does a clinician need who sees the first page alone? All of it on one page.

Danger, the outcome and its reasons, what is not known, which treatments were enough,
scores, and what to check before booking. Where there is more than fits, the longest
lists end in how many more follow, and nothing that can't wait is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.report.pdf.flow import BOTTOM, Bar, Words, words
from screening.report.wording import number
from screening.tongue import noted, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from screening.report.content import (
        FindingLine,
        Step,
        Summary,
        Tried,
        TriedList,
    )
    from screening.report.pdf.flow import Cell, Flow, Table

EMAIL = noted("This document holds health data. E-mail is not secure.")
BOX = "\u2610"
"""A box to tick."""

_SIZE = 7.0
_SMALL = 6.5
_HEADING = 8.5
_ROUND_HEADING = 24.0
"""Points that a heading takes with what is left free around it and its table."""


@dataclass(slots=True)
class _Part:
    """A table of the page under its heading; `shown` of its rows are drawn.

    `least` is how many of them are drawn before those of other parts go; `names` are
    what the rows are told by where they are left out.
    """

    title: str
    table: Table
    says: str = ""
    names: Sequence[str] = ()
    least: int = 2
    shown: int = 0

    def __post_init__(self) -> None:
        self.shown = len(self.table.rows)

    @property
    def left_out(self) -> int:
        return len(self.table.rows) - self.shown

    def height(self, flow: Flow) -> float:
        """Return how much of a page it takes, in points."""
        head, *rows = self.table.heights
        said = flow.height_of(self.says, _SIZE) if self.says else 0
        more = flow.height_of(_more(self), _SIZE) if self.left_out else 0
        return _ROUND_HEADING + said + head + sum(rows[: self.shown]) + more


def draw_first_page(flow: Flow, summary: Summary) -> None:
    """Draw the page that has to be enough."""
    _opening(flow, summary)
    parts = list(_parts(flow, summary))
    _fit(flow, parts)
    for part in parts:
        flow.heading(3, part.title, keep=0, size=_HEADING)
        if part.says:
            flow.paragraph(part.says, size=_SIZE)
        if part.shown:
            flow.draw(part.table.first(part.shown))
        if part.left_out:
            flow.paragraph(_more(part), size=_SIZE)


def _more(part: _Part) -> str:
    """Say what is left out."""
    names = ", ".join(part.names[part.shown :])
    if not names:
        return say("And {count} more, on the next pages.", count=part.left_out)
    return say(
        "And {count} more, on the next pages: {names}", count=part.left_out, names=names
    )


def _fit(flow: Flow, parts: Sequence[_Part]) -> None:
    """Take rows from the longest lists until all of it fits on the page."""
    while not _fits(flow, parts):
        longest = max(parts, key=lambda part: part.shown - part.least)
        if longest.shown > longest.least:
            longest.shown -= 1
        elif any(part.least for part in parts):
            # There is too little room even for the least of each.
            for part in parts:
                part.least = max(part.least - 1, 0)
        else:
            return
    for part in parts:
        # A tall row may have made room for several others.
        while part.left_out:
            part.shown += 1
            if not _fits(flow, parts):
                part.shown -= 1
                break


def _fits(flow: Flow, parts: Sequence[_Part]) -> bool:
    return sum(part.height(flow) for part in parts) <= flow.y - BOTTOM


def _opening(flow: Flow, summary: Summary) -> None:
    flow.heading(1, say("Summary for the clinician"), size=14)
    flow.paragraph(f"{summary.title}. {summary.statement}", bold=True, size=8)
    about = [
        (words(label, bold=True, size=_SIZE), words(value, size=_SIZE))
        for label, value in summary.about
        if value != summary.reference  # it stands in the margin
    ]
    while len(about) % 3:
        about.append(((), ()))
    rows = [
        tuple(cell for pair in about[n : n + 3] for cell in pair)
        for n in range(0, len(about), 3)
    ]
    flow.table((), rows, (10, 21, 12, 21, 10, 26), row_headers=(0, 2, 4))
    if summary.banner is not None:
        flow.boxed(summary.banner.title, summary.banner.lines, summary.banner.also)
    else:
        flow.paragraph(_no_danger(summary), bold=True, size=8)
    flow.heading(2, say("Outcome: {outcome}", outcome=summary.outcome.label))
    counts = ". ".join(summary.outcome.counts)
    flow.paragraph(f"{summary.outcome.meaning} {counts}".strip(". ") + ".", size=7.5)
    if summary.decision is not None:
        said = say(
            "Decided by a clinician: {decision} (version {number}, signed {when}). See"
            " the next page.",
            decision=say(summary.decision.label),
            number=summary.decision.number,
            when=summary.decision.signed_at,
        )
        flow.paragraph(said, bold=True, size=8)
    for fault in summary.decision_faults:
        flow.paragraph(fault, bold=True, size=8)


def _no_danger(summary: Summary) -> str:
    """Say that nothing called for help at once, and what is not settled of it."""
    said = say("Danger: no rule for urgent or same-day help was met.")
    if summary.open_urgent:
        rules = ", ".join(summary.open_urgent)
        said += " " + say(
            "Not settled, since answers are missing: {rules}.", rules=rules
        )
    shown = "; ".join(f"{line.title}, {line.shown_at}" for line in summary.help_shown)
    return f"{said} " + say("Help shown on the way: {help}.", help=shown or say("none"))


def _parts(flow: Flow, summary: Summary) -> Iterator[_Part]:
    yield _reasons(flow, summary)
    yield _to_ask(flow, summary)
    for place, tried in enumerate(summary.overview.tried):
        yield _tried(flow, tried, explained=place == 0)
    said = (
        (say("What the treatments come to"), summary.overview.conclusions, 1),
        (say("Scores"), summary.overview.scores, 0),
    )
    for title, lines, least in said:
        if lines:
            yield _Part(title, _two_columns(flow, lines), least=least)


def _two_columns(flow: Flow, lines: Sequence[str]) -> Table:
    cells = [words(line, size=_SIZE) for line in lines]
    cells += [()] * (len(cells) % 2)
    rows = list(zip(cells[::2], cells[1::2], strict=True))
    return flow.laid((), rows, (50, 50), row_headers=())


def _reasons(flow: Flow, summary: Summary) -> _Part:
    """What made the outcome; what can't wait stands in the box above."""
    above = summary.banner.causes if summary.banner else ()
    language = summary.clinic_language
    rest = [finding for finding in summary.findings if finding.id not in above]
    title = say("Reasons beside those in the box") if above else say("Reasons")
    says = say("No other rule was met.") if above else say("No rule was met.")
    rows = [
        (
            words(finding.kind_label, bold=True, size=_SIZE),
            (Words(text=finding.sentence, size=_SIZE, language=language),),
            words(finding.id, size=_SMALL),
            words(_verified(finding), size=_SMALL),
        )
        for finding in rest
    ]
    headers = (
        say("Kind"),
        say("What the patient reports"),
        say("Rule"),
        say("Sources of the rule"),
    )
    table = flow.laid(headers if rows else (), rows, (16, 48, 20, 16), size=_SIZE)
    names = [finding.id for finding in rest]
    return _Part(title, table, "" if rest else says, names, least=3)


def _verified(finding: FindingLine) -> str:
    """Return how many of a rule's sources were read, and how many were not."""
    read = sum(source.is_verified for source in finding.sources)
    unread = len(finding.sources) - read
    told = [say("{count} read", count=read)] if read else []
    told += [say("{count} not verified", count=unread)] if unread else []
    return ", ".join(told) or say("none")


def _to_ask(flow: Flow, summary: Summary) -> _Part:
    """What is not known: what must be, then what else would settle a rule."""
    rows = [
        _asked(
            line.label,
            line.text,
            _rules(line.leaves_open),
        )
        for line in summary.missing
    ]
    known = {line.key for line in (*summary.missing, *summary.accepted)}
    rows += [
        _asked(line.label, say("of use, not a must"), ", ".join(line.settles))
        for line in summary.worksheet
        if line.key not in known
    ]
    rows += [
        _asked(
            line.label,
            say("{answer}; the form accepts that", answer=line.text),
            _rules(line.leaves_open),
        )
        for line in summary.accepted
    ]
    says = (
        say("All is the patient's own report: confirm each finding above.")
        if summary.findings
        else say("All is the patient's own report.")
    )
    if not summary.missing:
        says += " " + say("Nothing that must be known is open.")
    headers = (say("Ask"), say("Patient's answer"), say("Rules that it leaves open"))
    table = flow.laid(headers if rows else (), rows, (34, 32, 34), size=_SIZE)
    names = [line.label for line in summary.missing]
    return _Part(say("To check before any decision"), table, says, names, least=3)


def _rules(ids: Sequence[str]) -> str:
    return ", ".join(ids) or say("no rule waits for it")


def _asked(label: str, answered: str, rules: str) -> tuple[Cell, ...]:
    return (
        words(f"{BOX} {label}", bold=True, size=_SIZE),
        words(answered, size=_SIZE),
        words(rules, size=_SMALL),
    )


def _tried(flow: Flow, tried: TriedList, *, explained: bool) -> _Part:
    """Draw each treatment with its amounts over the least that counts."""
    says = "" if tried.lines else f"{tried.text}."
    headers = (
        say("Tried"),
        *tried.measures,
        say("Result"),
        say("What is not met or not known"),
    )
    rows = [_tried_row(line, tried.measures) for line in tried.lines]
    shares = (15.0, *(12.0 for _ in tried.measures), 25.0, 24.0)
    table = flow.laid(headers if rows else (), rows, shares, size=_SMALL)
    if tried.measures and explained:
        says = say("The mark in the middle of a bar is the minimum.")
    names = [f"{line.title} ({line.conclusion})" for line in tried.lines]
    return _Part(tried.title, table, says, names, least=3)


def _tried_row(line: Tried, measures: Sequence[str]) -> tuple[Cell, ...]:
    measured = {step.label: step for step in line.measured}
    result = Words(text=line.conclusion, bold=True, size=_SMALL)
    also = Words(text="; ".join(line.also), size=_SMALL)
    return (
        words(line.title, bold=True, size=_SIZE),
        *(_amount(measured.get(label)) for label in measures),
        (result, also) if line.also else (result,),
        words("; ".join(line.wanting) or "–", size=_SMALL),
    )


def _amount(step: Step | None) -> Cell:
    if step is None:
        return words("–", size=_SIZE)
    least = f" (≥ {number(step.at_least)})" if step.at_least is not None else ""
    said = Words(text=f"{step.given}{least}", size=_SMALL)
    if step.amount is None or step.at_least is None:
        return (said,)
    return said, Bar(amount=float(step.amount), at_least=float(step.at_least))
