"""Does each criterion tell patients apart, by itself, and do inclusions go together?

`seen` are the findings of worked patients: what one of them shows needs no solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import Kind
from screening.proof.found import Found, Standing, Subject
from screening.proof.logic import both, opposite
from screening.proof.prover import NotInTimeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from screening.core.definition import Criterion
    from screening.proof.logic import Bool
    from screening.proof.prover import Prover

    Seen = Sequence[frozenset[str]]


def constant(prover: Prover, seen: Seen = ()) -> Iterator[Found]:
    """Yield of each criterion whether anybody does not meet it."""
    model = prover.model
    found: dict[str, bool | None] = {
        name: True for name in prover.met if any(name not in one for one in seen)
    }
    found |= prover.reached(
        {name: opposite(met) for name, met in prover.met.items() if name not in found}
    )
    for criterion in model.questionnaire.criteria:
        yield Found(
            subject=Subject.CONSTANT,
            about=f"criterion {criterion.id}",
            standing=Standing.of(holds=found[criterion.id]),
            words=f"every patient's record has the finding {criterion.id}",
            where=criterion.place,
        )


def alone(prover: Prover, seen: Seen = ()) -> Iterator[Found]:
    """Yield of each criterion whether it says what no other of its kind does.

    One that is implied by another may say so (`implied_by`); then that is held to.
    """
    criteria = prover.model.questionnaire.criteria
    found: dict[str, bool | None] = {}
    targets = {}
    for one in criteria:
        others = frozenset(_others(prover, one))
        if any(one.id in findings and not findings & others for findings in seen):
            found[one.id] = True
        else:
            targets[one.id] = _alone(prover, one)
    found |= prover.reached(targets)
    for criterion in criteria:
        standing = Standing.of(holds=found[criterion.id])
        words = ""
        if standing is Standing.REFUTED:
            by = _implied_by(prover, criterion)
            if not by:
                continue  # nobody can meet it at all, which is told as not reached
            words = f"whoever meets {criterion.id} meets {' or '.join(by)} too"
            if criterion.implied_by is not None:
                standing = Standing.PROVED
        if criterion.implied_by is not None:
            standing, words = _as_said(prover, criterion, criterion.implied_by)
        yield Found(
            subject=Subject.ALONE,
            about=f"criterion {criterion.id}",
            standing=standing,
            words=words,
            where=criterion.place,
        )


def _others(prover: Prover, criterion: Criterion) -> list[str]:
    return [
        one.id
        for one in prover.model.questionnaire.criteria
        if one.kind is criterion.kind and one is not criterion
    ]


def _alone(prover: Prover, criterion: Criterion) -> Bool:
    met = prover.met
    rest = (opposite(met[name]) for name in _others(prover, criterion))
    return both(met[criterion.id], *rest)


def _implied_by(prover: Prover, criterion: Criterion) -> list[str]:
    """Return as few criteria of its kind as imply it between them."""
    met = prover.met
    needed = _others(prover, criterion)
    for name in tuple(needed):
        fewer = [one for one in needed if one != name]
        rest = (opposite(met[one]) for one in fewer)
        try:
            if prover.find(met[criterion.id], *rest) is None:
                needed = fewer
        except NotInTimeError:
            continue
    return needed


def _as_said(prover: Prover, criterion: Criterion, other: str) -> tuple[Standing, str]:
    """Hold a criterion to the one that it says it is implied by."""
    met = prover.met
    words = f"{criterion.id} says that {other} implies it, and it can be met alone"
    try:
        found = prover.find(met[criterion.id], opposite(met[other]))
    except NotInTimeError:
        return Standing.OPEN, words
    return Standing.of(holds=found is None), words


def together(prover: Prover) -> Iterator[Found]:
    """Yield of each pair of inclusion criteria whether both can be fulfilled."""
    model = prover.model
    wanted = [c for c in model.questionnaire.criteria if c.kind is Kind.INCLUSION]
    pairs = {
        f"criteria {one.id} and {other.id}": both(
            model.verdicts[one.id].yes, model.verdicts[other.id].yes
        )
        for number, one in enumerate(wanted)
        for other in wanted[number + 1 :]
    }
    for about, can_be in prover.reached(pairs).items():
        yield Found(
            subject=Subject.TOGETHER,
            about=about,
            standing=Standing.of(holds=can_be),
            words=f"no patient fulfils both {about.removeprefix('criteria ')}",
        )
