"""What would come of many patients? Simulated ones, by the shares that cases give.

Everybody is like the one worked patient that all cases with a share stand on, save for
what those shares say. Each share is drawn by itself, as if none had to do with another;
a later case's answer stands where two say otherwise. It is a simulation: it says what
rules do with these shares, not what patients there will be.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from screening.core.answers import read_answers
from screening.core.definition import DECISIVE_KINDS, Kind, Outcome
from screening.core.judge import evaluate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from screening.core.answers import Stored
    from screening.core.cases import Case
    from screening.core.definition import Questionnaire
    from screening.core.judge import Decision, Evaluation

_KIND_OF = {
    Outcome.URGENT: {Kind.URGENT},
    Outcome.CONTRAINDICATION_REPORTED: {Kind.EXCLUSION},
    Outcome.NEEDS_REVIEW: {Kind.INCLUSION, Kind.REVIEW},
    Outcome.NO_BARRIER_REPORTED: set(),
}
"""The kinds of criterion that each outcome comes of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """How many people have a finding or an unknown, and how many for it `alone`.

    Alone: their outcome would be a milder one without it.
    """

    people: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What came of so many simulated people.

    `criteria` are causes by the criterion's id, `unknown` by the id of what must be
    known and is not.
    """

    people: int
    outcomes: Mapping[Outcome, int]
    same_day: int
    criteria: Mapping[str, Cause]
    unknown: Mapping[str, Cause]
    decisions: tuple[Decision, ...]


class Cohort:
    """Simulated people: who has which of the shares. The same for every version."""

    def __init__(
        self, cases: Iterable[Case], people: int, chance: Callable[[], float]
    ) -> None:
        """Draw `people`; `chance` gives numbers from 0 to 1, each as likely.

        Raises ValueError where no case has a share.
        """
        every = {case.id: case for case in cases if case.instrument is None}
        shared = [case for case in every.values() if case.share is not None]
        if not shared:
            message = "No worked patient says which share of patients answers so."
            raise ValueError(message)
        self.like = every[shared[0].root]
        self._shared = shared
        self.people = [
            tuple(
                n for n, case in enumerate(shared) if chance() < float(case.share or 0)
            )
            for _ in range(people)
        ]

    def answers(self, drawn: Sequence[int]) -> dict[str, Stored]:
        """Return the answers of somebody of whom these shares hold."""
        usual = cast("Mapping[str, Stored]", self.like.answers)
        whole = dict(usual)
        for number in drawn:
            own = cast("Mapping[str, Stored]", self._shared[number].answers)
            whole |= {key: one for key, one in own.items() if usual.get(key) != one}
        return whole


def forecast(made: Questionnaire, cohort: Cohort, on: date) -> Forecast:
    """Return what comes of a cohort whose answers are sent on a day.

    Raises ValueError where answers of the cohort do not fit this version.
    """

    @cache
    def came_of(drawn: tuple[int, ...]) -> Evaluation:
        answers = read_answers(made, cohort.answers(drawn), on)
        if answers.problems:
            raise ValueError(str(answers.problems[0]))
        return evaluate(made, answers)

    outcomes: Counter[Outcome] = Counter()
    criteria: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    decisions = []
    for drawn in cohort.people:
        came = came_of(drawn)
        decisions.append(came.decision)
        outcomes[came.outcome] += 1
        criteria.update(one.id for one in came.findings if one.kind in DECISIVE_KINDS)
        unknown.update(came.missing)
        reasons = _reasons(came)
        if len(reasons) == 1:
            alone.update(reasons)
    return Forecast(
        people=len(cohort.people),
        outcomes=outcomes,
        same_day=sum(one.same_day for one in decisions),
        criteria=_causes(criteria, alone),
        unknown=_causes(unknown, alone),
        decisions=tuple(decisions),
    )


def _reasons(came: Evaluation) -> list[str]:
    """Return what the outcome comes of."""
    kinds = _KIND_OF[came.outcome]
    reasons = [finding.id for finding in came.findings if finding.kind in kinds]
    if came.outcome is Outcome.NEEDS_REVIEW:
        reasons += came.missing
    return reasons


def _causes(counted: Counter[str], alone: Counter[str]) -> dict[str, Cause]:
    return {
        name: Cause(people=people, alone=alone[name])
        for name, people in counted.most_common()
    }
