"""The shape of every file of the language, before its meaning.

Pydantic checks names, kinds of values and what must be there (see `shaping`). Scalars
arrive as text (see `source`); numbers and truths are read here, strictly.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from screening.core.definition import Kind, QuestionType

NUMERAL = re.compile(r"-?\d{1,9}(\.\d{1,4})?", re.ASCII)
"""How a number may be written, in files and by patients: plain, short, ASCII."""


def _number(value: object) -> object:
    if isinstance(value, str) and NUMERAL.fullmatch(value):
        return Decimal(value)
    raise ValueError("write a plain number, such as 12 or 0.5")


def _mark(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{8}", value):
        return value
    raise ValueError("write the mark that `screening translate` gives")


def _written_day(value: object) -> object:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError("write the day as year-month-day, such as 2026-01-31")


def _flag(value: object) -> object:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise ValueError("write true or false")


def _flag_or_text(value: object) -> object:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    return value


Number = Annotated[Decimal, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_number)]
Flag = Annotated[bool, BeforeValidator(_flag)]
FlagOrExpression = Annotated[bool | str, BeforeValidator(_flag_or_text)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
ScoreName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
HyphenId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
LanguageVersion = Literal["1"]


class Strict(BaseModel):
    """A mapping with known names only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionShape(Strict):
    """An option written out."""

    label: Text
    hint: Text | None = None
    weight: Whole | None = None
    unknown: Flag = False
    exclusive: Flag = False
    ask_if: Text | None = None


Options = dict[str, OptionShape | Text]
Range = Annotated[list[Number], Field(min_length=2, max_length=2)]
Limit = Annotated[str, Field(min_length=1, max_length=40)]
Limits = Annotated[list[Limit], Field(min_length=2, max_length=2)]
"""Both ends of what a question takes: numbers, or days (see `limits`)."""


class QuestionShape(Strict):
    """A question of a page, a group or a repeat."""

    id: Identifier
    ask: Text
    type: QuestionType
    hint: Text | None = None
    help: Text | None = None
    short: Text | None = None
    required: Flag = True
    unit: Text | None = None
    units: Annotated[list[Text], Field(min_length=2)] | None = None
    range: Limits | None = None
    decimals: Whole | None = None
    step: Number | None = None
    labels: dict[str, Text] = {}
    options: Options = {}
    not_sure: Flag = False
    prefer_not_to_say: Flag = False
    ask_if: Text | None = None
    may_hide: Flag = False
    riskier: str | list[str] | None = None
    must_know: FlagOrExpression | None = None
    because: Text | None = None
    from_: HyphenId | None = Field(default=None, alias="from")
    not_listed: Flag = False
    suggest_from: Text | None = None
    questions: list[QuestionShape] = []
    help_if_declined: Identifier | None = None


class ItemShape(Strict):
    """An item of an instrument; `topic` stands in for a text that is not shipped."""

    id: Identifier | None = None
    ask: Text | None = None
    topic: Text | None = None
    short: Text | None = None
    hint: Text | None = None
    type: QuestionType | None = None
    options: Options = {}
    unit: Text | None = None
    range: Limits | None = None
    decimals: Whole | None = None
    step: Number | None = None
    labels: dict[str, Text] = {}
    required: Flag = True
    scored: Flag = True
    not_sure: Flag = False
    prefer_not_to_say: Flag = False
    ask_if: Text | None = None
    loinc: Text | None = None


class RowShape(Strict):
    """A row of a value: `when` … `is`, or the word for not knowing."""

    when: Text | None = None
    is_: Text | None = Field(default=None, alias="is")
    unknown: Flag = False
    if_undetermined: Text | None = None


class ValueShape(Strict):
    """A worked-out number with the decimals it is shown with, or rows with sources."""

    value: Text | None = None
    rows: list[RowShape] = []
    decimals: Whole | None = None
    drawn: Flag = False
    sources: list[str] = []


DerivedShape = Text | list[RowShape] | ValueShape


class ProrateShape(Strict):
    """How many items may be missing for the informational pro-rated total."""

    missing_at_most: Whole


