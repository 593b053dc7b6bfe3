"""Does the editor's schema take every good file and refuse what has a wrong shape?"""

import json
import os
import re

import pytest
from jsonschema import Draft202012Validator

from screening.authoring.editor_schema import FOLDER, file_name, schema_text
from screening.authoring.kinds import KINDS
from screening.core.schema import Strict
from tests.authoring.editor_view import (
    GOOD,
    HOME,
    KIND,
    SHIPPED,
    as_an_editor_reads,
    kind_of_text,
    short,
)
from tests.core.broken import broken_files

VALIDATORS = {
    kind.name: Draft202012Validator(json.loads(schema_text(kind))) for kind in KINDS
}
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
OF_FORM = [
    file
    for file in broken_files()
    if file.code in {"SC101", "SC102", "SC103"}
    and kind_of_text(file.content.decode("utf-8")) is not None
]


def faults(text):
    validator = VALIDATORS[kind_of_text(text).name]
    return [
        f"{error.json_path}: {error.message}"
        for error in validator.iter_errors(as_an_editor_reads(text))
    ]


@pytest.mark.parametrize("path", [*SHIPPED, *GOOD], ids=short)
def test_a_good_file_is_marked_nowhere(path):
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_schema_is_a_schema(kind):
    Draft202012Validator.check_schema(json.loads(schema_text(kind)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_schema_beside_the_questionnaires_is_the_one_that_is_made(kind):
    kept = HOME / FOLDER / file_name(kind)

    assert kept.read_text("utf-8") == schema_text(kind)


def test_there_are_no_other_schemas_beside_the_questionnaires():
    kept = {path.name for path in (HOME / FOLDER).iterdir()}

    assert kept == {file_name(kind) for kind in KINDS}


@pytest.mark.parametrize("path", SHIPPED, ids=short)
def test_a_shipped_file_names_its_schema_in_its_first_line(path):
    text = path.read_text("utf-8")
    schema = HOME / FOLDER / file_name(kind_of_text(text))

    named = MODELINE.fullmatch(text.splitlines()[0])

    assert named is not None
    assert named[1] == os.path.relpath(schema, path.parent)


def test_every_shape_of_a_whole_file_is_a_kind_of_file():
    whole = {
        shape
        for shape in Strict.__subclasses__()
        if "language_version" in shape.model_fields
    }

    assert whole == {kind.shape for kind in KINDS} & set(Strict.__subclasses__())


def test_every_name_is_explained():
    wordless = {
        f"{name}: {shape['title']}.{field}"
        for name, validator in VALIDATORS.items()
        for shape in (validator.schema, *validator.schema["$defs"].values())
        for field, part in shape.get("properties", {}).items()
        if not part.get("description")
    }

    assert wordless == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("language_version: 1\nhelp: {a: {title: A, body: B, tone: soft}}", "$.help.a"),
        ("language_version: 1\nhelp: {a: {title: A}}", "$.help.a"),
        ("language_version: 2\nhelp: {}", "$.language_version"),
        ("language_version: 1\nhelp: {A: {title: A, body: B}}", "$.help"),
        ("language_version: 1\nhelp: {a: {title: A, body: [B]}}", "$.help.a.body"),
        (
            "language_version: 1\nsources: {a: {ref: A, basis: red}}",
            "$.sources.a.basis",
        ),
    ],
)
def test_a_wrong_shape_is_marked_where_it_stands(text, place):
    (told,) = faults(text)

    assert told.startswith(f"{place}: ")


@pytest.mark.parametrize(
    "text",
    [
        "language_version: '1'\nhelp: {}",
        "language_version: 1\nhelp: {a: {title: 12, body: 2026.1, honesty: true}}",
        "language_version: 1\nhelp: {a: {title: No, body: on, honesty: }}",
        "language_version: 1\nsources: {2013: {ref: A, basis: read, year: 2013}}",
    ],
)
def test_text_that_looks_like_something_else_is_not_marked(text):
    assert faults(text) == []


def test_a_short_form_may_stand_for_a_written_out_one():
    question = KIND["questionnaire"]
    shape = json.loads(schema_text(question))["$defs"]["QuestionShape"]

    written_out, short = shape["properties"]["options"]["additionalProperties"]["anyOf"]

    assert written_out == {"$ref": "#/$defs/OptionShape"}
    assert short["type"] == ["string", "number", "boolean"]


def test_most_broken_files_of_a_wrong_shape_are_marked():
    missed = [
        file.path.stem for file in OF_FORM if not faults(file.content.decode("utf-8"))
    ]

    assert len(OF_FORM) >= 60
    assert len(missed) < len(OF_FORM) / 10, missed
