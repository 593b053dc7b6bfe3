"""Is every promise kept, and is everything asked that the clinic must know?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import Question, Repeat
from screening.core.instrument import Instrument
from screening.proof.found import Subject
from screening.proof.logic import both, either
from screening.proof.refuting import refuted_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.proof.found import Found
    from screening.proof.logic import Bool
    from screening.proof.prover import Near, Prover


def promises(prover: Prover, near: Near) -> Iterator[Found]:
    """Yield of each promise whether any patient's record breaks it."""
    model = prover.model
    for promise in model.questionnaire.promises:
        broken: Bool = False
        if promise.never is not None:
            broken = model.truth(promise.never).yes
        elif promise.always is not None:
            broken = model.truth(promise.always).no
        yield refuted_by(
            prover,
            near,
            broken,
            Subject.PROMISE,
            about=f"promise {promise.id}",
            words="a patient's record breaks it",
            where=promise.place,
        )


def asked(prover: Prover, near: Near) -> Iterator[Found]:
    """Yield of everything that must be known whether branching can hide it.

    A question may say that it can be hidden, and why (`may_hide`).
    """
    model = prover.model
    for needed in model.questionnaire.program.must_know:
        holder = model.questionnaire.program.keys[needed.id]
        if isinstance(holder, Question) and _may_hide(holder):
            continue
        hidden = [model.values[slot].unasked for slot in needed.slots]
        is_hidden = both(*hidden) if isinstance(holder, Instrument) else either(*hidden)
        yield refuted_by(
            prover,
            near,
            is_hidden,
            Subject.ASKED,
            about=f"{_kind(holder)} {needed.id}",
            words="a rule needs it, and a patient is not asked: ask it always, or say "
            "`may_hide: true` and why",
            where=holder.place,
        )


def _may_hide(question: Question) -> bool:
    parts = (question, *question.parts)
    return any(part.may_hide for part in parts)


def _kind(holder: Question | Instrument | Repeat) -> str:
    if isinstance(holder, Instrument):
        return "instrument"
    return "list" if isinstance(holder, Repeat) else "question"
