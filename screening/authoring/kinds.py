"""Which kinds of file does the language have, in what shape, and which is this one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from screening.core import schema
from screening.core.cases.shapes import CasesShape, ScoreCasesShape
from screening.core.source import Mapping

if TYPE_CHECKING:
    from screening.core.source import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file: its name, its shape, and the names that tell it from others."""

    name: str
    shape: type[BaseModel]
    marks: frozenset[str]


def _kind(name: str, shape: type[BaseModel], *marks: str) -> FileKind:
    return FileKind(name=name, shape=shape, marks=frozenset(marks))


KINDS = (
    _kind("questionnaire", schema.QuestionnaireShape, "questionnaire"),
    _kind("help", schema.HelpFileShape, "help"),
    _kind("instrument-cases", ScoreCasesShape, "instrument", "cases"),
    _kind("cases", CasesShape, "cases"),
    _kind("instrument", schema.InstrumentShape, "instrument"),
    _kind("catalogue", schema.CatalogueShape, "catalogue"),
    _kind("pack", schema.PackShape, "pack"),
    _kind("translation", schema.TranslationShape, "translation"),
    _kind("locales", schema.LocalesShape, "locales"),
    _kind("sources", schema.SourcesShape, "sources"),
)
"""Every kind. A file is of the first whose marks all stand at its left edge."""


def kind_of(node: Node) -> FileKind | None:
    """Return the kind of file that the node was read from, None where none fits."""
    names = set(node.entries) if isinstance(node, Mapping) else set()
    return next((kind for kind in KINDS if kind.marks <= names), None)