class ScoreShape(Strict):
    """A score: how its points are added."""

    sum: Literal["all"] | list[str] | None = None
    mean: Literal["all"] | list[str] | None = None
    max: Literal["all"] | list[str] | None = None
    count: Literal["all"] | list[str] | None = None
    reversed: list[str] = []
    range: Range | None = None
    prorate: ProrateShape | None = None
    subscale: Flag = False
    sources: list[str] = []


class BandTableShape(Strict):
    """A named table of bands."""

    of: str = "total"
    default: Flag = False
    sources: list[str] = []
    bands: dict[str, Range]


class ParameterShape(Strict):
    """A named number or list of words; or a number chosen by a named option."""

    value: Number | list[str] | None = None
    unit: Text | None = None
    options: dict[str, Number] = {}
    default: str | None = None
    sources: list[str] = []
    note: Text | None = None


Use = Literal["clinical", "commercial", "educational", "research"]
"""What an instrument may be used for, by its licence."""


class LicenceShape(Strict):
    """Who holds a text and what may be done with it."""

    status: Literal[
        "public_domain",
        "free_any_use",
        "free_noncommercial",
        "permission_required",
        "research_only",
        "unclear",
    ]
    holder: Text
    attribution: Text | None = None
    uses: dict[Use, Literal["yes", "no", "ask"]] = {}
    note: Text | None = None
    verified: list[str] = []


class InstrumentShape(Strict):
    """An instrument file."""

    language_version: LanguageVersion
    instrument: Identifier
    title: Text
    rater: Literal["patient", "clinician"] = "patient"
    text: Literal["shipped", "pack"] = "shipped"
    stem: Text | None = None
    instruction: Text | None = None
    disclaimer: Text | None = None
    note: Text | None = None
    options: Options = {}
    not_sure: Flag = False
    prefer_not_to_say: Flag = False
    items: Annotated[list[ItemShape], Field(min_length=1)]
    gate: Text | None = None
    inconsistent: Text | None = None
    parameters: dict[Identifier, ParameterShape] = {}
    scores: dict[ScoreName, ScoreShape] = {}
    bands: dict[Identifier, BandTableShape] = {}
    results: dict[ScoreName, DerivedShape] = {}
    loinc: dict[str, Text] = {}
    sources: list[str] = []
    licence: LicenceShape


class AttributeShape(Strict):
    """A typed property of a catalogue's entries."""

    type: QuestionType
    unit: Text | None = None
    options: Options = {}
    note: Text | None = None


class CatalogueShape(Strict):
    """A catalogue file; an entry's extra names are its attributes."""

    language_version: LanguageVersion
    catalogue: HyphenId
    title: Text
    note: Text | None = None
    sources: list[str] = []
    attributes: dict[Identifier, AttributeShape] = {}
    entries: dict[str, dict[str, str | list[str] | None]]


class PageShape(Strict):
    """A page: questions, an instrument, or a repeat."""

    page: HyphenId
    title: Text | None = None
    intro: Text | None = None
    layout: Literal["grid"] | None = None
    ask_if: Text | None = None
    may_hide: Flag = False
    questions: list[QuestionShape] = []
    instrument: Identifier | None = None
    as_: Identifier | None = Field(default=None, alias="as")
    if_licensed: Flag = False
    help_if_declined: Identifier | None = None
    repeat: Identifier | None = None
    any: Text | None = None
    entry: Text = "entry"
    at_most: Annotated[Whole, Field(ge=1, le=50)] = 12
    hint: Text | None = None
    short: Text | None = None
    must_know: FlagOrExpression | None = None
    because: Text | None = None


class CheckShape(Strict):
    """A check across answers."""

    id: HyphenId
    must: Text
    say: Text


class CriterionShape(Strict):
    """A criterion."""

    id: HyphenId
    kind: Kind
    when: Text
    priority: Literal["same_day"] | None = None
    help: Identifier | None = None
    ends: Identifier | None = None
    clinician: Text
    because: Text
    sources: Annotated[list[str], Field(min_length=1)]
    implied_by: HyphenId | None = None


class HelpRuleShape(Strict):
    """When a help text is shown that no criterion brings up."""

    id: HyphenId
    when: Text
    help: Identifier


class PromiseShape(Strict):
    """A promise, in the clinic's words."""

    id: HyphenId
    never: Text | None = None
    always: Text | None = None
    because: Text | None = None


