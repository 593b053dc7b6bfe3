"""What has a patient answered so far, before it is submitted?

A draft is one encrypted record with a revision number. It is written only over the
revision that was read, so that two tabs or two devices never undo each other's answers.
Its id is random but no proof of who holds it: carry it in a signed cookie only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NewType

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground
from screening.store.outside import is_id, written
from screening.store.plain import Json, JsonObject, object_from_bytes, to_bytes
from screening.store.problems import DraftChanged, DraftGone, DraftSubmitted
from screening.store.tables import DraftRow
from screening.store.vault import RecordPlace, Sealed
from screening.store.versions import require_version

DraftId = NewType("DraftId", str)

Typed = Mapping[str, list[str]]
"""The strings of a page's fields, by the names they are posted under."""

_EXPIRED_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpShown:
    """A help text the patient was shown, when, and the answers that called for it.

    `key` is the criterion's id or the help text's key.
    """

    key: str
    at: datetime
    answers: JsonObject = field(repr=False)

    def to_plain(self) -> JsonObject:
        """Write it as JSON says it, for a draft or for a submission's record."""
        return {"key": self.key, "at": written(self.at), "answers": self.answers}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """All that a draft remembers: answers (as an answers file) and the way taken.

    `visited` names the pages in the order they were first saved; `seconds` is how long
    each page took, by its name. `typed` is what stands on pages that were not sent yet,
    by place and field: no answers, and never read as such. Where the clinic asks again,
    `follows` is the reference of what was sent before, and `asked` are the keys of the
    questions it asks. Where staff fills it in with the patient, `assisted_by` is who,
    and `assisted_how` is where the patient is.
    """

    started_at: datetime
    answers: JsonObject = field(default_factory=dict, repr=False)
    help_shown: tuple[HelpShown, ...] = field(default=(), repr=False)
    visited: tuple[str, ...] = field(default=(), repr=False)
    seconds: Mapping[str, int] = field(default_factory=dict, repr=False)
    typed: Mapping[str, Typed] = field(default_factory=dict, repr=False)
    follows: str = ""
    asked: tuple[str, ...] = ()
    assisted_by: str = ""
    assisted_how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it was read; `content` is None once it was submitted.

    `submitted_as` is the reference on the patient's receipt.
    """

    id: DraftId
    version_sha256: str
    revision: int
    updated_at: datetime
    submitted_as: str | None
    content: DraftContent | None = field(repr=False)


class Drafts:
    """Keeps drafts, encrypted."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def create(
        self, version_sha256: str, content: DraftContent, *, actor: Actor
    ) -> Draft:
        """Keep a new draft at revision 1 of a version that is kept.

        Raises:
            VersionUnknown: the version was never kept.
            DatabaseUnavailable: nothing was kept.
        """
        with self._ground.database.transaction() as session:
            return self.insert(session, version_sha256, content, actor=actor)

    def insert(
        self,
        session: Session,
        version_sha256: str,
        content: DraftContent,
        *,
        actor: Actor,
    ) -> Draft:
        """Keep a new draft as a part of a transaction.

        Raises:
            VersionUnknown: the version was never kept.
        """
        draft_id = DraftId(self._ground.new_id())
        sealed = self._seal(draft_id, content)
        now = self._ground.clock()
        require_version(session, version_sha256)
        session.add(
            DraftRow(
                id=draft_id,
                version_sha256=version_sha256,
                revision=1,
                updated_at=now,
                submitted_as=None,
                key_id=sealed.key_id,
                wrapped_key=sealed.wrapped_key,
                ciphertext=sealed.ciphertext,
            )
        )
        session.flush()
        self._append(session, actor, Action.DRAFT_START, draft_id)
        return Draft(
            id=draft_id,
            version_sha256=version_sha256,
            revision=1,
            updated_at=now,
            submitted_as=None,
            content=content,
        )

    def read(self, draft_id: str) -> Draft:
        """Give the draft as it stands.

        Raises:
            DraftGone: there is no such draft.
            RecordUnreadable: the draft was altered or its key is missing.
            DatabaseUnavailable: the database did not answer.
        """
        _require_id(draft_id)
        with self._ground.database.reading() as session:
            row = session.get(DraftRow, draft_id)
        if row is None:
            raise DraftGone
        return Draft(
            id=DraftId(row.id),
            version_sha256=row.version_sha256,
            revision=row.revision,
            updated_at=row.updated_at,
            submitted_as=row.submitted_as,
            content=self._open(row),
        )

    def write(
        self, draft_id: str, content: DraftContent, *, expected_revision: int
    ) -> int:
        """Replace the content that was read at the revision; give the new revision.

        Raises:
            DraftChanged: the draft is no longer at that revision; nothing was written.
            DraftSubmitted: the draft was submitted; nothing was written.
            DraftGone: there is no such draft.
            DatabaseUnavailable: nothing was written.
        """
        _require_id(draft_id)
        sealed = self._seal(draft_id, content)
        with self._ground.database.transaction() as session:
            self._rewrite(session, draft_id, sealed, expected_revision)
        return expected_revision + 1

    def keep_typed(
        self, draft_id: str, content: DraftContent, *, expected_revision: int
    ) -> bool:
        """Keep what is being typed, in the revision that was read; tell whether it was.

        Nothing that was answered changes, so neither the revision nor the time does;
        where another window wrote meanwhile, nothing is kept.

        Raises:
            DatabaseUnavailable: nothing was kept.
        """
        _require_id(draft_id)
        sealed = self._seal(draft_id, content)
        with self._ground.database.transaction() as session:
            return _replaced(session, draft_id, sealed, expected_revision)

    def move(
        self,
        draft_id: str,
        content: DraftContent,
        *,
        version_sha256: str,
        expected_revision: int,
        actor: Actor,
    ) -> int:
        """Go on with another version that is kept; give the new revision.

        Raises:
            VersionUnknown: the version was never kept.
            DraftChanged: the draft is no longer at that revision; nothing was written.
            DraftSubmitted: the draft was submitted; nothing was written.
            DraftGone: there is no such draft.
            DatabaseUnavailable: nothing was written.
        """
        _require_id(draft_id)
        sealed = self._seal(draft_id, content)
        with self._ground.database.transaction() as session:
            require_version(session, version_sha256)
            self._rewrite(
                session,
                draft_id,
                sealed,
                expected_revision,
                version_sha256=version_sha256,
            )
            self._append(session, actor, Action.DRAFT_MOVE, draft_id)
        return expected_revision + 1

    def delete(self, draft_id: str, *, actor: Actor) -> None:
        """Forget the draft because the patient withdraws it.

        Raises:
            DraftGone: there is no such draft.
            DatabaseUnavailable: nothing was deleted.
        """
        _require_id(draft_id)
        with self._ground.database.transaction() as session:
            deleted_id = session.scalar(
                delete(DraftRow).where(DraftRow.id == draft_id).returning(DraftRow.id)
            )
            if deleted_id is None:
                raise DraftGone
            self._append(session, actor, Action.DRAFT_WITHDRAW, draft_id)

    def purge(self, *, older_than: timedelta, actor: Actor) -> int:
        """Forget every draft that nobody wrote to for so long; give how many.

        Raises:
            DatabaseUnavailable: some may have been purged, the others still stand.
        """
        before = self._ground.clock() - older_than
        purged = 0
        while True:
            # In portions, so that no patient waits long for the write lock.
            with self._ground.database.transaction() as session:
                expired = session.scalars(
                    select(DraftRow.id)
                    .where(DraftRow.updated_at < before)
                    .limit(_EXPIRED_AT_ONCE)
                ).all()
                if not expired:
                    return purged
                deleted = session.scalars(
                    delete(DraftRow)
                    .where(DraftRow.id.in_(expired), DraftRow.updated_at < before)
                    .returning(DraftRow.id)
                ).all()
                for draft_id in deleted:
                    self._append(session, actor, Action.DRAFT_EXPIRE, draft_id)
                purged += len(deleted)

    def _rewrite(
        self,
        session: Session,
        draft_id: str,
        sealed: Sealed,
        expected_revision: int,
        **more: object,
    ) -> None:
        """Write over the revision that was read, as the next one, or refuse."""
        is_written = _replaced(
            session,
            draft_id,
            sealed,
            expected_revision,
            revision=expected_revision + 1,
            updated_at=self._ground.clock(),
            **more,
        )
        if not is_written:
            refuse_unless_open(session.get(DraftRow, draft_id), expected_revision)

    def _append(
        self, session: Session, actor: Actor, action: Action, draft_id: str
    ) -> None:
        deed = Deed(action=action, object_kind="draft", object_id=draft_id)
        self._ground.audit.append(session, actor, deed)

    def _seal(self, draft_id: str, content: DraftContent) -> Sealed:
        return self._ground.vault.seal(to_bytes(_to_plain(content)), _place(draft_id))

    def _open(self, row: DraftRow) -> DraftContent | None:
        if row.key_id is None or row.wrapped_key is None or row.ciphertext is None:
            return None
        sealed = Sealed(
            key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
        )
        return _from_plain(
            object_from_bytes(self._ground.vault.open(sealed, _place(row.id)))
        )


