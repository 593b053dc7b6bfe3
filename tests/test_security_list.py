"""Is each requirement on sign-in, sessions and the trail a test that is named by it?

The numbers are those of the project's list of security requirements (SEC-29 and on).
"""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
NAMED = re.compile(r"^def test_sec_(\d+)_", re.MULTILINE)


@pytest.fixture(scope="module")
def named():
    """Give the numbers that tests are named by."""
    return {
        int(number)
        for file in TESTS.rglob("test_*.py")
        for number in NAMED.findall(file.read_text("utf-8"))
    }


@pytest.mark.parametrize("number", range(29, 51))
def test_each_requirement_has_a_test_of_its_name(named, number):
    assert number in named
