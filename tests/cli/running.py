"""How does a test run a command, and what did it print?"""

import json

from click.testing import CliRunner

from screening.cli import main


def run(*arguments, given=None, settings=None):
    """Run a command in this process; its exit code and output are in the result."""
    runner = CliRunner(env=settings or {})
    return runner.invoke(main, [str(one) for one in arguments], input=given)


def json_lines(result):
    """Return the JSON of each line of standard output."""
    return [json.loads(line) for line in result.stdout.splitlines()]