def _replaced(
    session: Session,
    draft_id: str,
    sealed: Sealed,
    expected_revision: int,
    **more: object,
) -> bool:
    """Write the content over a revision; tell whether the open draft stood at it."""
    found = session.scalar(
        update(DraftRow)
        .where(
            DraftRow.id == draft_id,
            DraftRow.revision == expected_revision,
            DraftRow.submitted_as.is_(None),
        )
        .values(
            key_id=sealed.key_id,
            wrapped_key=sealed.wrapped_key,
            ciphertext=sealed.ciphertext,
            **more,
        )
        .returning(DraftRow.id)
    )
    return found is not None


def refuse_unless_open(row: DraftRow | None, expected_revision: int) -> None:
    """Go on only with a draft that was not submitted and is at this revision.

    Raises:
        DraftGone: there is no such draft.
        DraftSubmitted: it was submitted already.
        DraftChanged: it is at another revision.
    """
    if row is None:
        raise DraftGone
    if row.submitted_as is not None:
        raise DraftSubmitted(row.submitted_as)
    if row.revision != expected_revision:
        raise DraftChanged(
            read_revision=expected_revision, stored_revision=row.revision
        )


def _require_id(draft_id: str) -> None:
    # What came from outside may hold signs that a database refuses with an error.
    if not is_id(draft_id):
        raise DraftGone


