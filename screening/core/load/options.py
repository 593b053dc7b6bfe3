"""Options to choose from, of questions and of items: made, and checked alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from screening.core.definition import Option, QuestionType
from screening.core.problems import Severity
from screening.core.schema import OptionShape, QuestionShape

if TYPE_CHECKING:
    from screening.core.load.workbench import Spot
    from screening.core.schema import Options

_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
CHOSEN = frozenset({QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.YES_NO})
"""Types of question that have options."""

NAMES_OF_QUESTIONS = frozenset(QuestionShape.model_fields) - {"help", "note"}
"""Names that a question has; an option of such a name slipped in by its indentation."""

STATES = frozenset({"unsure", "prefer_not"})


def options_of(shapes: Options) -> tuple[Option, ...]:
    """Return the options in the order of the file, without their conditions."""
    made = []
    for value, shape in shapes.items():
        if isinstance(shape, OptionShape):
            made.append(
                Option(
                    value=value,
                    label=shape.label,
                    hint=shape.hint,
                    weight=None if shape.weight is None else int(shape.weight),
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


def check_options(
    spot: Spot, name: str, kind: QuestionType, options: tuple[Option, ...]
) -> None:
    """Note what is wrong with the options of a question or item at `spot`."""
    at_options = spot.at("options")
    if kind not in CHOSEN:
        if options:
            what = f"a question of type {kind} has no options"
            at_options.say("SC113", what, "Use type choice or choices.")
        return
    if len(options) < 2 and kind is not QuestionType.YES_NO:  # noqa: PLR2004 - a choice has two sides
        what = f'"{name}" needs at least two options'
        at_options.say("SC112", what, "Add them under `options:`.")
    if kind is QuestionType.YES_NO and {o.value for o in options} != {"yes", "no"}:
        what = f'"{name}" is of type yes_no, and has other options than yes and no'
        at_options.say("SC125", what, "Use type choice, or delete the options.")
    _check_labels(at_options, options)
    for option in options:
        if option.value in NAMES_OF_QUESTIONS:
            what = f'"{option.value}" is part of a question, and stands in its options'
            fix = "Indent it as `options:` is; or choose another value for the option."
            at_options.key(option.value).say("SC134", what, fix)
    for number, option in enumerate(options):
        is_last = number == len(options) - 1
        _check_option(at_options.at(option.value), option, kind, is_last=is_last)


def _check_option(
    spot: Spot, option: Option, kind: QuestionType, *, is_last: bool
) -> None:
    if option.exclusive and not is_last:
        what = f'"{option.value}" is exclusive and not the last option'
        spot.say("SC115", what, "Move it to the end.")
    elif option.exclusive and kind is not QuestionType.CHOICES:
        what = f'"{option.value}" is exclusive where one answer only can be chosen'
        fix = "Delete `exclusive`, or use type choices."
        spot.say("SC126", what, fix, Severity.WARNING)
    if option.value in STATES:
        what = f'"{option.value}" is how not knowing is written, not an option'
        fix = "Write `not_sure: true` or `prefer_not_to_say: true` instead."
        spot.say("SC127", what, fix)


def _check_labels(spot: Spot, options: tuple[Option, ...]) -> None:
    seen: dict[str, str] = {}
    for option in options:
        label = " ".join(option.label.casefold().split())
        if label in seen:
            what = f'the options "{seen[label]}" and "{option.value}" read the same'
            spot.at(option.value).say("SC114", what, "Word them differently.")
        seen.setdefault(label, option.value)
