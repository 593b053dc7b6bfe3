"""Does `--help` name what a command takes, and show how it is called?"""

import pytest

from screening.cli import main
from tests.cli.running import run

COMMANDS = (
    ("check",),
    ("evaluate",),
    ("score",),
    ("cases",),
    ("prove",),
    ("diff",),
    ("cover",),
    ("forecast",),
    ("publish",),
    ("certificate",),
    ("map",),
    ("preview",),
    ("explain",),
    ("translate",),
    ("summary",),
    ("verify",),
    ("new",),
    ("fmt",),
    ("schema",),
    ("init",),
    ("seal",),
    ("serve",),
    ("export",),
    ("work",),
    ("notices",),
    ("notices", "send"),
    ("user",),
    ("user", "add"),
    ("user", "invite"),
    ("user", "list"),
    ("user", "reset"),
    ("audit",),
    ("audit", "verify"),
    ("pack",),
    ("pack", "import"),
    ("demo",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_shows_an_example_of_itself(command):
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert f"Example: screening {' '.join(command)} " in result.stdout


@pytest.mark.parametrize("command", ["check", "cases", "prove", "evaluate", "summary"])
def test_a_questionnaire_is_named_in_full(command):
    usage = run(command, "--help").stdout.splitlines()[0]

    assert "QUESTIONNAIRE" in usage


@pytest.mark.parametrize("command", ["evaluate", "score", "summary"])
def test_answers_files_are_named_in_full(command):
    usage = run(command, "--help").stdout.splitlines()[0]

    assert usage.endswith("ANSWERS...")


def test_no_command_is_left_out():
    assert {command[0] for command in COMMANDS} == set(main.list_commands(None))
