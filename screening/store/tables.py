"""Which tables does the store keep, and what stands in each column?

The tables of `accounts` stand on the same `Base`, in their own package. Nothing a
patient wrote is in a column that is not sealed. Each table has at most one sealed
field, in three columns: which key wrapped its data key, the wrapped key, and the
ciphertext. Instants are stored in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from screening.store.outside import in_utc

ID_LENGTH = 22
"""128 random bits in URL-safe base 64."""

HEX_SHA256_LENGTH = 64


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant in UTC; SQLite keeps no time zone, so it is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Bring the instant to UTC; a naive one raises ValueError."""
        if value is None:
            return None
        instant = in_utc(value)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Give the instant back as aware, in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Base(DeclarativeBase):
    """The one collection of tables, with names for every constraint and index."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcInstant()}


class QuestionnaireVersionRow(Base):
    """One exact set of questionnaire files, kept for ever."""

    __tablename__ = "questionnaire_versions"

    sha256: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(128))
    version: Mapped[str] = mapped_column(String(64))
    files: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class CertificateRow(Base):
    """What was shown of a version, written once; the id is the SHA-256 of the text."""

    __tablename__ = "certificates"

    id: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), primary_key=True)
    version_sha256: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), ForeignKey("questionnaire_versions.sha256")
    )
    questionnaire: Mapped[str] = mapped_column(String(128))
    made_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class PublicationRow(Base):
    """From when patients were asked a certified version, and by whose word.

    `seconded_by` is the second person, where one had to agree.
    """

    __tablename__ = "publications"
    __table_args__ = (Index(None, "questionnaire", "seq"),)

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True
    )
    questionnaire: Mapped[str] = mapped_column(String(128))
    certificate_id: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), ForeignKey("certificates.id")
    )
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(64))
    seconded_by: Mapped[str | None] = mapped_column(String(64))


class DraftRow(Base):
    """Answers on their way; the sealed columns are emptied when it is submitted."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    version_sha256: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), ForeignKey("questionnaire_versions.sha256")
    )
    revision: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    submitted_as: Mapped[str | None] = mapped_column(String(16))
    key_id: Mapped[str | None] = mapped_column(String(32))
    wrapped_key: Mapped[bytes | None]
    ciphertext: Mapped[bytes | None]


class SubmissionRow(Base):
    """One submitted questionnaire; `queue_rank` is 0 urgent, 1 same day, 2 other."""

    __tablename__ = "submissions"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    # Not a foreign key: the draft is purged long before the submission.
    draft_id: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True)
    submitted_at: Mapped[datetime]
    local_date: Mapped[date]
    questionnaire: Mapped[str] = mapped_column(String(128))
    version: Mapped[str] = mapped_column(String(64))
    version_sha256: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), ForeignKey("questionnaire_versions.sha256")
    )
    engine_version: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(64))
    urgent: Mapped[bool]
    same_day: Mapped[bool]
    queue_rank: Mapped[int]
    locale: Mapped[str] = mapped_column(String(35))
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class QueueRow(Base):
    """The line of one submission in the queue; `queue_rank` is that of the submission.

    `place` goes before the time of sending in the order of the queue: `queue_rank`, and
    of those that are neither urgent nor for the same day the more unsettled one first.
    `decision` is the word of the newest signed version and `assigned_to` the id of an
    account, both empty as long as there is none. A count is NULL where nothing was
    counted when it was sent.
    """

    __tablename__ = "queue"
    __table_args__ = (
        Index(None, "place", "submitted_at", "submission_id"),
        Index(None, "decision", "place", "submitted_at", "submission_id"),
        Index(None, "decision", "outcome", "place", "submitted_at", "submission_id"),
        Index(None, "decision", "same_day", "place", "submitted_at", "submission_id"),
        Index(
            None, "decision", "assigned_to", "place", "submitted_at", "submission_id"
        ),
        Index(None, "decision", "queue_rank", "submitted_at"),
    )

    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH),
        ForeignKey("submissions.id", ondelete="CASCADE"),
        primary_key=True,
    )
    queue_rank: Mapped[int]
    place: Mapped[int]
    submitted_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(64))
    same_day: Mapped[bool]
    findings: Mapped[int | None]
    missing: Mapped[int | None]
    can_be_followed_up: Mapped[bool | None]
    decision: Mapped[str] = mapped_column(String(32))
    assigned_to: Mapped[str] = mapped_column(String(ID_LENGTH))


class IdentityRow(Base):
    """Who a submission is about, under a data key of its own."""

    __tablename__ = "identities"

    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("submissions.id"), primary_key=True
    )
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class NoticeRow(Base):
    """A mail to the clinic that a submission calls for, until and after it is sent.

    From `due_at` on a sender may take it; one that has it (`held_by`) has moved that to
    when its time is up. `sent_at` is empty as long as no server has accepted it.
    """

    __tablename__ = "notices"
    __table_args__ = (Index(None, "sent_at", "due_at"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("submissions.id", ondelete="CASCADE"), unique=True
    )
    urgent: Mapped[bool]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    held_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    sent_at: Mapped[datetime | None]


class ExportRow(Base):
    """Many submissions that a member of staff wants in one file, and how far it is.

    `chosen` and `skipped` are references with a blank between. While a worker has
    it (`held_by`), `due_at` is when its time is up.
    """

    __tablename__ = "exports"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    asked_by: Mapped[str] = mapped_column(String(128), index=True)
    role: Mapped[str] = mapped_column(String(32))
    request_id: Mapped[str] = mapped_column(String(64))
    form: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    chosen: Mapped[str] = mapped_column(Text)
    skipped: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    total: Mapped[int]
    done: Mapped[int]
    parts: Mapped[int]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    held_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))


