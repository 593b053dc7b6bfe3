"""How does a test get a definition: from a demonstrator's folder, or from its text?"""

from datetime import date
from pathlib import Path
from textwrap import dedent

from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.core.load import load, load_instrument
from screening.core.problems import DefinitionError
from screening.library import shelf_for

DEFINITIONS = Path(__file__).parent.parent / "definitions"
TODAY = date(2026, 3, 15)

SMALLEST = """\
language_version: 1
questionnaire: small
version: "1"
title: Small
pages:
  - page: first
    title: First
    questions:
      - {id: age, ask: How old are you?, type: integer, unit: year, range: [0, 120]}
"""


BOOK = {
    "small/sources.yaml": """\
        language_version: 1
        sources: {book: {ref: A book., basis: read}}
        """
}
"""The bibliography that there is unless a test gives another."""


def demonstrator(name):
    """Return the questionnaire in tests/definitions/NAME."""
    shelf = shelf_for(DEFINITIONS / name, DEFINITIONS)
    return load(shelf.questionnaire_id, shelf.read)


def from_text(text, files=None):
    """Return the questionnaire that `text` says; `files` maps other names to texts."""
    named = {"small/questionnaire.yaml": text, **BOOK, **(files or {})}
    return load("small", {name: dedent(text) for name, text in named.items()}.get)


def problems_of(text, files=None):
    """Return "code file:line:column" of every problem, in file order."""
    try:
        from_text(text, files)
    except DefinitionError as error:
        return [f"{p.code} {p.where.line}:{p.where.column}" for p in error.problems]
    return []


def messages_of(text, files=None):
    """Return what is said of every problem, in file order."""
    try:
        from_text(text, files)
    except DefinitionError as error:
        return [f"{p.what} — {p.fix}" for p in error.problems]
    return []


def instrument_from_text(text, name="scale", parameters=None):
    """Return the instrument alone, with its program."""
    return load_instrument(
        name, {f"instruments/{name}.yaml": dedent(text)}.get, parameters
    )


def answered(questionnaire, **stored):
    """Return the typed answers; a test of something else gives only good ones."""
    answers = read_answers(questionnaire, stored, TODAY)
    assert answers.problems == ()
    return answers


def judged(questionnaire, **stored):
    """Return the evaluation of these answers."""
    return evaluate(questionnaire, answered(questionnaire, **stored))
