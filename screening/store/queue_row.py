"""What does the queue keep of a submission? Counts and marks, and no answer.

It stands beside the submission, which is never changed: what the clinic does about a
submission changes its line in the queue alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.store.tables import QueueRow

if TYPE_CHECKING:
    from screening.store.submissions import Facts, Identity, Record

NOT_COUNTED = 2
"""The place of who was neither urgent nor for the same day, where nothing was counted:
before those of whom it is known how much is unsettled."""

_LAST = 10_000


def queue_rank(facts: Facts) -> int:
    """Return 0 for urgent, 1 for the same day, 2 for the others."""
    if facts.urgent:
        return 0
    return 1 if facts.same_day else 2


def queue_row(
    submission_id: str, facts: Facts, record: Record, identity: Identity
) -> QueueRow:
    """Return the line of a submission that was just sent, waiting and nobody's."""
    missing, undetermined = _length(record.missing), _length(record.undetermined)
    rank = queue_rank(facts)
    unsettled = missing + undetermined
    return QueueRow(
        submission_id=submission_id,
        queue_rank=rank,
        place=rank if rank < NOT_COUNTED else max(_LAST - unsettled, NOT_COUNTED),
        submitted_at=facts.submitted_at,
        outcome=facts.outcome,
        same_day=facts.same_day,
        findings=_length(record.findings),
        missing=missing,
        can_be_followed_up=identity.is_known,
        decision="",
        assigned_to="",
    )


def _length(listed: object) -> int:
    return len(listed) if isinstance(listed, list | tuple) else 0
