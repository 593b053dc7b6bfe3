"""Does the real program start quickly, without what it does not need?"""

import json
import subprocess
import sys

import pytest

PROGRAM = "import sys; from screening.cli import main; main()"


def started(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ":".join(sys.path), "PATH": ""},
    )


def test_a_check_ends_with_its_exit_status(tmp_path):
    done = started("check", "ocd-ketamine", "--json", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr == ""
    codes = {p["code"] for p in json.loads(done.stdout)["problems"]}
    assert codes == {"SC306", "SC604", "SC605"}


def test_problems_end_with_one_and_wrong_usage_with_two(tmp_path):
    (tmp_path / "a.yaml").write_text("nope: 1\n")

    assert started("evaluate", "ocd-ketamine", "a.yaml", cwd=tmp_path).returncode == 1
    assert started("evaluate", "ocd-ketamine", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("command", ["check", "evaluate", "score", "cases"])
def test_a_quick_command_imports_no_framework_database_or_drawing(command, tmp_path):
    program = (
        f"import sys, screening.cli.{command}; "
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )

    imported = set(json.loads(done.stdout.replace("'", '"')))
    assert not imported & {"flask", "sqlalchemy", "reportlab", "rich", "alembic"}
