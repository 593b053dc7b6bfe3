"""Which answers are read, as what, and which are refused?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from screening.core.answers import (
    LONGEST_TEXT,
    Refused,
    read_answers,
    read_items,
    stored_form,
    typed,
)
from screening.core.values import DECLINED, LEFT_OUT, UNSURE, Open
from tests.core.building import TODAY, answered, demonstrator, instrument_from_text
from tests.core.test_load_instruments import SCALE

EVERY = demonstrator("every-type")
REPEATS = demonstrator("repeats")


def read(question_id, stored):
    return typed(EVERY.questions[question_id], stored)


@pytest.mark.parametrize(
    "written",
    [
        *("sNaN", "NaN", "nan", "-nan", "inf", "-Infinity", "1e5", "1E5", "1e1000000"),
        *("1_0", "٣", "\uff13", "²", "+1", "0x1", "1,5", "--1", "1.", ".5", "1.2.3"),
        *("1 2", "1\n", "1\t", "1\x00", "one", "true", "½", "1e-1", "0b1", "∞", "-"),
        *("1234567890", "1.23456", "1" * 5000),
    ],
)
@pytest.mark.parametrize("question_id", ["children", "weight", "pain", "since"])
def test_a_number_is_plain_short_and_ascii(question_id, written):
    assert isinstance(read(question_id, written), Refused)


@pytest.mark.parametrize("stored", [True, False, [], ["1"], {}, {"a": "1"}, 1.5e300])
def test_a_number_is_nothing_but_a_number(stored):
    assert isinstance(read("children", stored), Refused)


@pytest.mark.parametrize(
    ("question_id", "stored", "value"),
    [
        ("children", "0", 0),
        ("children", 0, 0),
        ("children", "20", 20),
        ("children", " 3 ", 3),
        ("children", "3.0", 3),
        ("children", 3.0, 3),
        ("children", "003", 3),
        ("children", "-0", 0),
        ("weight", "62.5", Decimal("62.5")),
        ("weight", 62.5, Decimal("62.5")),
        ("weight", "62.50", Decimal("62.5")),
        ("weight", "62", 62),
        ("pain", "10", 10),
        ("since", "1999", 1999),
    ],
)
def test_a_number_is_read_exactly(question_id, stored, value):
    assert read(question_id, stored) == value


@pytest.mark.parametrize(
    ("question_id", "stored", "said"),
    [
        ("children", "21", "between 0 and 20"),
        ("children", "-1", "between 0 and 20"),
        ("children", "1.5", "whole number between 0 and 20"),
        ("weight", "62.55", "at most 1 decimals between 25 and 350"),
        ("weight", "24.9", "between 25 and 350"),
        ("weight", "sNaN", "between 25 and 350"),
    ],
)
def test_a_refusal_names_the_range_and_never_the_answer(question_id, stored, said):
    refused = read(question_id, stored)

    assert said in refused.message
    assert stored not in refused.message


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (None, LEFT_OUT),
        ("", LEFT_OUT),
        ("unsure", UNSURE),
        ("prefer_not", DECLINED),
    ],
)
@pytest.mark.parametrize(
    "question_id",
    [
        *("smokes", "colour", "how_often", "tried", "pain", "children", "born"),
        *("fruit", "any_fruit", "began", "email", "phone", "agreed"),
    ],
)
def test_not_knowing_is_always_a_possible_answer(question_id, stored, value):
    assert read(question_id, stored) is value


def test_free_text_takes_the_words_for_not_knowing_only_where_they_are_offered():
    offered = replace(EVERY.questions["nickname"], not_sure=True)

    assert typed(offered, "unsure") is UNSURE
    assert typed(offered, "prefer_not") == "prefer_not"


def test_nothing_is_a_choice_but_not_a_word_of_text():
    assert read("nickname", "unsure") == "unsure"
    assert read("nickname", "") is LEFT_OUT
    assert read("nickname", "   ") is LEFT_OUT


@pytest.mark.parametrize(
    ("stored", "value"),
    [("yes", "yes"), ("no", "no"), (True, "yes"), (False, "no"), ("true", "yes")],
)
def test_yes_and_no_may_be_written_as_truths(stored, value):
    assert read("smokes", stored) == value


@pytest.mark.parametrize("stored", ["Yes", "maybe", "1", 1, 0, [], ["yes"], "yes\n"])
def test_yes_and_no_are_all_that_such_a_question_takes(stored):
    assert isinstance(read("smokes", stored), Refused)


def test_a_comma_before_decimals_is_told_to_be_a_point():
    assert "with a point before the decimals" in read("weight", "70,5").message


def test_an_option_is_read_by_its_value_and_a_whole_number_as_one():
    assert read("colour", "red") == "red"
    assert read("how_often", "2") == 2
    assert read("how_often", 2) == 2
    assert isinstance(read("colour", "Red"), Refused)
    assert isinstance(read("how_often", "3"), Refused)


def test_an_option_that_leaves_the_matter_open_is_kept_and_unknown():
    chosen = read("colour", "other")

    assert isinstance(chosen, Open)
    assert chosen.word == "other"


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (["walking"], frozenset({"walking"})),
        (["walking", "swimming"], frozenset({"walking", "swimming"})),
        (["walking", "walking"], frozenset({"walking"})),
        ("walking", frozenset({"walking"})),
        (["none"], frozenset({"none"})),
    ],
)
def test_several_options_are_a_set(stored, value):
    assert read("tried", stored) == value


@pytest.mark.parametrize(
    "stored", [["walking", "none"], ["flying"], [["walking"]], {"walking": "yes"}, 3]
)
def test_options_that_exclude_each_other_or_do_not_exist_are_refused(stored):
    assert isinstance(read("tried", stored), Refused)


@pytest.mark.parametrize(
    ("stored", "value"),
    [("2024-02-29", date(2024, 2, 29)), (" 1999-12-31 ", date(1999, 12, 31))],
)
def test_a_date_is_a_day_of_the_calendar(stored, value):
    assert read("born", stored) == value


@pytest.mark.parametrize(
    "stored",
    [
        *("2023-02-29", "2024-13-01", "2024-00-10", "0000-01-01", "2024-1-1"),
        *("24-01-01", "2024/01/01", "٢٠٢٤-01-01", "2024-01-01T00:00", 20240101, []),
    ],
)
def test_a_day_that_does_not_exist_is_refused(stored):
    assert isinstance(read("born", stored), Refused)


@pytest.mark.parametrize(
    ("question_id", "good", "bad"),
    [
        ("began", "2025-03", "2025-13"),
        ("began", "1900-01", "0000-05"),
        ("began", "2026-12", "1899-12"),
        ("email", "a@b.org", "a@b"),
        ("email", "a.b+c@d.example", "a b@c.org"),
        ("email", "ä@ö.org", "a@b.org\nBcc: x@y.org"),
        ("phone", "+44 (0)1632 960-001", "call me"),
        ("phone", "01632.960.001", "01632;960"),
        ("agreed", "yes", "no"),
        ("agreed", True, False),
    ],
)
def test_written_answers_of_a_kind_have_its_form(question_id, good, bad):
    assert not isinstance(read(question_id, good), Refused)
    assert isinstance(read(question_id, bad), Refused)


def test_text_is_kept_up_to_the_limit_and_refused_beyond():
    assert read("story", "x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    assert isinstance(read("story", "x" * (LONGEST_TEXT + 1)), Refused)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\ud800"])
def test_text_holds_no_control_characters(sign):
    assert isinstance(read("story", f"a{sign}b"), Refused)
    assert isinstance(read("any_fruit", f"a{sign}b"), Refused)


@pytest.mark.parametrize(
    "text", ["Łódź عربي 漢字 🙂", "two\nlines", "<b>&\"'", "{age}"]
)
def test_text_is_otherwise_free(text):
    assert read("story", text) == text


@pytest.mark.parametrize("words", ["apple", "Apple", " APPLE ", "golden", "malus"])
def test_an_entry_is_found_by_id_label_brand_and_synonym(words):
    assert read("fruit", words).id == "apple"


def test_what_is_not_on_the_list_is_kept_in_own_words_where_that_is_offered():
    assert isinstance(read("fruit", "quince"), Refused)

    quince = read("any_fruit", "quince")

    assert (quince.id, quince.label, quince.listed) == ("", "quince", False)


def test_a_note_takes_no_answer():
    assert isinstance(read("intro", "x"), Refused)


@pytest.mark.parametrize(
    ("question_id", "stored"),
    [
        ("smokes", "yes"),
        ("smokes", "unsure"),
        ("smokes", "prefer_not"),
        ("colour", "other"),
        ("how_often", 2),
        ("tried", ["swimming", "walking"]),
        ("children", 3),
        ("weight", "62.5"),
        ("born", "2024-02-29"),
        ("story", "two\nlines"),
        ("fruit", "apple"),
        ("any_fruit", "quince"),
        ("agreed", "yes"),
        ("children", None),
    ],
)
def test_what_is_stored_is_read_back_the_same(question_id, stored):
    assert stored_form(read(question_id, stored)) == stored


# -- a whole file


def codes_and_keys(questionnaire, stored):
    problems = read_answers(questionnaire, stored, TODAY).problems
    return [(problem.code, problem.about) for problem in problems]


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ({"nope": "1"}, ("SA001", "nope")),
        ({"intro": "x"}, ("SA001", "intro")),
        ({"children": "x"}, ("SA002", "children")),
        ({"walk": "x"}, ("SA002", "walk")),
        ({"walk": {"minutes": "x"}}, ("SA002", "walk.minutes")),
        ({"walk": {"nope": "x"}}, ("SA001", "walk.nope")),
        ({"walk.minutes": "3"}, ("SA001", "walk.minutes")),
    ],
)
def test_an_answer_that_does_not_fit_is_told_by_its_key(stored, problem):
    assert codes_and_keys(EVERY, stored) == [problem]


@pytest.mark.parametrize(
    ("stored", "problem"),
    [
        ("x", ("SA002", "baskets")),
        ([{}] * 4, ("SA002", "baskets")),
        (["x"], ("SA002", "baskets[0]")),
        ([{}, {"nope": 1}], ("SA001", "baskets[1].nope")),
        ([{}, {"count": "x"}], ("SA002", "baskets[1].count")),
    ],
)
def test_an_entry_that_does_not_fit_is_told_by_its_number(stored, problem):
    assert codes_and_keys(REPEATS, {"baskets": stored}) == [problem]


def test_every_answer_that_does_not_fit_is_told():
    stored = {"nope": "1", "children": "x", "born": "x", "walk": {"alone": "x"}}

    assert len(codes_and_keys(EVERY, stored)) == 4


def test_no_message_shows_what_was_answered():
    private = "my-secret-answer"
    stored = dict.fromkeys(
        ("smokes", "colour", "tried", "pain", "born", "fruit", "email", "walk"), private
    )

    problems = read_answers(EVERY, stored, TODAY).problems

    assert len(problems) == 8
    assert private not in "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("stored", "value"),
    [(None, LEFT_OUT), ("unsure", UNSURE), ("prefer_not", DECLINED), ([], [])],
)
def test_an_empty_list_says_there_are_none_and_nothing_says_nothing(stored, value):
    answers = answered(REPEATS, baskets=stored)

    assert answers.values[REPEATS.repeats["baskets"].slot] == value


def test_an_absent_answer_is_left_out():
    assert answered(EVERY).values == answered(EVERY, smokes=None, walk=None).values


def test_the_order_of_the_answers_does_not_matter():
    stored = {"children": "3", "smokes": "yes", "weight": "70"}
    turned = dict(reversed(stored.items()))

    assert answered(EVERY, **stored).values == answered(EVERY, **turned).values


# -- instruments

GATED = SCALE.replace(
    "  - {ask: One?}", "  - {id: gate, ask: G?, scored: false}\n  - {ask: One?, id: q1}"
)


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ([1, 2], [LEFT_OUT, 1, 2]),
        ([0, 1, 2], [0, 1, 2]),
        ([None, 1, None], [LEFT_OUT, 1, LEFT_OUT]),
        ({"q1": 1}, [LEFT_OUT, 1, LEFT_OUT]),
        ({"gate": 2, "answers": [1, 0]}, [2, 1, 0]),
        ({"gate": 0, "answers": []}, [0, LEFT_OUT, LEFT_OUT]),
        ({"answers": ["0", "1", "2"]}, [0, 1, 2]),
        (None, [LEFT_OUT, LEFT_OUT, LEFT_OUT]),
    ],
)
def test_items_are_given_in_order_or_by_name(given, values):
    instrument, program = instrument_from_text(
        GATED.replace("{ask: Two?}", "{id: q2, ask: Two?}")
    )
    record = program.blank(TODAY)

    problems = read_items(instrument, given, record)

    assert problems == []
    assert [record[item.slot] for item in instrument.items] == values


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([1], ("SA003", "scale")),
        ([1, 1, 1, 1], ("SA003", "scale")),
        ("1", ("SA002", "scale")),
        ({"q9": 1}, ("SA001", "scale.q9")),
        ({"q1": 9}, ("SA002", "scale.q1")),
        ([1, 9], ("SA002", "scale.q2")),
        ({"gate": 1, "answers": [1]}, ("SA003", "scale")),
        ({"gate": 1, "answers": [1, 1, 1]}, ("SA003", "scale")),
    ],
)
def test_items_that_do_not_fit_are_told_by_their_key(given, problem):
    instrument, program = instrument_from_text(
        GATED.replace("{ask: Two?}", "{id: q2, ask: Two?}")
    )

    problems = read_items(instrument, given, program.blank(TODAY))

    assert [(p.code, p.about) for p in problems] == [problem]
