"""What can't wait, and how can the person be reached? The box at the top of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import Kind
from screening.core.judge import RETRACTED
from screening.report.content import Banner
from screening.report.record import EARLY, Contact, Invitation
from screening.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from screening.report.content import FindingLine, HelpLine, RetractionLine
    from screening.report.record import Record


def banner_of(
    record: Record,
    findings: Sequence[FindingLine],
    help_shown: Sequence[HelpLine],
    retracted: Sequence[RetractionLine],
) -> Banner | None:
    """Return what is urgent, then what is for the same day; None where nothing is."""
    urgent = [finding for finding in findings if finding.kind is Kind.URGENT]
    same_day = [f for f in findings if f.is_same_day and f.kind is not Kind.URGENT]
    if not urgent and not same_day:
        return None
    shown = {line.cause: line.shown_at for line in help_shown}
    lines = [_urgent(finding, shown) for finding in urgent]
    also = []
    for finding in same_day:
        if finding.id == RETRACTED and retracted:
            # The first answer was urgent, and may be the true one.
            lines += [_changed(finding, one) for one in retracted]
        else:
            also.append(_same_day(finding, shown))
    if record.filled_in_by.endswith(EARLY):
        also.append(
            say("Sent before the end of the form: what was not asked is not known.")
        )
    return Banner(
        title=_title(record, is_urgent=bool(urgent)),
        causes=tuple(finding.id for finding in (*urgent, *same_day)),
        lines=tuple(lines),
        also=(*_how_to_reach(record), *also),
    )


def _title(record: Record, *, is_urgent: bool) -> str:
    if not _is_reachable(record):
        return (
            say("URGENT: this record names nobody to call")
            if is_urgent
            else say("SAME DAY: this record names nobody to call")
        )
    return (
        say("URGENT: speak with the patient now")
        if is_urgent
        else say("SAME DAY: speak today")
    )


def _is_reachable(record: Record) -> bool:
    match record.identity:
        case Contact(call_back=number):
            return bool(number)
        case Invitation():
            return True
        case _:
            return False


def _urgent(finding: FindingLine, shown: dict[str, str]) -> str:
    when = shown.get(finding.id)
    told = (
        say("help shown {when}", when=when)
        if when
        else say("no record that help was shown: assume that it was not")
    )
    return f"{finding.sentence} ({finding.id}; {told})"


def _same_day(finding: FindingLine, shown: dict[str, str]) -> str:
    when = shown.get(finding.id)
    told = "; " + say("help shown {when}", when=when) if when else ""
    same_day = say("Same day")
    return f"{same_day}: {finding.sentence} ({finding.id}{told})"


def _changed(finding: FindingLine, change: RetractionLine) -> str:
    told = say(
        "{question}: first {first} ({first_at}), later {later} ({later_at})."
        " Take the first as true until you have spoken.",
        question=change.question,
        first=change.first,
        first_at=change.first_at,
        later=change.later,
        later_at=change.later_at,
    )
    return f"{told} ({finding.id})"


def _how_to_reach(record: Record) -> Iterator[str]:
    """Give where to call and what to mind, or what to do where nobody can be called."""
    match record.identity:
        case Contact(call_back=number, may_leave_message=may) if number:
            minded = {
                True: say("A message may be left."),
                False: say("Leave no message."),
                None: say("Whether a message is safe was not answered: leave none."),
            }[may]
            yield say("Call {number}. {message}", number=number, message=minded)
        case Contact():
            yield say("No number was left: nobody can be called back.")
        case Invitation(clinic_reference=reference):
            yield say(
                "Reach the person by the clinic's reference {reference}.",
                reference=reference,
            )
        case _:
            yield say(
                "The record is anonymous. If they are at the clinic, or get in touch"
                " and quote {reference}: see them at once.",
                reference=record.reference,
            )
