"""One answer: what was posted or stored -> a typed value or state, and back again."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

from screening.core.answers.dates import read_day, read_month
from screening.core.answers.numbers import read_number
from screening.core.answers.refused import Refused
from screening.core.definition import (
    NUMERIC_TYPES,
    WRITTEN_TYPES,
    Question,
    QuestionType,
)
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    NOT_ASKED,
    STATE_WORDS,
    UNSURE,
    Entry,
    Measured,
    Open,
    State,
)

Stored = object
"""A value of an answers file: text, number, truth, None, or lists and maps of them."""

LONGEST_TEXT = 2000
"""Characters of free text that are kept (longer text is refused, not cut)."""

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,60}")
_PHONE = re.compile(r"\+?[0-9 ()./-]{5,30}", re.ASCII)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FREE = frozenset({QuestionType.TEXT, QuestionType.PARAGRAPH})


def typed(question: Question, stored: Stored, today: date | None = None) -> object:
    """Return the value or state that `stored` says, or why it can't be read.

    The words for "not sure" and "declined" are read for every question, offered or
    not: not knowing is always a possible answer. Only free text takes them as text
    where they are not offered.

    Numbers become int or Decimal within the question's range, dates `date`, several
    options a frozenset, a pick its catalogue's Entry, an option marked unknown Open.
    `today` is the day of submission; without it, limits counted from today are not
    looked at.
    """
    if isinstance(stored, float):
        stored = repr(stored)
    if stored is None or stored == "":
        return LEFT_OUT
    state = _state(question, stored)
    if state is not None:
        return state
    if question.type in NUMERIC_TYPES:
        return read_number(question, stored)
    if question.type is QuestionType.DATE:
        return read_day(question, stored, today)
    if question.type is QuestionType.MONTH:
        return read_month(question, stored, today)
    if question.type in WRITTEN_TYPES:
        return _text(question, stored)
    reader = _READERS.get(question.type)
    return reader(question, stored) if reader else Refused("nothing is asked here")


def _state(question: Question, stored: Stored) -> State | None:
    state = STATE_WORDS.get(stored) if isinstance(stored, str) else None
    if state is None or question.option(state.word or ""):
        return None
    if question.type in _FREE:
        offered = {UNSURE: question.not_sure, DECLINED: question.prefer_not_to_say}
        return state if offered[state] else None
    return state


def _text(question: Question, stored: Stored) -> object:
    if not isinstance(stored, str):
        stored = str(stored)
    text = stored.strip()
    if _UNPRINTABLE.search(text):
        return Refused("Use letters, numbers and punctuation only")
    if len(text) > LONGEST_TEXT:
        return Refused("Use {most} characters or fewer", {"most": LONGEST_TEXT})
    if question.type is QuestionType.EMAIL and text and not _EMAIL.fullmatch(text):
        return Refused("Enter an email address, such as name@example.org")
    if question.type is QuestionType.PHONE and text and not _PHONE.fullmatch(text):
        return Refused("Enter a phone number, such as 01632 960 001")
    return text or LEFT_OUT


def _option(question: Question, stored: Stored) -> object:
    word = {True: "yes", False: "no"}[stored] if isinstance(stored, bool) else stored
    if isinstance(word, str) and question.type is QuestionType.YES_NO:
        word = {"true": "yes", "false": "no"}.get(word, word)
    option = question.option(str(word))
    if option is None:
        words = ", ".join(option.value for option in question.options)
        return Refused("Choose one of the answers: {words}", {"words": words})
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
            return Refused(
                'Choose "{option}" alone, or the others',
                {"option": option.label},
            )
        chosen.append(option.value)
    if len(chosen) == 1 and (only := question.option(chosen[0])) and only.unknown:
        return Open(only.value)
    return frozenset(chosen)


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


_READERS = {
    QuestionType.YES_NO: _option,
    QuestionType.CHOICE: _option,
    QuestionType.CHOICES: _options,
    QuestionType.PICK: _pick,
    QuestionType.ACKNOWLEDGE: _acknowledged,
}

# -- and back


def shown_form(stored: Stored) -> str:
    """Return a stored answer as a line of an answers file would say it.

    >>> shown_form({"had": "yes", "sessions": 13})
    '{"had": "yes", "sessions": 13}'
    >>> shown_form(None)
    'left out'
    """
    if stored is None:
        return "left out"
    if isinstance(stored, dict | list):
        return json.dumps(stored, ensure_ascii=False, default=str)
    return str(stored)


def stored_form(value: object) -> Stored:
    """Return a typed value as an answers file writes it; None for left out."""
    if isinstance(value, State):
        return value.word
    if isinstance(value, Measured):
        return value.said
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
