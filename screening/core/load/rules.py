"""Derived values, criteria, checks and what must be known, once all names exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.core.definition import (
    DECISIVE_KINDS,
    Check,
    Criterion,
    HelpRule,
    Promise,
)
from screening.core.expression import Expression, Scope
from screening.core.load.beside import Known, check_known, check_sources
from screening.core.load.derived import merged_needs
from screening.core.load.listed import Listed
from screening.core.load.workbench import Spot
from screening.core.problems import Severity
from screening.core.program import MustKnow
from screening.core.schema import (
    CriterionShape,
    QuestionnaireShape,
)


def criteria_of(
    spot: Spot, shape: QuestionnaireShape, helps: Known, sources: Known
) -> tuple[Criterion, ...]:
    """Return the criteria in page order: by the last page they read, then the file."""
    at_criteria = spot.at("criteria")
    ids = [criterion.id for criterion in shape.criteria]
    check_unique(at_criteria, "id", ids, "criterion")
    _check_implied(at_criteria, shape.criteria)
    known_criteria = Known(names=frozenset(ids), is_open=False)
    made: list[tuple[int, Criterion]] = []
    for number, criterion in enumerate(shape.criteria):
        here = at_criteria.at(number)
        check_known(here.at("help"), criterion.help, helps, "`help` names")
        check_known(here.at("ends"), criterion.ends, helps, "`ends` names")
        implied = criterion.implied_by
        check_known(
            here.at("implied_by"), implied, known_criteria, "`implied_by` names"
        )
        _check_same_kind(here.at("implied_by"), criterion, shape.criteria)
        check_sources(here.at("sources"), criterion.sources, sources)
        when = here.at("when").expression(criterion.when)
        if when is not None:
            page = max((read.page for read in when.reads), default=-1)
            made.append((page, _criterion(here.at("id"), criterion, when)))
    made.sort(key=lambda pair: pair[0])
    return tuple(criterion for _, criterion in made)


def check_unique(spot: Spot, name: str, ids: list[str], what: str) -> None:
    """Note each id of a list at `spot` that stands in it a second time."""
    for number, one in enumerate(ids):
        first = ids.index(one)
        if first != number:
            line = spot.at(first, name).place.line
            fix = f"Choose another id; the first is at line {line}."
            told = f'the {what} "{one}" stands here a second time'
            spot.at(number, name).say("SC130", told, fix)


def _check_same_kind(
    spot: Spot, shape: CriterionShape, shapes: list[CriterionShape]
) -> None:
    """Note `implied_by` where it names a criterion that does something else."""
    other = next((one for one in shapes if one.id == shape.implied_by), None)
    if other is not None and other.kind is not shape.kind:
        kinds = f"{shape.kind.value} and {other.id} {other.kind.value}"
        spot.say(
            "SC139",
            f"`implied_by` names a criterion of another kind: this one is {kinds}",
            f"Write `kind: {other.kind.value}`, or delete `implied_by`.",
            Severity.WARNING,
        )


def _check_implied(spot: Spot, shapes: list[CriterionShape]) -> None:
    """Note a chain of `implied_by` that comes back to where it began."""
    by = {shape.id: shape.implied_by for shape in shapes if shape.implied_by}
    settled: set[str] = set()
    for number, shape in enumerate(shapes):
        chain: dict[str, None] = {}
        at: str | None = shape.id
        while at is not None and at not in chain and at not in settled:
            chain[at] = None
            at = by.get(at)
        if at == shape.id and at in chain:
            names = " -> ".join([*chain, shape.id])
            what = f"`implied_by` goes round in a circle: {names}"
            fix = "One of them has to stand alone: delete its `implied_by`."
            spot.at(number, "implied_by").say("SC133", what, fix)
            settled |= set(chain)
        elif at is None or at in settled:
            settled |= set(chain)


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
    ids = [check.id for check in shape.checks]
    check_unique(spot.at("checks"), "id", ids, "check")
    made = []
    for number, check in enumerate(shape.checks):
        here = spot.at("checks", number, "must")
        must = here.expression(check.must)
        if must is not None:
            made.append(Check(id=check.id, must=must, say=check.say, place=here.place))
    return tuple(made)


def help_rules_of(
    spot: Spot, shape: QuestionnaireShape, helps: Known
) -> tuple[HelpRule, ...]:
    """Return when help is shown that no criterion brings up."""
    ids = [rule.id for rule in shape.show_help]
    check_unique(spot.at("show_help"), "id", ids, "help rule")
    made = []
    for number, rule in enumerate(shape.show_help):
        here = spot.at("show_help", number)
        check_known(here.at("help"), rule.help, helps, "`help` names")
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
    ids = [promise.id for promise in shape.promises]
    check_unique(spot.at("promises"), "id", ids, "promise")
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
    listed: Listed,
) -> tuple[MustKnow, ...]:
    """Return what the clinic must know: what decisive criteria read, and what is said.

    `said` maps an id to its own `must_know` and its slots: False turns it off, an
    expression makes it depend (undetermined counts as true), True asks for it even
    where no criterion reads it. `listed` tells what is read of a list's entries.
    """
    decisive = [one.when for one in criteria if one.kind in DECISIVE_KINDS]
    needed = merged_needs(symbol for rule in decisive for symbol in rule.reads)
    entries = listed.positions(decisive)
    for name, (rule, slots) in said.items():
        if rule is True and name not in needed:
            needed[name] = slots
    made = []
    for name, slots in needed.items():
        rule = said.get(name, (True, slots))[0]
        if rule is False:
            continue
        when = None if rule is True else rule
        made.append(
            MustKnow(
                id=name,
                slots=tuple(sorted(slots)),
                when=when,
                entries=tuple((s, entries[s]) for s in sorted(slots) if s in entries),
            )
        )
    return tuple(made)
