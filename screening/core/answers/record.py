"""What was posted or written in an answers file -> a typed answer, or a problem.

The only place that parses numbers and dates. The answers file's form (question id ->
value, `unsure`, `prefer_not`, null) is also how drafts and submissions keep answers,
so that one reader serves the browser, the command line, tests and re-computation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from screening.core.definition import (
    NUMERIC_TYPES,
    WRITTEN_TYPES,
    Question,
    Questionnaire,
    QuestionType,
    Repeat,
)
from screening.core.instrument import (
    Instrument,
)
from screening.core.problems import Problem, did_you_mean
from screening.core.schema import NUMERAL
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    NOT_ASKED,
    STATE_WORDS,
    UNSURE,
    Entry,
    Open,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.expression.compile import Values

LONGEST_TEXT = 2000
"""Characters of free text that are kept (longer text is refused, not cut)."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,60}")
_PHONE = re.compile(r"\+?[0-9 ()./-]{5,30}", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FREE = frozenset({QuestionType.TEXT, QuestionType.PARAGRAPH})

Stored = object
"""A value of an answers file: text, number, truth, None, or lists and maps of them."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer can't be read, in words that a patient can act on."""

    message: str


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
    problems: list[Problem] = []
    for key, value in stored.items():
        holder = questionnaire.program.keys.get(key)
        if holder is None:
            what = f'there is no question "{key}"'
            fix = did_you_mean(key, questionnaire.program.keys)
            problems.append(Problem(code="SA001", what=what, fix=fix, about=key))
        elif isinstance(holder, Instrument):
            problems += read_items(holder, value, values)
        elif isinstance(holder, Repeat):
            values[holder.slot] = _entries(holder, value, problems)
        else:
            _place_question(holder, value, values, problems)
    return Answers(values=values, problems=tuple(problems))


def _place_question(
    question: Question, value: Stored, values: Values, problems: list[Problem]
) -> None:
    if question.type is QuestionType.GROUP:
        _place_parts(question, value, values, problems)
        return
    values[question.slot] = _typed_or_problem(question, value, question.key, problems)


def _place_parts(
    group: Question, value: Stored, values: Values, problems: list[Problem]
) -> None:
    if value is None:
        return
    if not isinstance(value, Mapping):
        problems.append(_problem(group.key, "write a map: part -> value"))
        return
    parts = {part.id: part for part in group.parts}
    for name, stored in value.items():
        if name in parts:
            part = parts[name]
            found = _typed_or_problem(part, stored, part.key, problems)
            values[part.slot] = found
        else:
            problems.append(_unknown_part(group.key, str(name), parts))


def read_items(instrument: Instrument, value: Stored, values: Values) -> list[Problem]:
    """Put an instrument's answers, a list or a map, into `values`; return problems.

    A list stands in item order, with or without the items that are not scored; a map
    may hold `answers`, a list of the items that it does not name.
    """
    if value is None:
        return []
    items = instrument.items
    if isinstance(value, Mapping) and isinstance(value.get("answers"), list):
        unnamed = tuple(item for item in items if item.id not in value)
        listed = value["answers"] or [None] * len(unnamed)
        rest = _in_order(unnamed, listed)
        if rest is None:
            return [_wrong_count(instrument, len(listed))]
        value = {k: v for k, v in value.items() if k != "answers"} | rest
    elif isinstance(value, list):
        listed_items = _in_order(items, value)
        if listed_items is None:
            return [_wrong_count(instrument, len(value))]
        value = listed_items
    if not isinstance(value, Mapping):
        return [_problem(instrument.key, "write a list in item order, or a map")]
    return _place_items(instrument, value, values)


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
    problems: list[Problem] = []
    by_id = {item.id: item for item in instrument.items}
    for name, stored in given.items():
        item = by_id.get(str(name))
        if item is None:
            problems.append(_unknown_part(instrument.key, str(name), by_id))
        else:
            values[item.slot] = _typed_or_problem(item, stored, item.key, problems)
    return problems


def _wrong_count(instrument: Instrument, count: int) -> Problem:
    what = f'"{instrument.key}" has {count} answers'
    fix = f"Give {len(instrument.items)}, in item order, null for one left out."
    return Problem(code="SA003", what=what, fix=fix, about=instrument.key)


def _entries(repeat: Repeat, value: Stored, problems: list[Problem]) -> object:
    if value is None:
        return LEFT_OUT
    if isinstance(value, str) and value in STATE_WORDS:
        return STATE_WORDS[value]
    if not isinstance(value, list) or len(value) > repeat.at_most:
        fix = f"write a list of at most {repeat.at_most} entries"
        problems.append(_problem(repeat.id, fix))
        return LEFT_OUT
    return [
        _entry(repeat, entry, f"{repeat.id}[{number}]", problems)
        for number, entry in enumerate(value)
    ]


def _entry(
    repeat: Repeat, entry: Stored, key: str, problems: list[Problem]
) -> list[object]:
    """Return the entry's fields in order, with room for its derived values."""
    fields: list[object] = [LEFT_OUT] * len(repeat.questions)
    fields += [None] * len(repeat.derived)
    if not isinstance(entry, Mapping):
        problems.append(_problem(key, "write a map: question -> value"))
        return fields
    by_id = {question.id: question for question in repeat.questions}
    for name, stored in entry.items():
        question = by_id.get(str(name))
        if question is None:
            problems.append(_unknown_part(key, str(name), by_id))
        else:
            place = f"{key}.{question.id}"
            found = _typed_or_problem(question, stored, place, problems)
            fields[question.position] = found
    return fields


def _typed_or_problem(
    question: Question, stored: Stored, key: str, problems: list[Problem]
) -> object:
    found = typed(question, stored)
    if isinstance(found, Refused):
        problems.append(_problem(key, found.message))
        return LEFT_OUT
    return found


def _problem(key: str, message: str) -> Problem:
    fix = message[:1].upper() + message[1:].rstrip(".") + "."
    what = f'the answer to "{key}" does not fit'
    return Problem(code="SA002", what=what, fix=fix, about=key)


def _unknown_part(key: str, name: str, known: Iterable[str]) -> Problem:
    what = f'"{key}" has no "{name}"'
    fix = did_you_mean(name, known)
    return Problem(code="SA001", what=what, fix=fix, about=f"{key}.{name}")


# -- one answer


def typed(question: Question, stored: Stored) -> object:
    """Return the value or state that `stored` says, or why it can't be read.

    The words for "not sure" and "declined" are read for every question, offered or
    not: not knowing is always a possible answer. Only free text takes them as text
    where they are not offered.

    Numbers become int or Decimal within the question's range, dates `date`, several
    options a frozenset, a pick its catalogue's Entry, an option marked unknown Open.
    """
    if isinstance(stored, float):
        stored = repr(stored)
    if stored is None or stored == "":
        return LEFT_OUT
    state = _state(question, stored)
    if state is not None:
        return state
    if question.type in NUMERIC_TYPES:
        return _number(question, stored)
    if question.type in WRITTEN_TYPES:
        return _text(question, stored)
    reader = {
        QuestionType.YES_NO: _option,
        QuestionType.CHOICE: _option,
        QuestionType.CHOICES: _options,
        QuestionType.DATE: _date,
        QuestionType.PICK: _pick,
        QuestionType.ACKNOWLEDGE: _acknowledged,
    }.get(question.type)
    return reader(question, stored) if reader else Refused("nothing is asked here")


def _state(question: Question, stored: Stored) -> State | None:
    state = STATE_WORDS.get(stored) if isinstance(stored, str) else None
    if state is None or question.option(state.word or ""):
        return None
    if question.type in _FREE:
        offered = {UNSURE: question.not_sure, DECLINED: question.prefer_not_to_say}
        return state if offered[state] else None
    return state


def _number(question: Question, stored: Stored) -> object:
    limits = _limits(question)
    numeral = str(stored).strip(" ") if isinstance(stored, str) else str(stored)
    if isinstance(stored, bool) or not NUMERAL.fullmatch(numeral):
        return Refused(_how_to_write(numeral, question, limits))
    number = Decimal(numeral)
    if question.decimals == 0 and number != number.to_integral_value():
        return Refused(f"Enter a whole number{limits}")
    if _decimals(number) > question.decimals:
        places = question.decimals
        return Refused(f"Enter a number with at most {places} decimals{limits}")
    too_low = question.low is not None and number < question.low
    if too_low or (question.high is not None and number > question.high):
        return Refused(f"Enter a number{limits}")
    whole = number.to_integral_value()
    return int(whole) if number == whole else number


def _decimals(number: Decimal) -> int:
    """Return how many decimals a number has, closing zeros left out."""
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _how_to_write(numeral: str, question: Question, limits: str) -> str:
    """Say how a number is written; most who fail here wrote a comma or a unit."""
    if question.decimals and re.fullmatch(r"\d+,\d+", numeral, re.ASCII):
        return f"Enter a number{limits}, with a point before the decimals"
    alone = " alone, in digits" if question.unit else " in digits"
    return f"Enter a number{alone}{limits and ',' + limits}"


def _limits(question: Question) -> str:
    low, high = question.low, question.high
    if low is not None and high is not None:
        return f" between {low} and {high}"
    if low is not None:
        return f" of {low} or more"
    return f" of {high} or less" if high is not None else ""


def _text(question: Question, stored: Stored) -> object:
    if not isinstance(stored, str):
        stored = str(stored)
    text = stored.strip()
    if _UNPRINTABLE.search(text):
        return Refused("Use letters, numbers and punctuation only")
    if len(text) > LONGEST_TEXT:
        return Refused(f"Use {LONGEST_TEXT} characters or fewer")
    if question.type is QuestionType.EMAIL and text and not _EMAIL.fullmatch(text):
        return Refused("Enter an email address, such as name@example.org")
    if question.type is QuestionType.PHONE and text and not _PHONE.fullmatch(text):
        return Refused("Enter a phone number, such as 01632 960 001")
    if question.type is QuestionType.MONTH and text and not _MONTH.fullmatch(text):
        return Refused("Enter a month as year and month, such as 2025-03")
    return text or LEFT_OUT


def _option(question: Question, stored: Stored) -> object:
    word = {True: "yes", False: "no"}[stored] if isinstance(stored, bool) else stored
    if isinstance(word, str) and question.type is QuestionType.YES_NO:
        word = {"true": "yes", "false": "no"}.get(word, word)
    option = question.option(str(word))
    if option is None:
        words = ", ".join(option.value for option in question.options)
        return Refused(f"Choose one of the answers: {words}")
    if option.unknown:
        return Open(option.value)
    return int(option.value) if question.numeric_options else option.value


def _options(question: Question, stored: Stored) -> object:
    words = [stored] if isinstance(stored, str) else stored
    if not isinstance(words, list):
        return Refused("Choose from the answers")
    chosen: list[str] = []
    for word in words:
        option = question.option(str(word))
        if option is None:
            return Refused("Choose from the answers")
        if option.exclusive and len(words) > 1:
            return Refused(f'Choose "{option.label}" alone, or the others')
        chosen.append(option.value)
    if len(chosen) == 1 and (only := question.option(chosen[0])) and only.unknown:
        return Open(only.value)
    return frozenset(chosen)


def _date(_: Question, stored: Stored) -> object:
    found = _DAY.fullmatch(str(stored).strip())
    if found:
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return Refused("Enter a day that exists, such as 27 3 2025")
    return Refused("Enter day, month and year, such as 27 3 2025")


def _pick(question: Question, stored: Stored) -> object:
    words = str(stored).strip()
    found = question.catalogue.find(words) if question.catalogue else None
    if found is not None:
        return found
    if question.not_listed and len(words) <= LONGEST_TEXT:
        if _UNPRINTABLE.search(words):
            return Refused("Use letters, numbers and punctuation only")
        return Entry(id="", label=words, listed=False)
    return Refused("Choose an entry of the list")


def _acknowledged(_: Question, stored: Stored) -> object:
    if stored is True or (isinstance(stored, str) and stored in {"yes", "true"}):
        return "yes"
    return Refused("Tick the box to agree")


# -- and back


def stored_form(value: object) -> Stored:
    """Return a typed value as an answers file writes it; None for left out."""
    if isinstance(value, State):
        return value.word
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Entry):
        return value.id if value.listed else value.label
    return value


def is_asked(value: object) -> bool:
    """Tell whether a value belongs to a question that was asked."""
    return value is not NOT_ASKED
