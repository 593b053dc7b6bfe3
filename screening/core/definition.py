"""The domain, frozen: questionnaire, page, question, criterion, promise.

A definition is made by `load` and never changed. Ids are the ones of the file; every
part knows its place, so that a complaint, a finding or a PDF can point back to it.
Slots are positions in the list of values that one evaluation fills (see `program`).
Scales stand in `instrument`, lists to pick from in `catalogue`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from screening.core.catalogue import Catalogue
    from screening.core.expression import Expression
    from screening.core.instrument import Derived, Instrument
    from screening.core.limits import DayLimit
    from screening.core.problems import Place, Problem
    from screening.core.program import Program
    from screening.core.translation import Translation


class QuestionType(StrEnum):
    """What kind of answer a question takes."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    TEXT = "text"
    PARAGRAPH = "paragraph"
    EMAIL = "email"
    PHONE = "phone"
    PICK = "pick"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    GROUP = "group"


NUMERIC_TYPES = frozenset(
    {
        QuestionType.SCALE,
        QuestionType.INTEGER,
        QuestionType.DECIMAL,
        QuestionType.YEAR,
    }
)
WRITTEN_TYPES = frozenset(
    {
        QuestionType.TEXT,
        QuestionType.PARAGRAPH,
        QuestionType.EMAIL,
        QuestionType.PHONE,
        QuestionType.MONTH,
    }
)


class Kind(StrEnum):
    """What a criterion does to the outcome; declared worst first."""

    URGENT = "urgent"
    EXCLUSION = "exclusion"
    INCLUSION = "inclusion"
    REVIEW = "review"
    PRECAUTION = "precaution"


DECISIVE_KINDS = frozenset({Kind.URGENT, Kind.EXCLUSION, Kind.INCLUSION, Kind.REVIEW})
"""Kinds whose questions the clinic must know; a precaution changes nothing."""


class Outcome(StrEnum):
    """A label for routing, never a decision; declared worst first."""

    URGENT = "urgent"
    CONTRAINDICATION_REPORTED = "contraindication_reported"
    NEEDS_REVIEW = "needs_review"
    NO_BARRIER_REPORTED = "no_barrier_reported"

    @property
    def words(self) -> str:
        """The label in words, in small letters."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose. `weight` is its points in a score, if it has any.

    It is not offered where `ask_if` is surely false.
    """

    value: str
    label: str
    hint: str | None = None
    weight: int | None = None
    unknown: bool = False
    exclusive: bool = False
    ask_if: Expression | None = None


