"""Which patients do two versions decide differently? None is a proof.

Both versions are gone through with the same unknowns: one patient, asked by both. What
only one of them asks is answered in any way; what both ask, in a way that both take.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from screening.core.judge import SAME_DAY, Decision
from screening.core.translation import wordings
from screening.proof.logic import Bool, both, compared, either, opposite
from screening.proof.model import model_of
from screening.proof.near import near_of
from screening.proof.prover import NotInTimeError, Prover, patient_from
from screening.proof.records import answers_in
from screening.proof.unlike import any_differs, worked_values
from screening.proof.values import Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from screening.core.answers import Stored
    from screening.core.cases import Case
    from screening.core.definition import Questionnaire
    from screening.proof.found import Patient
    from screening.proof.model import Model
    from screening.proof.records import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """A text that differs, by its key; None where a version has none."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redecided:
    """Two decisions that differ, and the patient nearest to a worked one of whom so.

    `patient` holds the answers to whatever either version asks. None: it was not
    decided in time whether there is one.
    """

    before: Decision
    after: Decision
    patient: Patient | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rework:
    """Something else that comes out otherwise, and the nearest patient of whom so.

    `what` is a criterion that is met, by its kind; something that must be known and is
    missing; a check that fails; a help text that is called for; a question that is
    asked; or a value that is worked out. `before` and `after` say how
    it came out. None for a patient: it was not decided in time.
    """

    what: str
    before: str
    after: str
    patient: Patient | None


def reworded(before: Questionnaire, after: Questionnaire) -> tuple[Reworded, ...]:
    """Return the texts that differ, promises included: none of them decides."""
    old, new = _texts(before), _texts(after)
    return tuple(
        Reworded(key=key, before=old.get(key), after=new.get(key))
        for key in dict.fromkeys((*new, *old))
        if old.get(key) != new.get(key)
    )


def _texts(made: Questionnaire) -> dict[str, str]:
    texts = {key: one.text for key, one in wordings(made).items()}
    for criterion in made.criteria:
        texts[f"criteria.{criterion.id}.clinician"] = criterion.clinician
        texts[f"criteria.{criterion.id}.because"] = criterion.because
    for promise in made.promises:
        rule = promise.never or promise.always
        texts[f"promises.{promise.id}"] = rule.text if rule else ""
    return texts


class _NobodyError(Exception):
    """There is no such patient: that is proved."""


class Versions:
    """Two versions of a definition, and one patient for both."""

    def __init__(
        self,
        before: Questionnaire,
        after: Questionnaire,
        today: date,
        cases: Iterable[Case] = (),
    ) -> None:
        """Compare them for records sent on `today`; stay near to one of the `cases`."""
        self.before = model_of(before, today)
        self.after = model_of(after, today)
        also = (*self.before.limits, *_same_numbers(self.before, self.after))
        self._prover = Prover(self.after, also=also)
        self._near = near_of(self._prover, cases)

    def redecided(self) -> Iterator[Redecided]:
        """Yield each pair of decisions that differ, with a patient; worst first."""
        old, new = _decisions(self.before), _decisions(self.after)
        for first, second in product(old, new):
            if first == second:
                continue
            with suppress(_NobodyError):
                patient = self._patient(both(old[first], new[second]))
                yield Redecided(before=first, after=second, patient=patient)

    def reworked(self) -> Iterator[Rework]:
        """Yield what else comes out otherwise in both versions, with a patient each."""
        old, new = dict(_truths(self.before)), dict(_truths(self.after))
        for what in dict.fromkeys((*new, *old)):
            before, now = old.get(what, False), new.get(what, False)
            for first, second in ((True, False), (False, True)):
                wanted = both(_so(before, holds=first), _so(now, holds=second))
                yield from self._told(what, wanted, _YES[first], _YES[second])
        values = dict(worked_values(self.before))
        for what, worked in worked_values(self.after):
            if what in values:
                wanted = any_differs(values[what], worked)
                yield from self._told(what, wanted, "", "otherwise")

    def _told(
        self, what: str, wanted: Bool, before: str, after: str
    ) -> Iterator[Rework]:
        with suppress(_NobodyError):
            patient = self._patient(wanted)
            yield Rework(what=what, before=before, after=after, patient=patient)

    def _patient(self, wanted: Bool) -> Patient | None:
        """Return the nearest such patient, None where that is not decided in time."""
        try:
            found = self._prover.smallest(wanted, self._near)
        except NotInTimeError:
            return None
        if found is None:
            raise _NobodyError
        return patient_from(self._answers(found), self._near)

    def _answers(self, found: Finding) -> dict[str, Stored]:
        return {**answers_in(self.before, found), **answers_in(self.after, found)}


_YES = {True: "yes", False: "no"}


def _help(model: Model) -> dict[str, Bool]:
    """Return when each help text is called for, by a criterion or a rule of its own."""
    made = model.questionnaire
    calls: dict[str, list[Bool]] = {}
    for criterion in made.criteria:
        if criterion.help is not None:
            calls.setdefault(criterion.help, []).append(model.met[criterion.id])
    for rule in made.help_rules:
        calls.setdefault(rule.help, []).append(model.truth(rule.when).yes)
    return {key: either(*parts) for key, parts in calls.items()}


def _so(formula: Bool, *, holds: bool) -> Bool:
    return formula if holds else opposite(formula)


def _truths(model: Model) -> Iterator[tuple[str, Bool]]:
    """Yield what is so or not of a record: findings, what is missing, asked, shown."""
    made = model.questionnaire
    for criterion in made.criteria:
        is_met = model.met[criterion.id]
        yield f"{criterion.kind.value} criterion {criterion.id}", is_met
    for check in made.checks:
        yield f"check {check.id}", model.truth(check.must).no
    for key, when in _help(model).items():
        yield f"help {key}", when
    for name, lacks in model.missing.items():
        yield f"missing {name}", lacks
    for one in model.questions():
        hidden = model.values[one.slot].unasked
        yield f"question {one.name} asked", opposite(hidden)


def _decisions(model: Model) -> dict[Decision, Bool]:
    urgent_today = either(
        *(
            model.met[criterion.id]
            for criterion in model.questionnaire.criteria
            if criterion.priority == SAME_DAY
        )
    )
    return {
        Decision(outcome=outcome, same_day=same_day): both(
            holds, urgent_today if same_day else opposite(urgent_today)
        )
        for outcome, holds in model.outcomes.items()
        for same_day in (True, False)
    }


def _same_numbers(before: Model, after: Model) -> Iterator[Bool]:
    """Yield that a number which both ask, on two grids, is the same number."""
    old = {one.name: one for one in before.questions()}
    for one in after.questions():
        other = old.get(one.name)
        if other is None or other.question.unit != one.question.unit:
            continue
        first, second = other.value.payload, one.value.payload
        if isinstance(first, Number) and isinstance(second, Number):
            yield compared("==", first.low, second.low)
