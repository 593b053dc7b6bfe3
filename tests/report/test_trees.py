"""Is the structure of a PDF the one that was last read and found right?"""

import pytest

from tests.report.trees import SUMMARIES, golden, tree_of


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_tags_are_those_that_were_read(name):
    # Where a change is meant: make goldens, and read the diff.
    assert tree_of(name).splitlines() == golden(name).read_text("utf-8").splitlines()
