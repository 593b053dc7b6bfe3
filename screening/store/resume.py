"""Whose draft is behind this code? A code that a patient keeps, to carry on elsewhere.

A code is 24 signs of Crockford's base 32, 120 bits. Only a keyed mac of it is kept, and
the mac is the index: there is no comparing of secrets that could be timed, and no slow
hash is needed. A draft has one code at most; a new one puts the old one out of use. It
is good as long as its draft is open.
"""

from __future__ import annotations

from typing import NewType

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.drafts import DraftId
from screening.store.ground import Ground
from screening.store.outside import crockford_code, read_crockford
from screening.store.problems import DraftGone, DraftSubmitted
from screening.store.tables import DraftRow, ResumeCodeRow

ResumeCode = NewType("ResumeCode", str)
"""Six groups of four signs, such as K7QM-2XRD-…; never logged, never in an address."""

GROUPS = 6

UNKNOWN = "unknown"
"""What the audit trail says of a code that leads nowhere."""

_PURPOSE = "resume"


class ResumeCodes:
    """Gives codes and recognises them."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def give(self, draft_id: str, *, actor: Actor) -> ResumeCode:
        """Make a new code for an open draft: the only moment it can be seen.

        Raises:
            DraftGone: there is no such draft.
            DraftSubmitted: its answers were sent, and there is nothing to carry on.
            DatabaseUnavailable: no code was made; the old one is still good.
        """
        code = ResumeCode(crockford_code(self._ground.random_bytes, groups=GROUPS))
        with self._ground.database.transaction() as session:
            draft = session.get(DraftRow, draft_id)
            if draft is None:
                raise DraftGone
            if draft.submitted_as is not None:
                raise DraftSubmitted(draft.submitted_as)
            session.execute(
                delete(ResumeCodeRow).where(ResumeCodeRow.draft_id == draft_id)
            )
            session.add(ResumeCodeRow(code_mac=self._mac(code), draft_id=draft_id))
            session.flush()
            self._note(session, actor, Action.DRAFT_CODE, draft_id)
        return code

    def find(self, typed: str, *, actor: Actor) -> DraftId | None:
        """Give the open draft behind a code as somebody typed it; None for none.

        Either is noted in the audit trail, without the code.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        code = read_crockford(typed, groups=GROUPS)
        with self._ground.database.transaction() as session:
            found = None
            if code is not None:
                found = session.scalar(
                    select(ResumeCodeRow.draft_id)
                    .join(DraftRow, DraftRow.id == ResumeCodeRow.draft_id)
                    .where(
                        ResumeCodeRow.code_mac == self._mac(code),
                        DraftRow.submitted_as.is_(None),
                    )
                )
            action = Action.DRAFT_RESUME if found else Action.DRAFT_RESUME_FAILURE
            self._note(session, actor, action, found or UNKNOWN)
        return DraftId(found) if found else None

    def _mac(self, code: str) -> str:
        return self._ground.keys.code_mac(_PURPOSE, code)

    def _note(
        self, session: Session, actor: Actor, action: Action, draft_id: str
    ) -> None:
        deed = Deed(action=action, object_kind="draft", object_id=draft_id)
        self._ground.audit.append(session, actor, deed)
