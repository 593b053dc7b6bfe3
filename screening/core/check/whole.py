"""Every check of a questionnaire that was read, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from screening.core.check.codes import check_loinc
from screening.core.check.constant import Chances, chances_of
from screening.core.check.crisis import check_crisis
from screening.core.check.hidden import check_hidden, safety_reads
from screening.core.check.texts import help_texts_of, instrument_texts_of, texts_of
from screening.core.check.used import check_used
from screening.core.check.wording import check_wording
from screening.core.problems import Severity
from screening.core.schema import HelpFileShape, InstrumentShape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from screening.core.definition import (
        Check,
        Criterion,
        HelpRule,
        Page,
        Promise,
        Question,
    )
    from screening.core.deployment import Deployment
    from screening.core.expression import Expression
    from screening.core.instrument import Derived
    from screening.core.load.workbench import Spot
    from screening.core.schema import QuestionnaireShape
    from screening.core.values import Number

    _Judge = Callable[[Expression], Chances]
    _Ends = tuple[Number | None, Number | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What was made of a questionnaire's file, with the spot and shape it came from."""

    spot: Spot
    shape: QuestionnaireShape
    folder: str
    pages: tuple[Page, ...]
    derived: tuple[Derived, ...]
    criteria: tuple[Criterion, ...]
    checks: tuple[Check, ...]
    promises: tuple[Promise, ...]
    help_rules: tuple[HelpRule, ...]


def check_texts(parts: Parts) -> set[str]:
    """Check every text and code; return the names that texts put in.

    It needs nothing but the shapes, so that it goes with whatever else is wrong.
    """
    spot, shape, bench = parts.spot, parts.shape, parts.spot.bench
    language = shape.language
    used = check_wording(texts_of(spot, shape), bench.symbols, language)
    opened = bench.opened.get(f"{parts.folder}/help.yaml")
    if opened is not None:
        help_spot, help_shape = cast("tuple[Spot, HelpFileShape]", opened)
        check_wording(help_texts_of(help_spot, help_shape), {}, language)
    for found in bench.opened.values():
        if found is not None and isinstance(found[1], InstrumentShape):
            instrument_spot, instrument = cast("tuple[Spot, InstrumentShape]", found)
            texts = instrument_texts_of(instrument_spot, instrument)
            check_wording(texts, {}, language)
            _check_codes(instrument_spot, instrument)
    return used


def check_meaning(parts: Parts, put_in: set[str], deployment: Deployment) -> None:
    """Check what the whole comes to, once nothing else is wrong.

    `put_in` are the names that texts use.
    """
    read = {name for one in _expressions(parts) for name in _names(one)}
    check_used(parts.spot, parts.shape, read | put_in | _suggested(parts))
    check_hidden(parts.spot, parts.shape, safety_reads(parts.criteria))
    _check_constant(parts)
    check_crisis(parts.spot.bench, deployment.locale)


def _check_codes(spot: Spot, shape: InstrumentShape) -> None:
    for name, code in shape.loinc.items():
        check_loinc(spot.at("loinc", name), code)
    for number, item in enumerate(shape.items):
        if item.loinc is not None:
            check_loinc(spot.at("items", number, "loinc"), item.loinc)


# -- what is read


def _names(expression: Expression) -> Iterator[str]:
    return (symbol.name for symbol in expression.reads)


def _expressions(parts: Parts) -> Iterator[Expression]:
    yield from (criterion.when for criterion in parts.criteria)
    yield from (rule.when for rule in parts.help_rules)
    yield from (check.must for check in parts.checks)
    for promise in parts.promises:
        yield from (one for one in (promise.never, promise.always) if one is not None)
    for page in parts.pages:
        yield from _of_page(page)
    yield from _of_values(parts.derived)


