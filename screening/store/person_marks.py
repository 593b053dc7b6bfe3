"""By what is it seen that two submissions may be of one person? By keyed marks.

What the patient or the clinic said of the person is brought to one form, and a keyed
mac of that stands for it: two macs can be compared, and nothing can be read from them.
A submission that was sent before there were marks has none.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from screening.store.database import insert_unless_there
from screening.store.tables import (
    FollowUpRow,
    PersonMarkRow,
    PersonPairRow,
    SubmissionRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from screening.store.ground import Ground
    from screening.store.submissions import Identity

_PHONE_DIGITS = 9
"""The last digits of a number, which stay the same with and without its country."""


class Tie(StrEnum):
    """What two submissions have in common."""

    FOLLOW_UP = "follow-up"
    REFERENCE = "reference"
    PHONE = "phone"
    NAME_AND_BIRTH = "name-and-birth"


CERTAIN = frozenset({Tie.FOLLOW_UP, Tie.REFERENCE})
"""Ties that the clinic itself made: it asked again, or called both patients the same.

A family may share a number, and strangers a name and a birthday."""


def marks_of(ground: Ground, identity: Identity) -> dict[Tie, str]:
    """Return the macs of whatever is known of the person, none for what is not."""
    contact = identity.contact
    known = {
        Tie.REFERENCE: _squeezed(identity.clinic_reference or ""),
        Tie.PHONE: _end_of_number(str(contact.get("phone") or "")),
        Tie.NAME_AND_BIRTH: _named_and_born(
            str(contact.get("name") or ""), str(contact.get("date_of_birth") or "")
        ),
    }
    return {
        tie: ground.keys.code_mac(f"person-{tie}", text)
        for tie, text in known.items()
        if text
    }


def have_one_reference(one: Identity, other: Identity) -> bool:
    """Say whether the clinic calls both patients the same."""
    first, second = (
        _squeezed(identity.clinic_reference or "") for identity in (one, other)
    )
    return first == second != ""


def note_person(
    session: Session, ground: Ground, reference: str, identity: Identity
) -> None:
    """Write the marks of a submission that was just written, and what they point to.

    For each likely tie it is paired with the newest one before it: so a number that
    hundreds share gives one pair each time, and not one with every other.
    """
    marks = marks_of(ground, identity)
    if not marks:
        return
    row = session.scalars(
        select(SubmissionRow).where(SubmissionRow.reference == reference)
    ).one()
    for tie, mac in marks.items():
        session.add(
            PersonMarkRow(
                submission_id=row.id,
                kind=tie.value,
                mac=mac,
                submitted_at=row.submitted_at,
            )
        )
    session.flush()
    if session.get(FollowUpRow, row.draft_id) is not None:
        return  # whose it is, is known
    for tie in (Tie.PHONE, Tie.NAME_AND_BIRTH):
        before = _newest_before(session, row, marks.get(tie))
        if before is None or _mark(session, before, Tie.REFERENCE) == marks.get(
            Tie.REFERENCE, ""
        ):
            continue
        insert_unless_there(
            session,
            PersonPairRow,
            earlier_id=before,
            later_id=row.id,
            found_at=row.submitted_at,
            verdict="",
            revision=0,
        )


def _newest_before(session: Session, row: SubmissionRow, mac: str | None) -> str | None:
    if mac is None:
        return None
    return session.scalar(
        select(PersonMarkRow.submission_id)
        .where(PersonMarkRow.mac == mac, PersonMarkRow.submission_id != row.id)
        .order_by(PersonMarkRow.submitted_at.desc(), PersonMarkRow.submission_id.desc())
        .limit(1)
    )


def _mark(session: Session, submission_id: str, tie: Tie) -> str | None:
    found = session.get(PersonMarkRow, (submission_id, tie.value))
    return None if found is None else found.mac


def _squeezed(text: str) -> str:
    """Return a reference as it is compared: `MRN 12a` is `mrn12A`."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _end_of_number(typed: str) -> str:
    """Return the end of a number; empty where it is too short to tell people apart."""
    digits = "".join(
        str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal()
    )
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


def _named_and_born(name: str, born: str) -> str:
    """Return a name and a date of birth as they are compared, empty without either.

    Words may stand in any order, with or without accents, hyphens and points.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    signs = (
        sign if sign.isalpha() else " "
        for sign in plain
        if not unicodedata.combining(sign)
    )
    words = sorted("".join(signs).split())
    return f"{' '.join(words)} {born}" if words and born else ""
