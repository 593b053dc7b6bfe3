"""The shape of every file of the language, before its meaning.

Pydantic checks names, kinds of values and what must be there; every complaint is
turned into a `Problem` at the line and column where the value stands. Scalars arrive
as text (see `source`); numbers and truths are read here, strictly.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from screening.core.definition import Kind, QuestionType
from screening.core.problems import DefinitionError, Problem, did_you_mean
from screening.core.source import Mapping, Node, place_of, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMERAL = re.compile(r"-?\d{1,9}(\.\d{1,4})?", re.ASCII)
"""How a number may be written, in files and by patients: plain, short, ASCII."""


def _number(value: object) -> object:
    if isinstance(value, str) and NUMERAL.fullmatch(value):
        return Decimal(value)
    raise ValueError("write a plain number, such as 12 or 0.5")


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


Options = dict[str, OptionShape | Text]
Range = Annotated[list[Number], Field(min_length=2, max_length=2)]


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
    range: Range | None = None
    decimals: Whole | None = None
    step: Number | None = None
    labels: dict[str, Text] = {}
    options: Options = {}
    not_sure: Flag = False
    prefer_not_to_say: Flag = False
    ask_if: Text | None = None
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
    range: Range | None = None
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


class LicenceShape(Strict):
    """Who holds a text and what may be done with it."""

    status: str
    holder: Text
    attribution: Text | None = None
    uses: dict[Literal["clinical", "commercial", "educational", "research"], str] = {}
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
    loinc: dict[str, Any] = {}
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
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"
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


class PackShape(Strict):
    """A licence holder's text for an instrument whose text is not shipped."""

    language_version: LanguageVersion
    pack: Identifier
    language: str = "en"
    licence_reference: Text
    stem: Text | None = None
    instruction: Text | None = None
    options: dict[str, Text] = {}
    items: dict[str, Text]


Shape = TypeVar("Shape", bound=BaseModel)


def shaped(node: Node, shape: type[Shape]) -> Shape:
    """Return the node as the shape, or raise DefinitionError with every problem."""
    try:
        return shape.model_validate(plain(node))
    except ValidationError as error:
        found = _problems(error, node)
        raise DefinitionError(found) from None


def _problems(error: ValidationError, node: Node) -> list[Problem]:
    found: dict[tuple[object, ...], Problem] = {}
    for detail in error.errors(include_url=False, include_context=False):
        path = _path(detail["loc"], node)
        problem = _problem(detail["type"], detail["msg"], path, node)
        found.setdefault((problem.where, problem.code), problem)
    return list(found.values())


def _path(loc: Sequence[str | int], node: Node) -> tuple[str | int, ...]:
    """Keep the steps of pydantic's path that exist in the file."""
    kept: list[str | int] = []
    at: Node | None = node
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(at, Mapping):
            if step in at.entries:
                kept.append(step)
                at = at.entries[str(step)]
            elif last:
                kept.append(step)
        elif at is not None and hasattr(at, "items") and isinstance(step, int):
            kept.append(step)
            at = at.items[step]
    return tuple(kept)


def _problem(
    kind: str, message: str, path: tuple[str | int, ...], node: Node
) -> Problem:
    place = place_of(node, path)
    name = path[-1] if path else "this"
    if kind == "missing":
        what = f'"{name}" is missing here'
        return Problem(code="SC101", what=what, fix=f"Add `{name}:`.", where=place)
    if kind == "extra_forbidden":
        what = f'"{name}" is not a name that can stand here'
        owner = _at(node, path[:-1])
        place = owner.keys.get(str(name), place) if owner else place
        return Problem(
            code="SC102", what=what, fix=did_you_mean(str(name), _NAMES), where=place
        )
    text = message.removeprefix("Value error, ")
    what = f'the value of "{name}" does not fit'
    fix = text[:1].upper() + text[1:] + "."
    return Problem(code="SC103", what=what, fix=fix, where=place)


def _at(node: Node, path: tuple[str | int, ...]) -> Mapping | None:
    at: Node = node
    for step in path:
        if isinstance(at, Mapping) and step in at.entries:
            at = at.entries[str(step)]
        elif not isinstance(at, Mapping) and hasattr(at, "items"):
            at = at.items[int(step)]
    return at if isinstance(at, Mapping) else None


_NAMES = sorted(
    {
        field.alias or name
        for shape in Strict.__subclasses__()
        for name, field in shape.model_fields.items()
    }
)
