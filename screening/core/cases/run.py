"""Does a worked patient come out as it is written?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from screening.core import safety
from screening.core.answers import read_answers, read_items
from screening.core.judge import evaluate
from screening.core.load import load_instrument
from screening.core.progress import failed_checks
from screening.core.schema import NUMERAL
from screening.core.scoring import score_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from screening.core.cases.read import Case
    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation
    from screening.core.problems import Problem
    from screening.core.source import Path

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that came otherwise: where below `expect` it stands, and in words."""

    path: Path
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A case that came out otherwise.

    `unread` are problems of its answers; where there are any, nothing came of them.
    """

    case: Case
    found: tuple[Difference, ...] = ()
    unread: tuple[Problem, ...] = ()

    @property
    def differences(self) -> tuple[str, ...]:
        """What was expected and what came, in words."""
        if self.unread:
            return ("; ".join(map(str, self.unread)),)
        return tuple(difference.words for difference in self.found)


_BROKEN = "broken promises"


def run_case(
    case: Case,
    *,
    questionnaire: Questionnaire | None,
    read_file: Callable[[str], str | None],
    on: date,
) -> Failure | None:
    """Return how the case came out otherwise than written; None when it did not.

    `questionnaire` is needed for a case that is not of an instrument alone; its
    promises have to hold for every case. `on` is the day for cases that fix none.
    """
    on = case.day or on
    expected = case.expect
    if case.instrument is not None:
        found = _score(case, case.instrument, read_file, on)
    else:
        found = _evaluate(case, questionnaire, on)
        expected = {**expected, _BROKEN: []}
    if isinstance(found, tuple):
        return None if case.refused else Failure(case=case, unread=found)
    if case.refused:
        words = "the answers were to be refused, and were not"
        return Failure(case=case, found=(Difference(path=(), words=words),))
    differences = tuple(_differences((), expected, found))
    return Failure(case=case, found=differences) if differences else None


def _evaluate(
    case: Case, questionnaire: Questionnaire | None, on: date
) -> dict[str, object] | tuple[Problem, ...]:
    if questionnaire is None:
        raise LookupError(case.id)
    answers = read_answers(questionnaire, cast("Content", case.answers), on)
    if answers.problems:
        return answers.problems
    evaluation = evaluate(questionnaire, answers)
    return {
        "outcome": evaluation.outcome.value,
        "findings": sorted(finding.id for finding in evaluation.findings),
        "missing": sorted(evaluation.missing),
        "undetermined": sorted(evaluation.undetermined),
        "same_day": evaluation.same_day,
        "help": _help_shown(evaluation) if "help" in case.expect else [],
        "checks": sorted(
            one.id for one in failed_checks(questionnaire, evaluation.values)
        ),
        _BROKEN: sorted(evaluation.broken_promises),
        "derived": evaluation.derived,
        "scores": _cards(evaluation) if "scores" in case.expect else {},
    }


def _help_shown(evaluation: Evaluation) -> list[str]:
    """Return the keys of the help texts that the answers bring up, the end included."""
    pages = (None, *evaluation.questionnaire.pages)
    keys = {due.key for page in pages for due in safety.help_due(evaluation, page, ())}
    end = safety.ending(evaluation)
    return sorted(keys | ({end} if end else set()))


def _cards(evaluation: Evaluation) -> dict[str, object]:
    return {
        key: {name: getattr(card, name) for name in card.__slots__}
        for key, card in evaluation.scores.items()
    }


_UNORDERED = frozenset(
    {"findings", "missing", "undetermined", "help", "checks", _BROKEN}
)


def _score(
    case: Case, instrument_id: str, read_file: Callable[[str], str | None], on: date
) -> dict[str, object] | tuple[Problem, ...]:
    instrument, program = load_instrument(instrument_id, read_file, case.parameters)
    values = program.blank(on)
    problems = read_items(instrument, case.answers, values)
    if problems:
        return tuple(problems)
    card = score_card(instrument, program.work_out(values))
    return {name: getattr(card, name) for name in card.__slots__} if card else {}


def _differences(path: Path, expected: object, found: object) -> Iterator[Difference]:
    """Yield what differs; of a map only the names that are expected are compared."""
    if isinstance(expected, dict) and isinstance(found, dict):
        yield from _different_parts(path, expected, found)
    elif isinstance(expected, list) and isinstance(found, list | tuple):
        if len(expected) != len(found):
            yield _unlike(path, expected, list(found))
            return
        for number, (part, came) in enumerate(zip(expected, found, strict=True)):
            yield from _differences((*path, number), part, came)
    elif not _same(expected, found):
        yield _unlike(path, expected, found)


def _different_parts(
    path: Path, expected: Content, found: Content
) -> Iterator[Difference]:
    for name, part in expected.items():
        here = (*path, name)
        if name not in found:
            yield Difference(path=here, words=f"{_named(here)}: there is no such value")
        elif name in _UNORDERED and isinstance(part, list):
            if sorted(part) != found[name]:
                yield _unlike(here, part, found[name])
        else:
            yield from _differences(here, part, found[name])


def _unlike(path: Path, expected: object, found: object) -> Difference:
    words = f"{_named(path)}: expected {_shown(expected)}, came {_shown(found)}"
    return Difference(path=path, words=words)


def _named(path: Path) -> str:
    """Return a path as people write it: `scores.phq9.possible[1]`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _same(expected: object, found: object) -> bool:
    if expected is None or found is None:
        return expected is found
    if isinstance(found, bool):
        return expected == str(found).lower()
    if isinstance(found, int | Decimal):
        text = str(expected)
        return bool(NUMERAL.fullmatch(text)) and Decimal(text) == found
    return expected == found


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)
