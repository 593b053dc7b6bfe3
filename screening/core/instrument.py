"""A scale, frozen: items, scores, bands, worked-out results, and its licence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.core.definition import Question
    from screening.core.expression import Expression
    from screening.core.problems import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named stretch of a score, both ends inclusive, in points."""

    name: str
    low: Decimal
    high: Decimal

    @property
    def label(self) -> str:
        """The band's name in words."""
        return self.name.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class BandTable:
    """Published bands of one score, lowest first, without gap or overlap."""

    name: str
    of: str
    is_default: bool
    bands: tuple[Band, ...]
    sources: tuple[str, ...]

    def band(self, value: Decimal | int) -> Band:
        """Return the band that holds `value`, which lies in the score's range."""
        for band in self.bands:
            if value <= band.high:
                return band
        return self.bands[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How points are added: `how` over `items`, some of them reversed.

    `low` and `high` are the range that is possible when every item is answered.
    `prorate_missing` is how many items may be missing for the informational,
    pro-rated total (None: never pro-rated).
    """

    name: str
    how: str
    items: tuple[str, ...]
    reversed: frozenset[str]
    low: Decimal
    high: Decimal
    subscale: bool
    prorate_missing: int | None
    sources: tuple[str, ...]
    slot: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a value written as rows: the first whose `when` is true holds."""

    when: Expression | None
    word: str
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value worked out from others: an expression, or rows of words.

    `drawn` words are levels, highest first, which the clinician also sees drawn.
    """

    name: str
    expression: Expression | None
    rows: tuple[Row, ...]
    if_undetermined: str | None
    decimals: int | None
    place: Place
    sources: tuple[str, ...] = ()
    drawn: bool = False
    slot: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Who holds an instrument's text and what may be done with it."""

    status: str
    holder: str
    attribution: str
    uses: Mapping[str, str]
    note: str | None
    verified: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A validated scale as one page of a questionnaire uses it, under `key`."""

    id: str
    key: str
    title: str
    rater: str
    stem: str | None
    instruction: str | None
    items: tuple[Question, ...]
    scores: tuple[Score, ...]
    bands: tuple[BandTable, ...]
    results: tuple[Derived, ...]
    parameters: Mapping[str, Decimal]
    gate: Expression | None
    inconsistent: Expression | None
    loinc: Mapping[str, str]
    licence: Licence
    sources: tuple[str, ...]
    place: Place
    status_slot: int = -1

    def worked_slots(self) -> dict[str, int]:
        """Return where its scores and results stand, by name."""
        scores = {score.name: score.slot for score in self.scores}
        return scores | {result.name: result.slot for result in self.results}

    def banded_slot(self, table: BandTable) -> int:
        """Return where the points stand that a table puts into bands."""
        items = {item.id: item.slot for item in self.items}
        return (items | self.worked_slots())[table.of]

    def default_bands(self, score: str) -> BandTable | None:
        """Return the band table to print beside `score`, if it has one."""
        tables = [table for table in self.bands if table.of == score]
        for table in tables:
            if table.is_default:
                return table
        return tables[0] if tables else None
