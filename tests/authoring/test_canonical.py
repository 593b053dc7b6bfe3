"""What does the one form of a file look like, and when is there none?"""

import re

import pytest

from screening.authoring.canonical import canonical
from screening.authoring.kinds import kind_of
from screening.authoring.shape_walk import content
from screening.core.problems import DefinitionError
from screening.core.source import read_text
from tests.authoring.editor_view import GOOD, SHIPPED, short
from tests.core.broken import broken_files

UNREADABLE = re.compile(r"SC00\d|SC01\d")
SOME_BROKEN = [
    file for file in broken_files()[::4] if not UNREADABLE.fullmatch(file.code)
]


def said(text):
    node = read_text(text, "f")
    kind = kind_of(node)
    return content(node, kind and kind.shape)


def lines(*written):
    return "".join(f"{line}\n" for line in written)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        # quotes
        ("a: 'text'\n", 'a: "text"\n'),
        ("a: 'it''s'\n", 'a: "it\'s"\n'),
        ("a: 'q5 == \"yes\"'\n", "a: 'q5 == \"yes\"'\n"),
        ('a: "q5 == \\"yes\\""\n', "a: 'q5 == \"yes\"'\n"),
        ("a: 'back\\slash'\n", "a: 'back\\slash'\n"),
        ("a: no\n", 'a: "no"\n'),
        ("a: {yes: Y, on: 1:30}\n", 'a: {"yes": "Y", "on": "1:30"}\n'),
        ("a: [012, 2026-01-31, True]\n", 'a: ["012", "2026-01-31", "True"]\n'),
        ("a: [12, -0.5, true, false]\n", "a: [12, -0.5, true, false]\n"),
        ("a: age >= 12\n", "a: age >= 12\n"),
        ('a: "😀 ’ é"\n', 'a: "😀 ’ é"\n'),
        ("a: |\n  x\n\n  y\n", "a: |\n  x\n\n  y\n"),
        # nothing
        ("a:\nb: ~\nc: null\n", "a: null\nb: null\nc: null\n"),
        # indentation and brackets
        ("a:\n- b\n- c\n", "a:\n  - b\n  - c\n"),
        ("a:\n    b:\n        c: 1\n", "a:\n  b:\n    c: 1\n"),
        ("a: [b,c]\n", "a: [b, c]\n"),
        ("a: [{b: 1}]\n", "a: [{b: 1}]\n"),
        ("a: [b,\n  c]\n", "a:\n  - b\n  - c\n"),
        ("a: {b: 1,\n    c: {d: 2}}\n", "a:\n  b: 1\n  c: {d: 2}\n"),
        # lines
        ("a: x >= 1\n  and z\n", "a: >-\n  x >= 1\n  and z\n"),
        ("a: >-\n  x\n  z\n", "a: >-\n  x\n  z\n"),
        (f"a: {'long ' * 60}end\n", f"a: {'long ' * 60}end\n"),
        ("\n\na: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n"),
        ("a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"),
        ("\ufeffa: 1", "a: 1\n"),
        # comments
        ("a: 1   # one\n", "a: 1   # one\n"),
        ("a:\n- b # one\n# two\n- c\n", "a:\n  - b # one\n  # two\n  - c\n"),
        ("a:\n    - b\n    # c\nd: 1\n", "a:\n  - b\n  # c\nd: 1\n"),
        ("a: 1\n    # deep\nb: 2\n", "a: 1\n# deep\nb: 2\n"),
        ("a: [b,\n  c] # end\n", "a: [b, c] # end\n"),
        ("a: [ # x\n  b, # y\n  # z\n]\n", "a: # x\n  - b # y\n  # z\n"),
        (
            "a: {b: 1, # x\n  c: [d, # z\n e]}",
            "a:\n  b: 1 # x\n  c:\n    - d # z\n    - e\n",
        ),
        ("a: ['#b', # c\n  \"# d\"]\n", 'a:\n  - "#b" # c\n  - "# d"\n'),
        ("a: 'b\n  c'\n# end\n", "a: >-\n  b\n  c\n# end\n"),
    ],
)
def test_a_file_has_one_form(written, form):
    assert canonical(written, "f") == form


