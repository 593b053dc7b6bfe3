"""What is inside a PDF that was made here, and which record do its pages name?"""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import Destination

from screening.report.decision import DECISION_FILE
from screening.report.pdf.story import SIGNATURE
from screening.report.record import FILE_NAME
from screening.tongue import catalogue, languages

_HEADINGS = {catalogue(one).get(SIGNATURE, SIGNATURE) for one in languages()}
_NAMED = re.compile(r"Record SHA-256\s+([0-9a-f]{64})")
_DECIDED = re.compile(r"Decision SHA-256\s+([0-9a-f]{64})")

# What pypdf logs of a broken file is told by what is raised here.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


class NotOursError(Exception):
    """A file that is no PDF, or one without a record inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The attached record, and the hash that each page names, None for no hash.

    `says_signed` is whether the pages were made to be signed. `decision` is the text of
    the clinician's decision, None where none was signed, and `decisions_named` are the
    hashes that pages name for it.
    """

    record: bytes = field(repr=False)
    decision: bytes | None = field(repr=False)
    decisions_named: frozenset[str]
    pages: tuple[str | None, ...]
    says_signed: bool

    @property
    def record_hash(self) -> str:
        """The SHA-256 of the attached record, in lower-case hex."""
        return hashlib.sha256(self.record).hexdigest()

    @property
    def decision_hash(self) -> str | None:
        """The SHA-256 of the attached decision, in lower-case hex."""
        return (
            None if self.decision is None else hashlib.sha256(self.decision).hexdigest()
        )

    @property
    def is_decision_named(self) -> bool:
        """Whether the pages name the decision that is attached, or none is."""
        return self.decision is None or self.decision_hash in self.decisions_named

    @property
    def strange_pages(self) -> tuple[int, ...]:
        """The numbers of the pages, from 1, that name another record or none."""
        held = self.record_hash
        return tuple(n for n, named in enumerate(self.pages, 1) if named != held)


def inside(pdf: bytes) -> Inside:
    """Return what is inside a PDF.

    Raises:
        NotOursError: it can't be read, or holds no record.
    """
    try:
        opened = PdfReader(BytesIO(pdf))
        attached = opened.attachments.get(FILE_NAME) or []
        decided = opened.attachments.get(DECISION_FILE) or []
        texts = [page.extract_text() for page in opened.pages]
        says_signed = _says_signed(opened)
    # A broken file can bring about nearly any error in the library.
    except Exception as error:
        message = "The file can't be read as a PDF."
        raise NotOursError(message) from error
    if len(attached) != 1:
        message = "The PDF holds no record: it was not made here, or long ago."
        raise NotOursError(message)
    return Inside(
        record=bytes(attached[0]),
        decision=bytes(decided[0]) if decided else None,
        decisions_named=frozenset(
            one for text in texts for one in _DECIDED.findall(text)
        ),
        pages=tuple(_named(text) for text in texts),
        says_signed=says_signed,
    )


def _named(text: str) -> str | None:
    found = _NAMED.search(text)
    return found[1] if found else None


def _says_signed(opened: PdfReader) -> bool:
    """Whether the last bookmark is the signature's; no patient can write one."""
    last: object = opened.outline
    while isinstance(last, list) and last:
        last = last[-1]
    return isinstance(last, Destination) and last.title in _HEADINGS
