"""Worked patients: answers with what must come of them, beside a questionnaire.

A cases file holds `cases:`, each with `answers` (on top of those of the case that
`based_on` names) and what to `expect`. A file that names an `instrument` holds cases
of that instrument alone, which may also be `refused: true`.
"""

from screening.core.cases.read import Case, read_cases
from screening.core.cases.run import Difference, Failure, run_case
from screening.core.cases.told import case_problems

__all__ = [
    "Case",
    "Difference",
    "Failure",
    "case_problems",
    "read_cases",
    "run_case",
]
