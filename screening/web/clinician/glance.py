"""How much is there to read in a submission, and can the person be reached?

The queue shows counts and a yes or no, nothing that a patient wrote. They stand in
the sealed records, which are opened here for that and given to nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from screening.store.ground import Ground
from screening.store.plain import object_from_bytes
from screening.store.problems import RecordUnreadable
from screening.store.submissions import Reference
from screening.store.tables import IdentityRow, SubmissionRow
from screening.store.vault import RecordPlace, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What the queue says about a submission's content."""

    findings: int
    missing: int
    can_be_followed_up: bool


def glances(
    ground: Ground, references: Sequence[Reference]
) -> dict[Reference, Glance | None]:
    """Return a glance at each submission that exists; None for one that can't be read.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    wanted = (
        select(SubmissionRow, IdentityRow)
        .join(IdentityRow, IdentityRow.submission_id == SubmissionRow.id)
        .where(SubmissionRow.reference.in_(references))
    )
    with ground.database.reading() as session:
        rows = session.execute(wanted).all()
    return {
        Reference(submission.reference): _glance(ground, submission, identity)
        for submission, identity in rows
    }


def _glance(
    ground: Ground, submission: SubmissionRow, identity: IdentityRow
) -> Glance | None:
    try:
        record = _opened(ground, submission, submission.id, "record")["record"]
        person = _opened(ground, identity, submission.id, "identity")
    except RecordUnreadable:
        # One altered row must not hide the others that wait.
        return None
    return Glance(
        findings=len(record["findings"] or ()),
        missing=len(record["missing"] or ()),
        can_be_followed_up=is_known(person),
    )


def is_known(person: Mapping[str, object]) -> bool:
    """Say whether a stored identity names anybody."""
    contact = person.get("contact")
    has_contact = isinstance(contact, Mapping) and any(contact.values())
    return has_contact or bool(person.get("clinic_reference"))


def _opened(
    ground: Ground, row: SubmissionRow | IdentityRow, submission_id: str, column: str
) -> dict[str, dict[str, list[object]]]:
    sealed = Sealed(
        key_id=row.key_id, wrapped_key=row.wrapped_key, ciphertext=row.ciphertext
    )
    place = RecordPlace(table=row.__tablename__, row_id=submission_id, column=column)
    return object_from_bytes(ground.vault.open(sealed, place))
