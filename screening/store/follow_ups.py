"""What is a patient asked again after a decision, and what came of it?

The questions that a signed decision puts back are asked in a new draft of the version
that was answered, which begins with what was sent. It is reached by a code, as any
draft is; what was sent before stays as it was, and what is sent then is a submission of
its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from screening.store.database import wait_for_turn
from screening.store.drafts import DraftContent, DraftId, Drafts
from screening.store.outside import in_utc
from screening.store.problems import DecisionGone
from screening.store.submissions import Reference, row_of
from screening.store.tables import DraftRow, FollowUpRow, SubmissionRow

if TYPE_CHECKING:
    from screening.store.audit import Actor
    from screening.store.ground import Ground

_BEGINNING = 7_201_004  # the number of the PostgreSQL lock that one who asks holds


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """That a patient is asked again, after which signed version, and since when.

    `answered_as` is the reference of what they sent; where that is None, `is_open` says
    whether they still can.
    """

    number: int
    begun_at: datetime
    answered_as: Reference | None
    is_open: bool


class FollowUps:
    """Begins the drafts in which patients are asked again."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground
        self._drafts = Drafts(ground)

    def begin(
        self, reference: str, content: DraftContent, *, number: int, actor: Actor
    ) -> DraftId:
        """Give the open draft of a signed version, begun with the content if need be.

        Raises:
            DecisionGone: there is no such submission.
            DatabaseUnavailable: nothing was begun.
        """
        with self._ground.database.transaction() as session:
            wait_for_turn(session, _BEGINNING)
            submission = row_of(session, reference)
            if submission is None:
                raise DecisionGone
            held = session.scalar(
                select(DraftRow.id)
                .join(FollowUpRow, FollowUpRow.draft_id == DraftRow.id)
                .where(
                    FollowUpRow.submission_id == submission.id,
                    FollowUpRow.number == number,
                    DraftRow.submitted_as.is_(None),
                )
            )
            if held is not None:
                return DraftId(held)
            version = submission.version_sha256
            draft = self._drafts.insert(session, version, content, actor=actor)
            session.add(
                FollowUpRow(
                    draft_id=draft.id,
                    submission_id=submission.id,
                    number=number,
                    begun_at=self._ground.clock(),
                )
            )
        return draft.id

    def of(self, reference: str) -> tuple[FollowUp, ...]:
        """Give every time that a patient was asked again, the first first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        answered = SubmissionRow.__table__.alias()
        with self._ground.database.reading() as session:
            submission = row_of(session, reference)
            if submission is None:
                return ()
            rows = session.execute(
                select(
                    FollowUpRow.number,
                    FollowUpRow.begun_at,
                    answered.c.reference,
                    DraftRow.id,
                )
                .outerjoin(answered, answered.c.draft_id == FollowUpRow.draft_id)
                .outerjoin(DraftRow, DraftRow.id == FollowUpRow.draft_id)
                .where(FollowUpRow.submission_id == submission.id)
                .order_by(FollowUpRow.begun_at, FollowUpRow.draft_id)
            ).all()
        return tuple(
            FollowUp(
                number=row.number,
                begun_at=in_utc(row.begun_at),
                answered_as=None if row.reference is None else Reference(row.reference),
                is_open=row.reference is None and row.id is not None,
            )
            for row in rows
        )
