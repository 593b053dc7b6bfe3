"""What does a stored submission hold, and what is its fingerprint?

A record is what was answered, with the times and versions that belong to it. Its
canonical form is JSON with sorted keys; `record_hash` is over the clinical content
alone, so that who the patient is can be erased without changing it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from screening.tongue import noted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.answers import Stored


FILE_NAME = "record.json"
"""What the machine-readable record is called inside its PDF."""


EARLY = noted("by the patient, who sent it before the end of the form")
"""Who filled in a record that holds what was answered up to a call for help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpShown:
    """Help that was shown to the patient, and the answers that called for it.

    `cause` is a criterion's id, or `declined:` and a question; `help` the text's key.
    """

    cause: str
    help: str
    shown_at: datetime
    answers: Mapping[str, Stored] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """An answer that brought up urgent help and was changed later."""

    question: str
    first: Stored = field(repr=False)
    first_at: datetime
    later: Stored = field(repr=False)
    later_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The patient is known to the clinic by the reference of its own invitation."""

    clinic_reference: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The patient as they wrote themselves at the end of the form."""

    name: str = field(repr=False)
    date_of_birth: date = field(repr=False)
    call_back: str = field(default="", repr=False)
    may_leave_message: bool | None = None


Identity = Invitation | Contact | None
"""Who the record is about; None is an anonymous patient, who can't be followed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One submission as it is read back: `submitted_at` is in UTC.

    `local_date` and `zone` are the clinic's; `answers` are in the answers file's form;
    `filled_in_by` says through which channel the answers came, in words; `follows` is
    the reference of what was sent before, where the clinic asked again.
    """

    reference: str
    submitted_at: datetime
    local_date: date
    zone: str
    answers: Mapping[str, Stored] = field(repr=False)
    questionnaire: str
    version: str
    version_sha256: str
    engine_version: str
    locale: str
    help_shown: tuple[HelpShown, ...] = ()
    retracted: tuple[Retraction, ...] = ()
    identity: Identity = field(default=None, repr=False)
    filled_in_by: str = ""
    follows: str = ""

    @property
    def clinical_content(self) -> dict[str, object]:
        """Everything but who the patient is, as JSON values."""
        follows = {"follows": self.follows} if self.follows else {}
        return follows | {
            "reference": self.reference,
            "submitted_at": instant(self.submitted_at),
            "local_date": self.local_date.isoformat(),
            "zone": self.zone,
            "answers": dict(self.answers),
            "questionnaire": self.questionnaire,
            "version": self.version,
            "version_sha256": self.version_sha256,
            "engine_version": self.engine_version,
            "locale": self.locale,
            "filled_in_by": self.filled_in_by,
            "help_shown": [
                {
                    "cause": shown.cause,
                    "help": shown.help,
                    "shown_at": instant(shown.shown_at),
                    "answers": dict(shown.answers),
                }
                for shown in self.help_shown
            ],
            "retracted": [
                {
                    "question": change.question,
                    "first": change.first,
                    "first_at": instant(change.first_at),
                    "later": change.later,
                    "later_at": instant(change.later_at),
                }
                for change in self.retracted
            ],
        }

    @property
    def canonical_content(self) -> bytes:
        """The clinical content in its canonical form."""
        return canonical(self.clinical_content)

    @property
    def record_hash(self) -> str:
        """The SHA-256 of the canonical content, in lower-case hex."""
        return hashlib.sha256(self.canonical_content).hexdigest()


def canonical(content: Mapping[str, object]) -> bytes:
    """Return JSON that is the same for the same content: sorted, UTF-8, no spaces."""
    text = json.dumps(
        content,
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )
    return text.encode("utf-8", "surrogatepass")


def instant(moment: datetime) -> str:
    """Return an aware moment in UTC, to the second: 2026-11-23T09:30:00Z.

    Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("The moment has no zone. Give an aware datetime.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
