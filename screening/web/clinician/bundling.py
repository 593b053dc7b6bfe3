"""How do many submissions become one file: PDFs in a ZIP, a table, or records?

The same for a browser and a terminal. Each form is written as the submissions come, and
none holds who the patients are but the PDFs, which name them as they always do. Files
in a ZIP are called by reference alone, so that no name says anything of anybody.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from io import RawIOBase
from typing import Protocol

from screening.report.table import table
from screening.store.submissions import Submission
from screening.web.clinician.printing import printed
from screening.web.clinician.reading import listed, read_again
from screening.web.config import Config
from screening.web.questionnaires import Questionnaires
from screening.web.recorded import recorded

Write = Callable[[bytes], object]
"""Takes the next bytes of the file."""


class Form(StrEnum):
    """What a file with many submissions can be; its value ends the file's name."""

    ZIP = "zip"
    CSV = "csv"
    NDJSON = "ndjson"


TYPES: dict[Form, str] = {
    Form.ZIP: "application/zip",
    Form.CSV: "text/csv; charset=utf-8",
    Form.NDJSON: "application/x-ndjson",
}
"""What a browser is told that each is."""

FORMS: dict[Form, str] = {
    Form.ZIP: "Summaries as PDFs, in one ZIP file",
    Form.CSV: "A table for a spreadsheet (CSV), without names or contact details",
    Form.NDJSON: (
        "Records for another program (NDJSON), without names or contact details"
    ),
}
"""What people are told that each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What submissions are read and printed with; `clock` is aware, in UTC."""

    questionnaires: Questionnaires
    config: Config
    clock: Callable[[], datetime]


class Bundle(Protocol):
    """A file that is being written."""

    def add(self, submission: Submission) -> None:
        """Write one more submission.

        Raises:
            DefinitionError: this release can't read its questions any more.
            VersionUnknown: its questions are not kept.
            RecordUnreadable: its questions are not those that the patient answered.
        """

    def close(self) -> None:
        """Write what stands at the end; no more comes after it."""


def bundle(form: Form, press: Press, write: Write) -> Bundle:
    """Return an empty file of this form, whose bytes go to `write`."""
    match form:
        case Form.ZIP:
            return _Summaries(press, write)
        case Form.CSV:
            return _Table(press, write)
        case Form.NDJSON:
            return _Records(press, write)


class _Onwards(RawIOBase):
    """A file that can only be written on, never gone back in."""

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write = write

    def writable(self) -> bool:
        return True

    def write(self, content: bytes, /) -> int:  # type: ignore[override] # bytes only
        self._write(bytes(content))
        return len(content)


class _Summaries:
    """The clinician's PDF of each, in a ZIP."""

    def __init__(self, press: Press, write: Write) -> None:
        self._press = press
        # A PDF is packed already.
        self._zip = zipfile.ZipFile(_Onwards(write), "w", zipfile.ZIP_STORED)

    def add(self, submission: Submission) -> None:
        press = self._press
        zone = press.config.time_zone.key
        reading = read_again(press.questionnaires, submission, zone)
        pdf = printed(reading.summary, press.config, press.clock())
        came = submission.facts.submitted_at.astimezone(UTC)
        name = zipfile.ZipInfo(f"{submission.reference}.pdf", came.timetuple()[:6])
        self._zip.writestr(name, pdf)

    def close(self) -> None:
        self._zip.close()


@dataclass(slots=True)
class _Table:
    """One row each: facts, ids of findings, and what was answered."""

    press: Press
    write: Write
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, submission: Submission) -> None:
        facts, kept = submission.facts, submission.record
        record = recorded(submission, self.press.config.time_zone.key)
        content = dict(record.clinical_content)
        answers = record.answers
        plain = {name: content[name] for name in _COLUMNS}
        judged = {
            "outcome": facts.outcome,
            "urgent": facts.urgent,
            "same_day": facts.same_day,
            "findings": listed(kept.findings),
            "missing": listed(kept.missing),
        }
        answered = {f"answer:{name}": value for name, value in answers.items()}
        self.rows.append(plain | judged | answered)

    def close(self) -> None:
        self.write(table(self.rows))


_COLUMNS = (
    "reference",
    "submitted_at",
    "local_date",
    "zone",
    "questionnaire",
    "version",
    "version_sha256",
    "locale",
    "filled_in_by",
)


@dataclass(slots=True)
class _Records:
    """The canonical record of each on a line, as the PDFs hold it."""

    press: Press
    write: Write

    def add(self, submission: Submission) -> None:
        record = recorded(submission, self.press.config.time_zone.key)
        self.write(record.canonical_content + b"\n")

    def close(self) -> None:
        """Nothing stands at the end of it."""
