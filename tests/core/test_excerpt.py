"""Does the line under a complaint show where it points, however long or odd it is?"""

from screening.core.excerpt import WIDEST, excerpt
from screening.core.problems import Place


def test_a_caret_stands_under_the_column():
    line, caret = excerpt("one: 1\n  two: yes", Place("f", 2, 8))

    assert line == "  two: yes"
    assert line[caret.index("^")] == "y"


def test_a_long_line_is_cut_around_the_place():
    text = "a" * 300 + "X" + "b" * 300

    line, caret = excerpt(text, Place("f", 1, 301))

    assert len(line) == WIDEST
    assert line[caret.index("^")] == "X"
    assert line.startswith("…")
    assert line.endswith("…")


def test_a_tab_and_a_control_character_take_one_column_each():
    line, caret = excerpt("a\tb\x1bX", Place("f", 1, 5))

    assert line == "a b X"
    assert caret == "    ^"


def test_a_place_after_the_end_of_a_line_is_shown_there():
    line, caret = excerpt("ab", Place("f", 1, 9))

    assert (line, caret) == ("ab", "  ^")


def test_a_line_that_is_not_there_is_empty():
    assert excerpt("ab", Place("f", 7, 1)) == ("", "^")