class ExportPartRow(Base):
    """A part of an export's file, under a data key of its own."""

    __tablename__ = "export_parts"

    export_id: Mapped[str] = mapped_column(
        String(ID_LENGTH),
        ForeignKey("exports.id", ondelete="CASCADE"),
        primary_key=True,
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class DecisionRow(Base):
    """One signed version of the decision about a submission; triggers guard it.

    `sha256` is of what was signed, which is sealed whole. Nothing of a row is changed
    or deleted; only its data key may be wrapped by another key.
    """

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("submissions.id")
    )
    number: Mapped[int]
    decision: Mapped[str] = mapped_column(String(32))
    signed_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH))
    previous_sha256: Mapped[str | None] = mapped_column(String(HEX_SHA256_LENGTH))
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class DecisionDraftRow(Base):
    """What one person is writing about a submission, until it is signed.

    `amends` is the number of the signed version that it goes on from, 0 for none.
    """

    __tablename__ = "decision_drafts"
    __table_args__ = (UniqueConstraint("submission_id", "author_id"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("submissions.id")
    )
    author_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    author_name: Mapped[str] = mapped_column(String(128))
    revision: Mapped[int]
    amends: Mapped[int]
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class AddedRow(Base):
    """A version that was added to something about a submission; triggers guard it.

    `sha256` is of what is sealed. Only a row's data key may be wrapped by another key.
    """

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("submissions.id")
    )
    number: Mapped[int]
    made_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH))
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class VisitRow(AddedRow):
    """What was said of the answers at a visit."""

    __tablename__ = "visits"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)


class LetterRow(AddedRow):
    """A letter about a patient that a clinician released."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)


class WordingRow(Base):
    """At how many visits a question's answers were confirmed, and found wrong."""

    __tablename__ = "wordings"

    version_sha256: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(128), primary_key=True)
    confirmed: Mapped[int]
    wrong: Mapped[int]


class FollowUpRow(Base):
    """A draft in which a patient is asked again, after a signed version."""

    __tablename__ = "follow_ups"

    # Not a foreign key: the draft is purged long before the submission.
    draft_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("submissions.id"), index=True
    )
    number: Mapped[int]
    begun_at: Mapped[datetime]


class InvitationRow(Base):
    """A link sent to one patient; the clinic's reference for the patient is sealed.

    `reference_mac` stands for that reference, to find it by.
    """

    __tablename__ = "invitations"
    __table_args__ = (Index(None, "created_at", "id"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    token_mac: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by: Mapped[str | None] = mapped_column(String(ID_LENGTH), unique=True)
    reference_mac: Mapped[str | None] = mapped_column(
        String(HEX_SHA256_LENGTH), index=True
    )
    made_by: Mapped[str | None] = mapped_column(String(128))
    withdrawn_at: Mapped[datetime | None]
    key_id: Mapped[str] = mapped_column(String(32))
    wrapped_key: Mapped[bytes]
    ciphertext: Mapped[bytes]


class PersonMarkRow(Base):
    """What stands for a part of who a submission is about, to find others by.

    Submissions whose `mac` is the same have that part in common.
    """

    __tablename__ = "person_marks"
    __table_args__ = (Index(None, "mac", "submitted_at", "submission_id"),)

    submission_id: Mapped[str] = mapped_column(
        String(ID_LENGTH),
        ForeignKey("submissions.id", ondelete="CASCADE"),
        primary_key=True,
    )
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    mac: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH))
    submitted_at: Mapped[datetime]


class PersonPairRow(Base):
    """Two submissions that may be of one person, and what staff said of it.

    `verdict` is empty as long as nobody said anything; `revision` counts what was said.
    """

    __tablename__ = "person_pairs"
    __table_args__ = (Index(None, "verdict", "found_at", "later_id", "earlier_id"),)

    earlier_id: Mapped[str] = mapped_column(
        String(ID_LENGTH),
        ForeignKey("submissions.id", ondelete="CASCADE"),
        primary_key=True,
    )
    later_id: Mapped[str] = mapped_column(
        String(ID_LENGTH),
        ForeignKey("submissions.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
    found_at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(String(16))
    revision: Mapped[int]
    judged_by: Mapped[str | None] = mapped_column(String(128))
    judged_at: Mapped[datetime | None]


class ResumeCodeRow(Base):
    """What stands for the code with which a patient carries on elsewhere."""

    __tablename__ = "resume_codes"

    code_mac: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH), primary_key=True)
    draft_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("drafts.id", ondelete="CASCADE"), unique=True
    )


class PagePaceRow(Base):
    """How many patients took how many seconds on a page, all together."""

    __tablename__ = "page_paces"

    version_sha256: Mapped[str] = mapped_column(
        String(HEX_SHA256_LENGTH), primary_key=True
    )
    page: Mapped[str] = mapped_column(String(128), primary_key=True)
    patients: Mapped[int]
    seconds: Mapped[int] = mapped_column(BigInteger)


class AuditRow(Base):
    """One line of the audit trail; triggers refuse to change or delete it.

    `at_utc` is text so that what was signed is what is stored, on every database.
    """

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    )
    at_utc: Mapped[str] = mapped_column(String(27))
    actor: Mapped[str] = mapped_column(String(128))
    actor_role: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(64), index=True)
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str] = mapped_column(String(128), index=True)
    reason: Mapped[str] = mapped_column(Text)
    request_id: Mapped[str] = mapped_column(String(64))
    prev_mac: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH))
    mac: Mapped[str] = mapped_column(String(HEX_SHA256_LENGTH))
