"""Catalogue files -> lists to pick from, every entry checked by its own attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.answers import Refused, typed
from screening.core.catalogue import Attribute, Catalogue, comparable
from screening.core.definition import WRITTEN_TYPES, YES_NO, Question, QuestionType
from screening.core.load.options import check_options, options_of
from screening.core.load.questions import check_unit
from screening.core.load.workbench import check_file_name
from screening.core.problems import Severity, did_you_mean
from screening.core.schema import CatalogueShape
from screening.core.values import NOT_ASKED, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from screening.core.load.workbench import Spot, Workbench


def catalogue_from(bench: Workbench, name: str) -> Catalogue | None:
    """Return the catalogue in `catalogues/NAME.yaml`, None if there is none."""
    opened = bench.open(f"catalogues/{name}.yaml", CatalogueShape)
    if opened is None:
        return None
    spot, shape = opened
    check_file_name(spot.at("catalogue"), shape.catalogue, name)
    spot.at().cite(shape.sources)
    attributes = tuple(_attributes(spot.at("attributes"), shape))
    entries: dict[str, Entry] = {}
    brands: dict[str, tuple[str, ...]] = {}
    synonyms: dict[str, tuple[str, ...]] = {}
    known_as: dict[str, str] = {}
    for entry_id, lines in shape.entries.items():
        here = spot.at("entries", entry_id)
        label = _label(here, entry_id, lines)
        values = tuple(_attribute(here, a, lines.get(a.name)) for a in attributes)
        entries[entry_id] = Entry(id=entry_id, label=label, attributes=values)
        brands[entry_id] = _words(lines.get("brands"))
        synonyms[entry_id] = _words(lines.get("synonyms"))
        for at, word in _names(here, entry_id, label, lines):
            other = known_as.setdefault(comparable(word), entry_id)
            if other != entry_id:
                what = f'"{word}" names "{entry_id}" and "{other}"'
                fix = "Keep the name with one of them: it would always find the first."
                at.say("SC176", what, fix, Severity.WARNING)
        known = {"label", "brands", "synonyms", "note", *shape.attributes}
        for unknown in sorted(set(lines) - known - bench.lost):
            what = f'"{unknown}" is not an attribute of this catalogue'
            here.key(unknown).say("SC118", what, did_you_mean(unknown, known))
    return Catalogue(
        id=shape.catalogue,
        title=shape.title,
        attributes=attributes,
        entries=entries,
        brands=brands,
        synonyms=synonyms,
        known_as=known_as,
        sources=tuple(shape.sources),
    )


def _label(
    spot: Spot, entry_id: str, lines: Mapping[str, str | list[str] | None]
) -> str:
    label = lines.get("label")
    if isinstance(label, list):
        what = f'the label of "{entry_id}" is a list'
        fix = "Write one name; the others stand under `synonyms:` or `brands:`."
        spot.at("label").say("SC119", what, fix)
    return str(label or entry_id)


def _names(
    spot: Spot, entry_id: str, label: str, lines: Mapping[str, str | list[str] | None]
) -> Iterator[tuple[Spot, str]]:
    """Yield every name of an entry with where it stands."""
    yield spot.key(), entry_id
    yield spot.at("label"), label
    for part in ("brands", "synonyms"):
        for position, word in enumerate(_words(lines.get(part))):
            is_list = isinstance(lines.get(part), list)
            yield spot.at(part, position) if is_list else spot.at(part), word


def _attributes(spot: Spot, shape: CatalogueShape) -> Iterator[Attribute]:
    for name, spec in shape.attributes.items():
        options = options_of(spec.options)
        if spec.type is QuestionType.YES_NO and not options:
            options = YES_NO
        check_options(spot.at(name), name, spec.type, options)
        if spec.unit is not None:
            check_unit(spot.at(name, "unit"), spec.unit)
        yield Attribute(name=name, type=spec.type, unit=spec.unit, options=options)


def _words(value: str | list[str] | None) -> tuple[str, ...]:
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def _attribute(spot: Spot, attribute: Attribute, stored: object) -> object:
    """Return an entry's typed attribute; one it does not have counts as not asked."""
    if stored is None:
        return NOT_ASKED
    here = spot.at(attribute.name)
    if attribute.type in WRITTEN_TYPES:
        return str(stored)
    question = Question(
        id=attribute.name,
        key=attribute.name,
        type=attribute.type,
        ask=attribute.name,
        place=here.place,
        options=attribute.options,
        decimals=4,
    )
    value = typed(question, stored)
    if isinstance(value, Refused):
        what = f'"{attribute.name}" does not fit its type, {attribute.type}'
        here.say("SC119", what, value.message + ".")
        return NOT_ASKED
    return value
