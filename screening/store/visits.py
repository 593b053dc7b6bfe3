"""What was said of the answers at a visit: confirmed, wrong, or answered only then?

A submission stays as the patient sent it. Marks are kept beside it, in versions that
are only added (`added`); each holds every mark, so that the newest says all that holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from screening.store.added import Added, AddedVersions, Broken, submission_row
from screening.store.audit import Action, Actor
from screening.store.decision_drafts import Author
from screening.store.ground import Ground
from screening.store.plain import Json, JsonObject
from screening.store.problems import SubmissionUnknown
from screening.store.tables import VisitRow
from screening.store.wordings import count


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMark:
    """What was said of one answer.

    `asked` and `answered` are the question and the patient's answer as the page showed
    them. `right` is what is right in the form of an answers file, None where it was
    written in words alone or is not known; `right_in_words` says it.
    """

    key: str
    mark: str
    asked: str
    answered: str = field(repr=False)
    right: Json = field(default=None, repr=False)
    right_in_words: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A version of the marks: who said it, when, and all that holds since."""

    number: int
    made_at: datetime
    author: Author
    marks: tuple[AnswerMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitHistory:
    """Every version of the marks of a submission, the first first."""

    versions: tuple[Visit | Broken, ...]

    @property
    def newest(self) -> int:
        """The number of the newest version, 0 for none."""
        return self.versions[-1].number if self.versions else 0

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The versions that are not as they were kept."""
        return tuple(one for one in self.versions if isinstance(one, Broken))

    @property
    def current(self) -> Visit | None:
        """The newest version; None where there is none or any is broken."""
        newest = self.versions[-1] if self.versions else None
        if self.broken or not isinstance(newest, Visit):
            return None
        return newest


class Visits:
    """Keeps marks, and gives them back with what is wrong with them."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground
        self._versions = AddedVersions(ground, VisitRow, Action.VISIT_MARK)

    def mark(
        self,
        reference: str,
        author: Author,
        marks: tuple[AnswerMark, ...],
        *,
        expected_number: int,
        actor: Actor,
    ) -> Visit:
        """Add a version that holds these marks, and count them.

        `expected_number` is that of the version that was read, 0 for none.

        Raises:
            SubmissionUnknown: there is no such submission.
            AddedMeanwhile: somebody else added a version since; nothing was added.
            DatabaseUnavailable: nothing is known to be added; look, then repeat it.
        """
        content: JsonObject = {
            "author": asdict(author),
            "marks": [asdict(one) for one in marks],
        }
        with self._ground.database.transaction() as session:
            submission = submission_row(session, reference, locked=True)
            before = self._versions.read(session, submission)
            added = self._versions.add(
                session,
                submission,
                content,
                expected_number=expected_number,
                actor=actor,
            )
            newest = before[-1] if before else None
            count(
                session,
                submission.version_sha256,
                _by_key(newest.content) if isinstance(newest, Added) else {},
                _by_key(added.content),
            )
        return _visit(added)

    def of(self, reference: str) -> VisitHistory:
        """Give every version, each of them checked; none where there is nothing.

        Whoever asks has left an audit row for reading the submission.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with self._ground.database.reading() as session:
            try:
                submission = submission_row(session, reference)
            except SubmissionUnknown:
                return VisitHistory(versions=())
            found = self._versions.read(session, submission)
        return VisitHistory(
            versions=tuple(
                _visit(one) if isinstance(one, Added) else one for one in found
            )
        )


def _by_key(content: Mapping[str, Any]) -> dict[str, str]:
    return {one["key"]: one["mark"] for one in content["marks"]}


def _visit(added: Added) -> Visit:
    return Visit(
        number=added.number,
        made_at=added.made_at,
        author=Author(**added.content["author"]),
        marks=tuple(AnswerMark(**one) for one in added.content["marks"]),
    )
