"""What became of a property that says: no patient is like this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.proof.found import Found, Standing
from screening.proof.prover import NotInTimeError
from screening.proof.records import Finding

if TYPE_CHECKING:
    import z3

    from screening.core.problems import Place
    from screening.proof.found import Subject
    from screening.proof.logic import Bool
    from screening.proof.prover import Near, Prover


def refuted_by(
    prover: Prover,
    near: Near,
    wanted: Bool,
    subject: Subject,
    *,
    about: str,
    words: str,
    where: Place | None,
    changed: tuple[tuple[z3.ExprRef, z3.ExprRef], ...] = (),
) -> Found:
    """Return the property that no patient is as `wanted`, with what became of it.

    `changed` are unknowns and what they become in a second record beside the first.
    """
    patient = then = None
    try:
        found = prover.smallest(wanted, near)
    except NotInTimeError:
        standing = Standing.OPEN
    else:
        standing = Standing.of(holds=found is None)
        if found is not None:
            patient = prover.patient(found, near)
            if changed:
                then = prover.patient(Finding(found.model, changed), near)
    return Found(
        subject=subject,
        about=about,
        standing=standing,
        words=words,
        where=where,
        patient=patient,
        then=then,
    )
