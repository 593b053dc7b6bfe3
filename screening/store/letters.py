"""Which letters about a patient did a clinician release, word for word?

Nothing of a letter is kept before it is released. A released one is a version that is
only added (`added`), with who released it, how they showed who they are, and that the
patient agreed. Each download is an audit row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from screening.store.added import Added, AddedVersions, Broken, submission_row
from screening.store.audit import Action, Actor, Deed
from screening.store.decision_drafts import Author
from screening.store.ground import Ground
from screening.store.plain import JsonObject
from screening.store.tables import LetterRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Releasing:
    """What is released: the letter, by whom, and how they showed who they are.

    `zone` is the clinic's, an IANA name; `record_sha256` is of the record it rests on.
    """

    letter: JsonObject = field(repr=False)
    record_sha256: str
    meaning: str
    author: Author
    confirmed_by: tuple[str, ...]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A letter as it was released."""

    number: int
    released_at: datetime
    sha256: str
    meaning: str
    author: Author
    confirmed_by: tuple[str, ...]
    zone: str
    letter: Mapping[str, Any] = field(repr=False)


class Letters:
    """Keeps letters, and gives them back with what is wrong with them."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground
        self._versions = AddedVersions(ground, LetterRow, Action.LETTER_RELEASE)

    def release(
        self,
        reference: str,
        releasing: Releasing,
        *,
        expected_number: int,
        actor: Actor,
    ) -> Released:
        """Keep a letter as released.

        `expected_number` is that of the newest letter that was seen, 0 for none.

        Raises:
            SubmissionUnknown: there is no such submission.
            AddedMeanwhile: somebody else released one since; nothing was released.
            DatabaseUnavailable: it is not known to be released; look, then repeat it.
        """
        with self._ground.database.transaction() as session:
            submission = submission_row(session, reference, locked=True)
            added = self._versions.add(
                session,
                submission,
                asdict(releasing),
                expected_number=expected_number,
                actor=actor,
            )
        return _released(added)

    def read(
        self, reference: str, *, actor: Actor, action: Action
    ) -> tuple[Released | Broken, ...]:
        """Give every letter, the first first; one audit row says what for.

        Raises:
            SubmissionUnknown: there is no such submission.
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        with self._ground.database.transaction() as session:
            submission = submission_row(session, reference)
            found = self._versions.read(session, submission)
            deed = Deed(
                action=action, object_kind="submission", object_id=submission.reference
            )
            self._ground.audit.append(session, actor, deed)
        return _letters(found)

    def of(self, reference: str) -> tuple[Released | Broken, ...]:
        """Give every letter where an audit row says already that they are read.

        Raises:
            SubmissionUnknown: there is no such submission.
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            found = self._versions.read(session, submission_row(session, reference))
        return _letters(found)


def _letters(found: tuple[Added | Broken, ...]) -> tuple[Released | Broken, ...]:
    return tuple(_released(one) if isinstance(one, Added) else one for one in found)


def _released(added: Added) -> Released:
    content = added.content
    return Released(
        number=added.number,
        released_at=added.made_at,
        sha256=added.sha256,
        meaning=content["meaning"],
        author=Author(**content["author"]),
        confirmed_by=tuple(content["confirmed_by"]),
        zone=content["zone"],
        letter=content["letter"],
    )
