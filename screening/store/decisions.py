"""What did a clinician decide and sign, and how is it shown that nobody changed it?

A decision is signed in versions that are only ever added. What is signed is one JSON
text in its canonical form: the decision, the hash of the record that was read, the hash
of the version before, who signs, when, and what the signature means. It is sealed
whole; its SHA-256 stands beside it and in the audit trail, in the transaction that
signs. Each reading opens every version and holds all of that together: a version that
was changed, moved, taken out or put in is shown as broken, never as signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from screening.store.added import (
    Broken,
    chained,
    first_fault,
    text_of,
    told_of,
)
from screening.store.audit import Action, Actor, Deed
from screening.store.decision_drafts import Author, draft_row
from screening.store.ground import Ground
from screening.store.outside import written
from screening.store.plain import JsonObject, object_from_bytes, to_bytes
from screening.store.problems import DecisionGone, SignedMeanwhile
from screening.store.submissions import Reference, row_of
from screening.store.tables import AuditRow, DecisionRow, QueueRow, SubmissionRow
from screening.store.vault import RecordPlace

_FORM = 1
"""The form of what is signed, which is a part of it."""

_SIGNING = (Action.SUBMISSION_SIGN, Action.SUBMISSION_AMEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a signature is put under.

    `decision` is its word in the queue and a part of `content`; `record_sha256` is the
    hash of the record that was read; `meaning` is what the signature says;
    `confirmed_by` are the ways in which the signer showed who they are; `zone` is the
    clinic's, an IANA name.
    """

    decision: str
    content: JsonObject = field(repr=False)
    record_sha256: str
    meaning: str
    signer: Author
    confirmed_by: tuple[str, ...]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDecision:
    """One version as it was signed: what is said of it has been checked.

    `text` is what was signed, JSON in its canonical form, of which `sha256` is the
    hash.
    """

    number: int
    decision: str
    signed_at: datetime
    sha256: str
    previous_sha256: str | None
    record_sha256: str
    meaning: str
    signer: Author
    confirmed_by: tuple[str, ...]
    zone: str
    content: dict[str, Any] = field(repr=False)
    text: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every version of the decision about a submission, the first first."""

    reference: Reference
    versions: tuple[SignedDecision | Broken, ...]

    @property
    def newest(self) -> int:
        """The number of the newest version, 0 for none."""
        return self.versions[-1].number if self.versions else 0

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The versions that are not as they were signed."""
        return tuple(v for v in self.versions if isinstance(v, Broken))

    @property
    def current(self) -> SignedDecision | None:
        """The newest version; None where nothing is signed or any is broken."""
        newest = self.versions[-1] if self.versions else None
        if self.broken or not isinstance(newest, SignedDecision):
            return None
        return newest


