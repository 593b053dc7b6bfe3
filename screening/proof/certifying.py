"""What a certificate is made from: properties, and decisions that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import z3

from screening.proof.differing import Redecided, Versions
from screening.proof.proving import proved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from screening.core.cases import Case
    from screening.core.definition import Questionnaire

__all__ = ["SOLVER", "compared", "proved"]

SOLVER = f"Z3 {z3.get_version_string()}"
"""Which solver the proofs are by."""


def compared(
    before: Questionnaire, after: Questionnaire, today: date, cases: Iterable[Case]
) -> tuple[Redecided, ...]:
    """Return each pair of decisions that differ, with a patient; none is a proof."""
    return tuple(Versions(before, after, today, cases).redecided())
