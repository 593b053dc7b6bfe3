"""What may a file of worked patients or worked scores hold, as an editor should know?

Worked cases are read by the command line, which compares what is expected with what
came. These shapes say the same to editors.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from screening.core.definition import Outcome
from screening.core.schema import NUMERAL, Flag, Identifier, LanguageVersion, Text

Answer = object
"""An answer as people write it: a value, a list, names with values, or null."""


def _day(value: object) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("write a day as 2026-03-15") from None


def _share(value: object) -> object:
    is_plain = isinstance(value, str) and NUMERAL.fullmatch(value)
    if not is_plain or not 0 < Decimal(str(value)) < 1:
        raise ValueError("write a share of all patients, such as 0.05 for 5 in 100")
    return Decimal(str(value))


Day = Annotated[date, BeforeValidator(_day)]
Share = Annotated[Decimal, BeforeValidator(_share)]


class CaseStrict(BaseModel):
    """A mapping with known names only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectShape(CaseStrict):
    """What must come of a worked patient; only what is named here is compared."""

    outcome: Outcome | None = None
    findings: list[str] = []
    missing: list[str] = []
    undetermined: list[str] = []
    help: list[str] = []
    checks: list[str] = []
    same_day: Flag = False
    derived: dict[str, Answer] = {}
    scores: dict[str, ScoreExpectShape] = {}


class ScoreExpectShape(CaseStrict):
    """What must come of an instrument; only what is named here is compared."""

    status: Literal["complete", "incomplete", "inconsistent", "gated"] | None = None
    total: Text | None = None
    possible: Annotated[list[Text], Field(min_length=2, max_length=2)] | None = None
    band: Text | None = None
    band_if_certain: Text | None = None
    prorated: Text | None = None
    subscales: dict[str, Answer] = {}
    results: dict[str, Answer] = {}


class CaseShape(CaseStrict):
    """A worked patient."""

    case: Text
    story: Text | None = None
    based_on: Text | None = None
    day: Day | None = None
    answers: dict[str, Answer] | None = None
    refused: Flag = False
    expect: ExpectShape | None = None
    why: Text | None = None
    share: Share | None = None
    because: Text | None = None
    sources: list[str] = []


class CasesShape(CaseStrict):
    """Worked patients of a questionnaire."""

    language_version: LanguageVersion
    cases: list[CaseShape]


class ScoreCaseShape(CaseStrict):
    """Worked answers to one instrument."""

    case: Text
    story: Text | None = None
    answers: dict[str, Answer] | list[Answer] | None = None
    parameters: dict[Identifier, Answer] = {}
    refused: Flag = False
    expect: ScoreExpectShape | None = None
    why: Text | None = None


class ScoreCasesShape(CaseStrict):
    """Worked answers to one instrument, and what must come of them."""

    language_version: LanguageVersion
    instrument: Identifier
    cases: list[ScoreCaseShape]
