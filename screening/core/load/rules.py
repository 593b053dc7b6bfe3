"""Derived values, criteria, checks and what must be known, once all names exist."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from screening.core.definition import (
    DECISIVE_KINDS,
    Check,
    Criterion,
    Derived,
    Promise,
)
from screening.core.expression import Symbol
from screening.core.load.derive import derived_from, type_of_derived
from screening.core.load.instruments import symbols_read
from screening.core.problems import did_you_mean
from screening.core.program import MustKnow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from screening.core.definition import HelpText, SourceReference
    from screening.core.expression import Expression, Scope
    from screening.core.load.workbench import File, Workbench
    from screening.core.schema import CriterionShape, QuestionnaireShape

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def derived_of(
    bench: Workbench, file: File, shape: QuestionnaireShape, repeats: Iterable[str]
) -> tuple[Derived, ...]:
    """Return the top-level derived values, each after those it reads."""
    shapes = {k: v for k, v in shape.derived.items() if k not in set(repeats)}
    texts = {name: _text(value) for name, value in shapes.items()}
    graph = {
        name: {w for w in _WORD.findall(text) if w in shapes and w != name}
        for name, text in texts.items()
    }
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        names = " -> ".join(error.args[1])
        place = file.place("derived", error.args[1][0])
        what = f"derived values go round in a circle: {names}"
        bench.say("SC244", place, what, "Let one of them read answers only.")
        return ()
    made = []
    for name in order:
        value = _derived(bench, file, name, shapes[name])
        if value is not None:
            made.append(value)
    return tuple(made)


def _text(shape: object) -> str:
    if isinstance(shape, str):
        return shape
    rows = shape if isinstance(shape, list) else []
    return " ".join(row.when or "" for row in rows)


def _derived(
    bench: Workbench, file: File, name: str, shape: object
) -> Derived | None:
    place = file.place("derived", name)
    if isinstance(shape, dict):
        what = f'"{name}" is not a repeat, so it can\'t have values for each entry'
        bench.say("SC245", place, what, did_you_mean(name, bench.symbols))
        return None
    from screening.core.expression import Scope  # noqa: PLC0415 - typing import above

    value = derived_from(bench, name, shape, place, Scope(bench.symbols))  # type: ignore[arg-type] # a dict was refused above
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
    bench.name(symbol, place)
    return value


def merged_needs(reads: Iterable[Symbol]) -> dict[str, frozenset[int]]:
    """Return what the clinic sees behind some symbols: ids and their slots."""
    merged: dict[str, frozenset[int]] = {}
    for symbol in reads:
        for name, slots in symbol.needs.items():
            merged[name] = merged.get(name, frozenset()) | slots
    return merged


def criteria_of(
    bench: Workbench,
    file: File,
    shape: QuestionnaireShape,
    help_texts: Mapping[str, HelpText],
    sources: Mapping[str, SourceReference],
) -> tuple[Criterion, ...]:
    """Return the criteria in page order: by the last page they read, then the file's."""
    ids = [criterion.id for criterion in shape.criteria]
    made: list[tuple[int, Criterion]] = []
    for number, criterion in enumerate(shape.criteria):
        place = file.place("criteria", number, "id")
        if ids.index(criterion.id) != number:
            what = f'the criterion "{criterion.id}" stands here a second time'
            bench.say("SC130", place, what, "Choose another id.")
        _check_references(bench, file, number, criterion, help_texts, sources, ids)
        when = bench.expression(
            criterion.when, file.place("criteria", number, "when")
        )
        if when is None:
            continue
        page = max((read.page for read in when.reads), default=-1)
        made.append((page, _criterion(criterion, when, file, number)))
    made.sort(key=lambda pair: pair[0])
    return tuple(criterion for _, criterion in made)


def _criterion(
    shape: CriterionShape, when: Expression, file: File, number: int
) -> Criterion:
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
        place=file.place("criteria", number, "id"),
    )


def _check_references(  # noqa: PLR0913 - everything a criterion may name
    bench: Workbench,
    file: File,
    number: int,
    shape: CriterionShape,
    help_texts: Mapping[str, HelpText],
    sources: Mapping[str, SourceReference],
    ids: list[str],
) -> None:
    for name, value, known in (
        ("help", shape.help, help_texts),
        ("ends", shape.ends, help_texts),
        ("implied_by", shape.implied_by, ids),
    ):
        if value is not None and value not in known:
            place = file.place("criteria", number, name)
            what = f'`{name}` names "{value}", which does not exist'
            bench.say("SC131", place, what, did_you_mean(value, known))
    for position, source in enumerate(shape.sources):
        if source not in sources:
            place = file.place("criteria", number, "sources", position)
            what = f'the source "{source}" is not in sources.yaml'
            bench.say("SC132", place, what, did_you_mean(source, sources))


def checks_of(
    bench: Workbench, file: File, shape: QuestionnaireShape
) -> tuple[Check, ...]:
    """Return the checks across answers."""
    made = []
    for number, check in enumerate(shape.checks):
        place = file.place("checks", number, "must")
        must = bench.expression(check.must, place)
        if must is not None:
            made.append(Check(id=check.id, must=must, say=check.say, place=place))
    return tuple(made)


def promises_of(
    bench: Workbench, file: File, shape: QuestionnaireShape, scope: Scope
) -> tuple[Promise, ...]:
    """Return the promises, whose expressions may also name the outcome."""
    made = []
    for number, promise in enumerate(shape.promises):
        place = file.place("promises", number, "id")
        if (promise.never is None) == (promise.always is None):
            what = f'the promise "{promise.id}" needs `never` or `always`'
            bench.say("SC140", place, what, "Write one of them.")
            continue
        word = "never" if promise.never is not None else "always"
        text = promise.never or promise.always or ""
        bench.expression(text, file.place("promises", number, word), scope)
        made.append(
            Promise(
                id=promise.id,
                never=promise.never,
                always=promise.always,
                place=place,
            )
        )
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
