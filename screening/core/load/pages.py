"""Pages of the file -> questions, instruments, repeats and the names they give."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from screening.core.definition import Instrument, Question, QuestionType, Repeat
from screening.core.expression import Scope, Sort, Symbol, Type
from screening.core.load.derive import derived_from, type_of_derived
from screening.core.load.instruments import instrument_from, open_instrument
from screening.core.load.questions import question_from, type_of
from screening.core.problems import Severity
from screening.core.schema import RowShape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Catalogue, Derived
    from screening.core.load.workbench import File, Path, Workbench
    from screening.core.schema import PageShape, QuestionnaireShape, QuestionShape


def questions_of(
    bench: Workbench,
    file: File,
    page: PageShape,
    number: int,
    catalogues: Mapping[str, Catalogue],
) -> tuple[Question, ...]:
    """Return the page's questions with slots, their names registered."""
    made = []
    for position, shape in enumerate(page.questions):
        path: Path = ("pages", number, "questions", position)
        question = question_from(bench, shape, file, path, catalogues)
        if question.type is QuestionType.GROUP:
            question = _group(bench, file, shape, question, path, number, catalogues)
        elif question.type is not QuestionType.NOTE:
            question = replace(question, slot=bench.slot())
            _register(bench, question, number, question.id)
        made.append(question)
    return tuple(made)


def _group(  # noqa: PLR0913 - a group, where it stands and what it may use
    bench: Workbench,
    file: File,
    shape: QuestionShape,
    group: Question,
    path: Path,
    number: int,
    catalogues: Mapping[str, Catalogue],
) -> Question:
    parts = []
    for position, part_shape in enumerate(shape.questions):
        where = (*path, "questions", position)
        key = f"{group.id}.{part_shape.id}"
        part = question_from(bench, part_shape, file, where, catalogues, key)
        part = replace(part, slot=bench.slot())
        _register(bench, part, number, group.id)
        parts.append(part)
    if not parts:
        bench.say("SC121", group.place, "a group has no questions", "Add them.")
    return replace(group, parts=tuple(parts))


def _register(
    bench: Workbench, question: Question, number: int, needed_as: str
) -> None:
    symbol = Symbol(
        name=question.key,
        type=type_of(question, question.catalogue),
        slot=question.slot,
        is_question=True,
        page=number,
        needs={needed_as: frozenset({question.slot})},
    )
    bench.name(symbol, question.place)


def instrument_of(
    bench: Workbench, file: File, page: PageShape, number: int
) -> Instrument | None:
    """Return the page's instrument; None when it is left out or can't be used."""
    place = file.place("pages", number, "instrument")
    name = page.instrument or ""
    opened = open_instrument(bench, name)
    if opened is None:
        if f"instruments/{name}.yaml" not in bench.files:
            fix = f"Add instruments/{name}.yaml, or correct the name."
            bench.say("SC305", place, f'there is no instrument "{name}"', fix)
        return None
    instrument_file, shape, pack = opened
    if shape.text == "pack" and pack is None:
        holder = shape.licence.holder
        what = f'the text of "{name}" is not shipped; it belongs to {holder}'
        fix = f"Get a licence, then run: screening pack import {name} FILE."
        severity = Severity.NOTICE if page.if_licensed else Severity.ERROR
        bench.say("SC306", place, what, fix, severity)
        return None
    key = page.as_ or name
    return instrument_from(bench, instrument_file, shape, pack, key=key, page=number)


def repeat_of(  # noqa: PLR0913 - a page and what it may use
    bench: Workbench,
    file: File,
    page: PageShape,
    number: int,
    catalogues: Mapping[str, Catalogue],
    shape: QuestionnaireShape,
) -> Repeat:
    """Return the page's repeat, its entries' derived values included."""
    name = page.repeat or ""
    place = file.place("pages", number, "repeat")
    questions = tuple(
        replace(
            question_from(
                bench,
                question,
                file,
                ("pages", number, "questions", position),
                catalogues,
                f"{name}.{question.id}",
            ),
            position=position,
        )
        for position, question in enumerate(page.questions)
    )
    slot = bench.slot()
    entry_slot = bench.slot(None)
    fields = {
        question.id: (question.position, type_of(question, question.catalogue))
        for question in questions
    }
    derived = _entry_values(bench, file, name, shape, fields, entry_slot)
    kind = Type(sort=Sort.ROWS, element=Type(sort=Sort.NAMES, fields=fields))
    symbol = Symbol(
        name=name,
        type=kind,
        slot=slot,
        is_question=True,
        page=number,
        needs={name: frozenset({slot})},
    )
    bench.name(symbol, place)
    if page.must_know is not None and page.must_know is not True and not page.because:
        what = f'"{name}" may stay unknown, and no reason is given'
        bench.say("SC120", place, what, "Add `because:` in a few words.")
    return Repeat(
        id=name,
        any=page.any or page.title or name,
        entry=page.entry,
        at_most=int(page.at_most),
        questions=questions,
        derived=derived,
        slot=slot,
        place=place,
        must_know=None,
        because=page.because,
        hint=page.hint,
        short=page.short,
    )


def _entry_values(  # noqa: PLR0913 - the entry's fields grow as values are added
    bench: Workbench,
    file: File,
    name: str,
    shape: QuestionnaireShape,
    fields: dict[str, tuple[int, Type]],
    entry_slot: int,
) -> tuple[Derived, ...]:
    """Return an entry's derived values in order; each may read those above it.

    Their slots are positions in the entry; the entry itself stands in `entry_slot`,
    which every record's work keeps pointing at the entry being worked out.
    """
    shapes = shape.derived.get(name, {})
    made: list[Derived] = []
    for value_name, value_shape in shapes.items() if isinstance(shapes, dict) else ():
        entry = Type(sort=Sort.NAMES, fields=fields)
        own = {
            field: Symbol(name=field, type=entry, slot=entry_slot) for field in fields
        }
        place = file.place("derived", name, value_name)
        scope = Scope(own, Scope(bench.symbols))
        position = len(fields)
        value = derived_from(bench, value_name, value_shape, place, scope, position)
        if value is not None:
            made.append(value)
            fields[value_name] = (position, type_of_derived(value))
    return tuple(made)


def entry_slot_of(repeat: Repeat) -> int:
    """Return where the entry being worked out stands: right after the repeat's list."""
    return repeat.slot + 1


def is_rows(shape: object) -> bool:
    """Tell whether a derived value is written as rows."""
    return isinstance(shape, list) and all(isinstance(r, RowShape) for r in shape)
