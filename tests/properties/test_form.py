"""Does the one form of a file keep every meaning and comment, whatever its layout?"""

import re
from pathlib import Path

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from screening.authoring.canonical import canonical
from screening.authoring.comments import reading_of
from screening.core.problems import DefinitionError
from screening.core.source import plain, read_text
from screening.resources import questionnaires_folder
from tests.properties.layouts import files, layouts

DEFINITIONS = Path(__file__).parent.parent / "definitions"
REAL = [
    path.read_text("utf-8")
    for path in (
        *sorted((questionnaires_folder() / "instruments").glob("*.yaml")),
        *sorted(DEFINITIONS.glob("*/questionnaire.yaml")),
    )
]


def form_or_refusal(text):
    try:
        return canonical(text, "f")
    except DefinitionError as error:
        return error.problems[0].code


def words_of_comments(text):
    return sorted(comment.words for comment in reading_of(text).comments)


@given(files(with_comments=False))
def test_a_file_without_comments_is_laid_out_and_means_the_same(file):
    content, text = file

    made = canonical(text, "f")

    assert plain(read_text(made, "f")) == content


@given(files())
def test_a_form_is_refused_or_keeps_meaning_and_comments(file):
    content, text = file
    assume(plain(read_text(text, "f")) == content)

    made = form_or_refusal(text)

    assume(made != "SC015")
    assert plain(read_text(made, "f")) == content
    assert words_of_comments(made) == words_of_comments(text)


@given(files())
def test_the_form_of_a_form_is_itself(file):
    _, text = file

    made = form_or_refusal(text)

    assume(made != "SC015")
    assert canonical(made, "f") == made


@given(files(with_comments=False))
def test_what_is_text_here_is_text_to_a_reader_of_yaml_1_1(file):
    _, text = file

    made = canonical(text, "f")

    other = yaml.load(made, Loader=yaml.CSafeLoader)  # noqa: TID251 - the other reader
    assert as_text(other) == plain(read_text(made, "f"))


def as_text(value):
    """Return the value with numbers and truths that all read alike as text."""
    if isinstance(value, dict):
        return {as_text(name): as_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_text(part) for part in value]
    if isinstance(value, bool):
        return str(value).lower()
    return {-2.5: "-2.50", 1: "1"}.get(value, value)


@given(st.sampled_from(REAL), st.data())
def test_a_real_file_in_any_layout_means_the_same(text, data):
    content = plain(read_text(text, "f"))
    other = data.draw(layouts(content, with_comments=False))

    made = canonical(other, "f")

    assert plain(read_text(made, "f")) == content


@given(st.sampled_from(REAL), st.data())
def test_a_damaged_file_is_refused_or_laid_out(text, data):
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 20))
    put = data.draw(st.text("# :-\"'[]{}>|\n\t&*!?,a1\\", max_size=6))
    damaged = text[:at] + put + text[at + cut :]

    made = form_or_refusal(damaged)

    assert re.fullmatch(r"SC0\d\d", made) or canonical(made, "f") == made


QUESTION = {
    "id": ["id: walks"],
    "ask": ["# about ask", "ask: >-", "  How often", "  do you walk?"],
    "hint": ['hint: "A guess will do." # about hint'],
    "type": ["type: choice"],
    "options": [
        "# about options",
        "",
        "# and more",
        "options:",
        "  a: A",
        "  # b",
        "  b: B",
    ],
    "riskier": ["riskier: [a, b]"],
    "because": ["", "because: null # about because"],
}
"""The parts of a question in their order, each with the comments that are about it."""


def question_of(parts):
    """Return a file with a question that has these parts, in this order."""
    first, *lines = [line for part in parts for line in QUESTION[part]]
    inside = [f"        {line}".rstrip() for line in lines]
    head = ["questionnaire: q", "pages:", "  - page: p", "    questions:"]
    return "\n".join([*head, f"      - {first}", *inside, "# the end", ""])


@given(st.permutations(list(QUESTION)))
def test_the_parts_of_a_question_come_into_order_with_their_comments(parts):
    assume(QUESTION[parts[0]][0].startswith(f"{parts[0]}:"))

    made = canonical(question_of(parts), "f")

    assert made == question_of(QUESTION)
