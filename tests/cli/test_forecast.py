"""What does `screening forecast` print of simulated people?"""

import shutil

from screening.core.definition import Outcome
from screening.resources import questionnaires_folder
from tests.cli.running import json_lines, run


def test_the_shipped_forecast_is_said_to_be_simulated():
    result = run("forecast", "ocd-ketamine", "--people", 500)

    assert result.exit_code == 0
    assert result.stdout.startswith("SIMULATED: 500 people like L1")
    for outcome in Outcome:
        assert outcome.words in result.stdout
    assert "review-no-erp" in result.stdout
    assert "medicines_complete" in result.stdout


def test_the_same_seed_draws_the_same_people():
    first, again, other = (
        json_lines(run("forecast", "ocd-ketamine", "--json", "--people", 300, *more))
        for more in ((), (), ("--seed", "2"))
    )

    assert first == again
    assert first != other
    [told] = first
    assert told["simulated"] is True
    assert sum(told["outcomes"].values()) == told["people"] == 300


def test_an_edit_is_shown_before_and_after(tmp_path):
    shutil.copytree(questionnaires_folder(), tmp_path / "draft")
    file = tmp_path / "draft/ocd-ketamine/questionnaire.yaml"
    text = file.read_text("utf-8")
    rule = "  - id: review-no-erp\n    kind: "
    assert f"{rule}review" in text
    file.write_text(text.replace(f"{rule}review", f"{rule}precaution"), "utf-8")

    result = run(
        *("forecast", file.parent, "--against", "ocd-ketamine"),
        *("--people", 300, "-o", tmp_path / "drawn.svg"),
    )

    assert result.exit_code == 0, result.output
    assert "before and now" in result.stdout
    assert "needs review before, no barrier reported now" in result.stdout
    assert "→" in (tmp_path / "drawn.svg").read_text("utf-8")


def test_a_questionnaire_without_shares_says_so(tmp_path):
    run("new", "first-visit", "--folder", tmp_path)

    result = run("forecast", tmp_path / "first-visit")

    assert result.exit_code == 2
    assert "share" in result.stderr
