"""Who is writing a decision about a submission, and what have they written so far?

Each person writes a draft of their own, so that nobody's work can be overwritten by
somebody else's; the others are told who writes and since when. A draft is written only
over the revision that was read, so that two windows of one person never undo each
other. It ends when it is signed (`decisions`) or discarded.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.database import insert_unless_there
from screening.store.ground import Ground
from screening.store.outside import in_utc
from screening.store.plain import JsonObject, object_from_bytes, to_bytes
from screening.store.problems import DecisionChanged, DecisionGone, RecordUnreadable
from screening.store.submissions import parse_reference, row_of
from screening.store.tables import DecisionDraftRow, SubmissionRow
from screening.store.vault import RecordPlace, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes and signs: an account's id, user name, shown name and role."""

    id: str
    username: str
    name: str
    role: str

    @property
    def in_words(self) -> str:
        """Who it is, as signatures name them."""
        return f"{self.name} ({self.username}), {self.role}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Somebody has begun a decision and not signed it yet."""

    name: str
    begun_at: datetime
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDraft:
    """A draft as it was read.

    `amends` is the number of the signed version it goes on from, 0 for none.
    """

    revision: int
    amends: int
    begun_at: datetime
    saved_at: datetime
    content: dict[str, Any] = field(repr=False)


