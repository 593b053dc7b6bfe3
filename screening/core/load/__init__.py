"""Files -> a whole, compiled questionnaire, or every problem that was found.

`load` never stops at the first problem and never gives out half a questionnaire. It
does no input of its own: `read_file` is asked for each file by its name below the
questionnaires folder, and what it gave is kept with the definition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from screening.core.definition import (
    Questionnaire,
)
from screening.core.deployment import Deployment
from screening.core.expression.compile import TODAY_SLOT
from screening.core.instrument import (
    Instrument,
)
from screening.core.load.instruments import instrument_from, open_instrument
from screening.core.load.licences import Refusal, refusal
from screening.core.load.steps import instrument_steps
from screening.core.load.whole import Loader
from screening.core.load.workbench import Workbench
from screening.core.problems import DefinitionError, Place, Problem
from screening.core.program import Program
from screening.core.schema import QuestionnaireShape

__all__ = ["load", "load_instrument", "refusal_of"]

ReadFile = Callable[[str], str | None]


def load(
    questionnaire_id: str,
    read_file: ReadFile,
    deployment: Deployment | None = None,
) -> Questionnaire:
    """Return the questionnaire in the folder `questionnaire_id`, compiled.

    `deployment` is what the clinic declares about itself (clinical use unless given).

    `read_file` returns the text of a file by its name (`instruments/phq9.yaml`), None
    when there is none. Raises DefinitionError with every problem in file order.
    """
    bench = Workbench(read_file)
    name = f"{questionnaire_id}/questionnaire.yaml"
    opened = bench.open(name, QuestionnaireShape)
    if opened is None:
        fix = "Name a folder that holds a questionnaire.yaml."
        raise DefinitionError(bench.all_told() or [_no_file(name, fix)])
    loader = Loader(*opened, questionnaire_id, deployment or Deployment())
    made = loader.questionnaire()
    if made is None:
        raise DefinitionError(bench.all_told())
    return made


def load_instrument(
    instrument_id: str,
    read_file: ReadFile,
    parameters: Mapping[str, object] | None = None,
) -> tuple[Instrument, Program]:
    """Return one instrument alone, with the program that scores it.

    `parameters` are those that differ from the file's (`threshold_sex`, `cut`).
    Scoring needs no text, so that an instrument whose text is not shipped loads too.
    Raises DefinitionError when there is none or it has problems.
    """
    bench = Workbench(read_file)
    opened = open_instrument(bench, instrument_id)
    if opened is None:
        name = f"instruments/{instrument_id}.yaml"
        raise DefinitionError(bench.all_told() or [_no_file(name, "Check its id.")])
    spot, shape, pack = opened
    instrument = instrument_from(
        spot, shape, pack, key=instrument_id, page=0, chosen=parameters
    )
    if bench.errors():
        raise DefinitionError(bench.all_told())
    steps = tuple(instrument_steps(instrument))
    program = Program(
        template=tuple(bench.template),
        outcome_slot=TODAY_SLOT,
        steps=steps,
        functions=tuple(step.run() for step in steps),
        criteria=(),
        verdicts=(),
        must_know=(),
        keys={instrument_id: instrument},
        criteria_by_id={},
    )
    return instrument, program


def refusal_of(
    instrument_id: str, read_file: ReadFile, deployment: Deployment
) -> Refusal | None:
    """Return why an instrument's text can't be shown here; None if it can.

    Raises DefinitionError when there is none or it can't be read.
    """
    bench = Workbench(read_file)
    opened = open_instrument(bench, instrument_id)
    if opened is None:
        name = f"instruments/{instrument_id}.yaml"
        raise DefinitionError(bench.all_told() or [_no_file(name, "Check its id.")])
    _, shape, pack = opened
    return refusal(instrument_id, shape, pack, deployment)


def _no_file(name: str, fix: str) -> Problem:
    what = "there is no such file"
    return Problem(code="SC012", what=what, fix=fix, where=Place(name))