def test_the_names_of_a_question_stand_in_one_order_with_their_comments():
    written = lines(
        "questionnaire: q",
        "pages:",
        "  - page: p",
        "    questions:",
        "      # about the question",
        "      - type: choice # one of two",
        "        # about the options",
        "        options:",
        "          b: B",
        "          a: A",
        "        ask: C?",
        "        id: c",
        "        # at its end",
        "      - {type: text, ask: D?, id: d}",
    )

    assert canonical(written, "f") == lines(
        "questionnaire: q",
        "pages:",
        "  - page: p",
        "    questions:",
        "      # about the question",
        "      - id: c",
        "        ask: C?",
        "        type: choice # one of two",
        "        # about the options",
        "        options:",
        "          b: B",
        "          a: A",
        "        # at its end",
        "      - {id: d, ask: D?, type: text}",
    )


@pytest.mark.parametrize(
    "written",
    [
        # Which of the two is the first comment about?
        lines("# about q", "questionnaire: q", "language_version: 1"),
        # The comment would stand between the dash and the name.
        lines("questionnaire: q", "checks:", "  - must: a", "    # c", "    id: b"),
        # The comment below belongs to the list that would move.
        lines("questionnaire: q", "checks: []", "pages:", "  - page: p", "    # a: b"),
    ],
)
def test_a_part_keeps_its_order_where_a_comment_might_go_astray(written):
    assert canonical(written, "f").split() == written.split()


@pytest.mark.parametrize(
    "written",
    [
        "checks:\n  - must: a\n    idd: b\n    say: c\nquestionnaire: q\n",
        "checks:\n  - {must: a, idd: b, say: c}\nquestionnaire: q\n",
    ],
)
def test_a_part_with_a_name_that_is_not_its_own_keeps_its_order(written):
    made = canonical(written, "f")

    assert made == "questionnaire: q\n" + written.removesuffix("questionnaire: q\n")


def test_options_and_other_names_of_ones_own_keep_their_order():
    written = "sources:\n  b: {ref: B, basis: read}\n  a: {ref: A, basis: read}\n"

    assert canonical(written, "f") == written


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("a: 1\nb: [1, # one\n  2] # end\n", 2),
        ("a:\n  - # one\n    b: 1\n", 2),
    ],
)
def test_a_comment_that_could_not_stay_is_told(written, line):
    with pytest.raises(DefinitionError) as refused:
        canonical(written, "f")

    (problem,) = refused.value.problems
    assert (problem.code, problem.where.line) == ("SC015", line)
    assert problem.fix.startswith("Put comments on lines of their own")


@pytest.mark.parametrize(
    "written", ["a: [", "a: 1\na: 2\n", "a: &b c\n", "", "a: !x y"]
)
def test_a_file_that_can_not_be_read_has_no_form(written):
    with pytest.raises(DefinitionError) as refused:
        canonical(written, "f")

    assert refused.value.problems[0].code != "SC015"


@pytest.mark.parametrize("path", GOOD, ids=short)
def test_a_good_file_means_the_same_in_its_form(path):
    text = path.read_text("utf-8")

    made = canonical(text, path.name)

    assert said(made) == said(text)
    assert canonical(made, path.name) == made


def meaning_of_form(text):
    try:
        return said(canonical(text, "f"))
    except DefinitionError:
        return "refused"


@pytest.mark.parametrize("file", SOME_BROKEN, ids=lambda file: file.path.stem)
def test_a_broken_file_that_can_be_read_means_the_same_in_its_form(file):
    text = file.content.decode("utf-8")

    assert meaning_of_form(text) == said(text)


@pytest.mark.parametrize("path", SHIPPED, ids=short)
def test_a_shipped_file_stands_in_its_form(path):
    text = path.read_text("utf-8")

    assert canonical(text, path.name) == text


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029"])
def test_a_line_end_that_few_programs_know_is_told(sign):
    with pytest.raises(DefinitionError, match="f:2:1: a line ends here") as refused:
        canonical(f"a: 1\nb: 'x{sign} y'\n", "f")

    assert refused.value.problems[0].code == "SC015"
