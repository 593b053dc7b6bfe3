"""What does a summary say? Plain values in words, without any layout.

The clinician's page and the PDF show these same values. Everything is already said in
words, so that no meaning hangs on a colour, a place or a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from screening.tongue import say

if TYPE_CHECKING:
    from screening.core.definition import Kind, Outcome
    from screening.core.values import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One question and what was answered, as text.

    `is_known` is False for an answer that is left out, not sure, declined or open;
    a question that was not asked is known. `flags` are the ids of findings that read
    it; `points` is what it adds to a score; `at_visit` is what was said of it at a
    visit, empty for nothing. `entry` is the number of the entry in a list that it
    belongs to, 0 for none.
    """

    key: str
    question: str
    label: str
    text: str
    is_known: bool
    is_asked: bool = True
    flags: tuple[str, ...] = ()
    points: str | None = None
    at_visit: str = ""
    entry: int = 0

    @property
    def told(self) -> str:
        """The answer, and what was said of it at a visit, in a line."""
        return f"{self.text} [{self.at_visit}]" if self.at_visit else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A reference of the bibliography, with what it rests on in words."""

    id: str
    reference: str
    url: str | None
    year: str | None
    basis: str
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding, with the answers it read, its rule in words, and its sources."""

    id: str
    kind: Kind
    kind_label: str
    is_same_day: bool
    sentence: str
    because: str
    rule: str
    answers: tuple[AnswerLine, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What is not known, and the rules that stay open because of it.

    `because` is why the clinic accepts not knowing it; None where it must be known.
    """

    key: str
    label: str
    text: str
    leaves_open: tuple[str, ...]
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """A question as it is put to the patient, and what can be ticked or written."""

    question: str
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetLine:
    """What to ask in the call or at the visit, and what any answer settles.

    `settles` are ids of criteria, and of what must be known.
    """

    key: str
    label: str
    asks: tuple[ToAsk, ...]
    settles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """What can't wait, in words; `causes` are the ids of the findings.

    `lines` are what is urgent, `also` what is for the same day, and how to reach the
    person.
    """

    title: str
    lines: tuple[str, ...]
    also: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLine:
    """The label for routing, and what it does and does not say."""

    outcome: Outcome
    label: str
    meaning: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One condition of a worked-out value: what was given, needed, and whether met.

    Of a minimum (`is_measured`), `amount` and `at_least` are the two numbers, each None
    where it is not known.
    """

    label: str
    given: str
    needed: str
    verdict: str
    is_met: bool = False
    is_measured: bool = False
    amount: Number | None = None
    at_least: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingBlock:
    """A worked-out value, step by step."""

    title: str
    conclusion: str
    steps: tuple[Step, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersBlock:
    """Some questions and their answers."""

    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBlock:
    """One entry of a list: its title, answers, flags, notes and workings."""

    title: str
    lines: tuple[AnswerLine, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    workings: tuple[WorkingBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesBlock:
    """A list that the patient filled in; `text` says how many, or why there is none."""

    key: str
    title: str
    text: str
    entries: tuple[EntryBlock, ...]
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BandLine:
    """A named stretch of a score, both ends inclusive, in points."""

    label: str
    low: Number
    high: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class BandTableLine:
    """A published table of bands and where it comes from."""

    name: str
    bands: tuple[BandLine, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelsLine:
    """Levels in words, lowest first; `holds` is this patient's, None if not known."""

    name: str
    words: tuple[str, ...]
    holds: str | None

    @property
    def in_words(self) -> str:
        """What a drawing of the levels shows."""
        return say(
            "{name}: {holds}. Levels, lowest first: {words}.",
            name=self.name,
            holds=self.holds or say("not known"),
            words=", ".join(self.words),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleBlock:
    """An instrument's score for this patient.

    `total` is None unless every scored item that was asked is answered; `possible`
    are the lowest and highest total that the answers leave open; `low` and `high`
    are the ends of the scale, in points.
    """

    key: str
    title: str
    status: str
    result: str
    total: Number | None
    possible: tuple[Number, Number] | None
    low: Number | None
    high: Number | None
    band: str | None
    table: BandTableLine | None
    other_tables: tuple[BandTableLine, ...]
    missing_policy: str
    prorated: str | None
    worked_out: tuple[tuple[str, str], ...]
    items: tuple[AnswerLine, ...]
    note: str | None
    attribution: str
    flags: tuple[str, ...] = ()
    levels: tuple[LevelsLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedBlock:
    """A total that the patient was told; never compared where its version is open."""

    title: str
    result: str
    version: str
    rater: str
    date: str
    total: Number | None
    low: Number | None
    high: Number | None
    tables: tuple[BandTableLine, ...]
    bands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """A stretch of a number that a rule names: its ends, None where it has none.

    `holds` is whether the number lies in it; the rule may ask for more than that.
    """

    id: str
    kind_label: str
    low: Number | None
    high: Number | None
    in_words: str
    holds: bool

    @property
    def said(self) -> str:
        """The stretch in words, and whether the number lies in it."""
        holds = say("holds")
        return f"{self.in_words}: {holds}" if self.holds else self.in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsBlock:
    """A number that the patient gave, among the limits that rules set for it."""

    title: str
    text: str
    value: Number
    limits: tuple[LimitLine, ...]

    @property
    def in_words(self) -> str:
        """What a drawing of it shows."""
        limits = (
            f"{line.id}, {line.kind_label.lower()}, {line.said}" for line in self.limits
        )
        return say(
            "{name}: {value}. Limits: {limits}.",
            name=self.title,
            value=self.text,
            limits="; ".join(limits),
        )


Block = (
    AnswersBlock
    | EntriesBlock
    | LimitsBlock
    | ScaleBlock
    | WorkingBlock
    | ReportedBlock
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the clinician's page, as the questionnaire's file orders it."""

    id: str
    title: str
    says: str | None
    word_for_word: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One treatment that was tried, for a line: what it came to and what is wanting.

    `measured` are the conditions that are a minimum, `wanting` those of all that are
    not met or not known, in words.
    """

    title: str
    measured: tuple[Step, ...]
    conclusion: str
    also: tuple[str, ...]
    wanting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedList:
    """A list of what was tried; `text` says how many, or why there is none."""

    title: str
    text: str
    measures: tuple[str, ...]
    lines: tuple[Tried, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a first page says of the sections: treatments, conclusions, scores."""

    tried: tuple[TriedList, ...]
    conclusions: tuple[str, ...]
    scores: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswers:
    """Every answer of one page of the form, in order."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """Help that was shown to the patient: when, which, and what called for it."""

    cause: str
    title: str
    shown_at: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionLine:
    """An answer that brought up urgent help and was changed."""

    question: str
    first: str
    first_at: str
    later: str
    later_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTally:
    """The ids of every rule by what came of it, so that silence has a meaning too."""

    met: tuple[str, ...]
    open: tuple[str, ...]
    not_met: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentLine:
    """An instrument that was used, with the line its holder asks for."""

    title: str
    attribution: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBy:
    """What the pages say of the signature that the file is to get."""

    name: str
    at_in_words: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One thing that was decided, rated or noted: under which heading, name and text.

    `key` says the same thing in every version; `group` is a heading.
    """

    key: str
    group: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBlock:
    """A signed version of the clinician's decision, in words.

    `text` is what was signed, JSON in its canonical form, of which `sha256` is the
    SHA-256; `meaning` is what the signature says; `signed_at` is by the clinic's clock.
    """

    number: int
    label: str
    lines: tuple[DecisionLine, ...]
    meaning: str
    signed_by: str
    signed_at: str
    signed_at_utc: str
    confirmed_by: str
    sha256: str
    previous_sha256: str | None
    record_sha256: str
    text: bytes = field(repr=False)


class Mark(StrEnum):
    """What may be said of an answer at a visit; answered is what was not known."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """What was said of one answer at a visit.

    `right` says what is right, empty where that is not known.
    """

    key: str
    mark: Mark
    question: str
    answered: str = field(repr=False)
    right: str = field(repr=False)
    note: str = field(repr=False)

    @property
    def in_words(self) -> str:
        """What was said: confirmed, wrong, or the answer."""
        if self.mark is Mark.CONFIRMED:
            return say("confirmed")
        if self.mark is Mark.ANSWERED:
            return self.right or say("asked, and still not known")
        if not self.right:
            return say("wrong, and what is right is not known")
        return say("wrong, is: {right}", right=self.right)

    @property
    def beside(self) -> str:
        """The same as it stands beside the answer."""
        return say("At the visit: {said}", said=self.in_words)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBlock:
    """All that was said of the answers at a visit, by whom and when."""

    number: int
    said_by: str
    said_at: str
    lines: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything that a clinician reads about one record, in reading order.

    `language` is that of the summary's own words, `clinic_language` that of the
    sentences which the clinic wrote for itself. `open_urgent` are rules for urgent help
    that are neither met nor not met. `identifiers` are the two short lines
    that stand on every page; `overview` is what the sections come to, for a quick read;
    `own_words` are the texts that the patient wrote, each to the letter;
    `versions` are names and values of what the record was made and judged with.
    `record` is the machine-readable record, JSON in its canonical form, of which
    `record_hash` is the SHA-256. `decision` is the newest that was signed, None for
    none; `decision_faults` say which versions are not as they were signed. `visit` is
    what was said of the answers since, None for nothing.
    """

    title: str
    statement: str
    reference: str
    language: str
    clinic_language: str
    locale: str
    submitted_at: datetime
    identifiers: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    banner: Banner | None
    outcome: OutcomeLine
    open_urgent: tuple[str, ...]
    overview: Overview
    findings: tuple[FindingLine, ...]
    missing: tuple[OpenQuestion, ...]
    accepted: tuple[OpenQuestion, ...]
    worksheet: tuple[WorksheetLine, ...]
    help_shown: tuple[HelpLine, ...]
    retracted: tuple[RetractionLine, ...]
    sections: tuple[Section, ...]
    own_words: tuple[AnswerLine, ...]
    pages: tuple[PageAnswers, ...]
    rules: RuleTally
    instruments: tuple[InstrumentLine, ...]
    sources: tuple[SourceLine, ...]
    versions: tuple[tuple[str, str], ...]
    record_hash: str
    record: bytes = field(repr=False)
    version_line: str
    decision: DecisionBlock | None = None
    decision_faults: tuple[str, ...] = ()
    visit: VisitBlock | None = None
    visit_faults: tuple[str, ...] = ()
