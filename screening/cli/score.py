"""`screening score`: what do the answers to one instrument come to?"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import options
from screening.cli.answers_file import AnswersFile, read_answers_file
from screening.cli.library import instrument_shelf, with_paths
from screening.cli.printing import (
    print_json,
    print_problems,
    print_table,
    problems_object,
    result_lines,
    score_line,
    score_object,
)
from screening.core.answers import read_items
from screening.core.load import load_instrument
from screening.core.problems import AnswerError, DefinitionError, Problem
from screening.core.scoring import score_card

if TYPE_CHECKING:
    from screening.core.instrument import (
        Instrument,
    )
    from screening.core.program import Program
    from screening.core.scoring import ScoreCard
    from screening.library import Shelf


@click.command(name="score")
@click.argument("instrument", metavar="INSTRUMENT")
@options.answers_files
@options.as_json
@options.on
def command(
    instrument: str, files: tuple[Path, ...], *, as_json: bool, on: date
) -> None:
    """Score INSTRUMENT alone; each ANSWERS file holds its answers alone.

    A file is a list in item order, a map item -> value, or a map with `answers: [...]`
    beside items and the instrument's parameters.

    Example: screening score phq9 answers.yaml
    """
    scorer = Scorer(shelf=instrument_shelf(instrument), instrument_id=instrument)
    refused = False
    for path in files:
        try:
            card = scorer.card(read_answers_file(path), on)
        except (AnswerError, DefinitionError) as error:
            refused = True
            problems = with_paths(error.problems, scorer.shelf)
            print_problems(problems)
            if as_json:
                print_json(problems_object(problems))
            continue
        if as_json:
            print_json(score_object(card))
            continue
        if len(files) > 1:
            click.echo(f"{path}:")
        print_table([("score", score_line(card)), *result_lines(card)])
    sys.exit(refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """One instrument on its shelf, scored with the parameters that a file chooses."""

    shelf: Shelf
    instrument_id: str

    def card(self, file: AnswersFile, on: date) -> ScoreCard:
        """Return the scores of a file's answers.

        Raises AnswerError with places; DefinitionError when the instrument is faulty.
        """
        default, _ = load_instrument(self.instrument_id, self.shelf.read)
        chosen, content = _split(default, file.content)
        instrument, program = self._with(chosen, file)
        values = program.blank(on)
        problems = read_items(instrument, content, values)
        if problems:
            known = {instrument.key: instrument}
            raise AnswerError(file.placed(problems, known))
        card = score_card(instrument, program.work_out(values))
        if card is None:  # an instrument alone is always asked
            raise AssertionError(instrument.id)
        return card

    def _with(
        self, chosen: dict[str, object], file: AnswersFile
    ) -> tuple[Instrument, Program]:
        try:
            return load_instrument(self.instrument_id, self.shelf.read, chosen)
        except DefinitionError as error:
            placed = [_at_parameter(p, file, chosen) for p in error.problems]
            raise AnswerError(placed) from None


def _split(instrument: Instrument, content: object) -> tuple[dict[str, object], object]:
    """Return the parameters among a file's entries, and the rest."""
    if not isinstance(content, Mapping):
        return {}, content
    items = {item.id for item in instrument.items}
    chosen = {
        name: value
        for name, value in content.items()
        if name in instrument.parameters and name not in items
    }
    rest = {name: value for name, value in content.items() if name not in chosen}
    if set(rest) == {"answers"}:
        return chosen, rest["answers"]
    return chosen, rest


def _at_parameter(
    problem: Problem, file: AnswersFile, chosen: Iterable[str]
) -> Problem:
    """Return a parameter's problem at the file's own line that chose it."""
    names = (name for name in chosen if f'"{name}"' in problem.what)
    return replace(problem, where=file.place(next(names, "")))
