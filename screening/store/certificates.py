"""Which version are patients asked, and what was shown of it before?

A certificate is kept with its version, for ever. Publishing is a row of its own, so
that a version can be gone back to, and so that it stays known who was asked what when.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from screening.core.certificate import Certificate, read_certificate
from screening.store.audit import Action, Actor, Deed
from screening.store.database import insert_unless_there
from screening.store.problems import CertificateUnknown, RecordUnreadable
from screening.store.tables import (
    CertificateRow,
    PublicationRow,
    QuestionnaireVersionRow,
)
from screening.store.versions import require_version

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from screening.store.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """From when patients are asked a certified version, and by whose word."""

    certificate: Certificate
    published_at: datetime
    published_by: str
    seconded_by: str | None


class Certificates:
    """Keeps certificates, and which of them holds now."""

    def __init__(self, ground: Ground) -> None:
        """Stand on the store's common ground."""
        self._ground = ground

    def keep(self, certificate: Certificate, *, actor: Actor) -> None:
        """Keep a certificate for ever; its version has to be kept already.

        Raises:
            VersionUnknown: no bundle with its hash was ever kept.
            DatabaseUnavailable: nothing was kept.
        """
        with self._ground.database.transaction() as session:
            require_version(session, certificate.sha256)
            is_new = insert_unless_there(
                session,
                CertificateRow,
                id=certificate.id,
                version_sha256=certificate.sha256,
                questionnaire=certificate.questionnaire,
                made_at=certificate.made_at,
                text=certificate.text,
            )
            if is_new:
                self._note(session, actor, Action.QUESTIONNAIRE_CERTIFY, certificate)

    def find(self, beginning: str) -> Certificate:
        """Return the one certificate whose id begins so.

        Raises:
            CertificateUnknown: none does, or several do.
            RecordUnreadable: it is not the one that was written.
            DatabaseUnavailable: the database did not answer.
        """
        wanted = select(CertificateRow).where(
            CertificateRow.id.startswith(beginning, autoescape=True)
        )
        with self._ground.database.reading() as session:
            rows = session.scalars(wanted.limit(2)).all()
        if len(rows) != 1 or not beginning:
            raise CertificateUnknown(beginning)
        return _read(rows[0])

    def publish(
        self, certificate: Certificate, *, actor: Actor, seconded_by: str | None = None
    ) -> None:
        """Have patients asked this version from now on; drafts stay on theirs.

        Raises:
            CertificateUnknown: it was never kept.
            ValueError: a second person has to agree, another than who asked for it.
            DatabaseUnavailable: patients are asked what they were asked before.
        """
        if certificate.second_is_needed and seconded_by in {None, certificate.by}:
            message = "A second person has to agree to this."
            raise ValueError(message)
        reason = "; ".join(f"{one.about}: {one.reason}" for one in certificate.waivers)
        with self._ground.database.transaction() as session:
            if session.get(CertificateRow, certificate.id) is None:
                raise CertificateUnknown(certificate.id)
            session.add(
                PublicationRow(
                    questionnaire=certificate.questionnaire,
                    certificate_id=certificate.id,
                    published_at=self._ground.clock(),
                    published_by=certificate.by if seconded_by else actor.name,
                    seconded_by=seconded_by,
                )
            )
            self._note(
                session, actor, Action.QUESTIONNAIRE_PUBLISH, certificate, reason
            )

    def state(self, questionnaire: str) -> int:
        """Return a number that is another one whenever something was published.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        newest = select(PublicationRow.seq).where(
            PublicationRow.questionnaire == questionnaire
        )
        with self._ground.database.reading() as session:
            return (
                session.scalar(newest.order_by(PublicationRow.seq.desc()).limit(1)) or 0
            )

    def published(self, questionnaire: str) -> Publication | None:
        """Return what was published last; None where nothing ever was.

        Raises:
            RecordUnreadable: the certificate is not the one that was written.
            DatabaseUnavailable: the database did not answer.
        """
        newest = (
            select(PublicationRow, CertificateRow)
            .join(CertificateRow, CertificateRow.id == PublicationRow.certificate_id)
            .where(PublicationRow.questionnaire == questionnaire)
            .order_by(PublicationRow.seq.desc())
        )
        with self._ground.database.reading() as session:
            found = session.execute(newest.limit(1)).first()
        return None if found is None else _publication(found[0], _read(found[1]))

    def is_number_taken(self, questionnaire: str, version: str, sha256: str) -> bool:
        """Tell whether other files were published under this number.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        other = (
            select(PublicationRow.seq)
            .join(CertificateRow, CertificateRow.id == PublicationRow.certificate_id)
            .join(
                QuestionnaireVersionRow,
                QuestionnaireVersionRow.sha256 == CertificateRow.version_sha256,
            )
            .where(
                QuestionnaireVersionRow.questionnaire == questionnaire,
                QuestionnaireVersionRow.version == version,
                QuestionnaireVersionRow.sha256 != sha256,
            )
        )
        with self._ground.database.reading() as session:
            return session.scalar(other.limit(1)) is not None

    def publications(self, certificate: Certificate) -> tuple[Publication, ...]:
        """Return when and by whom what has this certificate was published, in order.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        wanted = select(PublicationRow).where(
            PublicationRow.certificate_id == certificate.id
        )
        with self._ground.database.reading() as session:
            rows = session.scalars(wanted.order_by(PublicationRow.seq)).all()
        return tuple(_publication(row, certificate) for row in rows)

    def _note(
        self,
        session: Session,
        actor: Actor,
        action: Action,
        certificate: Certificate,
        reason: str = "",
    ) -> None:
        deed = Deed(
            action=action,
            object_kind="certificate",
            object_id=certificate.id,
            reason=reason,
        )
        self._ground.audit.append(session, actor, deed)


def _publication(row: PublicationRow, certificate: Certificate) -> Publication:
    return Publication(
        certificate=certificate,
        published_at=row.published_at,
        published_by=row.published_by,
        seconded_by=row.seconded_by,
    )


def _read(row: CertificateRow) -> Certificate:
    try:
        found = read_certificate(row.text)
    except ValueError:
        found = None
    if found is None or found.id != row.id or found.sha256 != row.version_sha256:
        raise RecordUnreadable(
            table="certificates",
            row_id=row.id,
            what="it is not the certificate that was written",
        )
    return found