class Decisions:
    """Signs decisions, and gives them back with what is wrong with them."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def sign(
        self, reference: str, signing: Signing, *, expected_revision: int, actor: Actor
    ) -> SignedDecision:
        """Sign what the signer's draft says, and end the draft.

        `expected_revision` is the draft's, as it was read to be signed.

        Raises:
            DecisionGone: the signer is writing nothing about such a submission.
            DecisionChanged: the draft was saved since it was read; nothing is signed.
            SignedMeanwhile: another version was signed since the draft was begun.
            DatabaseUnavailable: it is not known to be signed; look, then sign again.
        """
        now = self._ground.clock()
        with self._ground.database.transaction() as session:
            # Locked, so that of two who sign at once the second sees the first.
            submission = row_of(session, reference, locked=True)
            if submission is None:
                raise DecisionGone
            draft = draft_row(
                session, submission.id, signing.signer.id, expected_revision
            )
            before = _rows(session, submission.id)
            newest = before[-1].number if before else 0
            if newest != draft.amends:
                raise SignedMeanwhile(amends=draft.amends, newest=newest)
            previous = before[-1].sha256 if before else None
            row, text = self._row(submission, newest + 1, signing, now, previous)
            session.add(row)
            session.get_one(QueueRow, submission.id).decision = signing.decision
            session.delete(draft)
            session.flush()
            self._append(
                session,
                actor,
                Action.SUBMISSION_AMEND if newest else Action.SUBMISSION_SIGN,
                submission.reference,
                told_of(row.number, row.sha256),
            )
        return _signed(object_from_bytes(text), text)

    def read(
        self,
        reference: str,
        *,
        actor: Actor,
        record_sha256: str | None = None,
        action: Action = Action.DECISION_VIEW,
    ) -> History | None:
        """Give every version, each of them checked; None for no such submission.

        Where `record_sha256` is given, a version that was signed under another record
        is broken. One audit row says that it was read, if there is anything to read.

        Raises:
            DatabaseUnavailable: reading could not be noted, so nothing is given.
        """
        with self._ground.database.transaction() as session:
            submission = row_of(session, reference)
            if submission is None:
                return None
            history = self._history(session, submission, record_sha256)
            if history.versions:
                self._append(session, actor, action, submission.reference)
        return history

    def check_all(self) -> tuple[int, tuple[tuple[Reference, Broken], ...]]:
        """Give how many versions there are, and those that are not as signed.

        Versions of which only the audit trail knows are counted too.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        count, broken = 0, []
        signed = select(DecisionRow.submission_id)
        told = select(AuditRow.object_id).where(AuditRow.action.in_(_SIGNING))
        wanted = (
            select(SubmissionRow)
            .where(or_(SubmissionRow.id.in_(signed), SubmissionRow.reference.in_(told)))
            .order_by(SubmissionRow.submitted_at, SubmissionRow.id)
        )
        with self._ground.database.reading() as session:
            for submission in session.scalars(wanted):
                history = self._history(session, submission, None)
                count += len(history.versions)
                broken += [(history.reference, one) for one in history.broken]
        return count, tuple(broken)

    def _row(
        self,
        submission: SubmissionRow,
        number: int,
        signing: Signing,
        now: datetime,
        previous: str | None,
    ) -> tuple[DecisionRow, bytes]:
        text = to_bytes(
            {
                "form": _FORM,
                "reference": submission.reference,
                "number": number,
                "previous_sha256": previous,
                "signed_at": written(now),
                "zone": signing.zone,
                "decision": signing.decision,
                "content": signing.content,
                "record_sha256": signing.record_sha256,
                "meaning": signing.meaning,
                "signer": asdict(signing.signer),
                "confirmed_by": signing.confirmed_by,
            }
        )
        row_id = self._ground.new_id()
        row = DecisionRow(
            id=row_id,
            submission_id=submission.id,
            number=number,
            decision=signing.decision,
            signed_at=now,
            sha256=hashlib.sha256(text).hexdigest(),
            previous_sha256=previous,
            **asdict(self._ground.vault.seal(text, _place(row_id))),
        )
        return row, text

    def _history(
        self, session: Session, submission: SubmissionRow, record_sha256: str | None
    ) -> History:
        reference = Reference(submission.reference)
        told = self._ground.audit.reasons(session, _SIGNING, reference)
        rows = _rows(session, submission.id)
        checked = _Checking(
            ground=self._ground,
            reference=reference,
            record_sha256=record_sha256,
            told=told,
        )
        return History(reference=reference, versions=tuple(checked.versions(rows)))

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checking:
    """What the versions of one submission are held against.

    `told` is what the audit trail says of each signing, in order.
    """

    ground: Ground
    reference: Reference
    record_sha256: str | None
    told: Sequence[str]

    def versions(
        self, rows: Sequence[DecisionRow]
    ) -> Iterator[SignedDecision | Broken]:
        return chained(rows, self.told, self._checked)

    def _checked(
        self, row: DecisionRow, previous: str | None
    ) -> SignedDecision | Broken:
        text = text_of(self.ground, row, _place(row.id))
        if isinstance(text, Broken):
            return text
        signed = _signed(object_from_bytes(text), text)
        fault = self._fault(row, signed, previous)
        if fault is not None:
            return Broken(number=row.number, what=fault)
        return signed

    def _fault(
        self, row: DecisionRow, signed: SignedDecision, previous: str | None
    ) -> str | None:
        """Return the first thing that does not hold together; None if all does."""
        beside = (row.number, row.decision, row.signed_at, row.previous_sha256)
        inside = (
            signed.number,
            signed.decision,
            signed.signed_at,
            signed.previous_sha256,
        )
        reference = object_from_bytes(signed.text)["reference"]
        known = self.record_sha256 in {None, signed.record_sha256}
        checks = (
            (signed.sha256 == row.sha256, "its hash is another one"),
            (beside == inside, "what stands beside it is not what was signed"),
            (reference == self.reference, "it was signed for another submission"),
            (signed.previous_sha256 == previous, "it does not follow the one before"),
            (
                told_of(signed.number, signed.sha256) in self.told,
                "the audit trail does not tell of this signature",
            ),
            (known, "the record is not the one that was signed"),
        )
        return first_fault(checks)


def _signed(content: dict[str, Any], text: bytes) -> SignedDecision:
    return SignedDecision(
        number=content["number"],
        decision=content["decision"],
        signed_at=datetime.fromisoformat(content["signed_at"]),
        sha256=hashlib.sha256(text).hexdigest(),
        previous_sha256=content["previous_sha256"],
        record_sha256=content["record_sha256"],
        meaning=content["meaning"],
        signer=Author(**content["signer"]),
        confirmed_by=tuple(content["confirmed_by"]),
        zone=content["zone"],
        content=content["content"],
        text=text,
    )


def _rows(session: Session, submission_id: str) -> Sequence[DecisionRow]:
    return session.scalars(
        select(DecisionRow)
        .where(DecisionRow.submission_id == submission_id)
        .order_by(DecisionRow.number)
    ).all()


def _place(row_id: str) -> RecordPlace:
    return RecordPlace(table="decisions", row_id=row_id, column="signed")