def _place(draft_id: str) -> RecordPlace:
    return RecordPlace(table="drafts", row_id=draft_id, column="content")


def _to_plain(content: DraftContent) -> Json:
    return {
        "started_at": written(content.started_at),
        "answers": content.answers,
        "help_shown": [shown.to_plain() for shown in content.help_shown],
        "visited": list(content.visited),
        "seconds": dict(content.seconds),
        "typed": {
            place: {name: list(texts) for name, texts in fields.items()}
            for place, fields in content.typed.items()
        },
        "follows": content.follows,
        "asked": list(content.asked),
        "assisted_by": content.assisted_by,
        "assisted_how": content.assisted_how,
    }


def _from_plain(plain: dict[str, Any]) -> DraftContent:
    return DraftContent(
        started_at=datetime.fromisoformat(plain["started_at"]),
        answers=plain["answers"],
        help_shown=tuple(
            HelpShown(
                key=shown["key"],
                at=datetime.fromisoformat(shown["at"]),
                answers=shown["answers"],
            )
            for shown in plain["help_shown"]
        ),
        visited=tuple(plain["visited"]),
        # Drafts of an earlier release have none of these.
        seconds=plain.get("seconds", {}),
        typed=plain.get("typed", {}),
        follows=plain.get("follows", ""),
        asked=tuple(plain.get("asked", ())),
        assisted_by=plain.get("assisted_by", ""),
        assisted_how=plain.get("assisted_how", ""),
    )
