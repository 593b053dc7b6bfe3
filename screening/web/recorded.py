"""A stored submission, as the record that is shown, printed and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from screening.report.record import (
    EARLY,
    Contact,
    HelpShown,
    Invitation,
    Record,
    Retraction,
)

if TYPE_CHECKING:
    from screening.core.answers import Stored
    from screening.report.record import Identity as KnownAs
    from screening.store.submissions import Identity, Submission

SENT_EARLY = "sent_early"
"""Where a record notes that it was sent before the end of the form."""

FOLLOWS = "follows"
"""Where a record notes the reference of what was sent before, if it was asked again."""

ASSISTED_BY = "assisted_by"
"""Where a record names who filled the form in with the patient."""

ASSISTED_HOW = "assisted_how"
"""Where a record says how: on the phone, or in the room."""

ON_THE_PHONE = "phone"
IN_THE_ROOM = "room"

Mark = Mapping[str, object]
"""Help that was shown, as a submission keeps it: cause, key, at, answers, changed."""


def recorded(submission: Submission, zone: str) -> Record:
    """Return a submission as the record that is shown and printed.

    `zone` is the clinic's time zone, for one that does not hold that of its day.
    """
    facts, marks = submission.facts, marks_of(submission)
    return Record(
        reference=submission.reference,
        submitted_at=facts.submitted_at,
        local_date=facts.local_date,
        zone=_zone_on_the_day(submission) or zone,
        answers=plain_map(submission.record.answers),
        questionnaire=facts.questionnaire,
        version=facts.version,
        version_sha256=facts.version_sha256,
        engine_version=facts.engine_version,
        locale=facts.locale,
        help_shown=tuple(_help_shown(mark) for mark in marks),
        retracted=tuple(_retractions(marks)),
        identity=known_as(submission.identity),
        filled_in_by=_filled_in_by(submission),
        follows=_follows(submission),
    )


def marks_of(submission: Submission) -> list[Mark]:
    """Return every help text that was shown, as it was noted."""
    stored = submission.record.help_shown
    return list(stored) if isinstance(stored, list) else []


def _help_shown(mark: Mark) -> HelpShown:
    return HelpShown(
        cause=str(mark["cause"]),
        help=str(mark.get("key") or mark["cause"]),
        shown_at=_instant(mark["at"]),
        answers=plain_map(mark["answers"]),
    )


def _retractions(marks: Sequence[Mark]) -> Iterable[Retraction]:
    """Give each answer that had called for urgent help and was changed since."""
    for mark in marks:
        changed = mark.get("changed")
        if not isinstance(changed, Mapping):
            continue
        first, later = plain_map(mark["answers"]), plain_map(changed["answers"])
        for question in first:
            if first[question] != later.get(question):
                yield Retraction(
                    question=question,
                    first=first[question],
                    first_at=_instant(mark["at"]),
                    later=later.get(question),
                    later_at=_instant(changed["at"]),
                )


def known_as(identity: Identity) -> KnownAs:
    """Return who a submission is about; None where it is too little to name them."""
    if identity.clinic_reference:
        return Invitation(clinic_reference=identity.clinic_reference)
    contact = identity.contact
    born = _date(contact.get("date_of_birth"))
    if not contact.get("name") or born is None:
        return None
    return Contact(
        name=str(contact["name"]),
        date_of_birth=born,
        call_back=str(contact.get("phone") or ""),
        may_leave_message={"yes": True, "no": False}.get(
            str(contact.get("safe_to_leave_message"))
        ),
    )


def _date(stored: object) -> date | None:
    try:
        return date.fromisoformat(str(stored))
    except ValueError:
        return None


def _zone_on_the_day(submission: Submission) -> str:
    kept = submission.record.durations
    return str(kept.get("time_zone") or "") if isinstance(kept, Mapping) else ""


def _filled_in_by(submission: Submission) -> str:
    """Return through which channel the answers came; empty for the patient alone."""
    kept = submission.record.durations
    found = kept if isinstance(kept, Mapping) else {}
    who = found.get(ASSISTED_BY)
    early = EARLY if _was_sent_early(submission) else ""
    if not who:
        return early
    where = "on the phone" if found.get(ASSISTED_HOW) == ON_THE_PHONE else "in the room"
    with_patient = f"by {who}, with the patient {where}"
    return f"{with_patient}; {early}" if early else with_patient


def _was_sent_early(submission: Submission) -> bool:
    kept = submission.record.durations
    return isinstance(kept, Mapping) and kept.get(SENT_EARLY) is True


def _follows(submission: Submission) -> str:
    kept = submission.record.durations
    return str(kept.get(FOLLOWS) or "") if isinstance(kept, Mapping) else ""


def _instant(stored: object) -> datetime:
    return datetime.fromisoformat(str(stored))


def plain_map(stored: object) -> dict[str, Stored]:
    """Return stored answers in the form of an answers file."""
    if not isinstance(stored, Mapping):
        return {}
    return {str(key): _plain(value) for key, value in stored.items()}


def _plain(value: object) -> Stored:
    """Write numbers with decimals as the text of an answers file."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return plain_map(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
