"""What did this person send before, and what is different since?

Each earlier record that is opened for it leaves an audit row like any other look. One
that can't be read is said to be so, and hides nothing else. What the database says of
whose a record is counts only where sealed records or the audit trail say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.problems import DefinitionError
from screening.report.since import Since, since_of
from screening.report.trend import Trend, trends_of
from screening.store.audit import Action
from screening.store.person_marks import have_one_reference
from screening.store.problems import RecordUnreadable, VersionUnknown
from screening.web import logging
from screening.web.clinician.clinic import current_clinic
from screening.web.clinician.gate import current_actor
from screening.web.clinician.reading import Reading, read_again
from screening.web.clinician.words import moment_here
from screening.web.shell import current_shell

if TYPE_CHECKING:
    from datetime import datetime

    from screening.store.persons import Beside

MOST = 6
"""Earlier records that are opened for one look: enough for a year of visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Another submission: its reference, and when it was sent in words."""

    reference: str
    sent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """What is different since the last one that can be read.

    `version` is that of its questionnaire where it was another one, else None.
    `has_ties` says that the two have something in common, and not only others between.
    """

    before: Named
    has_ties: bool
    version: str | None
    since: Since


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What there is of the same person beside one record.

    `newer` was sent after it. `unopened` counts older ones that were not opened at all,
    `unreadable` are those that can't be read, `unproven` those that nothing sealed says
    to be of this person; `likely` may be of the same person, the
    newest of them, and `more_likely` counts the others.
    """

    last: LastTime | None
    trends: tuple[Trend, ...]
    newer: tuple[Named, ...]
    older: tuple[Named, ...]
    unopened: int
    unreadable: tuple[Named, ...]
    unproven: tuple[Named, ...]
    likely: tuple[Named, ...]
    more_likely: int


def earlier_of(reading: Reading) -> Earlier:
    """Return what this person sent before and after, compared with this record."""
    facts, reference = reading.submission.facts, reading.submission.reference
    found = current_clinic().store.persons.beside(reference)
    here = (facts.submitted_at, reference)
    same = [one for one in found if one.is_same]
    likely = [one for one in found if not one.is_same and one.verdict is None]
    older = [one for one in same if (one.submitted_at, one.reference) < here]
    opened: list[Reading] = []
    unreadable: list[Beside] = []
    for one in older[-MOST:]:
        read = _opened(one.reference)
        if read is None:
            unreadable.append(one)
        else:
            opened.append(read)
    proven = _proven(reading, opened, same)
    opened, unproven = (
        [one for one in opened if (_reference(one) in proven) is holds]
        for holds in (True, False)
    )
    return Earlier(
        last=_last_time(opened[-1], reading, found) if opened else None,
        trends=trends_of([*(one.summary for one in opened), reading.summary]),
        newer=_named(one for one in same if one not in older),
        older=_named(older),
        unopened=max(len(older) - MOST, 0),
        unreadable=_named(unreadable),
        unproven=tuple(
            _name(_reference(one), one.submission.facts.submitted_at)
            for one in unproven
        ),
        likely=_named(likely[-MOST:]),
        more_likely=max(len(likely) - MOST, 0),
    )


def _opened(reference: str) -> Reading | None:
    """Return an earlier record, with an audit row; None where it can't be read."""
    clinic = current_clinic()
    zone = current_shell().config.time_zone.key
    try:
        submission = clinic.store.submissions.read(
            reference, actor=current_actor(), action=Action.SUBMISSION_VIEW
        )
        if submission is None:
            return None
        return read_again(clinic.questionnaires, submission, zone)
    except (DefinitionError, RecordUnreadable, VersionUnknown) as problem:
        logging.log_event(
            "earlier_record_unreadable",
            submission=reference,
            problem=type(problem).__name__,
        )
        return None


def _proven(
    now: Reading, opened: Sequence[Reading], same: Sequence[Beside]
) -> frozenset[str]:
    """Return the references of those that are of one person as the sealed records say.

    Two are where one was asked again after the other, where the clinic's reference for
    the patient is the same, or where staff said so; and whoever is of one of them.
    """
    readings = {_reference(one): one for one in (now, *opened)}
    proven, left = [_reference(now)], {one.reference: one.said_same for one in same}
    for known in proven:  # it grows while it is gone through
        found = [
            one
            for one, said_same in left.items()
            if known in said_same
            or _is_one_person(readings.get(known), readings.get(one))
        ]
        proven += found
        for one in found:
            del left[one]
    return frozenset(proven)


def _is_one_person(one: Reading | None, other: Reading | None) -> bool:
    """Say whether two sealed records are of one person; not where one is not open."""
    if one is None or other is None:
        return False
    return (
        one.record.follows == _reference(other)
        or other.record.follows == _reference(one)
        or have_one_reference(one.submission.identity, other.submission.identity)
    )


def _reference(reading: Reading) -> str:
    return reading.submission.reference


def _last_time(before: Reading, now: Reading, found: Iterable[Beside]) -> LastTime:
    facts, reference = before.submission.facts, before.submission.reference
    is_other = facts.version_sha256 != now.submission.facts.version_sha256
    return LastTime(
        before=_name(reference, facts.submitted_at),
        has_ties=any(one.ties for one in found if one.reference == reference),
        version=facts.version if is_other else None,
        since=since_of(before.summary, now.summary),
    )


def _named(found: Iterable[Beside]) -> tuple[Named, ...]:
    return tuple(_name(one.reference, one.submitted_at) for one in found)


def _name(reference: str, at: datetime) -> Named:
    return Named(reference=reference, sent=moment_here(at))
