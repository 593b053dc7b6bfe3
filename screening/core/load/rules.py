"""Derived values, criteria, checks and what must be known, once all names exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from screening.core.definition import (
    DECISIVE_KINDS,
    Check,
    Criterion,
    HelpRule,
    HelpText,
    Promise,
    SourceReference,
)
from screening.core.expression import Expression, Scope, Symbol
from screening.core.instrument import (
    Derived,
)
from screening.core.load.derive import derived_from, symbols_read, type_of_derived
from screening.core.load.workbench import Spot
from screening.core.problems import did_you_mean
from screening.core.program import MustKnow
from screening.core.schema import (
    CriterionShape,
    DerivedShape,
    QuestionnaireShape,
)

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def derived_of(
    spot: Spot, shape: QuestionnaireShape, repeats: Collection[str]
) -> tuple[Derived, ...]:
    """Return the top-level derived values, each after those it reads.

    `repeats` are names under which values of a repeat's entries stand instead.
    """
    shapes = {k: v for k, v in shape.derived.items() if k not in repeats}
    graph = {
        name: {w for w in _WORD.findall(_text(value)) if w in shapes and w != name}
        for name, value in shapes.items()
    }
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        names = " -> ".join(error.args[1])
        what = f"derived values go round in a circle: {names}"
        fix = "Let one of them read answers only."
        spot.at("derived", error.args[1][0]).say("SC244", what, fix)
        return ()
    made = (_derived(spot.at("derived", name), name, shapes[name]) for name in order)
    return tuple(value for value in made if value is not None)


def _text(shape: object) -> str:
    if isinstance(shape, str):
        return shape
    rows = shape if isinstance(shape, list) else []
    return " ".join(row.when or "" for row in rows)


def _derived(
    spot: Spot, name: str, shape: DerivedShape | dict[str, DerivedShape]
) -> Derived | None:
    if isinstance(shape, dict):
        what = f'"{name}" is not a repeat, so it can\'t have values for each entry'
        spot.say("SC245", what, did_you_mean(name, spot.bench.symbols))
        return None
    value = derived_from(spot, name, shape, Scope(spot.bench.symbols))
    if value is None:
        return None
    reads = symbols_read(value)
    symbol = Symbol(
        name=name,
        type=type_of_derived(value),
        slot=value.slot,
        page=max((read.page for read in reads), default=-1),
        needs=merged_needs(reads),
    )
    spot.name(symbol)
    return value


def merged_needs(reads: Iterable[Symbol]) -> dict[str, frozenset[int]]:
    """Return what the clinic sees behind some symbols: ids and their slots."""
    merged: dict[str, frozenset[int]] = {}
    for symbol in reads:
        for name, slots in symbol.needs.items():
            merged[name] = merged.get(name, frozenset()) | slots
    return merged


def criteria_of(
    spot: Spot,
    shape: QuestionnaireShape,
    help_texts: Mapping[str, HelpText],
    sources: Mapping[str, SourceReference],
) -> tuple[Criterion, ...]:
    """Return the criteria in page order: by the last page they read, then the file."""
    ids = [criterion.id for criterion in shape.criteria]
    made: list[tuple[int, Criterion]] = []
    for number, criterion in enumerate(shape.criteria):
        here = spot.at("criteria", number)
        if ids.index(criterion.id) != number:
            what = f'the criterion "{criterion.id}" stands here a second time'
            here.at("id").say("SC130", what, "Choose another id.")
        for name, value, known in (
            ("help", criterion.help, help_texts),
            ("ends", criterion.ends, help_texts),
            ("implied_by", criterion.implied_by, ids),
        ):
            _check_name(here.at(name), name, value, known)
        for position, source in enumerate(criterion.sources):
            if source not in sources:
                what = f'the source "{source}" is not in sources.yaml'
                fix = did_you_mean(source, sources)
                here.at("sources", position).say("SC132", what, fix)
        when = here.at("when").expression(criterion.when)
        if when is not None:
            page = max((read.page for read in when.reads), default=-1)
            made.append((page, _criterion(here.at("id"), criterion, when)))
    made.sort(key=lambda pair: pair[0])
    return tuple(criterion for _, criterion in made)


def _check_name(
    spot: Spot, name: str, value: str | None, known: Collection[str]
) -> None:
    if value is not None and value not in known:
        what = f'`{name}` names "{value}", which does not exist'
        spot.say("SC131", what, did_you_mean(value, known))


def _criterion(spot: Spot, shape: CriterionShape, when: Expression) -> Criterion:
    return Criterion(
        id=shape.id,
        kind=shape.kind,
        when=when,
        priority=shape.priority,
        help=shape.help,
        ends=shape.ends,
        clinician=shape.clinician,
        because=shape.because,
        sources=tuple(shape.sources),
        implied_by=shape.implied_by,
        reads=tuple(merged_needs(when.reads)),
        place=spot.place,
    )


def checks_of(spot: Spot, shape: QuestionnaireShape) -> tuple[Check, ...]:
    """Return the checks across answers."""
    made = []
    for number, check in enumerate(shape.checks):
        here = spot.at("checks", number, "must")
        must = here.expression(check.must)
        if must is not None:
            made.append(Check(id=check.id, must=must, say=check.say, place=here.place))
    return tuple(made)


def help_rules_of(
    spot: Spot, shape: QuestionnaireShape, help_texts: Mapping[str, HelpText]
) -> tuple[HelpRule, ...]:
    """Return when help is shown that no criterion brings up."""
    made = []
    for number, rule in enumerate(shape.show_help):
        here = spot.at("show_help", number)
        _check_name(here.at("help"), "help", rule.help, help_texts)
        when = here.at("when").expression(rule.when)
        if when is not None:
            made.append(
                HelpRule(
                    id=rule.id,
                    when=when,
                    help=rule.help,
                    reads=tuple(merged_needs(when.reads)),
                    place=here.at("id").place,
                )
            )
    return tuple(made)


def promises_of(
    spot: Spot, shape: QuestionnaireShape, scope: Scope
) -> tuple[Promise, ...]:
    """Return the promises, whose expressions may also name the outcome."""
    made = []
    for number, promise in enumerate(shape.promises):
        here = spot.at("promises", number)
        if (promise.never is None) == (promise.always is None):
            what = f'the promise "{promise.id}" needs `never` or `always`'
            here.at("id").say("SC140", what, "Write one of them.")
            continue
        never, always = (
            here.at(word).expression(text, scope) if text is not None else None
            for word, text in (("never", promise.never), ("always", promise.always))
        )
        place = here.at("id").place
        made.append(Promise(id=promise.id, never=never, always=always, place=place))
    return tuple(made)


def must_know_of(
    criteria: Iterable[Criterion],
    said: Mapping[str, tuple[Expression | bool, frozenset[int]]],
) -> tuple[MustKnow, ...]:
    """Return what the clinic must know: what decisive criteria read, and what is said.

    `said` maps an id to its own `must_know` and its slots: False turns it off, an
    expression makes it depend (undetermined counts as true), True asks for it even
    where no criterion reads it.
    """
    needed: dict[str, frozenset[int]] = {}
    for criterion in criteria:
        if criterion.kind in DECISIVE_KINDS:
            for name, slots in merged_needs(criterion.when.reads).items():
                needed[name] = needed.get(name, frozenset()) | slots
    for name, (rule, slots) in said.items():
        if rule is True and name not in needed:
            needed[name] = slots
    made = []
    for name, slots in needed.items():
        rule = said.get(name, (True, slots))[0]
        if rule is False:
            continue
        when = None if rule is True else rule.run
        made.append(MustKnow(id=name, slots=tuple(sorted(slots)), when=when))
    return tuple(made)
