"""What is done while a record is worked out: one thing at a time, over its values.

A step is data. `run` of each is what the engine does; whatever else has to know what a
definition does, such as a proof, reads the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from screening.core.derived import expressions_of, function_of
from screening.core.instrument import Score
from screening.core.scoring import GATED, INCONSISTENT, score_function, status_of
from screening.core.values import LEFT_OUT, NOT_ASKED, Open

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.definition import Option, Question, Repeat
    from screening.core.expression import Expression
    from screening.core.expression.compile import Values
    from screening.core.instrument import Derived, Instrument

    Run = Callable[[Values], None]


@dataclass(frozen=True, slots=True, eq=False)
class Hide:
    """Make `slots` not asked when the condition is surely false.

    An undetermined condition asks.
    """

    condition: Expression
    slots: tuple[int, ...]

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return (self.condition,)

    def run(self) -> Run:
        """Return the function that does it."""
        condition, slots = self.condition.run, self.slots

        def hide(values: Values) -> None:
            if condition(values) is False:
                for slot in slots:
                    values[slot] = NOT_ASKED

        return hide


@dataclass(frozen=True, slots=True, eq=False)
class Withhold:
    """Take back an option that was not to be offered.

    What is left without it counts as left out: the question was asked.
    """

    question: Question
    option: Option
    condition: Expression

    @property
    def chosen(self) -> object:
        """What the question holds when the option is chosen."""
        word = self.option.value
        return int(word) if self.question.numeric_options else word

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return (self.condition,)

    def run(self) -> Run:
        """Return the function that does it."""
        slot, word, chosen = self.question.slot, self.option.value, self.chosen
        condition = self.condition.run

        def withhold(values: Values) -> None:
            value = values[slot]
            is_one = value == chosen or (isinstance(value, Open) and value.word == word)
            is_among = isinstance(value, frozenset) and word in value
            if not (is_one or is_among) or condition(values) is not False:
                return
            rest = value - {word} if isinstance(value, frozenset) else None
            values[slot] = rest or LEFT_OUT

        return withhold


@dataclass(frozen=True, slots=True, eq=False)
class WorkOut:
    """Work out a derived value of the whole record."""

    value: Derived

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return expressions_of(self.value)

    def run(self) -> Run:
        """Return the function that does it."""
        slot, function = self.value.slot, function_of(self.value)

        def work_out(values: Values) -> None:
            values[slot] = function(values)

        return work_out


@dataclass(frozen=True, slots=True, eq=False)
class WorkOutEntries:
    """Work out the derived values of each entry of a list."""

    repeat: Repeat

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return tuple(rule for v in self.repeat.derived for rule in expressions_of(v))

    def run(self) -> Run:
        """Return the function that does it."""
        slot, entry_slot = self.repeat.slot, self.repeat.entry_slot
        functions = tuple((v.slot, function_of(v)) for v in self.repeat.derived)

        def work_out(values: Values) -> None:
            listed = values[slot]
            if listed.__class__ is not list:
                return
            entries = [one.copy() for one in cast("list[list[object]]", listed)]
            values[slot] = entries
            for entry in entries:
                values[entry_slot] = entry
                for position, function in functions:
                    entry[position] = function(values)

        return work_out


# -- instruments: the status slot of each is not asked, or holds a word once it is known


@dataclass(frozen=True, slots=True, eq=False)
class FlagInconsistent:
    """Set an instrument aside whose answers surely contradict each other."""

    instrument: Instrument
    condition: Expression

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return (self.condition,)

    def run(self) -> Run:
        """Return the function that does it."""
        condition, flag = self.condition.run, self.instrument.status_slot

        def judge(values: Values) -> None:
            if values[flag] is not NOT_ASKED and condition(values) is True:
                values[flag] = INCONSISTENT

        return judge


@dataclass(frozen=True, slots=True, eq=False)
class Close:
    """Ask nothing more than the gate reads, when the gate is surely false."""

    instrument: Instrument
    gate: Expression

    @property
    def slots(self) -> tuple[int, ...]:
        """The items behind the gate."""
        reads = {symbol.slot for symbol in self.gate.reads}
        items = self.instrument.items
        return tuple(item.slot for item in items if item.slot not in reads)

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return (self.gate,)

    def run(self) -> Run:
        """Return the function that does it."""
        gate, slots, flag = self.gate.run, self.slots, self.instrument.status_slot

        def close(values: Values) -> None:
            if values[flag] is not NOT_ASKED and gate(values) is False:
                values[flag] = GATED
                for slot in slots:
                    values[slot] = NOT_ASKED

        return close


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """Work out a score or a result, unless the answers are not to be used."""

    instrument: Instrument
    value: Score | Derived

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return () if isinstance(self.value, Score) else expressions_of(self.value)

    def run(self) -> Run:
        """Return the function that does it."""
        slot, flag = self.value.slot, self.instrument.status_slot
        function = _function_of(self.value, self.instrument)

        def score(values: Values) -> None:
            status = values[flag]
            if status is NOT_ASKED:
                values[slot] = NOT_ASKED
            elif status == INCONSISTENT:
                values[slot] = LEFT_OUT
            else:
                values[slot] = function(values)

        return score


@dataclass(frozen=True, slots=True, eq=False)
class Settle:
    """Say whether an instrument is complete, where nothing else was said of it."""

    instrument: Instrument

    @property
    def rules(self) -> tuple[Expression, ...]:
        """The rules that it goes by."""
        return ()

    def run(self) -> Run:
        """Return the function that does it."""
        instrument, flag = self.instrument, self.instrument.status_slot

        def settle(values: Values) -> None:
            if not values[flag]:
                values[flag] = status_of(instrument, values)

        return settle


Step = (
    Hide
    | Withhold
    | WorkOut
    | WorkOutEntries
    | FlagInconsistent
    | Close
    | Mark
    | Settle
)


def _function_of(
    value: Score | Derived, instrument: Instrument
) -> Callable[[Values], object]:
    if isinstance(value, Score):
        return score_function(value, instrument.items)
    return function_of(value)
