"""What does a coordinator read of two versions of a questionnaire?"""

import json
import shutil
import subprocess

import pytest

from tests.cli.running import run


@pytest.fixture
def library(tmp_path):
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library"


@pytest.fixture
def edited(library):
    """A copy of the questionnaire in which one limit has moved."""
    shutil.copytree(library / "first-visit", library / "edited/first-visit")
    file = library / "edited/first-visit/questionnaire.yaml"
    text = file.read_text("utf-8")
    assert "age < 18" in text
    file.write_text(text.replace("age < 18", "age < 21"), "utf-8")
    return library / "edited/first-visit"


def test_of_the_same_files_it_says_that_no_decision_differs(library):
    result = run("diff", library / "first-visit", library / "first-visit")

    assert result.exit_code == 0
    assert "Wording: no texts differ." in result.stdout
    assert "Decisions: none differs, for any possible patient." in result.stdout


def test_a_limit_that_moved_is_shown_by_a_patient_between_both(library, edited):
    result = run("diff", library / "first-visit", edited)

    assert "no barrier reported before" in result.stdout
    ages = [line for line in result.stdout.splitlines() if "age: " in line]
    assert ages
    assert all(18 <= int(line.split()[1]) < 21 for line in ages)


def test_programs_read_each_decision_with_its_patient(library, edited):
    found = json.loads(run("diff", library / "first-visit", edited, "--json").stdout)

    assert found["wording"] == []
    assert {"patient", "before", "after"} <= set(found["decisions"][0])
    assert found["decisions"][0]["before"] != found["decisions"][0]["after"]


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@example.org", *words],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def test_an_earlier_revision_is_read_from_git(library):
    git(library, "init", "--quiet")
    git(library, "add", ".")
    git(library, "commit", "--quiet", "-m", "First")
    file = library / "first-visit/questionnaire.yaml"
    file.write_text(file.read_text("utf-8").replace("age < 18", "age < 21"), "utf-8")

    result = run(
        "diff", f"{library / 'first-visit'}@HEAD", library / "first-visit", "--json"
    )

    assert json.loads(result.stdout)["decisions"]


@pytest.mark.parametrize(
    ("before", "told"),
    [("{}@HEAD", "is in no git repository"), ("version:00", "SCREENING_DATABASE")],
)
def test_a_version_that_there_is_not_is_told(library, before, told):
    folder = library / "first-visit"

    result = run("diff", before.format(folder), folder)

    assert result.exit_code in {1, 2}
    assert told in result.output


def test_a_revision_that_git_does_not_know_is_told(library):
    git(library, "init", "--quiet")

    result = run("diff", f"{library / 'first-visit'}@-x", library / "first-visit")

    assert result.exit_code == 2
    assert 'git knows no revision "-x"' in result.output
