"""Which few patients show every rule, edge and branch? And which do the cases show?

A target is something that a patient can show: a criterion that is met, or surely not, a
score at the edge of a band, a question that is asked or hidden. Patients stay near to a
worked one, so that each can be read as one story.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from screening.core.answers import read_answers
from screening.core.check.constant import walk
from screening.core.expression import Sort, tree
from screening.core.judge import evaluate
from screening.core.values import NOT_ASKED
from screening.proof.logic import Bool, both, compared, number, opposite
from screening.proof.model import model_of
from screening.proof.near import near_of
from screening.proof.prover import NotInTimeError, Prover
from screening.proof.values import Number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from screening.core.answers import Stored
    from screening.core.cases import Case
    from screening.core.definition import Question, Questionnaire
    from screening.core.expression.compile import Values
    from screening.core.instrument import BandTable, Instrument
    from screening.proof.found import Patient
    from screening.proof.model import Model

Target = tuple[str, "Bool", "Callable[[Values], bool]"]
"""What it is called, when it is shown in formulas, and whether a record shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """A patient and the targets that are shown by it first."""

    patient: Patient
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What patients can show: what cases show already, by no case, and by nobody."""

    shown: tuple[str, ...]
    not_shown: tuple[str, ...]


class Cover:
    """One definition, its targets, and the worked patients that there are."""

    def __init__(
        self, questionnaire: Questionnaire, today: date, cases: Iterable[Case] = ()
    ) -> None:
        """Look at records sent on `today`."""
        self._made = questionnaire
        self._today = today
        self._cases = tuple(case for case in cases if case.instrument is None)
        self._prover = Prover(model_of(questionnaire, today))
        self._targets = {name: (when, is_so) for name, when, is_so in self._all()}

    def _all(self) -> Iterator[Target]:
        model = self._prover.model
        yield from _of_criteria(model)
        for instrument in self._made.instruments.values():
            for table in instrument.bands:
                yield from _of_bands(model, instrument, table)
        yield from _of_limits(model)
        yield from _of_branches(model)

    def coverage(self) -> Coverage:
        """Return what the cases show, and what some patient could and no case does."""
        shown = {
            name
            for case in self._cases
            for name in self._shown_by(cast("Mapping[str, Stored]", case.answers))
        }
        rest = {n: when for n, (when, _) in self._targets.items() if n not in shown}
        possible = self._prover.reached(rest)
        return Coverage(
            shown=tuple(name for name in self._targets if name in shown),
            not_shown=tuple(name for name, can_be in possible.items() if can_be),
        )

    def patients(self, wanted: Iterable[str]) -> Iterator[Covering]:
        """Yield patients near to a worked one until all that is wanted was shown."""
        near = near_of(self._prover, self._cases)
        left = dict.fromkeys(wanted)
        while left:
            name = next(iter(left))
            when, _ = self._targets[name]
            try:
                found = self._prover.smallest(when, near)
            except NotInTimeError:
                found = None
            if found is None:
                del left[name]
                continue
            patient = self._prover.patient(found, near)
            shows = [one for one in self._shown_by(patient.answers) if one in left]
            if name not in shows:
                message = f"the engine does not find {name} where the proof does"
                raise AssertionError(message)
            yield Covering(patient=patient, shows=tuple(shows))
            left = {one: None for one in left if one not in shows}

    def _shown_by(self, answers: Mapping[str, Stored]) -> list[str]:
        given = read_answers(self._made, answers, self._today)
        values = evaluate(self._made, given).values
        return [name for name, (_, is_so) in self._targets.items() if is_so(values)]


def _of_criteria(model: Model) -> Iterator[Target]:
    program = model.questionnaire.program
    for criterion, run in zip(program.criteria, program.verdicts, strict=True):
        truth = model.verdicts[criterion.id]
        yield f"{criterion.id}: met", truth.yes, _comes_out(run, wanted=True)
        yield f"{criterion.id}: not met", truth.no, _comes_out(run, wanted=False)


def _comes_out(
    run: Callable[[Values], object], *, wanted: bool
) -> Callable[[Values], bool]:
    return lambda values: run(values) is wanted


def _of_bands(
    model: Model, instrument: Instrument, table: BandTable
) -> Iterator[Target]:
    """Yield the points just below, at and just above where each band begins."""
    slot = instrument.banded_slot(table)
    value = model.values[slot]
    if not isinstance(value.payload, Number):
        return
    points = value.payload
    given = both(opposite(value.has_state), compared("==", points.low, points.high))
    lowest, highest = table.bands[0].low, table.bands[-1].high
    edges = {
        edge
        for band in table.bands[1:]
        for edge in (band.low - 1, band.low, band.low + 1)
        if lowest <= edge <= highest
    }
    for edge in sorted(edges):
        when = both(given, compared("==", points.low, number(edge)))
        yield f"{instrument.key}.{table.of}: {edge}", when, _is_at(slot, edge)


def _is_at(slot: int, edge: Decimal) -> Callable[[Values], bool]:
    return lambda values: values[slot] == edge


def _of_limits(model: Model) -> Iterator[Target]:
    """Yield each answered number just below, at and just above what a rule names."""
    asked = {
        one.slot: one.question for one in model.questions() if not one.question.options
    }
    told = set()
    for criterion in model.questionnaire.criteria:
        for node in walk(criterion.when.tree):
            question, limit = _limit(node, asked)
            if question is None:
                continue
            step = Decimal(1).scaleb(-question.decimals)
            for edge in (limit - step, limit, limit + step):
                if (question.slot, edge) in told or not _is_possible(question, edge):
                    continue
                told.add((question.slot, edge))
                value = model.values[question.slot]
                held = cast("Number", value.payload).low
                when = both(
                    opposite(value.has_state), compared("==", held, number(edge))
                )
                yield f"{question.key}: {edge}", when, _is_at(question.slot, edge)


def _limit(
    node: tree.Node, asked: Mapping[int, Question]
) -> tuple[Question | None, Decimal]:
    """Return the question whose number is compared, and with which number."""
    nothing = (None, Decimal(0))
    if not isinstance(node, tree.Compare) or not isinstance(node.left, tree.Name):
        return nothing
    right = node.right
    if not isinstance(right, tree.Constant) or right.type.sort is not Sort.NUMBER:
        return nothing
    question = asked.get(node.left.symbol.slot)
    return (question, Decimal(str(right.value))) if question else nothing


def _is_possible(question: Question, edge: Decimal) -> bool:
    low, high = question.low, question.high
    return (low is None or edge >= low) and (high is None or edge <= high)


def _of_branches(model: Model) -> Iterator[Target]:
    """Yield each question that can be hidden as asked, and as hidden."""
    for one in model.each():
        hidden = model.values[one.slot].unasked
        if hidden is False:
            continue
        is_hidden = _is_hidden(one.slot)
        yield f"{one.name}: hidden", hidden, is_hidden
        yield f"{one.name}: asked", opposite(hidden), _not(is_hidden)


def _is_hidden(slot: int) -> Callable[[Values], bool]:
    return lambda values: values[slot] is NOT_ASKED


def _not(is_so: Callable[[Values], bool]) -> Callable[[Values], bool]:
    return lambda values: not is_so(values)