class DecisionDrafts:
    """Keeps what is being written, sealed."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def begin(
        self,
        reference: str,
        author: Author,
        content: JsonObject,
        *,
        amends: int,
        actor: Actor,
    ) -> bool:
        """Begin a draft with this content, unless the author has one; tell which.

        `amends` is the number of the signed version that it goes on from, 0 for none.
        One that can't be opened any more is discarded first.

        Raises:
            DecisionGone: there is no such submission.
            DatabaseUnavailable: nothing was begun.
        """
        now = self._ground.clock()
        draft_id = self._ground.new_id()
        with self._ground.database.transaction() as session:
            submission = _submission(session, reference)
            self._discard_unreadable(session, submission, author, actor)
            is_new = insert_unless_there(
                session,
                DecisionDraftRow,
                id=draft_id,
                submission_id=submission.id,
                author_id=author.id,
                author_name=author.name,
                revision=1,
                amends=amends,
                begun_at=now,
                saved_at=now,
                **asdict(self._seal(draft_id, submission.id, author.id, content)),
            )
            if is_new:
                self._note(session, actor, Action.DECISION_BEGIN, submission.reference)
        return is_new

    def read(self, reference: str, author_id: str) -> DecisionDraft | None:
        """Give what this person has written; None where they are writing nothing.

        Raises:
            RecordUnreadable: the draft was altered or its key is missing.
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            row = session.scalar(
                select(DecisionDraftRow)
                .join(SubmissionRow, SubmissionRow.id == DecisionDraftRow.submission_id)
                .where(
                    SubmissionRow.reference == parse_reference(reference),
                    DecisionDraftRow.author_id == author_id,
                )
            )
        if row is None:
            return None
        return DecisionDraft(
            revision=row.revision,
            amends=row.amends,
            begun_at=in_utc(row.begun_at),
            saved_at=in_utc(row.saved_at),
            content=self._open(row),
        )

    def write(
        self,
        reference: str,
        author_id: str,
        content: JsonObject,
        *,
        expected_revision: int,
        actor: Actor,
        amends: int | None = None,
    ) -> int:
        """Replace what was read at the revision; give the new revision.

        `amends` goes on from another signed version from now on; None leaves it.

        Raises:
            DecisionChanged: the author saved it in another window; nothing was written.
            DecisionGone: the author is writing nothing about such a submission.
            DatabaseUnavailable: nothing was written.
        """
        with self._ground.database.transaction() as session:
            submission = _submission(session, reference)
            row = draft_row(session, submission.id, author_id, expected_revision)
            sealed = self._seal(row.id, submission.id, author_id, content)
            row.revision += 1
            row.saved_at = self._ground.clock()
            row.amends = row.amends if amends is None else amends
            row.key_id = sealed.key_id
            row.wrapped_key = sealed.wrapped_key
            row.ciphertext = sealed.ciphertext
            revision = row.revision
            session.flush()
            self._note(session, actor, Action.DECISION_SAVE, submission.reference)
        return revision

    def discard(self, reference: str, author_id: str, *, actor: Actor) -> None:
        """Forget what this person has written.

        Raises:
            DecisionGone: the author is writing nothing about such a submission.
            DatabaseUnavailable: nothing was forgotten.
        """
        with self._ground.database.transaction() as session:
            submission = _submission(session, reference)
            session.delete(draft_row(session, submission.id, author_id))
            session.flush()
            self._note(session, actor, Action.DECISION_DISCARD, submission.reference)

    def others(self, reference: str, author_id: str) -> tuple[Writing, ...]:
        """Give who else is writing, whoever began first the first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = (
            select(DecisionDraftRow)
            .join(SubmissionRow, SubmissionRow.id == DecisionDraftRow.submission_id)
            .where(
                SubmissionRow.reference == parse_reference(reference),
                DecisionDraftRow.author_id != author_id,
            )
            .order_by(DecisionDraftRow.begun_at, DecisionDraftRow.id)
        )
        with self._ground.database.reading() as session:
            rows = session.scalars(wanted).all()
        return tuple(
            Writing(
                name=row.author_name,
                begun_at=in_utc(row.begun_at),
                saved_at=in_utc(row.saved_at),
            )
            for row in rows
        )

    def _note(
        self, session: Session, actor: Actor, action: Action, reference: str
    ) -> None:
        deed = Deed(action=action, object_kind="submission", object_id=reference)
        self._ground.audit.append(session, actor, deed)

    def _discard_unreadable(
        self, session: Session, submission: SubmissionRow, author: Author, actor: Actor
    ) -> None:
        row = session.scalar(
            select(DecisionDraftRow).where(
                DecisionDraftRow.submission_id == submission.id,
                DecisionDraftRow.author_id == author.id,
            )
        )
        if row is None:
            return
        try:
            self._open(row)
        except RecordUnreadable:
            session.delete(row)
            session.flush()
            self._note(session, actor, Action.DECISION_DISCARD, submission.reference)

    def _seal(
        self, draft_id: str, submission_id: str, author_id: str, content: JsonObject
    ) -> Sealed:
        # Whose it is, and about what, so that nobody is given somebody else's words.
        whole: JsonObject = {
            "submission_id": submission_id,
            "author_id": author_id,
            "content": content,
        }
        return self._ground.vault.seal(to_bytes(whole), _place(draft_id))

    def _open(self, row: DecisionDraftRow) -> dict[str, Any]:
        sealed = Sealed(
            key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
        )
        place = _place(row.id)
        whole = object_from_bytes(self._ground.vault.open(sealed, place))
        sealed_for = whole.get("submission_id"), whole.get("author_id")
        if sealed_for != (row.submission_id, row.author_id):
            raise RecordUnreadable(
                table=place.table,
                row_id=place.row_id,
                what="its plain columns are not those it was sealed with",
            )
        content: dict[str, Any] = whole["content"]
        return content


def draft_row(
    session: Session,
    submission_id: str,
    author_id: str,
    expected_revision: int | None = None,
) -> DecisionDraftRow:
    """Give the row of an author's draft, locked, at the revision that was read.

    Raises:
        DecisionGone: there is none.
        DecisionChanged: it is at another revision; None expects any.
    """
    row = session.scalar(
        select(DecisionDraftRow)
        .where(
            DecisionDraftRow.submission_id == submission_id,
            DecisionDraftRow.author_id == author_id,
        )
        .with_for_update()
    )
    if row is None:
        raise DecisionGone
    if expected_revision is not None and row.revision != expected_revision:
        raise DecisionChanged(
            read_revision=expected_revision, stored_revision=row.revision
        )
    return row


def _submission(session: Session, typed: str) -> SubmissionRow:
    row = row_of(session, typed)
    if row is None:
        raise DecisionGone
    return row


def _place(draft_id: str) -> RecordPlace:
    return RecordPlace(table="decision_drafts", row_id=draft_id, column="content")
