"""Which exact questionnaire did a patient answer, and can it still be read?

The files of a questionnaire are kept whole, once for each sha256, and never changed or
removed: an old submission can be shown and scored again for ever.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.database import insert_unless_there
from screening.store.ground import Ground
from screening.store.problems import VersionConflict, VersionUnknown
from screening.store.tables import AuditRow, QuestionnaireVersionRow

if TYPE_CHECKING:
    from screening.core.definition import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The files of one version of a questionnaire: name within the bundle -> text."""

    sha256: str
    questionnaire: str
    version: str
    files: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, made: Questionnaire) -> Bundle:
        """Return the files that a questionnaire was made from."""
        return cls(
            sha256=made.sha256,
            questionnaire=made.id,
            version=made.version,
            files=made.files,
        )


class Versions:
    """Keeps the files of questionnaires."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def keep_version(self, bundle: Bundle, *, actor: Actor) -> bool:
        """Keep the bundle for ever, and tell whether it was new.

        Keeping the same bundle again changes nothing and writes no audit row.

        Raises:
            VersionConflict: the sha256 is kept already, with other content.
            DatabaseUnavailable: nothing was kept.
        """
        with self._ground.database.reading() as session:
            if _is_kept(session, bundle):
                return False
        with self._ground.database.transaction() as session:
            is_new = insert_unless_there(
                session,
                QuestionnaireVersionRow,
                sha256=bundle.sha256,
                questionnaire=bundle.questionnaire,
                version=bundle.version,
                files=_files_text(bundle),
                kept_at=self._ground.clock(),
            )
            if not is_new:
                # Another process kept it in between; compare with what it kept.
                _is_kept(session, bundle)
                return False
            self._ground.audit.append(
                session,
                actor,
                Deed(
                    action=Action.QUESTIONNAIRE_ACTIVATE,
                    object_kind="questionnaire",
                    object_id=bundle.sha256,
                ),
            )
        return True

    def note_rejected(self, state: str, *, actor: Actor) -> bool:
        """Write that files were refused, once for each `state` of them.

        `state` is a digest of what they were. Another process may have written it just
        before; tell whether this one did.

        Raises:
            DatabaseUnavailable: nothing was written.
        """
        with self._ground.database.transaction() as session:
            last = session.execute(
                select(AuditRow.object_id)
                .where(AuditRow.action == Action.QUESTIONNAIRE_REJECT)
                .order_by(AuditRow.seq.desc())
                .limit(1)
            ).scalar()
            if last == state:
                return False
            self._ground.audit.append(
                session,
                actor,
                Deed(
                    action=Action.QUESTIONNAIRE_REJECT,
                    object_kind="questionnaire files",
                    object_id=state,
                ),
            )
        return True

    def hashes(self) -> tuple[str, ...]:
        """Give the hash of every version that was kept, the first first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = select(QuestionnaireVersionRow.sha256).order_by(
            QuestionnaireVersionRow.kept_at
        )
        with self._ground.database.reading() as session:
            return tuple(session.scalars(wanted))

    def load_bundle(self, sha256: str) -> Bundle:
        """Give the bundle back, exactly as it was kept.

        Raises:
            VersionUnknown: no bundle with this hash was ever kept.
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            row = session.get(QuestionnaireVersionRow, sha256)
        if row is None:
            raise VersionUnknown(sha256)
        return Bundle(
            sha256=row.sha256,
            questionnaire=row.questionnaire,
            version=row.version,
            files=json.loads(row.files),
        )


def require_version(session: Session, sha256: str) -> None:
    """Go on only if the version is kept; otherwise raise VersionUnknown."""
    if session.get(QuestionnaireVersionRow, sha256) is None:
        raise VersionUnknown(sha256)


def _is_kept(session: Session, bundle: Bundle) -> bool:
    row = session.get(QuestionnaireVersionRow, bundle.sha256)
    if row is None:
        return False
    kept = (row.questionnaire, row.version, row.files)
    if kept != (bundle.questionnaire, bundle.version, _files_text(bundle)):
        raise VersionConflict(bundle.sha256)
    return True


def _files_text(bundle: Bundle) -> str:
    # Escaped to ASCII: PostgreSQL keeps no NUL, and JSON writes it as six signs.
    return json.dumps(dict(bundle.files), sort_keys=True)
