"""An answers file, or what was stored -> the list of typed values, with problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from screening.core.answers.one import Stored, typed
from screening.core.answers.refused import Refused
from screening.core.definition import Question, Questionnaire, QuestionType, Repeat
from screening.core.expression.compile import TODAY_SLOT
from screening.core.instrument import Instrument
from screening.core.problems import Problem, did_you_mean
from screening.core.values import LEFT_OUT, STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from screening.core.expression.compile import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Typed answers: the list of values, filled with what was answered.

    `problems` refuse what was read; what branching hides is not looked at here.
    """

    values: Values
    problems: tuple[Problem, ...] = ()


def read_answers(
    questionnaire: Questionnaire, stored: Mapping[str, Stored], today: date
) -> Answers:
    """Return the typed answers of `stored` on the day of submission `today`.

    A key that no page knows, and a value that does not fit, are problems (which name
    the question, never the value); what is absent is left out.
    """
    values = questionnaire.program.blank(today)
    reading = _Reading(today=today)
    problems = reading.problems
    for key, value in stored.items():
        holder = questionnaire.program.keys.get(key)
        if holder is None:
            what = f'there is no question "{key}"'
            fix = did_you_mean(key, questionnaire.program.keys)
            problems.append(Problem(code="SA001", what=what, fix=fix, about=key))
        elif isinstance(holder, Instrument):
            problems += read_items(holder, value, values)
        elif isinstance(holder, Repeat):
            values[holder.slot] = _entries(holder, value, reading)
        else:
            _place_question(holder, value, values, reading)
    return Answers(values=values, problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One pass over stored answers: the day it is for, and what was wrong so far."""

    today: date | None
    problems: list[Problem] = field(default_factory=list)

    def typed(self, question: Question, stored: Stored, key: str) -> object:
        """Return the typed answer; left out, with a problem noted, if it is none."""
        found = typed(question, stored, self.today)
        if isinstance(found, Refused):
            self.problems.append(_problem(key, found.message))
            return LEFT_OUT
        return found


def _place_question(
    question: Question, value: Stored, values: Values, reading: _Reading
) -> None:
    if question.type is QuestionType.GROUP:
        _place_parts(question, value, values, reading)
        return
    values[question.slot] = reading.typed(question, value, question.key)


def _place_parts(
    group: Question, value: Stored, values: Values, reading: _Reading
) -> None:
    problems = reading.problems
    if value is None:
        return
    if not isinstance(value, Mapping):
        problems.append(_problem(group.key, "write a map: part -> value"))
        return
    parts = {part.id: part for part in group.parts}
    for name, stored in value.items():
        if name in parts:
            part = parts[name]
            values[part.slot] = reading.typed(part, stored, part.key)
        else:
            problems.append(_unknown_part(group.key, str(name), parts))


def read_items(instrument: Instrument, value: Stored, values: Values) -> list[Problem]:
    """Put an instrument's answers, written as `by_item` says, into `values`.

    Return the problems.
    """
    if value is None:
        return []
    given = by_item(instrument, value)
    listed = given.get("answers") if isinstance(given, Mapping) else given
    if isinstance(listed, list):
        return [_wrong_count(instrument, len(listed))]
    if not isinstance(given, Mapping):
        return [_problem(instrument.key, "write a list in item order, or a map")]
    return _place_items(instrument, given, values)


def by_item(instrument: Instrument, value: Stored) -> Stored:
    """Return an instrument's answers as a map by item, however they are written.

    A list stands in item order, with or without the items that are not scored; a map
    may hold `answers`, a list of the items that it does not name. Any other value, and
    a list of another length, come back as they are.
    """
    named: dict[str, Stored] = {}
    listed = value
    if isinstance(value, Mapping) and isinstance(value.get("answers"), list):
        named = {key: given for key, given in value.items() if key != "answers"}
        listed = value["answers"]
        if not listed:
            return named
    if not isinstance(listed, list):
        return value
    unnamed = tuple(item for item in instrument.items if item.id not in named)
    rest = _in_order(unnamed, listed)
    return value if rest is None else {**named, **rest}


def _in_order(
    items: tuple[Question, ...], listed: list[Stored]
) -> dict[str, Stored] | None:
    """Return item id -> answer, None when there are too many or too few answers."""
    scored = tuple(item for item in items if item.scored)
    for chosen in (items, scored):
        if len(listed) == len(chosen):
            return dict(zip((item.id for item in chosen), listed, strict=True))
    return None


def _place_items(
    instrument: Instrument, given: Mapping[object, Stored], values: Values
) -> list[Problem]:
    reading = _Reading(today=cast("date | None", values[TODAY_SLOT]))
    problems = reading.problems
    by_id = {item.id: item for item in instrument.items}
    for name, stored in given.items():
        item = by_id.get(str(name))
        if item is None:
            problems.append(_unknown_part(instrument.key, str(name), by_id))
        else:
            values[item.slot] = reading.typed(item, stored, item.key)
    return problems


def _wrong_count(instrument: Instrument, count: int) -> Problem:
    what = f'"{instrument.key}" has {count} answers'
    fix = f"Give {len(instrument.items)}, in item order, null for one left out."
    return Problem(code="SA003", what=what, fix=fix, about=instrument.key)


def _entries(repeat: Repeat, value: Stored, reading: _Reading) -> object:
    if value is None:
        return LEFT_OUT
    if isinstance(value, str) and value in STATE_WORDS:
        return STATE_WORDS[value]
    if not isinstance(value, list) or len(value) > repeat.at_most:
        fix = f"write a list of at most {repeat.at_most} entries"
        reading.problems.append(_problem(repeat.id, fix))
        return LEFT_OUT
    return [
        _entry(repeat, entry, f"{repeat.id}[{number}]", reading)
        for number, entry in enumerate(value)
    ]


def _entry(repeat: Repeat, entry: Stored, key: str, reading: _Reading) -> list[object]:
    """Return the entry's fields in order, with room for its derived values."""
    fields: list[object] = [LEFT_OUT] * len(repeat.questions)
    fields += [None] * len(repeat.derived)
    if not isinstance(entry, Mapping):
        reading.problems.append(_problem(key, "write a map: question -> value"))
        return fields
    by_id = {question.id: question for question in repeat.questions}
    for name, stored in entry.items():
        question = by_id.get(str(name))
        if question is None:
            reading.problems.append(_unknown_part(key, str(name), by_id))
        else:
            place = f"{key}.{question.id}"
            fields[question.position] = reading.typed(question, stored, place)
    return fields


def _problem(key: str, message: str) -> Problem:
    fix = message[:1].upper() + message[1:].rstrip(".") + "."
    what = f'the answer to "{key}" does not fit'
    return Problem(code="SA002", what=what, fix=fix, about=key)


def _unknown_part(key: str, name: str, known: Iterable[str]) -> Problem:
    what = f'"{key}" has no "{name}"'
    fix = did_you_mean(name, known)
    return Problem(code="SA001", what=what, fix=fix, about=f"{key}.{name}")
