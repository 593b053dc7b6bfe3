"""Does `screening schema` hand an editor the schema of each kind of file?"""

import json

import pytest

from screening.authoring.editor_schema import schema_text
from screening.authoring.kinds import KINDS
from tests.cli.running import run


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_schema_of_a_kind_is_printed(kind):
    result = run("schema", kind.name)

    assert result.exit_code == 0
    assert result.stdout == schema_text(kind)


def test_all_schemas_are_written_into_a_folder_that_need_not_exist(own_folder):
    result = run("schema", "-o", "for/editors")

    written = sorted(path.name for path in (own_folder / "for/editors").iterdir())
    assert result.exit_code == 0
    assert written == sorted(f"{kind.name}.schema.json" for kind in KINDS)


def test_one_schema_alone_can_be_written(own_folder):
    run("schema", "help", "-o", "editors")

    (written,) = (own_folder / "editors").iterdir()
    assert json.loads(written.read_text("utf-8"))["title"] == "Help file"


def test_a_kind_that_there_is_not_is_wrong_usage():
    result = run("schema", "questionnaires")

    assert result.exit_code == 2
    assert "questionnaire" in result.stderr


def test_nothing_named_is_wrong_usage():
    result = run("schema")

    assert result.exit_code == 2
    assert "instrument-cases" in result.stderr
