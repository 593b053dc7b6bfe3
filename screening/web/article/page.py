"""What a rendered article is made of, in the order a template lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from screening.web.article.trusted import TrustedHtml
    from screening.web.article.words import Words


class Basis(StrEnum):
    """How far a source was checked; the reference list says it beside each one."""

    READ = "read"
    BACKGROUND = "background"
    PROJECT = "project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One entry of the questionnaire's sources: a citation, its link, its basis."""

    ref: str
    url: str | None
    year: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source as the article numbers it, from 1 in the order of first mention.

    `basis` says in words how far it was checked. `anchor` is the id of the entry,
    `cited_at` the id of the first mark that leads to it, for the way back.
    """

    number: int
    source_id: str
    source: Source
    basis: str
    anchor: str
    cited_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line of the contents list; `level` is 2 for a section, 3 below one."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What stands under one heading of level 2; headings of level 3 are inside."""

    id: str
    title: str
    html: TrustedHtml
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The whole page: its lead before the first heading, sections, references.

    `words` are the labels a template needs, in the article's language; `beside_pages`
    is the heading that a page of the form leads to, by the page's id.
    """

    id: str
    language: str
    title: str
    authors: str
    interests: str
    reviewed: date
    review_due: date
    lead: TrustedHtml
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    words: Words
    beside_pages: dict[str, Heading]

    @property
    def contents(self) -> tuple[Heading, ...]:
        """The headings of level 2 and 3, in reading order."""
        return tuple(heading for part in self.sections for heading in part.headings)

    def is_due(self, today: date) -> bool:
        """Tell whether the article should have been reviewed again by `today`."""
        return today > self.review_due