def _of_page(page: Page) -> Iterator[Expression]:
    if page.ask_if is not None:
        yield page.ask_if
    if page.repeat is not None:
        yield from _of_values(page.repeat.derived)
    for outer in page.questions if page.instrument is None else ():
        for question in (outer, *outer.parts):
            if question.ask_if is not None:
                yield question.ask_if
            if question.must_know is not None and not isinstance(
                question.must_know, bool
            ):
                yield question.must_know
            yield from (o.ask_if for o in question.options if o.ask_if is not None)


def _of_values(values: Iterable[Derived]) -> Iterator[Expression]:
    for value in values:
        if value.expression is not None:
            yield value.expression
        yield from (row.when for row in value.rows if row.when is not None)


def _suggested(parts: Parts) -> set[str]:
    return {
        question.suggest_from
        for page in parts.pages
        for question in page.questions
        if question.suggest_from is not None
    }


# -- what comes out the same whatever is answered


def _check_constant(parts: Parts) -> None:
    slots = len(parts.spot.bench.template)
    limits = dict(_limits(parts.pages))

    def chances(expression: Expression) -> Chances:
        return chances_of(expression, slots, limits)

    for number, shape in enumerate(parts.shape.criteria):
        criterion = next(one for one in parts.criteria if one.id == shape.id)
        here = parts.spot.at("criteria", number, "when")
        _say_constant(here, f'the criterion "{shape.id}"', chances(criterion.when))
    for number, check in enumerate(parts.checks):
        if not chances(check.must).can_fail:
            what = f'the check "{check.id}" holds for every answer'
            fix = "Compare with values that can be given, or delete it."
            here = parts.spot.at("checks", number, "must")
            here.say("SC182", what, fix, Severity.WARNING)
    _check_conditions(parts, chances)
    for value in parts.derived:
        for position, row in enumerate(value.rows):
            if row.when is not None and not chances(row.when).can_hold:
                what = f'this row of "{value.name}" can never come out'
                here = parts.spot.at("derived", value.name, position, "when")
                here.say("SC185", what, "Mend its condition, or delete it.")


def _say_constant(spot: Spot, name: str, chances: Chances) -> None:
    if chances.can_hold and chances.can_fail:
        return
    word = "always" if chances.can_hold else "never"
    what = f"{name} is {word} met, whatever is answered"
    fix = "Compare with values that can be given, or delete it."
    spot.say("SC181", what, fix)


def _check_conditions(parts: Parts, chances: _Judge) -> None:
    numbers = {page.page: number for number, page in enumerate(parts.shape.pages)}
    for page in parts.pages:
        here = parts.spot.at("pages", numbers[page.id])
        if page.ask_if is not None:
            what = f'the page "{page.id}"'
            _say_condition(here.at("ask_if"), what, chances(page.ask_if))
        for position, question in enumerate(page.questions):
            if page.instrument is None:
                at_question = here.at("questions", position)
                _check_question(at_question, question, chances)


def _check_question(spot: Spot, question: Question, chances: _Judge) -> None:
    for position, part in enumerate(question.parts):
        _check_question(spot.at("questions", position), part, chances)
    if question.ask_if is not None:
        what = f'the question "{question.key}"'
        _say_condition(spot.at("ask_if"), what, chances(question.ask_if))
    for option in question.options:
        if option.ask_if is not None:
            what = f'the option "{option.value}"'
            here = spot.at("options", option.value, "ask_if")
            _say_condition(here, what, chances(option.ask_if))


def _say_condition(spot: Spot, name: str, chances: Chances) -> None:
    if not chances.can_hold:
        what = f"{name} can never be shown"
        spot.say("SC184", what, "Mend its condition, or delete it.")
    elif not chances.can_fail:
        what = f"the condition of {name} is always true"
        spot.say("SC184", what, "Delete the condition, or mend it.", Severity.WARNING)


def _limits(pages: Iterable[Page]) -> Iterator[tuple[int, _Ends]]:
    for page in pages:
        questions = page.instrument.items if page.instrument else page.questions
        for outer in questions:
            for question in outer.parts or (outer,):
                yield question.slot, (question.low, question.high)
        for score in page.instrument.scores if page.instrument else ():
            yield score.slot, (score.low, score.high)
