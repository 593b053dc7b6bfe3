"""Shapes -> questions, with their types for expressions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from screening.core.catalogue import Attribute, Catalogue
from screening.core.definition import (
    NUMERIC_TYPES,
    WRITTEN_TYPES,
    YES_NO,
    Question,
    QuestionType,
)
from screening.core.expression import Sort, Type
from screening.core.expression.types import WRONG
from screening.core.limits import EXAMPLE, DayLimit, is_empty, read_limit
from screening.core.load.options import (
    are_numbers,
    check_options,
    options_of,
)
from screening.core.load.workbench import RESERVED, refuse_word
from screening.core.problems import Severity, did_you_mean
from screening.core.schema import NUMERAL, ItemShape, QuestionShape
from screening.core.units import are_alike, is_known, known_words

if TYPE_CHECKING:
    from screening.core.load.workbench import Spot

MOST_POINTS = 100
"""Steps from one end of a scale to the other that a line can show."""

OUTCOME = "outcome"
"""What promises call the outcome: taken too, but for parts of a group or an entry."""

_DATED = frozenset({QuestionType.DATE, QuestionType.MONTH})


def question_from(spot: Spot, shape: QuestionShape, key: str | None = None) -> Question:
    """Return the question, without slot and conditions; problems are noted."""
    if shape.id in RESERVED or (shape.id == OUTCOME and key is None):
        refuse_word(spot.at("id"), shape.id)
    options = options_of(shape.options)
    if shape.type is QuestionType.YES_NO and not options:
        options = YES_NO
    check_options(spot, shape.id, shape.type, options)
    if shape.must_know is not None and shape.must_know is not True:
        check_because(spot, shape.id, shape.because)
    _check_attributes(spot, shape)
    units = _units(spot, shape)
    unit = shape.unit
    if unit is not None and not check_unit(spot.at("unit"), unit):
        unit = None
    ends = ends_of(spot, shape, shape.type)
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
        unit=units[0] if units else unit,
        units=units,
        low=ends[0] if isinstance(ends[0], Decimal) else None,
        high=ends[1] if isinstance(ends[1], Decimal) else None,
        earliest=ends[0] if isinstance(ends[0], DayLimit) else None,
        latest=ends[1] if isinstance(ends[1], DayLimit) else None,
        decimals=decimals_of(shape, shape.type),
        step=shape.step,
        labels=shape.labels,
        options=options,
        numeric_options=shape.type is QuestionType.CHOICE and are_numbers(options),
        not_sure=shape.not_sure,
        prefer_not_to_say=shape.prefer_not_to_say,
        may_hide=shape.may_hide,
        riskier=(
            tuple(shape.riskier) if isinstance(shape.riskier, list) else shape.riskier
        ),
        because=shape.because,
        catalogue=_catalogue(spot, shape),
        not_listed=shape.not_listed,
        suggest_from=shape.suggest_from,
        help_if_declined=shape.help_if_declined,
    )


def decimals_of(shape: QuestionShape | ItemShape, kind: QuestionType) -> int:
    """Return how many decimals an answer may have."""
    if shape.decimals is not None:
        return int(shape.decimals)
    return 2 if kind is QuestionType.DECIMAL else 0


def check_because(spot: Spot, name: str, because: str | None) -> None:
    """Complain when something may stay unknown and no reason is given."""
    if not because:
        what = f'"{name}" may stay unknown, and no reason is given'
        fix = "Add `because:` in a few words."
        spot.at("must_know").say("SC120", what, fix)


# -- what may be said of which type of question

_ONLY_OF: dict[str, frozenset[QuestionType]] = {
    "unit": NUMERIC_TYPES,
    "units": frozenset({QuestionType.DECIMAL, QuestionType.INTEGER}),
    "range": NUMERIC_TYPES | _DATED,
    "decimals": frozenset({QuestionType.DECIMAL}),
    "step": frozenset({QuestionType.SCALE, QuestionType.DECIMAL}),
    "labels": frozenset({QuestionType.SCALE}),
    "from_": frozenset({QuestionType.PICK}),
    "not_listed": frozenset({QuestionType.PICK}),
    "suggest_from": frozenset({QuestionType.CHOICES}),
    "questions": frozenset({QuestionType.GROUP}),
}
"""Attributes that mean something for some types of question only."""


def _check_attributes(spot: Spot, shape: QuestionShape) -> None:
    for name, kinds in _ONLY_OF.items():
        if name in shape.model_fields_set and shape.type not in kinds:
            word = name.rstrip("_")
            what = f"a question of type {shape.type} has no `{word}`"
            fix = f"Delete it; it goes with: {', '.join(sorted(kinds))}."
            spot.at(word).say("SC128", what, fix)
    if shape.may_hide and not shape.because:
        what = f'"{shape.id}" may be hidden, and no reason is given'
        spot.at("may_hide").say("SC129", what, "Add `because:` in a few words.")
    if shape.help_if_declined is not None and not shape.prefer_not_to_say:
        what = f'nobody can decline "{shape.id}", so that this help is never shown'
        fix = "Add `prefer_not_to_say: true`, or delete it."
        spot.at("help_if_declined").say("SC135", what, fix)
    _check_riskier(spot, shape)


def _check_riskier(spot: Spot, shape: QuestionShape) -> None:
    riskier, values = shape.riskier, list(shape.options)
    if shape.type is QuestionType.YES_NO and not values:
        values = ["yes", "no"]
    here = spot.at("riskier")
    if isinstance(riskier, str):
        if riskier not in {"up", "down"}:
            fix = "Write up or down, or a list of options, the safest first."
            here.say("SC122", f'`riskier` is "{riskier}"', fix)
        elif values:
            fix = "List its options, the safest first."
            here.say("SC122", "`riskier: up` and `down` are for numbers", fix)
        return
    for number, word in enumerate(riskier or ()):
        if word not in values:
            what = f'`riskier` names "{word}", which is not an option'
            here.at(number).say("SC122", what, did_you_mean(word, values))
        elif word in (riskier or ())[:number]:
            what = f'`riskier` names "{word}" twice'
            here.at(number).say("SC122", what, "Keep one of them.")


def _units(spot: Spot, shape: QuestionShape) -> tuple[str, ...]:
    """Return the units to choose among; what is not known or alike is noted."""
    units = tuple(shape.units or ())
    if units and shape.unit is not None:
        what = "`unit` and `units` stand together"
        spot.at("unit").say("SC170", what, "Keep `units`; its first is the one kept.")
    good = [u for n, u in enumerate(units) if check_unit(spot.at("units", n), u)]
    for number, unit in enumerate(units[1:], 1):
        if {unit, units[0]} <= set(good) and not are_alike(units[0], unit):
            what = f"{unit} can't be converted to {units[0]}"
            spot.at("units", number).say("SC171", what, "Offer units of one kind.")
        elif unit in units[:number]:
            fix = "Keep one of them."
            spot.at("units", number).say("SC171", f'"{unit}" stands here twice', fix)
    return units


def check_unit(spot: Spot, unit: str) -> bool:
    """Tell whether a unit is known; note it where it is not."""
    if is_known(unit):
        return True
    fix = f"{did_you_mean(unit, known_words())} Any code of UCUM can be used."
    spot.say("SC172", f'"{unit}" is not a unit', fix)
    return False


# -- ranges

End = Decimal | DayLimit | None


def ends_of(
    spot: Spot, shape: QuestionShape | ItemShape, kind: QuestionType
) -> tuple[End, End]:
    """Return both ends of the range, numbers or days; what is wrong is noted."""
    low: End = None
    high: End = None
    if shape.range is not None:
        low, high = (
            _end(spot.at("range", number), text, kind)
            for number, text in enumerate(shape.range)
        )
        _check_order(spot.at("range"), low, high, kind)
    if kind is QuestionType.SCALE:
        _check_points(spot, shape, low, high)
    return low, high


def _end(spot: Spot, text: str, kind: QuestionType) -> End:
    if kind in _DATED:
        limit = read_limit(text)
        if limit is None:
            fix = f"Write for example {EXAMPLE}."
            spot.say("SC173", f'"{text}" is not a day', fix)
        return limit
    if NUMERAL.fullmatch(text):
        return Decimal(text)
    spot.say("SC103", f'"{text}" is not a number', "Write a plain number.")
    return None


def _check_order(spot: Spot, low: End, high: End, kind: QuestionType) -> None:
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        wrong = low > high
        if low == high and kind is not QuestionType.SCALE:
            what = f"this range holds one number, {low}"
            fix = "Widen it, or delete the question."
            spot.say("SC116", what, fix, Severity.WARNING)
    elif isinstance(low, DayLimit) and isinstance(high, DayLimit):
        wrong = is_empty(low, high)
    else:
        return
    if wrong:
        spot.say("SC116", "this range is empty", "Write [lowest, highest].")


def _check_points(
    spot: Spot, shape: QuestionShape | ItemShape, low: End, high: End
) -> None:
    """Complain when a scale has no ends, or not as many points as a line can show."""
    if shape.range is None:
        name = shape.id or "this scale"
        spot.say("SC123", f'the scale "{name}" has no ends', "Add `range:`.")
        return
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return
    step = Decimal(1) if shape.step is None else shape.step
    if step <= 0 or step != step.to_integral_value() or (high - low) % step:
        what = f"the steps of {step} do not lead from {low} to {high}"
        fix = "Choose a whole step that divides the range."
        spot.at("step").say("SC174", what, fix)
    elif (high - low) / step > MOST_POINTS:
        what = f"the scale has more than {MOST_POINTS} points"
        spot.at("range").say("SC124", what, "Give it a larger `step:`.")
    elif low == high:
        spot.at("range").say("SC124", "the scale has one point", "Widen its range.")
    for label in shape.labels:
        if not NUMERAL.fullmatch(label) or not low <= Decimal(label) <= high:
            what = f'the label of "{label}" is of no point between {low} and {high}'
            fix = "Label points of the scale."
            spot.at("labels", label).say("SC175", what, fix)


def _catalogue(spot: Spot, shape: QuestionShape) -> Catalogue | None:
    if shape.type is not QuestionType.PICK:
        return None
    catalogues = spot.bench.catalogues
    found = catalogues.get(shape.from_ or "")
    if found is None and not spot.bench.is_broken(f"catalogues/{shape.from_}.yaml"):
        what = f'there is no catalogue "{shape.from_ or ""}"'
        fix = "Write `from:` with the name of a file in catalogues/. "
        fix += did_you_mean(shape.from_ or "", catalogues)
        spot.at("from").say("SC117", what, fix)
    return found


def type_of(question: Question | Attribute, catalogue: Catalogue | None = None) -> Type:
    """Return what an expression may do with the question's value."""
    if question.type in NUMERIC_TYPES or getattr(question, "numeric_options", False):
        return Type(sort=Sort.NUMBER, unit=question.unit)
    if question.type is QuestionType.DATE:
        return Type(sort=Sort.DATE)
    if question.type in WRITTEN_TYPES:
        return Type(sort=Sort.WRITTEN)
    if question.type is QuestionType.PICK:
        if catalogue is None:
            return WRONG  # it is not there, and that was said
        return Type(sort=Sort.ENTRY, catalogue=catalogue, fields=_fields(catalogue))
    return _type_of_options(question)


def _type_of_options(question: Question | Attribute) -> Type:
    values = tuple(option.value for option in question.options)
    if question.type is QuestionType.CHOICES:
        return Type(sort=Sort.OPTIONS, options=values)
    if question.type is QuestionType.ACKNOWLEDGE:
        values = ("yes",)
    elif question.type is QuestionType.YES_NO and not values:
        values = ("yes", "no")
    return Type(sort=Sort.OPTION, options=values) if values else WRONG


def _fields(catalogue: Catalogue) -> dict[str, tuple[int, Type]]:
    return {
        attribute.name: (position, type_of(attribute))
        for position, attribute in enumerate(catalogue.attributes)
    }
