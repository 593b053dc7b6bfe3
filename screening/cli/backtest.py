"""How many stored submissions would two versions decide differently?

They are counted by what they come to; nobody is named.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from screening.cli.instance import settings_of, stop, store_of
from screening.cli.progress import each
from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.store.audit import Actor
from screening.store.problems import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from screening.core.answers import Stored
    from screening.core.definition import Questionnaire
    from screening.core.judge import Decision

WHO = Actor.service("screening diff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """How many were compared; how often each decision became another."""

    compared: int
    moved: Mapping[tuple[Decision, Decision], int]


def backtest(before: Questionnaire, after: Questionnaire, instance: Path) -> Backtest:
    """Return what both versions make of every submission of the clinic.

    Nothing is written but one row of the audit trail. Exits with status 1 when the
    store can't be read.
    """
    store = store_of(settings_of(instance))
    try:
        stored = store.submissions.answers(
            after.id, actor=WHO, reason="two versions are compared"
        )
    except StoreProblem as problem:
        stop(problem)
    finally:
        store.close()
    moved: Counter[tuple[Decision, Decision]] = Counter()
    for day, answers in each(stored, "Submissions"):
        given = cast("dict[str, Stored]", answers)
        old, new = (
            evaluate(made, read_answers(made, given, day)) for made in (before, after)
        )
        if old.decision != new.decision:
            moved[old.decision, new.decision] += 1
    return Backtest(compared=len(stored), moved=moved)
