"""The solver, asked: is there a patient of whom all this holds? Then the smallest one.

Each question has a limit of time of its own. What is not settled within it is said to
be open, never taken for proved.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import z3

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.proof.asking import UnknownList
from screening.proof.found import Patient
from screening.proof.logic import both
from screening.proof.model import outcomes_of
from screening.proof.records import Finding, answers_in, entries_wished, lengths_wished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from screening.core.answers import Stored
    from screening.core.definition import Outcome
    from screening.proof.logic import Bool
    from screening.proof.model import Model

SECONDS = 5.0
"""How long one question to the solver may take, unless said."""


class NotInTimeError(Exception):
    """The solver did not settle a question in the time it had."""


class UnconfirmedError(Exception):
    """The engine decides a patient otherwise than the model that found it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A worked patient to stay near to: what says each of its answers, by question.

    `lists` are its typed answers to the questions that take lists, by name.
    """

    case: str | None
    pins: Mapping[str, Bool]
    answers: Mapping[str, Stored]
    lists: Mapping[str, object]


class Prover:
    """One model and a solver that knows which answers there can be."""

    def __init__(
        self, model: Model, *, also: Sequence[Bool] = (), seconds: float = SECONDS
    ) -> None:
        """Give each question so many seconds; `also` are further limits."""
        self.model = model
        self._solver = z3.Solver()
        self._solver.set("timeout", int(seconds * 1000))
        # Truths are tried as true first: one patient then reaches many things at once.
        self._solver.set("phase_selection", 1)
        limits = both(*model.limits, *also)
        self._solver.add(z3.BoolVal(limits) if isinstance(limits, bool) else limits)
        self._names: dict[int, z3.BoolRef] = {}
        # A formula that nobody holds gives its number to another one.
        self._kept: list[z3.BoolRef] = []

    def named(self, formula: Bool) -> Bool:
        """Return a name for a formula that is asked for again and again.

        The solver then reads the formula once, and what it learnt of it stays.
        """
        if isinstance(formula, bool):
            return formula
        known = self._names.get(formula.get_id())
        if known is None:
            known = z3.FreshBool("named")
            self._solver.add(known == formula)
            self._names[formula.get_id()] = known
            self._kept.append(formula)
        return known

    @cached_property
    def met(self) -> dict[str, Bool]:
        """Whether each criterion makes a finding, by its id, under names."""
        return {name: self.named(met) for name, met in self.model.met.items()}

    @cached_property
    def missing(self) -> dict[str, Bool]:
        """Whether what must be known is missing, by its id, under names."""
        return {name: self.named(one) for name, one in self.model.missing.items()}

    @cached_property
    def outcomes(self) -> dict[Outcome, Bool]:
        """When each outcome holds, by findings and what is missing under names."""
        program = self.model.questionnaire.program
        return outcomes_of(program, self.met, self.missing)

    def find(self, *wanted: Bool) -> Finding | None:
        """Return a patient of whom all this holds, None where there can be none.

        Raises:
            NotInTimeError: the solver did not settle it.
        """
        if any(one is False for one in wanted):
            return None
        with self._wanting(*wanted):
            return self._checked()

    def reached(self, targets: Mapping[str, Bool]) -> dict[str, bool | None]:
        """Return, for each target, whether any patient reaches it; None: not settled.

        One patient reaches many at once, so that few questions settle all.
        """
        found: dict[str, bool | None] = {}
        left = {name: self.named(formula) for name, formula in targets.items()}
        while left:
            name, target = next(iter(left.items()))
            try:
                patient = self._checked(target)
            except NotInTimeError:
                found[name] = None
                del left[name]
                continue
            if patient is None:
                found[name] = False
                del left[name]
                continue
            hit = [one for one, formula in left.items() if patient.holds(formula)]
            found.update(dict.fromkeys(hit, True))
            left = {n: f for n, f in left.items() if n not in found}
        return {name: found[name] for name in targets}

    def smallest(self, wanted: Bool, near: Near) -> Finding | None:
        """Return such a patient that differs from `near` in as few answers as can be.

        No answer of it could be `near`'s as well with all others left as they are.
        """
        pins = {name: self.named(pin) for name, pin in near.pins.items()}
        with self._wanting(wanted):
            found = self._checked()
            if found is None:
                return None
            found, kept = self._nearer(found, (), tuple(pins.values()))
            for one in self.model.each():
                if not isinstance(one, UnknownList) or found.holds(
                    pins.get(one.name, False)
                ):
                    continue
                value = near.lists.get(one.name)
                lengths = tuple(lengths_wished(one, value))
                found, kept = self._nearer(found, kept, lengths)
                wished = tuple(entries_wished(one, value, found.whole(one.count)))
                found, kept = self._nearer(found, kept, wished)
            return found

    def _nearer(
        self, found: Finding, kept: Sequence[Bool], wished: Sequence[Bool]
    ) -> tuple[Finding, Sequence[Bool]]:
        """Return a patient of whom as many wishes hold as can, and all that is kept.

        A wish that holds already is not given up for another one.
        """
        held = [found.holds(wish) for wish in wished]
        for place, wish in enumerate(wished):
            if held[place]:
                continue
            so_far = (w for w, holds in zip(wished, held, strict=True) if holds)
            try:
                nearer = self._checked(*kept, *so_far, wish)
            except NotInTimeError:
                continue
            if nearer is not None:
                found = nearer
                held = [found.holds(wish) for wish in wished]
        holding = (w for w, holds in zip(wished, held, strict=True) if holds)
        return found, (*kept, *holding)

    @contextmanager
    def _wanting(self, *wanted: Bool) -> Iterator[None]:
        """Want all of this of each patient that is found inside the block."""
        whole = both(*wanted)
        self._solver.push()
        try:
            self._solver.add(z3.BoolVal(whole) if isinstance(whole, bool) else whole)
            yield
        finally:
            self._solver.pop()

    def _checked(self, *names: Bool) -> Finding | None:
        """Return a patient of whom the names hold too; raise NotInTimeError."""
        if any(one is False for one in names):
            return None
        answer = self._solver.check(*(one for one in names if one is not True))
        if answer == z3.unknown:
            raise NotInTimeError(self._solver.reason_unknown())
        return Finding(self._solver.model()) if answer == z3.sat else None

    def patient(self, found: Finding, near: Near) -> Patient:
        """Return a finding as a worked patient that differs from `near`.

        The engine decides the patient first: nobody is shown of whom it says otherwise.

        Raises:
            UnconfirmedError: the engine and the model do not agree. That is a fault.
        """
        answers = answers_in(self.model, found)
        self._confirm(found, answers)
        return patient_from(answers, near)

    def _confirm(self, found: Finding, answers: dict[str, Stored]) -> None:
        model = self.model
        given = read_answers(model.questionnaire, answers, model.today)
        came = evaluate(model.questionnaire, given)
        met = {name for name, is_met in model.met.items() if found.holds(is_met)}
        lacks = {name for name, one in model.missing.items() if found.holds(one)}
        if (
            given.problems
            or met != {finding.id for finding in came.findings}
            or lacks != set(came.missing)
            or not found.holds(model.outcomes[came.outcome])
        ):
            raise UnconfirmedError(model.questionnaire.id)


def patient_from(answers: dict[str, Stored], near: Near) -> Patient:
    """Return answers as a worked patient that differs from `near`."""
    changed = {
        key: answers.get(key)
        for key in dict.fromkeys((*near.answers, *answers))
        if answers.get(key) != near.answers.get(key)
    }
    return Patient(answers=answers, changed=changed, near=near.case)
