"""Does every hazard of the log link tests that exist, or say that it has none?"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOG = ROOT / "docs" / "clinical-safety.md"
LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
TARGET = re.compile(r"\.\./(tests/[a-z0-9_/]+\.py)#(test_[a-z0-9_]+)")


def rows():
    """Return the cells of each hazard, from the first to the last column."""
    lines = LOG.read_text("utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if re.match(r"\| H\d", line)
    ]


def links_of(row):
    return LINK.findall(row[-1])


def functions_in(path):
    """Return the names of the functions that a file holds."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}


ROWS = rows()


def test_hazards_are_numbered_one_after_the_other():
    ids = [row[0] for row in ROWS]

    assert len(ids) >= 32
    assert ids == [f"H{number:02}" for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_hazard_has_a_test_or_says_that_it_has_none(row):
    links = links_of(row)

    assert len(row) == 6
    assert all(row)
    assert len(links) <= 2
    assert links or "not yet tested" in row[-1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_linked_test_is_there_and_says_what_the_link_says(row):
    for words, address in links_of(row):
        target = TARGET.fullmatch(address)

        assert target, address
        path, name = target.groups()
        assert name in functions_in(ROOT / path)
        assert name == "test_" + words.lower().replace(" ", "_")
