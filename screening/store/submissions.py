"""When is a questionnaire submitted, and what is kept of it?

It is submitted when one transaction has written the submission, who it is about, the
audit row, and that the draft is done; the receipt exists only after that commit. The
same draft submitted again, at once or later, gets the first receipt. Where the clinic
is told by mail of what can't wait, the notice is written in that transaction too.

What was answered and judged is one sealed record; who it is about is another, with a
data key of its own. The columns that sort the queue are plain, and their values stand
in the sealed record too: a row whose plain columns were changed is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, NewType

from sqlalchemy import select
from sqlalchemy.orm import Session

from screening.store.audit import Action, Actor, Deed
from screening.store.database import insert_unless_there
from screening.store.drafts import refuse_unless_open
from screening.store.ground import Ground
from screening.store.outbox import write_notice
from screening.store.outside import (
    crockford_code,
    in_utc,
    is_id,
    read_crockford,
    written,
)
from screening.store.person_marks import note_person
from screening.store.plain import Json, JsonObject, object_from_bytes, to_bytes
from screening.store.problems import DraftGone, RecordUnreadable, StoreProblem
from screening.store.queue_row import queue_rank, queue_row
from screening.store.tables import DraftRow, IdentityRow, SubmissionRow
from screening.store.vault import RecordPlace, Sealed
from screening.store.versions import require_version

Reference = NewType("Reference", str)

_REFERENCE_GROUPS = 2
_REFERENCE_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is plain about a submission: how it is found, sorted and recomputed.

    `local_date` is the clinic's date, `version_sha256` the questionnaire's files.
    """

    submitted_at: datetime
    local_date: date
    questionnaire: str
    version: str
    version_sha256: str
    engine_version: str
    outcome: str
    urgent: bool
    same_day: bool
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was answered and judged, as JSON says it; never shown in `repr`."""

    answers: JsonObject = field(repr=False)
    scores: Json = field(default=None, repr=False)
    findings: Json = field(default=None, repr=False)
    missing: Json = field(default=None, repr=False)
    undetermined: Json = field(default=None, repr=False)
    derived: Json = field(default=None, repr=False)
    help_shown: Json = field(default=None, repr=False)
    durations: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the submission is about: contact details, or the reference of the clinic."""

    contact: JsonObject = field(default_factory=dict, repr=False)
    clinic_reference: str | None = field(default=None, repr=False)

    @property
    def is_known(self) -> bool:
        """Say whether it names anybody."""
        return any(self.contact.values()) or bool(self.clinic_reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the patient is given: the reference to quote, and when it arrived."""

    reference: Reference
    submitted_at: datetime
    local_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submission as a member of staff reads it."""

    reference: Reference
    facts: Facts
    record: Record = field(repr=False)
    identity: Identity = field(repr=False)


class Submissions:
    """Submits drafts and gives submissions back, an audit row each time."""

    def __init__(self, ground: Ground, *, has_notices: bool = False) -> None:
        """Stand on the store's common ground.

        With `has_notices`, the clinic is told by mail of what is urgent or for today.
        """
        self._ground = ground
        self._has_notices = has_notices

    def submit(
        self,
        draft_id: str,
        *,
        expected_revision: int,
        facts: Facts,
        record: Record,
        identity: Identity,
        actor: Actor,
    ) -> Receipt:
        """Submit the draft that was read at the revision; give its one receipt.

        Raises:
            DraftChanged: an answer was saved since the draft was read; nothing was
                submitted.
            DraftGone: there is no such draft, and it was never submitted.
            VersionUnknown: the version was never kept.
            DatabaseUnavailable: it is not known to be submitted; submit it again.
        """
        if not is_id(draft_id):
            raise DraftGone
        with self._ground.database.transaction() as session:
            draft = session.scalar(
                select(DraftRow).where(DraftRow.id == draft_id).with_for_update()
            )
            earlier = _receipt_of(session, draft_id)
            if earlier is not None:
                self._append(
                    session, actor, Action.SUBMISSION_DUPLICATE, earlier.reference
                )
                return earlier
            if draft is None:
                raise DraftGone
            refuse_unless_open(draft, expected_revision)
            require_version(session, facts.version_sha256)
            reference = self._insert(session, draft_id, facts, record, identity)
            draft.submitted_as = reference
            draft.revision += 1
            draft.updated_at = facts.submitted_at
            # The answers now stand in the submission, and nowhere else.
            draft.key_id = draft.wrapped_key = draft.ciphertext = None
            session.flush()
            self._append(session, actor, Action.SUBMISSION_CREATE, reference)
            # Appending lets one go on at a time, so that of two who send at once the
            # second finds the first.
            note_person(session, self._ground, reference, identity)
        return _receipt(reference, facts)

    def read(
        self,
        reference: str,
        *,
        actor: Actor,
        action: Action = Action.SUBMISSION_VIEW,
        reason: str = "",
    ) -> Submission | None:
        """Give the submission and note that the actor read it; None if there is none.

        The reference may be typed as people type: `k7qm2xrd` is `K7QM-2XRD`.
        `action` says what it is read for: viewing, or making its PDF.

        Raises:
            RecordUnreadable: the submission was altered or its key is missing.
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        with self._ground.database.transaction() as session:
            found = self._read(session, reference)
            if found is not None:
                self._append(session, actor, action, found.reference, reason)
        return found

    def export(
        self, references: Sequence[str], *, actor: Actor, reason: str
    ) -> tuple[Submission, ...]:
        """Give the submissions that exist, in this order, an audit row for each.

        Raises:
            RecordUnreadable: one was altered or its key is missing; none is given.
            DatabaseUnavailable: exporting could not be noted; none is given.
        """
        exported = []
        with self._ground.database.transaction() as session:
            for reference in references:
                found = self._read(session, reference)
                if found is not None:
                    self._append(
                        session,
                        actor,
                        Action.SUBMISSION_EXPORT,
                        found.reference,
                        reason,
                    )
                    exported.append(found)
        return tuple(exported)

    def answers(
        self, questionnaire: str, *, actor: Actor, reason: str
    ) -> tuple[tuple[date, JsonObject], ...]:
        """Give what was answered in each submission, and on which day, first to last.

        Nobody can be told from it by name or reference. One audit row says that all
        were looked through.

        Raises:
            RecordUnreadable: one was altered or its key is missing; none is given.
            DatabaseUnavailable: looking could not be noted; none is given.
        """
        with self._ground.database.transaction() as session:
            deed = Deed(
                action=Action.SUBMISSION_COMPARE,
                object_kind="submissions",
                object_id=questionnaire,
                reason=reason,
            )
            self._ground.audit.append(session, actor, deed)
        wanted = (
            select(SubmissionRow)
            .where(SubmissionRow.questionnaire == questionnaire)
            .order_by(SubmissionRow.submitted_at)
        )
        with self._ground.database.reading() as session:
            opened = [self._opened(row) for row in session.scalars(wanted)]
        return tuple((facts.local_date, record.answers) for facts, record in opened)

    def _insert(
        self,
        session: Session,
        draft_id: str,
        facts: Facts,
        record: Record,
        identity: Identity,
    ) -> Reference:
        """Write the submission and its identity under a reference nobody has."""
        submission_id = self._ground.new_id()
        for _ in range(_REFERENCE_TRIES):
            reference = Reference(
                crockford_code(self._ground.random_bytes, groups=_REFERENCE_GROUPS)
            )
            sealed = self._ground.vault.seal(
                to_bytes(
                    {
                        "facts": _plain_facts(facts, reference, draft_id),
                        "record": _shallow(record),
                    }
                ),
                _record_place(submission_id),
            )
            is_new = insert_unless_there(
                session,
                SubmissionRow,
                **_shallow(facts),
                id=submission_id,
                reference=reference,
                draft_id=draft_id,
                queue_rank=queue_rank(facts),
                **asdict(sealed),
            )
            if is_new:
                break
        else:
            # The draft's row is locked, so only the reference can have been taken.
            raise StoreProblem("No free reference was found. Submit again.")
        sealed = self._ground.vault.seal(
            to_bytes(_shallow(identity)), _identity_place(submission_id)
        )
        session.add(IdentityRow(submission_id=submission_id, **asdict(sealed)))
        session.add(queue_row(submission_id, facts, record, identity))
        if self._has_notices and (facts.urgent or facts.same_day):
            write_notice(session, self._ground, submission_id, urgent=facts.urgent)
        return reference

    def _read(self, session: Session, typed: str) -> Submission | None:
        reference = parse_reference(typed)
        rows = session.execute(
            select(SubmissionRow, IdentityRow)
            .join(IdentityRow, IdentityRow.submission_id == SubmissionRow.id)
            .where(SubmissionRow.reference == reference)
        ).first()
        if rows is None:
            return None
        row, identity_row = rows
        facts, record = self._opened(row)
        return Submission(
            reference=Reference(row.reference),
            facts=facts,
            record=record,
            identity=identity_of(self._ground, identity_row),
        )

    def _opened(self, row: SubmissionRow) -> tuple[Facts, Record]:
        """Return a row's facts and record, which were sealed together."""
        place = _record_place(row.id)
        stored = object_from_bytes(self._ground.vault.open(_sealed(row), place))
        facts = Facts(**{name.name: getattr(row, name.name) for name in fields(Facts)})
        is_altered = stored["facts"] != _plain_facts(facts, row.reference, row.draft_id)
        if is_altered or row.queue_rank != queue_rank(facts):
            raise RecordUnreadable(
                table=place.table,
                row_id=place.row_id,
                what="its plain columns are not those it was sealed with",
            )
        return facts, Record(**stored["record"])

    def _append(
        self,
        session: Session,
        actor: Actor,
        action: Action,
        reference: str,
        reason: str = "",
    ) -> None:
        deed = Deed(
            action=action,
            object_kind="submission",
            object_id=reference,
            reason=reason,
        )
        self._ground.audit.append(session, actor, deed)


def parse_reference(typed: str) -> Reference | None:
    """Read a reference as people type it; None when it can't be one."""
    code = read_crockford(typed, groups=_REFERENCE_GROUPS)
    return None if code is None else Reference(code)


def row_of(
    session: Session, typed: str, *, locked: bool = False
) -> SubmissionRow | None:
    """Give the row of a submission by its reference as people type it, None for none.

    Locked, two who change at once what hangs on it see each other.
    """
    wanted = select(SubmissionRow).where(
        SubmissionRow.reference == parse_reference(typed)
    )
    return session.scalar(wanted.with_for_update() if locked else wanted)


def identity_of(ground: Ground, row: IdentityRow) -> Identity:
    """Open who a submission is about.

    Raises:
        RecordUnreadable: it was altered or its key is missing.
    """
    opened = ground.vault.open(_sealed(row), _identity_place(row.submission_id))
    return Identity(**object_from_bytes(opened))


def _receipt_of(session: Session, draft_id: str) -> Receipt | None:
    row = session.scalar(
        select(SubmissionRow).where(SubmissionRow.draft_id == draft_id)
    )
    if row is None:
        return None
    return Receipt(
        reference=Reference(row.reference),
        submitted_at=row.submitted_at,
        local_date=row.local_date,
    )


def _receipt(reference: Reference, facts: Facts) -> Receipt:
    return Receipt(
        reference=reference,
        submitted_at=in_utc(facts.submitted_at),
        local_date=facts.local_date,
    )


def _shallow(content: Facts | Record | Identity) -> dict[str, Any]:
    """Give the fields by name, as they are."""
    return {name.name: getattr(content, name.name) for name in fields(content)}


def _plain_facts(facts: Facts, reference: str, draft_id: str) -> dict[str, Any]:
    return _shallow(facts) | {
        "submitted_at": written(facts.submitted_at),
        "local_date": facts.local_date.isoformat(),
        "reference": reference,
        "draft_id": draft_id,
    }


def _sealed(row: SubmissionRow | IdentityRow) -> Sealed:
    return Sealed(
        key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
    )


def _record_place(submission_id: str) -> RecordPlace:
    return RecordPlace(table="submissions", row_id=submission_id, column="record")


def _identity_place(submission_id: str) -> RecordPlace:
    return RecordPlace(table="identities", row_id=submission_id, column="identity")
