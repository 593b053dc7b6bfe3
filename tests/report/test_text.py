"""Does text that people typed come onto paper as it stands, or with a visible mark?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config

from screening.report.scripts import TURNED
from screening.report.text import MARK, Pen, faces
from tests.report.patients import NAMES


def lines_of(text, width=200.0):
    regular, _ = faces()
    return Pen().lines(text, regular, 9, width)


@pytest.mark.parametrize("text", ["Łódź", "Ελλάδα", "Киев", "naïve café", "3 × 5 − 2"])
def test_scripts_that_the_typeface_has_are_drawn_as_typed(text):
    shown = Pen().clean(text)

    assert shown == text


@pytest.mark.parametrize("text", ["\U00012000", "\x00\x07", "\ue000"])
def test_what_can_not_be_drawn_becomes_one_visible_mark(text):
    pen = Pen()

    shown = pen.clean(f"before {text} after")

    assert shown == f"before {MARK} after"
    assert pen.marks == 1


@pytest.mark.parametrize("text", [*NAMES.values(), "می‌خواهم", "한글", "ひらがな"])
def test_other_scripts_are_drawn_as_typed(text):
    pen = Pen()

    shown = pen.clean(text)

    assert shown == text.replace("\ufe0f", "")
    assert pen.marks == 0


def test_a_line_of_two_directions_stands_in_the_order_that_is_read():
    regular, _ = faces()

    runs = regular.runs("abc שלום 42 xyz")

    assert [run.text for run in runs] == ["abc ", "42", " ", "שלום", " xyz"]
    assert [bool(run.font) for run in runs] == [False, False, False, True, False]


def test_every_line_of_a_paragraph_from_the_right_begins_at_the_right():
    lines = lines_of("שלום abc " * 20)

    assert len(lines) > 2
    assert all(line.startswith(TURNED) for line in lines)


def test_letters_that_join_are_drawn_as_one():
    regular, _ = faces()

    [run] = regular.runs("لا")

    assert [glyph.text for glyph in run.glyphs] == ["لا"]


@given(st.text(st.sampled_from("aשع क्ि漢👩\u200d⚕🏽( )1\u0301"), max_size=40))
def test_the_glyphs_of_a_run_say_all_of_it_in_the_order_of_writing(text):
    regular, _ = faces()

    for run in regular.runs(Pen().clean(text)):
        glyphs = reversed(run.glyphs) if run.is_turned else run.glyphs
        said = "".join(glyph.text for glyph in glyphs).replace("\u200b", "")
        assert said == (run.text if run.font else "")


def test_a_black_square_never_stands_for_a_missing_character():
    shown = Pen().clean("a\u25a0b")

    assert shown == f"a{MARK}b"


def test_controls_of_direction_are_taken_out():
    shown = Pen().clean("a\u202eb\u2066c\u200d")

    assert shown == "abc"


def test_markup_stays_the_text_it_is():
    markup = '<img src="/etc/hostname"/><b>&amp;'

    assert lines_of(markup, 1000) == [markup]


def test_line_breaks_stay():
    assert lines_of("one\ntwo") == ["one", "two"]


def test_a_word_wider_than_the_line_is_broken_and_kept_whole():
    word = "x" * 5000

    lines = lines_of(word)

    assert "".join(lines) == word
    assert len(lines) > 100


HARD = st.text(st.sampled_from("aשع क्ि漢👩\u200d\u200c⚕🏽( )1\u0301\n"), max_size=200)


@given(st.one_of(st.text(max_size=300), HARD), st.floats(20, 500))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text, width):
    pen = Pen()
    regular, _ = faces()

    lines = pen.lines(text, regular, 9, width)

    assert all(regular.width(line, 9) <= width + 0.01 for line in lines)
    kept = "".join("".join(lines).replace(TURNED, "").split())
    assert kept == "".join(pen.clean(text).split())


@given(HARD)
def test_any_mixture_can_be_drawn(text):
    regular, bold = faces()
    pen = Pen()

    for face in (regular, bold):
        for line in pen.lines(text, face, 9, 25.0):
            assert all(run.font or run.text.isprintable() for run in face.runs(line))


@pytest.mark.parametrize(
    "part", ["عx", "👩\u200d", "क्", "(ש", "漢字", "é\u0301", "\u200d"]
)
def test_a_word_without_end_of_any_script_is_broken(part):
    lines = lines_of("a" + part * 1500)

    assert len(lines) > 1 or part == "\u200d"


def test_nothing_may_be_fetched_by_what_a_text_says():
    assert rl_config.trustedHosts == []
    assert rl_config.trustedSchemes == []
