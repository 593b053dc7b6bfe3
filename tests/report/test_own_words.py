"""Does everything that was typed stand in one place, and exactly as it was typed?"""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from screening.report.chart import chart_of
from screening.report.own_words import own_words_of
from tests.core.building import from_text, judged
from tests.report.patients import full, nearly_empty, record_of, summary_of, worked

ASKED = """\
language_version: 1
questionnaire: small
version: "1"
title: Small
pages:
  - page: one
    title: "One"
    questions:
      - id: hope
        ask: "What do you hope for?"
        short: "Hope"
        type: paragraph
        required: false
      - id: likes
        ask: "Tea?"
        short: "Tea"
        type: yes_no
        required: false
      - id: where
        ask: "Where?"
        short: "Where"
        type: group
        questions:
          - {id: town, ask: "Town?", short: "Town", type: text, required: false}
          - {id: floor, ask: "Floor?", short: "Floor", type: integer, required: false}
  - page: two
    title: "Two"
    repeat: tried
    any: "Did you try anything?"
    entry: "Try"
    short: "Tried"
    questions:
      - id: what
        ask: "What?"
        short: "What"
        type: text
"""
PRINTABLE = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1
).filter(lambda text: text.strip() == text)


@cache
def _asked():
    return from_text(ASKED)


def written(**answers):
    questionnaire = _asked()
    chart = chart_of(questionnaire, judged(questionnaire, **answers))
    return [(line.label, line.text) for line in own_words_of(chart)]


def test_only_what_was_typed_is_gathered():
    where = {"town": "Leeds", "floor": 3}

    found = written(hope="Sleep.", likes="yes", where=where)

    assert found == [("Hope", "Sleep."), ("Where: Town", "Leeds")]


def test_entries_of_a_list_say_which_one_they_are():
    found = written(tried=[{"what": "Running"}, {"what": "Singing"}])

    assert found == [("Try 1: What", "Running"), ("Try 2: What", "Singing")]


def test_lines_stay_lines():
    text = "First.\n\n  Second,   with blanks.\nThird <b>."

    assert written(hope=text) == [("Hope", text)]


@given(text=PRINTABLE)
def test_nothing_is_cleaned_or_cut(text):
    assert written(tried=[{"what": text}]) == [("Try 1: What", text)]


def test_what_a_list_did_not_have_is_the_patients_own_word():
    taken = [{"medicine": "Grandmother's drops", "dose": "two spoons"}]

    summary = summary_of(record_of({"medicines": taken}))

    assert [line.text for line in summary.own_words] == [
        "Grandmother's drops",
        "two spoons",
    ]


def test_a_listed_medicine_is_not_the_patients_own_word():
    texts = {line.text for line in worked("R1").own_words}

    assert not any(line.startswith("Sertraline") for line in texts)


def test_a_form_in_which_nothing_was_written_has_none():
    assert nearly_empty().own_words == ()


def test_every_written_text_stands_among_all_answers_too():
    summary = full()
    shown = [line.text for page in summary.pages for line in page.lines]

    assert summary.own_words
    assert all(any(line.text in text for text in shown) for line in summary.own_words)