YES_NO = (Option(value="yes", label="Yes"), Option(value="no", label="No"))
"""The answers of a question of type yes_no that words none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, or one item of an instrument, as the file says it.

    `key` is how expressions and answers name it (`age`, `phq9.q9`, `erp.had`);
    `low`/`high` are inclusive and in `unit`, the first of `units` where the patient may
    choose among several; dates lie from `earliest` to `latest`. `slot` is -1 inside a
    repeat's entry, where `position` says where in the entry it stands instead.
    """

    id: str
    key: str
    type: QuestionType
    ask: str
    place: Place
    slot: int = -1
    position: int = -1
    hint: str | None = None
    help: str | None = None
    short: str | None = None
    required: bool = True
    unit: str | None = None
    units: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    earliest: DayLimit | None = None
    latest: DayLimit | None = None
    decimals: int = 0
    step: Decimal | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    numeric_options: bool = False
    not_sure: bool = False
    prefer_not_to_say: bool = False
    ask_if: Expression | None = None
    may_hide: bool = False
    riskier: str | tuple[str, ...] | None = None
    must_know: Expression | bool | None = None
    because: str | None = None
    catalogue: Catalogue | None = None
    not_listed: bool = False
    suggest_from: str | None = None
    parts: tuple[Question, ...] = ()
    help_if_declined: str | None = None
    loinc: str | None = None
    scored: bool = True

    @property
    def label(self) -> str:
        """The short label for a summary line, or the question itself."""
        return self.short or self.ask

    def option(self, value: str) -> Option | None:
        """Return the option with this value."""
        for option in self.options:
            if option.value == value:
                return option
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """'Add another': a list of the same questions, first asked whether there is any.

    `derived` are worked out for each entry, after its own fields in the entry's list;
    while they are, the entry stands in `entry_slot`.
    """

    id: str
    any: str
    entry: str
    at_most: int
    questions: tuple[Question, ...]
    derived: tuple[Derived, ...]
    slot: int
    entry_slot: int
    place: Place
    because: str | None
    hint: str | None = None
    short: str | None = None

    @property
    def label(self) -> str:
        """The short label for a summary line, or the opening question."""
        return self.short or self.any


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a patient sees at once: questions, some items, or a repeat.

    `source_id` is the id in the file; `id` differs where the loader divided an
    instrument's page (`alcohol`, `alcohol-2`).
    """

    id: str
    source_id: str
    title: str
    intro: str | None
    layout: str | None
    ask_if: Expression | None
    questions: tuple[Question, ...]
    instrument: Instrument | None
    repeat: Repeat | None
    help_if_declined: str | None
    place: Place

    @property
    def keys(self) -> frozenset[str]:
        """What it asks, as the clinic calls it: questions, an instrument, a list."""
        keys = {question.id for question in self.questions}
        keys |= {self.instrument.key} if self.instrument else set()
        keys |= {self.repeat.id} if self.repeat else set()
        return frozenset(keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Consistency across answers: shown once, never a block after a second look."""

    id: str
    must: Expression
    say: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A rule that a patient's answers can meet, not meet or leave undetermined.

    `reads` are the names the clinic sees: question ids and instrument keys.
    """

    id: str
    kind: Kind
    when: Expression
    priority: str | None
    help: str | None
    ends: str | None
    clinician: str
    because: str
    sources: tuple[str, ...]
    implied_by: str | None
    reads: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReference:
    """A line of the bibliography; `basis` is read, background or project."""

    id: str
    reference: str
    url: str | None
    year: str | None
    basis: str

    @property
    def is_verified(self) -> bool:
        """Whether the source itself was read when the rule was written."""
        return self.basis == "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpText:
    """A text shown to the patient by its key, with {placeholders} for the clinic."""

    key: str
    title: str
    body: str
    honesty: str | None
    buttons: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """A worked-out value whose steps the clinician's page shows.

    `repeat` is the repeat whose every entry has the value. `words` say it for people:
    by its own word, or by yes, no and unknown for a truth. `also` says further truths
    of the same entry, shown where they hold.
    """

    value: str
    repeat: str | None
    title: str
    words: Mapping[str, str]
    also: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedScore:
    """A total that the patient was told: the ids of the questions that hold it.

    `scales` are the instruments it may be of, by the value of the version's option.
    """

    total: str
    version: str
    rater: str | None
    date: str | None
    scales: Mapping[str, Instrument]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRule:
    """When a help text is shown that no criterion brings up; it makes no finding."""

    id: str
    when: Expression
    help: str
    reads: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySection:
    """One section of the clinician's page: a title and what it shows, in order.

    `word_for_word` shows questions in full; `says` is a sentence with {placeholders}.
    """

    id: str
    title: str
    answers: tuple[str, ...]
    word_for_word: bool = False
    says: str | None = None
    working: tuple[Working, ...] = ()
    reported: ReportedScore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What may never, or must always, be true of any patient's record."""

    id: str
    never: Expression | None
    always: Expression | None
    place: Place

    def is_kept(self, values: list[object]) -> bool:
        """Tell whether a record with these worked-out values keeps the promise.

        What is not determined breaks no promise.
        """
        if self.never is not None:
            return self.never.run(values) is not True
        return self.always is None or self.always.run(values) is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A whole definition of one version, compiled.

    `language` is what it is said in to patients, `written_in` what its files are in,
    and with them what the clinic says to itself.

    `files` are the texts it was made from, by name, in order; `sha256` is over them
    all, so that a change to any file, a local text pack included, is a new version.
    """

    id: str
    version: str
    title: str
    language: str
    written_in: str
    sha256: str
    files: Mapping[str, str]
    pages: tuple[Page, ...]
    instruments: Mapping[str, Instrument]
    repeats: Mapping[str, Repeat]
    questions: Mapping[str, Question]
    derived: tuple[Derived, ...]
    checks: tuple[Check, ...]
    criteria: tuple[Criterion, ...]
    help_rules: tuple[HelpRule, ...]
    promises: tuple[Promise, ...]
    help: Mapping[str, HelpText]
    receipt: Mapping[str, str]
    summary: tuple[SummarySection, ...]
    sources: Mapping[str, SourceReference]
    accepted_unknowns: Mapping[str, str]
    left_out_pages: tuple[str, ...]
    translations: Mapping[str, Translation]
    notices: tuple[Problem, ...]
    program: Program

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that patients may read it in, its own first."""
        offered = (one.language for one in self.translations.values() if one.is_offered)
        return (self.language, *offered)

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion with this id; KeyError when there is none."""
        return self.program.criteria_by_id[criterion_id]
