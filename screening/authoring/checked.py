"""Is a questionnaire fit to be asked? The one check of all that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.cases import case_problems, read_cases, run_case
from screening.core.load import load, load_instrument
from screening.core.problems import DefinitionError, Problem, Severity, in_file_order

if TYPE_CHECKING:
    from datetime import date

    from screening.core.definition import Questionnaire
    from screening.core.deployment import Deployment
    from screening.library import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The questionnaire, None where it can't be used, and every problem in order."""

    made: Questionnaire | None
    problems: tuple[Problem, ...]

    @property
    def is_fit(self) -> bool:
        """Whether it can be asked, and its worked patients come out as written."""
        return all(one.severity is not Severity.ERROR for one in self.problems)


def checked(shelf: Shelf, deployment: Deployment, on: date) -> Checked:
    """Return the questionnaire on the shelf with every problem, worked patients' too.

    `on` is the day for patients whose cases fix none.
    """
    made: Questionnaire | None = None
    try:
        made = load(shelf.questionnaire_id, shelf.read, deployment)
        problems = made.notices
    except DefinitionError as error:
        problems = error.problems
    try:
        texts = case_texts(shelf)
        problems += case_problems(texts, made, shelf.read, on)
    except DefinitionError as error:
        problems += error.problems
    return Checked(made=made, problems=in_file_order(problems))


def checked_instrument(shelf: Shelf, on: date) -> tuple[Problem, ...]:
    """Return every problem of one instrument alone, its worked scores' too.

    The shelf is named after the instrument. Whether its sources exist is told by the
    questionnaires that use it, since they hold the bibliography.
    """
    name = shelf.questionnaire_id
    cases = f"instruments/cases/{name}.yaml"
    try:
        load_instrument(name, shelf.read)
        text = shelf.read(cases)
        texts = [] if text is None else [(cases, text)]
        return tuple(
            Problem(
                code="SC402",
                what=f'the worked score "{case.id}" comes out otherwise: {words}',
                fix="Mend the scale; or, if this is what you want, write what comes.",
                where=case.place,
            )
            for case in read_cases(texts)
            for failure in (
                run_case(case, questionnaire=None, read_file=shelf.read, on=on),
            )
            if failure is not None
            for words in failure.differences
        )
    except DefinitionError as error:
        return error.problems


def case_texts(shelf: Shelf) -> list[tuple[str, str]]:
    """Return the files of worked patients beside the questionnaire: name and text.

    Raises DefinitionError for one that is too large or no text.
    """
    return [(name, shelf.read(name) or "") for name in shelf.case_names()]
