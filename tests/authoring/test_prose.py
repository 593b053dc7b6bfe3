"""Is it told which texts for patients are hard to read, and only those?"""

import pytest

from screening.authoring.prose import grade, prose_problems, syllables
from screening.core.check.texts import texts_of
from screening.core.load.workbench import Workbench
from screening.core.marks import without_marks
from screening.core.schema import QuestionnaireShape
from screening.library import shelf_for
from tests.core.building import SMALLEST

FORM = "ocd-ketamine/questionnaire.yaml"
LONG = (
    "Have you, in the weeks before today, gone up a hill or a flight of stairs and "
    "then had to stop at the top of it for a while to rest?"
)
HEAVY = (
    "Unanticipated cardiovascular complications necessitate immediate "
    "multidisciplinary consideration. Administration of anaesthetic medication "
    "requires continuous physiological observation."
)
PLAIN = (
    "We ask about your heart first. Your answers stay with us. A nurse will read them "
    "and may call you."
)


def told_of(ask, language="en"):
    """Return "code line:column" of each text that is hard to read."""
    text = SMALLEST.replace("How old are you?", f'"{ask}"')
    text = text.replace("title: Small", f"title: Small\nlanguage: {language}")
    found = prose_problems("small", {"small/questionnaire.yaml": text}.get)
    return [f"{one.code} {one.where.line}:{one.where.column}" for one in found]


def test_a_sentence_of_more_than_25_words_is_told_where_it_begins():
    assert told_of(f"Hello there. {LONG}") == ["SC511 10:38"]


def test_a_text_above_grade_9_is_told():
    assert told_of(HEAVY) == ["SC512 10:24"]


def test_a_plain_text_is_told_nothing():
    assert told_of(PLAIN) == []


def test_words_that_stand_for_a_missing_answer_count_as_one():
    few = "How long did you take {age|it} for, in weeks, at that dose or near it?"

    assert told_of(few) == []


def test_the_grade_is_of_english_only():
    assert told_of(HEAVY, "es") == []


def test_a_list_is_read_line_by_line():
    lines = "\\n- ".join(["Tell us of:", *(f"a thing of number {n}" for n in range(9))])

    assert told_of(lines) == []


def test_published_texts_are_left_as_they_are():
    text = SMALLEST + "  - {page: mood, instrument: mood}\n"
    files = {
        "small/questionnaire.yaml": text,
        "instruments/mood.yaml": f'language_version: 1\nstem: "{LONG}"\n',
    }

    assert prose_problems("small", files.get) == ()


def test_what_the_shipped_form_says_reads_at_grade_eight_or_below():
    shelf = shelf_for("ocd-ketamine")
    opened = Workbench(shelf.read).open(FORM, QuestionnaireShape)
    texts = [
        without_marks(text.text) for text in texts_of(*opened) if text.reader.is_patient
    ]

    assert len(texts) > 200
    assert grade("\n\n".join(texts)) <= 8


def test_a_file_that_can_not_be_read_is_left_to_the_checker():
    assert prose_problems("small", {"small/questionnaire.yaml": "a: [b"}.get) == ()


@pytest.mark.parametrize(
    ("word", "count"),
    [("heart", 1), ("pressure", 2), ("ketamine", 3), ("emergency", 4), ("Dr", 1)],
)
def test_syllables_are_counted_as_they_are_said(word, count):
    assert syllables(word) == count


def test_a_short_text_has_no_grade():
    assert grade("Do you have arteriovenous malformations?") is None
