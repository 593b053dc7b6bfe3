"""What does a coordinator read of a questionnaire that is proved?"""

import json
import sys

import pytest

from tests.cli.running import run


@pytest.fixture
def folder(tmp_path):
    """A questionnaire of a coordinator's own, as `new` makes it."""
    made = run("new", "first-visit", "--folder", tmp_path / "library")
    assert made.exit_code == 0, made.output
    return tmp_path / "library/first-visit"


def edit(folder, old, new):
    file = folder / "questionnaire.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_what_was_proved_is_counted_and_what_is_accepted_is_named(folder):
    result = run("prove", folder)

    assert result.exit_code == 0, result.output
    assert "not knowing never passes: " in result.stdout
    assert "refuted" not in result.stdout
    assert "Unknown and accepted so: " in result.stdout


def test_what_does_not_hold_is_shown_by_a_patient_near_to_a_worked_one(folder):
    rule = """never: 'outcome == "no_barrier_reported" and age == 50'"""
    edit(folder, "promises:", f"promises:\n  - id: nobody-of-fifty\n    {rule}")

    result = run("prove", folder)

    assert result.exit_code == 1
    assert "promise nobody-of-fifty: refuted" in result.stdout
    assert "questionnaire.yaml:" in result.stdout.splitlines()[0]
    assert "    age: 50" in result.stdout
    assert "comes out no_barrier_reported" in result.stdout


def test_programs_read_what_was_proved_and_a_counterexample_of_the_rest(folder):
    rule = """never: 'outcome == "no_barrier_reported" and age == 50'"""
    edit(folder, "promises:", f"promises:\n  - id: nobody-of-fifty\n    {rule}")

    found = json.loads(run("prove", folder, "--json").stdout)

    [refuted] = found["refuted"]
    assert refuted["property"] == "promises: promise nobody-of-fifty"
    assert refuted["counterexample"]["age"] == 50
    assert "promises: promise chest-pain-is-urgent" in found["proved"]
    assert found["not_decided_in_time"] == found["accepted_unknowns"] == []


def test_without_the_solver_it_says_how_to_get_it(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "screening.proof.proving", None)

    result = run("prove", folder)

    assert result.exit_code == 2
    assert "pip install 'screening[proof]'" in result.output
