"""Pages of the file -> questions, instruments, repeats and the names they give."""

from __future__ import annotations

from dataclasses import replace

from screening.core.definition import (
    Question,
    QuestionType,
    Repeat,
)
from screening.core.deployment import Deployment
from screening.core.expression import Sort, Symbol, Type
from screening.core.expression.types import WRONG
from screening.core.instrument import (
    Instrument,
)
from screening.core.load.instruments import instrument_from, open_instrument
from screening.core.load.licences import refusal
from screening.core.load.questions import check_because, question_from, type_of
from screening.core.load.workbench import Spot
from screening.core.problems import Severity
from screening.core.schema import PageShape, QuestionShape
from screening.core.values import NOT_ASKED


def questions_of(spot: Spot, page: PageShape, number: int) -> tuple[Question, ...]:
    """Return the questions of page `number` with slots, their names registered."""
    made = []
    for position, shape in enumerate(page.questions):
        here = spot.at("questions", position)
        question = question_from(here, shape)
        if question.type is QuestionType.GROUP:
            question = _group(here, shape, question, number)
        elif question.type is not QuestionType.NOTE:
            question = _registered(here, question, number, question.id)
        made.append(question)
    return tuple(made)


def _group(spot: Spot, shape: QuestionShape, group: Question, number: int) -> Question:
    parts = []
    for position, part_shape in enumerate(shape.questions):
        here = spot.at("questions", position)
        if part_shape.type in {QuestionType.GROUP, QuestionType.NOTE}:
            what = f"a group can't hold a question of type {part_shape.type}"
            here.at("type").say("SC121", what, "Move it out of the group.")
        part = question_from(here, part_shape, f"{group.id}.{part_shape.id}")
        parts.append(_registered(here, part, number, group.id))
    if not parts:
        spot.say("SC121", f'the group "{group.id}" has no questions', "Add them.")
    return replace(group, parts=tuple(parts))


def _registered(
    spot: Spot, question: Question, number: int, needed_as: str
) -> Question:
    """Return the question with a slot, known to expressions by its key.

    `needed_as` is the id under which it stands in what is missing.
    """
    slot = spot.bench.slot()
    symbol = Symbol(
        name=question.key,
        type=type_of(question, question.catalogue),
        slot=slot,
        is_question=True,
        page=number,
        needs={needed_as: frozenset({slot})},
    )
    spot.at("id").name(symbol)
    return replace(question, slot=slot)


def instrument_of(
    spot: Spot, page: PageShape, number: int, deployment: Deployment
) -> Instrument | None:
    """Return the page's instrument; None when it is left out or can't be used.

    The names of one that is left out stand for something that was not asked.
    """
    here = spot.at("instrument")
    name = page.instrument or ""
    key = page.as_ or name
    opened = open_instrument(spot.bench, name)
    if opened is None:
        spot.bench.lost.add(key)
        if not spot.bench.is_broken(f"instruments/{name}.yaml"):
            fix = f"Add instruments/{name}.yaml, or correct the name."
            here.say("SC305", f'there is no instrument "{name}"', fix)
        return None
    instrument_spot, shape, pack = opened
    refused = refusal(name, shape, pack, deployment)
    instrument = instrument_from(instrument_spot, shape, pack, key=key, page=number)
    if refused is None:
        return instrument
    if spot.bench.is_broken(f"packs/{name}.yaml"):
        spot.bench.lost.add(key)
        return None
    severity = Severity.NOTICE if page.if_licensed else Severity.ERROR
    here.say(*refused, severity)
    for slot in slots_of(instrument):
        spot.bench.template[slot] = NOT_ASKED
    return None


def slots_of(instrument: Instrument) -> tuple[int, ...]:
    """Return every slot of an instrument: items, scores, results and its status."""
    return (
        *(item.slot for item in instrument.items),
        *(score.slot for score in instrument.scores),
        *(result.slot for result in instrument.results),
        instrument.status_slot,
    )


def repeat_of(spot: Spot, page: PageShape, number: int) -> Repeat:
    """Return the page's repeat; what is derived for its entries comes later."""
    name = page.repeat or ""
    _check_entry(spot, page)
    questions = tuple(
        replace(
            question_from(
                spot.at("questions", position), question, f"{name}.{question.id}"
            ),
            position=position,
        )
        for position, question in enumerate(page.questions)
    )
    slot = spot.bench.slot()
    entry_slot = spot.bench.slot(None)
    ids = [question.id for question in questions]
    fields = {
        question.id: (
            question.position,
            WRONG
            if spot.at("questions", question.position).is_damaged
            or ids.count(question.id) > 1
            else type_of(question, question.catalogue),
        )
        for question in questions
    }
    symbol = Symbol(
        name=name,
        type=Type(sort=Sort.ROWS, element=Type(sort=Sort.NAMES, fields=fields)),
        slot=slot,
        is_question=True,
        page=number,
        needs={name: frozenset({slot})},
    )
    spot.at("repeat").name(symbol)
    if page.must_know is not None and page.must_know is not True:
        check_because(spot, name, page.because)
    return Repeat(
        id=name,
        any=page.any or page.title or name,
        entry=page.entry,
        at_most=int(page.at_most),
        questions=questions,
        derived=(),
        slot=slot,
        entry_slot=entry_slot,
        place=spot.at("repeat").place,
        because=page.because,
        hint=page.hint,
        short=page.short,
    )


def _check_entry(spot: Spot, page: PageShape) -> None:
    """Note what can't be said of the questions of an entry, rather than ignore it."""
    ids = [question.id for question in page.questions]
    for position, name in enumerate(ids):
        if name in ids[:position]:
            what = f'an entry has a question "{name}" already'
            spot.at("questions", position, "id").say(
                "SC110", what, "Choose another id."
            )
            spot.bench.lost.add(name)
    for position, question in enumerate(page.questions):
        here = spot.at("questions", position)
        for name in ("ask_if", "must_know"):
            if getattr(question, name) is not None:
                what = f"a question of a repeat can't have `{name}`"
                fix = "Every entry asks all of them; say it of the page, or delete it."
                here.at(name).say("SC155", what, fix)
        if question.type in {QuestionType.GROUP, QuestionType.NOTE}:
            what = f"a repeat can't hold a question of type {question.type}"
            here.at("type").say("SC155", what, "Write its questions one by one.")
