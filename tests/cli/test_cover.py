"""What does a coordinator read of what her worked patients show?"""

import json

import pytest

from tests.cli.running import run


@pytest.fixture
def folder(tmp_path):
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library/first-visit"


def test_what_no_worked_patient_shows_is_named(folder):
    for path in (folder / "cases").glob("*.yaml"):
        path.unlink()

    result = run("cover", folder)

    assert result.exit_code == 0
    assert "Worked patients show 0 of " in result.stdout
    assert "No worked patient has the finding " in result.stdout


def test_patients_who_show_the_rest_are_cases_that_come_out_as_written(folder):
    written = run("cover", folder, "-o", folder / "cases/covering.yaml")

    assert written.exit_code == 0, written.output
    assert "Read each before you keep it." in written.stdout
    assert run("cases", folder).exit_code == 0
    assert json.loads(run("cover", folder, "--json").stdout)["not_shown"] == []
    assert run("fmt", "--check", folder).exit_code == 0


def test_a_file_that_is_there_is_never_written_over(folder):
    file = folder / "cases/covering.yaml"
    file.write_text("# mine\n", "utf-8")

    result = run("cover", folder, "-o", file)

    assert result.exit_code == 2
    assert file.read_text("utf-8") == "# mine\n"
