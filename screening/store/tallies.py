"""How many came, how did they come out, and what was found most often?

These are counts of people; nobody is named. They are exact here: whoever shows them
hides the small ones. Forms that were begun, sent, deleted and left are counted by
the rows of the audit trail. Findings stand in sealed records, which are opened for
the count and given to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from screening.store.audit import Action, Actor, Deed
from screening.store.ground import Ground
from screening.store.outside import written
from screening.store.plain import object_from_bytes
from screening.store.problems import RecordUnreadable
from screening.store.tables import AuditRow, SubmissionRow
from screening.store.vault import RecordPlace, Sealed

MOST_RECORDS = 200
"""How many of the newest records findings are counted in."""

AT_ONCE = 5
"""By how many submissions the count of findings moves on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTally:
    """How many submissions of one version had each outcome."""

    questionnaire: str
    version: str
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTally:
    """In how many of `people` records each finding stands, by its id.

    `unreadable` records could not be opened, and count as records without findings.
    """

    people: int
    unreadable: int
    findings: Mapping[str, int]


class Tallies:
    """Counts what the store holds."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def between(
        self, borders: Sequence[datetime], actions: Sequence[Action]
    ) -> tuple[Mapping[Action, int], ...]:
        """Count the rows of each action from one border up to the next.

        `borders` are in order; there is one count fewer than borders.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        texts = [written(border) for border in borders]
        stretch = case(
            *((AuditRow.at_utc < end, at) for at, end in enumerate(texts[1:]))
        ).label("stretch")
        wanted = (
            select(stretch, AuditRow.action, func.count().label("how_many"))
            .where(
                AuditRow.action.in_([action.value for action in actions]),
                AuditRow.at_utc >= texts[0],
                AuditRow.at_utc < texts[-1],
            )
            .group_by("stretch", AuditRow.action)
        )
        with self._ground.database.reading() as session:
            rows = session.execute(wanted).all()
        found: list[Counter[Action]] = [Counter() for _ in texts[1:]]
        for row in rows:
            found[row.stretch][Action(row.action)] = row.how_many
        return tuple(found)

    def left(self, begin: datetime, end: datetime) -> int:
        """Count the forms that were deleted because nobody sent them in time.

        Of a form that was sent what remains is deleted too, and is not counted.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        was_sent = select(SubmissionRow.id).where(
            SubmissionRow.draft_id == AuditRow.object_id
        )
        wanted = (
            select(func.count())
            .select_from(AuditRow)
            .where(
                AuditRow.action == Action.DRAFT_EXPIRE.value,
                AuditRow.at_utc >= written(begin),
                AuditRow.at_utc < written(end),
                ~was_sent.exists(),
            )
        )
        with self._ground.database.reading() as session:
            return session.scalar(wanted) or 0

    def outcomes(self, versions: int) -> tuple[VersionTally, ...]:
        """Count outcomes in so many versions, that which was sent last first.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = select(
            SubmissionRow.questionnaire,
            SubmissionRow.version,
            SubmissionRow.outcome,
            func.count().label("how_many"),
            func.max(SubmissionRow.submitted_at).label("last"),
        ).group_by(
            SubmissionRow.questionnaire, SubmissionRow.version, SubmissionRow.outcome
        )
        with self._ground.database.reading() as session:
            rows = session.execute(wanted).all()
        found: dict[tuple[str, str], Counter[str]] = {}
        for row in sorted(rows, key=lambda row: row.last, reverse=True):
            counts = found.setdefault((row.questionnaire, row.version), Counter())
            counts[row.outcome] = row.how_many
        return tuple(
            VersionTally(questionnaire=name, version=version, outcomes=counts)
            for (name, version), counts in list(found.items())[:versions]
        )

    def findings(self, actor: Actor) -> FindingTally:
        """Count findings in the newest records, and note that they were opened.

        The last one to four submissions are left out until there are five, and the
        oldest leave by five, so that what one person sent is not seen in the change.

        Raises:
            DatabaseUnavailable: it could not be noted, so nothing is opened.
        """
        deed = Deed(
            action=Action.SUBMISSION_COUNT, object_kind="submissions", object_id=""
        )
        self._ground.audit.write(actor, deed)
        with self._ground.database.reading() as session:
            there = session.scalar(select(func.count()).select_from(SubmissionRow))
            newest = (
                select(SubmissionRow.id)
                .order_by(SubmissionRow.submitted_at.desc(), SubmissionRow.id.desc())
                .offset((there or 0) % AT_ONCE)
                .limit(MOST_RECORDS)
            )
            rows = session.scalars(
                select(SubmissionRow).where(SubmissionRow.id.in_(newest))
            ).all()
        counts: Counter[str] = Counter()
        unreadable = 0
        for row in rows:
            try:
                counts.update(self._found(row))
            except RecordUnreadable:
                unreadable += 1
        return FindingTally(people=len(rows), unreadable=unreadable, findings=counts)

    def _found(self, row: SubmissionRow) -> set[str]:
        sealed = Sealed(
            key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
        )
        place = RecordPlace(table=row.__tablename__, row_id=row.id, column="record")
        record = object_from_bytes(self._ground.vault.open(sealed, place))["record"]
        return {
            str(one["id"])
            for one in record["findings"] or ()
            if isinstance(one, Mapping)
        }
