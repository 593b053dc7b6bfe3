"""Do the worked patients beside a questionnaire come out as they are written?

A cases file holds `cases:`, each with `answers` (on top of those of the case that
`based_on` names) and what to `expect`. A file that names an `instrument` holds cases
of that instrument alone, which may also be `refused: true`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from screening.core.answers import read_answers, read_items
from screening.core.judge import evaluate
from screening.core.load import load_instrument
from screening.core.problems import DefinitionError, Place, Problem
from screening.core.schema import NUMERAL
from screening.core.scoring import score_card
from screening.core.source import Mapping as Named
from screening.core.source import plain, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from screening.core.definition import Questionnaire

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One worked patient. `instrument` is None where it is of a questionnaire."""

    id: str
    place: Place
    answers: object
    expect: Content
    parameters: Content
    refused: bool
    instrument: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A case that came out otherwise: what was expected and what came."""

    case: Case
    differences: tuple[str, ...]


def read_cases(texts: Iterable[tuple[str, str]]) -> tuple[Case, ...]:
    """Return the cases of (file name, text), in order.

    Raises DefinitionError for text that is no cases file, and for a case that is
    based on one that no file holds.
    """
    raw: dict[str, Content] = {}
    found: list[tuple[str | None, Content, Place]] = []
    for name, text in texts:
        for instrument, content, place in _entries(name, text):
            found.append((instrument, content, place))
            if instrument is None:
                raw[str(content.get("case"))] = content
    return tuple(
        _case(instrument, content, place, raw) for instrument, content, place in found
    )


def _entries(name: str, text: str) -> Iterator[tuple[str | None, Content, Place]]:
    node = read_text(text, name)
    top = plain(node)
    entries = top.get("cases") if isinstance(top, dict) else None
    if not isinstance(node, Named) or not isinstance(entries, list):
        raise _fault(Place(name), "a cases file has a list `cases:`", "Add it.")
    listed = node.entries["cases"]
    instrument = cast("dict[str, object]", top).get("instrument")
    for entry, where in zip(entries, listed.items, strict=True):  # type: ignore[union-attr] # a list, as its plain form is
        if not isinstance(entry, dict) or not isinstance(entry.get("case"), str):
            fix = "Begin it with `case:` and a name."
            raise _fault(where.place, "this case has no name", fix)
        yield cast("str | None", instrument), entry, where.place


def _case(
    instrument: str | None, content: Content, place: Place, raw: Mapping[str, Content]
) -> Case:
    answers = content.get("answers")
    if instrument is None:
        answers = _with_base(content, place, raw, ())
    return Case(
        id=str(content["case"]),
        place=place,
        answers=answers,
        expect=cast("Content", content.get("expect") or {}),
        parameters=cast("Content", content.get("parameters") or {}),
        refused=content.get("refused") == "true",
        instrument=instrument,
    )


def _with_base(
    content: Content, place: Place, raw: Mapping[str, Content], seen: tuple[str, ...]
) -> dict[str, object]:
    own = dict(cast("Content", content.get("answers") or {}))
    base = content.get("based_on")
    if base is None:
        return own
    if base not in raw or base in seen:
        what = (
            f'the case is based on "{base}", which does not exist or goes in a circle'
        )
        raise _fault(place, what, "Name a case of a file beside this one.")
    below = _with_base(raw[str(base)], place, raw, (*seen, str(base)))
    return {**below, **own}


def _fault(place: Place, what: str, fix: str) -> DefinitionError:
    return DefinitionError([Problem(code="SC400", what=what, fix=fix, where=place)])


# -- running

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
    promises have to hold for every case.
    """
    expected = case.expect
    if case.instrument is not None:
        found = _score(case, case.instrument, read_file, on)
    else:
        found = _evaluate(case, questionnaire, on)
        expected = {**expected, _BROKEN: []}
    if isinstance(found, str):
        differences = [] if case.refused else [found]
    elif case.refused:
        differences = ["the answers were to be refused, and were not"]
    else:
        differences = list(_differences("", expected, found))
    if not differences:
        return None
    return Failure(case=case, differences=tuple(differences))


def _evaluate(
    case: Case, questionnaire: Questionnaire | None, on: date
) -> dict[str, object] | str:
    if questionnaire is None:
        return "there is no questionnaire to run it with"
    answers = read_answers(questionnaire, cast("Content", case.answers), on)
    if answers.problems:
        return "; ".join(map(str, answers.problems))
    evaluation = evaluate(questionnaire, answers)
    return {
        "outcome": evaluation.outcome.value,
        "findings": sorted(finding.id for finding in evaluation.findings),
        "missing": sorted(evaluation.missing),
        "undetermined": sorted(evaluation.undetermined),
        "same_day": evaluation.same_day,
        _BROKEN: sorted(evaluation.broken_promises),
        "derived": evaluation.derived,
        "scores": {
            key: {name: getattr(card, name) for name in card.__slots__}
            for key, card in evaluation.scores.items()
        },
    }


_UNORDERED = frozenset({"findings", "missing", "undetermined", _BROKEN})


def _score(
    case: Case, instrument_id: str, read_file: Callable[[str], str | None], on: date
) -> dict[str, object] | str:
    instrument, program = load_instrument(instrument_id, read_file, case.parameters)
    values = program.blank(on)
    problems = read_items(instrument, case.answers, values)
    if problems:
        return "; ".join(map(str, problems))
    card = score_card(instrument, program.work_out(values))
    return {name: getattr(card, name) for name in card.__slots__} if card else {}


def _differences(path: str, expected: object, found: object) -> Iterator[str]:
    """Yield what differs; of a map only the names that are expected are compared."""
    if isinstance(expected, dict) and isinstance(found, dict):
        yield from _different_parts(path, expected, found)
    elif isinstance(expected, list) and isinstance(found, list | tuple):
        if len(expected) != len(found):
            yield f"{path}: expected {_shown(expected)}, came {_shown(list(found))}"
            return
        for number, (part, came) in enumerate(zip(expected, found, strict=True)):
            yield from _differences(f"{path}[{number}]", part, came)
    elif not _same(expected, found):
        yield f"{path}: expected {_shown(expected)}, came {_shown(found)}"


def _different_parts(path: str, expected: Content, found: Content) -> Iterator[str]:
    for name, part in expected.items():
        where = f"{path}.{name}" if path else name
        if name not in found:
            yield f"{where}: there is no such value"
        elif name in _UNORDERED and isinstance(part, list):
            if sorted(part) != found[name]:
                yield f"{where}: expected {_shown(part)}, came {_shown(found[name])}"
        else:
            yield from _differences(where, part, found[name])


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