class WorkingShape(Strict):
    """A worked-out value whose steps the clinician's page shows, and its words."""

    value: Text
    title: Text
    words: dict[str, Text] = {}
    also: dict[str, Text] = {}


class ReportedShape(Strict):
    """A total that the patient was told; the version's options name instruments."""

    total: Identifier
    version: Identifier
    rater: Identifier | None = None
    date: Identifier | None = None


class SectionShape(Strict):
    """A section of the clinician's page."""

    section: HyphenId
    title: Text
    answers: list[str]
    word_for_word: Flag = False
    says: Text | None = None
    working: list[WorkingShape] = []
    reported: ReportedShape | None = None


class QuestionnaireShape(Strict):
    """A questionnaire file."""

    language_version: LanguageVersion
    questionnaire: HyphenId
    version: Text
    title: Text
    language: Language = "en"
    parameters: dict[Identifier, ParameterShape] = {}
    pages: Annotated[list[PageShape], Field(min_length=1)]
    derived: dict[
        Identifier, Text | list[RowShape] | dict[Identifier, DerivedShape]
    ] = {}
    checks: list[CheckShape] = []
    criteria: list[CriterionShape] = []
    show_help: list[HelpRuleShape] = []
    promises: list[PromiseShape] = []
    summary: list[SectionShape] = []


class HelpShape(Strict):
    """A help text."""

    title: Text
    body: Text
    honesty: Text | None = None
    buttons: list[Text] = []
    note: Text | None = None


class HelpFileShape(Strict):
    """The help texts of a questionnaire."""

    language_version: LanguageVersion
    help: dict[Identifier, HelpShape]
    receipt: dict[str, Text] = {}


class SourceShape(Strict):
    """A line of the bibliography."""

    ref: Text
    url: str | None = None
    year: str | None = None
    basis: Literal["read", "background", "project"]
    quality: str | None = None
    note: Text | None = None


class SourcesShape(Strict):
    """The bibliography."""

    language_version: LanguageVersion
    sources: dict[str, SourceShape]


class TranslatedShape(Strict):
    """A text in another language; `of` is the mark of the text it was made from."""

    say: Annotated[str, Field(max_length=4000)]
    of: Annotated[str, BeforeValidator(_mark)]


class ReviewShape(Strict):
    """Who read the texts that concern safety, when, and the mark of what was read."""

    by: Text
    day: Annotated[str, BeforeValidator(_written_day)]
    of: Annotated[str, BeforeValidator(_mark)]


class TranslationShape(Strict):
    """The texts of a questionnaire or an instrument in another language, by key."""

    language_version: LanguageVersion
    translation: HyphenId
    language: Language
    sources: list[str] = []
    reviewed: ReviewShape | None = None
    note: Text | None = None
    texts: dict[str, TranslatedShape]


class CrisisLineShape(Strict):
    """A service to reach in a crisis."""

    name: Text
    contact: Text


class SaidLocaleShape(Strict):
    """The help of a country in another language: the same numbers."""

    country: Text | None = None
    emergency: Text | None = None
    urgent: Text | None = None
    crisis: list[CrisisLineShape] = []
    veterans: Text | None = None


class LocaleShape(Strict):
    """The help there is in one country."""

    country: Text | None = None
    emergency: Text
    urgent: Text | None = None
    crisis: Annotated[list[CrisisLineShape], Field(min_length=1)]
    veterans: Text | None = None
    verified_on: str | None = None
    said: dict[Language, SaidLocaleShape] = {}
    note: Text | None = None


class LocalesShape(Strict):
    """Emergency and crisis numbers by country."""

    language_version: LanguageVersion
    locales: dict[str, LocaleShape]


class PackItemShape(Strict):
    """An item's text with wordings of its own for its options."""

    ask: Text
    options: dict[str, Text] = {}


class PackShape(Strict):
    """A licence holder's text for an instrument whose text is not shipped."""

    language_version: LanguageVersion
    pack: Identifier
    language: Language = "en"
    licence_reference: Text
    stem: Text | None = None
    instruction: Text | None = None
    options: dict[str, Text] = {}
    items: dict[str, Text | PackItemShape]
