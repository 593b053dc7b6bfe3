"""Shapes -> questions, options and catalogues, with their types for expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from screening.core.answers import Refused, typed
from screening.core.catalogue import (
    Attribute,
    Catalogue,
    comparable,
)
from screening.core.definition import (
    NUMERIC_TYPES,
    WRITTEN_TYPES,
    Option,
    Question,
    QuestionType,
)
from screening.core.expression import Sort, Type
from screening.core.expression.types import TRUTH
from screening.core.load.workbench import RESERVED, refuse_word
from screening.core.problems import did_you_mean
from screening.core.schema import CatalogueShape, OptionShape, QuestionShape
from screening.core.values import NOT_ASKED, Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.load.workbench import Spot, Workbench
    from screening.core.schema import Options

_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)

MOST_POINTS = 100
"""Steps from one end of a scale to the other that a line can show."""

OUTCOME = "outcome"
"""What promises call the outcome: taken too, but for parts of a group or an entry."""

_YES_NO = (Option(value="yes", label="Yes"), Option(value="no", label="No"))


def options_of(shapes: Options) -> tuple[Option, ...]:
    """Return the options in the order of the file."""
    made = []
    for value, shape in shapes.items():
        if isinstance(shape, OptionShape):
            made.append(
                Option(
                    value=value,
                    label=shape.label,
                    hint=shape.hint,
                    weight=shape.weight,
                    unknown=shape.unknown,
                    exclusive=shape.exclusive,
                )
            )
        else:
            made.append(Option(value=value, label=shape))
    return tuple(made)


def are_numbers(options: tuple[Option, ...]) -> bool:
    """Tell whether every option's value is a whole number, so that it counts as one."""
    return bool(options) and all(_WHOLE.fullmatch(option.value) for option in options)


def question_from(spot: Spot, shape: QuestionShape, key: str | None = None) -> Question:
    """Return the question, without slot and conditions; problems are noted."""
    if shape.id in RESERVED or (shape.id == OUTCOME and key is None):
        refuse_word(spot.at("id"), shape.id)
    options = options_of(shape.options)
    if shape.type is QuestionType.YES_NO and not options:
        options = _YES_NO
    _check_options(spot, shape, options)
    if shape.must_know is not None and shape.must_know is not True:
        check_because(spot, shape.id, shape.because)
    return Question(
        id=shape.id,
        key=key or shape.id,
        type=shape.type,
        ask=shape.ask,
        place=spot.at("id").place,
        hint=shape.hint,
        help=shape.help,
        short=shape.short,
        required=shape.required,
        unit=shape.unit,
        low=shape.range[0] if shape.range else None,
        high=shape.range[1] if shape.range else None,
        decimals=_decimals(shape),
        step=shape.step,
        labels=shape.labels,
        options=options,
        numeric_options=shape.type is QuestionType.CHOICE and are_numbers(options),
        not_sure=shape.not_sure,
        prefer_not_to_say=shape.prefer_not_to_say,
        riskier=(
            tuple(shape.riskier) if isinstance(shape.riskier, list) else shape.riskier
        ),
        because=shape.because,
        catalogue=_catalogue(spot, shape),
        not_listed=shape.not_listed,
        suggest_from=shape.suggest_from,
        help_if_declined=shape.help_if_declined,
    )


def _decimals(shape: QuestionShape) -> int:
    if shape.decimals is not None:
        return int(shape.decimals)
    return 2 if shape.type is QuestionType.DECIMAL else 0


def check_because(spot: Spot, name: str, because: str | None) -> None:
    """Complain when something may stay unknown and no reason is given."""
    if not because:
        what = f'"{name}" may stay unknown, and no reason is given'
        spot.say("SC120", what, "Add `because:` in a few words.")


def _check_options(
    spot: Spot, shape: QuestionShape, options: tuple[Option, ...]
) -> None:
    needs = shape.type in {QuestionType.CHOICE, QuestionType.CHOICES}
    at_options = spot.at("options")
    if needs and len(options) < 2:  # noqa: PLR2004 - a choice has two sides
        what = f'"{shape.id}" needs at least two options'
        at_options.say("SC112", what, "Add them under `options:`.")
    if options and not needs and shape.type is not QuestionType.YES_NO:
        what = f"a question of type {shape.type} has no options"
        at_options.say("SC113", what, "Use type choice or choices.")
    labels = [option.label for option in options]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        what = f'two options read "{label}"'
        at_options.say("SC114", what, "Word them differently.")
    for option in options[:-1]:
        if option.exclusive:
            what = f'"{option.value}" is exclusive and not the last option'
            at_options.say("SC115", what, "Move it to the end.")
    _check_range(spot, shape, [option.value for option in options])


