"""Is everything that the program says in a PDF there in each language?"""

import re
from datetime import date
from string import Formatter

import pytest

from docs.make_words import renewed, texts
from screening.report.pdf import render
from screening.tongue import SOURCE, WORDS, catalogue, day, languages, say, speaking
from tests.report.patients import full, in_spanish
from tests.report.test_pdf import NEVER_SAID, text_of

OTHERS = [language for language in languages() if language != SOURCE]


def names_in(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_spanish_is_spoken():
    assert "es" in OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language):
    # Where the texts changed: make words, and translate what is new.
    assert (WORDS / f"{language}.po").read_text("utf-8") == renewed(language)
    assert [text for text in texts() if text not in catalogue(language)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_to_fill_in(language):
    differ = [
        text
        for text, said in catalogue(language).items()
        if names_in(text) != names_in(said) or text[:1].isspace() != said[:1].isspace()
    ]

    assert differ == []


def test_what_is_not_known_in_a_language_is_said_in_english():
    with speaking("es"):
        assert say("Nobody ever said that {count} times", count=3).endswith("3 times")
    with speaking("tlh"):
        assert say("Question") == "Question"


def test_a_language_ends_where_its_block_ends():
    with speaking("es-MX"):
        assert say("Question") == "Pregunta"
        assert day(date(2026, 2, 3)) == "3 de febrero de 2026"

    assert say("Question") == "Question"
    assert day(date(2026, 2, 3)) == "3 February 2026"


def test_a_summary_in_spanish_says_the_same_in_spanish():
    english, spanish = full(), in_spanish(full_too=True)

    assert spanish.outcome.outcome is english.outcome.outcome
    assert [f.id for f in spanish.findings] == [f.id for f in english.findings]
    text = " ".join(text_of(render(spanish)).split())
    assert "Resultado: Urgente" in text
    assert "URGENTE: hable con el paciente ahora" in text
    assert "23 de noviembre de 2026" in text
    left = [
        word
        for word in ("Question", "Answer", "Reported", "Outcome", "Not asked", "Page")
        if re.search(rf"\b{word}\b", text)
    ]
    assert left == []


def test_nothing_that_is_never_said_is_said_in_spanish():
    said = " ".join(catalogue("es").values()).lower()

    assert [phrase for phrase in NEVER_SAID if phrase.lower() in said] == []
    for phrase in (
        "es apto",
        "candidato",
        "sin riesgo",
        "milagro",
        "seguro para usted",
    ):
        assert phrase not in said
