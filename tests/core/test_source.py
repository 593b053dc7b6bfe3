"""Which texts are refused before anyone asks what they mean, and where?"""

import pytest

from screening.core.problems import DefinitionError, Place
from screening.core.source import (
    DEEPEST,
    MOST_BYTES,
    Mapping,
    place_of,
    plain,
    read_text,
)


def refused(text):
    with pytest.raises(DefinitionError) as caught:
        read_text(text, "q.yaml")
    (problem,) = caught.value.problems
    return problem.code, str(problem.where)


def test_every_scalar_stays_the_text_that_was_written():
    text = "a: no\nb: on\nc: 1:30\nd: 012\ne: 2024-13-45\nf: 1e5\ng: 'null'\nh: 0x10\n"

    found = plain(read_text(text, "q.yaml"))

    assert found == {
        "a": "no",
        "b": "on",
        "c": "1:30",
        "d": "012",
        "e": "2024-13-45",
        "f": "1e5",
        "g": "null",
        "h": "0x10",
    }


@pytest.mark.parametrize("nothing", ["", "null", "Null", "NULL", "~"])
def test_only_a_plain_null_is_nothing(nothing):
    node = read_text(f"a: {nothing}\nb: '{nothing}'\n", "q.yaml")

    assert plain(node) == {"a": None, "b": nothing}


def test_places_count_lines_and_columns_from_one():
    node = read_text("a: 1\nlist:\n  - b\n  - c: x\n", "q.yaml")

    assert place_of(node, ("list", 1, "c")) == Place("q.yaml", 4, 8)
    assert isinstance(node, Mapping)
    assert node.keys["list"] == Place("q.yaml", 2, 1)


def test_a_path_that_breaks_off_leads_as_far_as_it_goes():
    node = read_text("a:\n  b:\n    c: 1\n", "q.yaml")

    assert place_of(node, ("a", "b", "x")) == Place("q.yaml", 3, 5)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &x 1\n", "SC008", "q.yaml:1:4"),
        ("a: 1\nb: *x\n", "SC008", "q.yaml:2:4"),
        ("a: &x {b: *x}\n", "SC008", "q.yaml:1:4"),
        ("a: 1\n&x b: 1\n", "SC008", "q.yaml:2:1"),
        ("a: !!python/object:os.system x\n", "SC009", "q.yaml:1:4"),
        ("a: !local x\n", "SC009", "q.yaml:1:4"),
        ("a: !!set {b}\n", "SC009", "q.yaml:1:4"),
        ("a: ! x\n", "SC009", "q.yaml:1:4"),
        ("a: 1\nb: 2\na: 3\n", "SC011", "q.yaml:3:1"),
        ("a: {b: 1, 'b': 2}\n", "SC011", "q.yaml:1:11"),
        ("[a, b]: 1\n", "SC010", "q.yaml:1:1"),
        ("? {a: 1}\n: 1\n", "SC010", "q.yaml:1:3"),
        ("a: 1\n---\nb: 2\n", "SC005", "q.yaml:2:1"),
        ("", "SC006", "q.yaml:1:1"),
        ("# nothing but a comment\n", "SC006", "q.yaml:1:1"),
        ("a: 1\nb: x\x00y\n", "SC004", "q.yaml:2:5"),
        ("a: x\x1b[31m\n", "SC004", "q.yaml:1:5"),
        ("a: x\x80\n", "SC004", "q.yaml:1:5"),
        ("a: x\x9f\n", "SC004", "q.yaml:1:5"),
        ("a: 1\n b: 2\n", "SC001", "q.yaml:2:2"),
        ('a: "open\n', "SC001", "q.yaml:1:4"),
        ("a: [1, 2\n", "SC001", "q.yaml:1:4"),
        ("a: @x\n", "SC001", "q.yaml:1:4"),
        ("\ta: 1\n", "SC001", "q.yaml:1:1"),
        ("%YAML 3.0\n---\na: 1\n", "SC001", "q.yaml:1:1"),
    ],
)
def test_what_a_question_file_must_not_hold_is_refused_where_it_stands(
    text, code, place
):
    assert refused(text) == (code, place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"a: 1\nb: \xff\n", "q.yaml:2:4"),
        ("ä: ".encode() + b"\xe9\n", "q.yaml:1:4"),
        ("a: x".encode("utf-16"), "q.yaml:1:1"),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused_where_they_stand(text, place):
    assert refused(text) == ("SC003", place)


@pytest.mark.parametrize("half", [0xD800, 0xDFFF])
def test_half_a_character_is_refused(half):
    assert refused(f"a: x{chr(half)}") == ("SC004", "q.yaml:1:5")


@pytest.mark.parametrize("escape", ["\\0", "\\x1b", "\\x80", "\\uffff"])
def test_an_escape_in_quotes_cannot_smuggle_a_control_character_in(escape):
    assert refused(f'a: "x{escape}y"\n') == ("SC004", "q.yaml:1:4")


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert plain(read_text("\ufeffa: 1\n".encode(), "q.yaml")) == {"a": "1"}


def test_a_file_may_be_as_large_as_the_limit_and_no_larger():
    fits = b"a: " + b"x" * (MOST_BYTES - 3)

    read_text(fits, "q.yaml")

    assert refused(fits + b"x") == ("SC002", "q.yaml:1:1")


def test_lists_may_nest_as_deep_as_the_limit_and_no_deeper():
    fits = "[" * DEEPEST + "]" * DEEPEST

    read_text(fits, "q.yaml")

    assert refused("[" + fits + "]") == ("SC007", f"q.yaml:1:{DEEPEST + 1}")


def test_a_hundred_thousand_levels_are_refused_without_reading_on():
    assert refused("[" * 100_000)[0] == "SC007"
    assert refused("a:\n" + "- " * 100_000)[0] == "SC007"


def test_a_message_never_shows_the_text_around_a_fault():
    with pytest.raises(DefinitionError) as caught:
        read_text('diagnosis: "very private\n', "answers.yaml")

    assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("a:\n\t- b\n", "Use spaces"),
        ('a: "open\nb: 1\n', "Close the quote"),
        ("a:\n  type:integer\n  b: 1\n", "a space after the colon"),
    ],
)
def test_a_slip_of_yaml_is_told_in_a_coordinators_words(text, fix):
    with pytest.raises(DefinitionError) as caught:
        read_text(text, "q.yaml")

    assert fix in caught.value.problems[0].fix
