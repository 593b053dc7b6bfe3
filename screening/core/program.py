"""A definition compiled: what one evaluation does, in order, over one list of values.

Slot 0 holds the day of submission; then come loop variables, questions, scores,
results and derived values. `steps` write what is worked out; nothing is looked up by
name while a patient is evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.expression.compile import TODAY_SLOT
from screening.core.values import is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from screening.core.definition import (
        Criterion,
        Question,
        Repeat,
    )
    from screening.core.expression import Expression
    from screening.core.expression.compile import Values
    from screening.core.instrument import (
        Instrument,
    )
    from screening.core.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class MustKnow:
    """What the clinic must know: an id, the slots behind it, and when (None: always).

    It is missing when any of the slots is unknown, or any of the `entries`' positions
    in an entry of the list in a slot, unless `when` is surely false.
    """

    id: str
    slots: tuple[int, ...]
    when: Expression | None
    entries: tuple[tuple[int, tuple[int, ...]], ...] = ()

    def is_missing(self, values: Values) -> bool:
        """Tell whether something of it is not known and has to be."""
        if not any(is_unknown(values[slot]) for slot in self.slots) and not any(
            self._has_open_entry(values[slot], positions)
            for slot, positions in self.entries
        ):
            return False
        return self.when is None or self.when.run(values) is not False

    @staticmethod
    def _has_open_entry(listed: object, positions: tuple[int, ...]) -> bool:
        return isinstance(listed, list) and any(
            is_unknown(entry[position]) for entry in listed for position in positions
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The compiled definition.

    `steps` say what is done, `functions` do it, in the same order. `criteria` stand in
    page order; `keys` are the names an answers file may use. The
    outcome is put into `outcome_slot` once it is known, for promises to read.
    """

    template: tuple[object, ...]
    outcome_slot: int
    steps: tuple[Step, ...]
    functions: tuple[Callable[[Values], None], ...]
    criteria: tuple[Criterion, ...]
    verdicts: tuple[Callable[[Values], object], ...]
    must_know: tuple[MustKnow, ...]
    keys: Mapping[str, Question | Instrument | Repeat]
    criteria_by_id: Mapping[str, Criterion]

    def blank(self, today: date) -> Values:
        """Return the values of a record in which everything is left out."""
        values = list(self.template)
        values[TODAY_SLOT] = today
        return values

    def work_out(self, values: Values) -> Values:
        """Return new values: hidden answers gone, scores and derived values filled."""
        worked = values.copy()
        for function in self.functions:
            function(worked)
        return worked
