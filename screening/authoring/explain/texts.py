"""What is read or cited: help texts, sources, lists to pick from and their entries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from screening.authoring.explain.explanation import Explanation
from screening.authoring.explain.uses import Use, all_questions
from screening.core.values import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from screening.authoring.explain.desk import Desk
    from screening.core.catalogue import Catalogue
    from screening.core.definition import HelpText, SourceReference
    from screening.core.values import Entry


def parts_of(desk: Desk) -> Iterator[tuple[str, Callable[[Desk], Explanation]]]:
    """Yield the ids of this room with what explains each."""
    questionnaire = desk.questionnaire
    for text in questionnaire.help.values():
        yield text.key, partial(_help, text=text)
    for source in questionnaire.sources.values():
        yield source.id, partial(_source, source=source)
    for catalogue in _catalogues(desk):
        yield catalogue.id, partial(_catalogue, catalogue=catalogue)
        for entry in catalogue.entries.values():
            name = f"{catalogue.id}.{entry.id}"
            yield name, partial(_entry, catalogue=catalogue, entry=entry)


def _catalogues(desk: Desk) -> tuple[Catalogue, ...]:
    found = {
        question.catalogue.id: question.catalogue
        for question in all_questions(desk.questionnaire)
        if question.catalogue is not None
    }
    return tuple(found.values())


def _help(desk: Desk, text: HelpText) -> Explanation:
    questionnaire = desk.questionnaire
    uses = [
        Use("criterion", one.id)
        for one in questionnaire.criteria
        if text.key in {one.help, one.ends}
    ]
    uses += [
        Use("help rule", one.id)
        for one in questionnaire.help_rules
        if one.help == text.key
    ]
    uses += [
        Use("question", one.key)
        for one in all_questions(questionnaire)
        if one.help_if_declined == text.key
    ]
    uses += [
        Use("page", one.source_id)
        for one in questionnaire.pages
        if one.help_if_declined == text.key
    ]
    return Explanation(
        kind="help text",
        id=text.key,
        what="A text that a patient is shown on the way, before the next page.",
        place=text.place,
        facts=(("Title", text.title), ("Says", text.body)),
        used_by=tuple(dict.fromkeys(uses)),
    )


def _source(desk: Desk, source: SourceReference) -> Explanation:
    questionnaire = desk.questionnaire
    uses = [
        Use("criterion", one.id)
        for one in questionnaire.criteria
        if source.id in one.sources
    ]
    for instrument in questionnaire.instruments.values():
        listed = [instrument.sources]
        listed += [one.sources for one in instrument.scores]
        listed += [one.sources for one in instrument.bands]
        listed += [one.sources for one in instrument.results]
        cited = {source_id for sources in listed for source_id in sources}
        if source.id in cited:
            uses.append(Use("instrument", instrument.key))
    uses += [
        Use("worked-out value", one.name)
        for one in questionnaire.derived
        if source.id in one.sources
    ]
    facts = [("Reference", source.reference)]
    facts += [("Address", source.url)] if source.url else []
    told = "It was read" if source.is_verified else "It was not read"
    facts.append(("Standing", f"{told} when the rules were written ({source.basis})."))
    return Explanation(
        kind="source",
        id=source.id,
        what="A line of the bibliography.",
        place=desk.key_place(desk.beside("sources.yaml"), "sources", source.id),
        facts=tuple(facts),
        used_by=tuple(uses),
    )


def _catalogue(desk: Desk, catalogue: Catalogue) -> Explanation:
    uses = [
        Use("question", one.key)
        for one in all_questions(desk.questionnaire)
        if one.catalogue is not None and one.catalogue.id == catalogue.id
    ]
    labels = [entry.label for entry in catalogue.entries.values()]
    facts = [
        ("Title", catalogue.title),
        ("Entries", ", ".join(labels)),
        ("Attributes", ", ".join(one.name for one in catalogue.attributes) or "none"),
    ]
    return Explanation(
        kind="list to pick from",
        id=catalogue.id,
        what="A closed list, found by name, brand or synonym.",
        place=desk.key_place(f"catalogues/{catalogue.id}.yaml", "catalogue"),
        facts=(*facts, *desk.sources(catalogue.sources)),
        used_by=tuple(uses),
    )


def _entry(desk: Desk, catalogue: Catalogue, entry: Entry) -> Explanation:
    facts = [("Called", entry.label)]
    names = [
        name for name, entry_id in catalogue.known_as.items() if entry_id == entry.id
    ]
    facts.append(("Found by", ", ".join(names)))
    for attribute, value in zip(catalogue.attributes, entry.attributes, strict=True):
        if isinstance(value, State):
            continue
        shown = ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
        facts.append((attribute.name, f"{shown} {attribute.unit or ''}".strip()))
    return Explanation(
        kind="entry",
        id=f"{catalogue.id}.{entry.id}",
        what=f"An entry of the list {catalogue.id}.",
        place=desk.key_place(f"catalogues/{catalogue.id}.yaml", "entries", entry.id),
        facts=tuple(facts),
    )
