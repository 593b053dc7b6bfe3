"""Are the texts for patients plain: sentences of 25 words at most, reading grade 9?

The grade is Flesch and Kincaid's (1975), for English. pyphen, whose patterns come with
the package, finds syllables; it leaves some out, so that groups of vowels are counted
too and the larger number stands. Published texts of instruments are used as they are.
"""

from __future__ import annotations

import re
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

import pyphen  # type: ignore[import-untyped] # published without types

from screening.core.check.texts import Text, help_texts_of, texts_of
from screening.core.load.workbench import Workbench
from screening.core.marks import without_marks
from screening.core.problems import Problem, Severity
from screening.core.schema import HelpFileShape, QuestionnaireShape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_WORDS = 25
"""Words in a sentence: GOV.UK's own limit for its pages."""

HIGHEST_GRADE = 9
"""School grade in the United States; clinics are told to aim at 6 to 8."""

FEWEST_WORDS = 15
"""A shorter text is too short for a grade to mean anything."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"\{[^{}|]*(?:\|([^{}]*))?\}")
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bDr)(?<!\bvs)[.!?…]+(?:[”’\"')]*)(?=\s|$)|\n\s*\n|\n\s*[-•]"
)
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeioutdy])ed$")


def prose_problems(
    questionnaire_id: str, read_file: Callable[[str], str | None]
) -> tuple[Problem, ...]:
    """Return what makes the texts for patients hard to read, as warnings in file order.

    Files that can't be read are left to the checker.
    """
    bench = Workbench(read_file)
    for text, language in _texts(bench, questionnaire_id):
        if text.reader.is_patient:
            _judge(text, language)
    told = [problem for problem in bench.problems if problem.code in {"SC511", "SC512"}]
    return tuple(told)


def _texts(bench: Workbench, folder: str) -> Iterator[tuple[Text, str]]:
    opened = bench.open(f"{folder}/questionnaire.yaml", QuestionnaireShape)
    if opened is None:
        return
    language = opened[1].language
    for text in texts_of(*opened):
        yield text, language
    helped = bench.open(f"{folder}/help.yaml", HelpFileShape)
    if helped is not None:
        for text in help_texts_of(*helped):
            yield text, language


def _judge(text: Text, language: str) -> None:
    plain = without_marks(text.text)
    long = False
    for start, sentence in _sentences(plain):
        count = len(_words(sentence))
        if count > MOST_WORDS:
            long = True
            what = f"this sentence has {count} words; {MOST_WORDS} are easy to follow"
            where = text.spot.within(text.text, _place_in(text.text, plain, start))
            fix = "Make it two sentences, or a list."
            text.spot.say("SC511", what, fix, Severity.WARNING, where=where)
    if long or language[:2] != "en":
        return
    found = grade(plain)
    if found is not None and found > HIGHEST_GRADE:
        what = f"this reads at school grade {ceil(found)}, above {HIGHEST_GRADE}"
        fix = "Use shorter sentences and everyday words."
        text.spot.say("SC512", what, fix, Severity.WARNING)


def _place_in(text: str, plain: str, start: int) -> int:
    """Return where the word at `start` of the plain text stands in the text itself."""
    found = _WORD.search(plain, start)
    if found is None:
        return 0
    before = len(re.findall(rf"\b{re.escape(found[0])}\b", plain[: found.start()]))
    places = [one.start() for one in re.finditer(rf"\b{re.escape(found[0])}\b", text)]
    return places[before] if before < len(places) else 0


def grade(text: str) -> float | None:
    """Return the reading grade of an English text, None for one that is too short.

    >>> grade("The cat sat on the mat.") is None
    True
    """
    words = _words(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for _, one in _sentences(text) if _words(one))
    per_sentence = len(words) / max(sentences, 1)
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


@cache
def syllables(word: str) -> int:
    """Return about how many syllables an English word has, one at least.

    >>> [syllables(word) for word in ("heart", "medicine", "ketamine", "looked")]
    [1, 3, 3, 1]
    """
    plain = word.lower()
    groups = len(_VOWELS.findall(_SILENT.sub("", plain)))
    return max(groups, len(_patterns().positions(plain)) + 1)


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def _words(text: str) -> list[str]:
    spoken = _PLACEHOLDER.sub(lambda found: found[1] or "one", text)
    return _WORD.findall(spoken)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence, or line of a list, with where it begins."""
    start = 0
    for found in _END.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]