def _check_range(spot: Spot, shape: QuestionShape, values: list[str]) -> None:
    for word in shape.riskier if isinstance(shape.riskier, list) else ():
        if values and word not in values:
            what = f'`riskier` names "{word}", which is not an option'
            spot.at("riskier").say("SC122", what, did_you_mean(word, values))
    if shape.range and shape.range[0] > shape.range[1]:
        spot.at("range").say("SC116", "this range is empty", "Write [low, high].")
    elif shape.type is QuestionType.SCALE:
        _check_points(spot, shape)


def _check_points(spot: Spot, shape: QuestionShape) -> None:
    """Complain when a scale has no ends, or more points than a line can show."""
    if shape.range is None:
        spot.say("SC123", f'the scale "{shape.id}" has no ends', "Add `range:`.")
        return
    points = (shape.range[1] - shape.range[0]) / max(shape.step or 1, 1)
    if points > MOST_POINTS:
        what = f'the scale "{shape.id}" has more than {MOST_POINTS} points'
        spot.at("range").say("SC124", what, "Give it a larger `step:`.")


def _catalogue(spot: Spot, shape: QuestionShape) -> Catalogue | None:
    if shape.type is not QuestionType.PICK:
        return None
    catalogues = spot.bench.catalogues
    found = catalogues.get(shape.from_ or "")
    if found is None:
        what = f'there is no catalogue "{shape.from_ or ""}"'
        fix = "Write `from:` with the name of a file in catalogues/. "
        fix += did_you_mean(shape.from_ or "", catalogues)
        spot.at("from").say("SC117", what, fix)
    return found


def type_of(question: Question | Attribute, catalogue: Catalogue | None = None) -> Type:
    """Return what an expression may do with the question's value."""
    values = tuple(option.value for option in question.options)
    if question.type in NUMERIC_TYPES or getattr(question, "numeric_options", False):
        return Type(sort=Sort.NUMBER, unit=question.unit)
    if question.type is QuestionType.CHOICES:
        return Type(sort=Sort.OPTIONS, options=values)
    if question.type is QuestionType.DATE:
        return Type(sort=Sort.DATE)
    if question.type is QuestionType.PICK and catalogue is not None:
        return Type(sort=Sort.ENTRY, catalogue=catalogue, fields=_fields(catalogue))
    if question.type in WRITTEN_TYPES:
        return Type(sort=Sort.WRITTEN)
    if question.type is QuestionType.ACKNOWLEDGE:
        values = ("yes",)
    elif question.type is QuestionType.YES_NO and not values:
        values = ("yes", "no")
    return Type(sort=Sort.OPTION, options=values) if values else TRUTH


def _fields(catalogue: Catalogue) -> dict[str, tuple[int, Type]]:
    return {
        attribute.name: (position, type_of(attribute))
        for position, attribute in enumerate(catalogue.attributes)
    }


def catalogue_from(bench: Workbench, name: str) -> Catalogue | None:
    """Return the catalogue in `catalogues/NAME.yaml`, None if there is none."""
    opened = bench.open(f"catalogues/{name}.yaml", CatalogueShape)
    if opened is None:
        return None
    spot, shape = opened
    attributes = tuple(_attributes(shape))
    entries: dict[str, Entry] = {}
    brands: dict[str, tuple[str, ...]] = {}
    known_as: dict[str, str] = {}
    for entry_id, lines in shape.entries.items():
        here = spot.at("entries", entry_id)
        label = str(lines.get("label") or entry_id)
        values = tuple(_attribute(here, a, lines.get(a.name)) for a in attributes)
        entries[entry_id] = Entry(id=entry_id, label=label, attributes=values)
        brands[entry_id] = _words(lines.get("brands"))
        names = (entry_id, label, *brands[entry_id], *_words(lines.get("synonyms")))
        for word in names:
            known_as.setdefault(comparable(word), entry_id)
        known = {"label", "brands", "synonyms", "note", *shape.attributes}
        for unknown in sorted(set(lines) - known):
            what = f'"{unknown}" is not an attribute of this catalogue'
            here.at(unknown).say("SC118", what, did_you_mean(unknown, known))
    return Catalogue(
        id=shape.catalogue,
        title=shape.title,
        attributes=attributes,
        entries=entries,
        brands=brands,
        known_as=known_as,
        sources=tuple(shape.sources),
    )


def _attributes(shape: CatalogueShape) -> Iterator[Attribute]:
    for name, spec in shape.attributes.items():
        is_yes_no = spec.type is QuestionType.YES_NO
        options = _YES_NO if is_yes_no else options_of(spec.options)
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
