"""In which language is said what the program itself says? English, or a catalogue's.

`say` looks a text up in the catalogue of the language that `speaking` has set, a file
of gettext beside this one (`words/es.po`), and gives the English itself where there is
none. What a questionnaire says is translated beside the questionnaire.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

SOURCE = "en"
"""The language that the texts in the code are in."""

WORDS = Path(__file__).resolve().parent / "words"

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are words of."""
    return (SOURCE, *sorted(path.stem for path in WORDS.glob("*.po")))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have `say` speak `language` inside of the block; one that is unknown is English.

    A region is left aside: "es-MX" is "es".
    """
    before = _language.get()
    speak(language)
    try:
        yield
    finally:
        speak(before)


def speak(language: str) -> None:
    """Have `say` speak `language` from now on, in this thread or task."""
    _language.set(language.partition("-")[0])


def say(text: str, **values: object) -> str:
    """Return a text of the program in the language that is spoken.

    `values` are put in for the {names} in it.
    """
    said = catalogue(_language.get()).get(text, text)
    return said.format(**values) if values else said


def noted(text: str) -> str:
    """Return a text as it is, to be said later; it is found for translation."""
    return text


def spoken() -> str:
    """Return the language that is spoken."""
    language = _language.get()
    return language if language in languages() else SOURCE


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the texts of a language by the English ones; none for English."""
    path = WORDS / f"{language}.po"
    if language not in languages() or not path.is_file():
        return {}
    with path.open("rb") as file:
        texts = read_po(file, locale=language)
    return {
        str(text.id): str(text.string)
        for text in texts
        if text.id and text.string and not text.fuzzy
    }


def day(value: date) -> str:
    """Return a day with the month's name, which is read alike everywhere."""
    language = spoken()
    # The same for both sides of the Atlantic, which turn the numbers around.
    style = "d MMMM y" if language == SOURCE else "long"
    return str(format_date(value, style, locale=language))


def listed(words: Sequence[str]) -> str:
    """Return words as a list within a sentence: `a, b and c`."""
    language = spoken()
    # British usage, as everywhere in these texts: no comma before the last one.
    locale = "en_GB" if language == SOURCE else language
    return str(format_list(list(words), locale=locale))


def month(value: date) -> str:
    """Return a month and its year."""
    return str(format_skeleton("yMMMM", value, locale=spoken()))
