"""Does text that people typed come onto paper as it stands, or with a visible mark?"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab import rl_config

from screening.report.text import MARK, Pen, faces


def lines_of(text, width=200.0):
    regular, _ = faces()
    return Pen().lines(text, regular, 9, width)


@pytest.mark.parametrize("text", ["Łódź", "Ελλάδα", "Киев", "naïve café", "3 × 5 − 2"])
def test_scripts_that_the_typeface_has_are_drawn_as_typed(text):
    shown = Pen().clean(text)

    assert shown == text


@pytest.mark.parametrize("text", ["عربي", "漢字", "שלום", "\x00\x07", "\ue000"])
def test_what_can_not_be_drawn_becomes_one_visible_mark(text):
    pen = Pen()

    shown = pen.clean(f"before {text} after")

    assert shown == f"before {MARK} after"
    assert pen.marks == 1


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


@given(st.text(max_size=300), st.floats(20, 500))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text, width):
    pen = Pen()
    regular, _ = faces()

    lines = pen.lines(text, regular, 9, width)

    assert all(regular.width(line, 9) <= width + 0.01 for line in lines)
    kept = "".join("".join(lines).split())
    assert kept == "".join(pen.clean(text).split())


def test_breaking_takes_time_in_step_with_length():
    def seconds(count):
        started = time.process_time()
        lines_of("x" * count)
        return time.process_time() - started

    seconds(1000)
    short = min(seconds(20_000) for _ in range(3))
    long = min(seconds(200_000) for _ in range(3))

    assert long < short * 40


def test_nothing_may_be_fetched_by_what_a_text_says():
    assert rl_config.trustedHosts == []
    assert rl_config.trustedSchemes == []
