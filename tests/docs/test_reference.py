"""Is the reference what the language is, and can every example in the docs be read?"""

import re
from pathlib import Path

import pytest

from docs import make_reference
from docs.demonstrators import ROOT
from screening.authoring.kinds import kind_of
from screening.authoring.shape_words import MEMBERS, WORDS
from screening.core.cases.shapes import CasesShape
from screening.core.expression import calls
from screening.core.schema import QuestionnaireShape
from screening.core.shaping import shaped
from screening.core.source import Mapping, Sequence, read_text
from tests.core.building import SMALLEST

DOCS = ROOT / "docs"
REFERENCE = (DOCS / "reference.md").read_text("utf-8")


def blocks_of(page):
    """Return the YAML examples of a page, each with the line that it begins in."""
    text = (DOCS / page).read_text("utf-8")
    return [
        pytest.param(found[1], id=f"{page}:{text.count(chr(10), 0, found.start()) + 1}")
        for found in re.finditer(r"^```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    ]


def test_the_committed_reference_is_what_make_docs_writes():
    assert make_reference.page() == REFERENCE


def test_every_name_type_kind_outcome_and_function_has_its_entry():
    names = {name for names in WORDS.values() for name in names}
    members = {member.value for members in MEMBERS.values() for member in members}
    functions = {f"{name}(…)" for name in calls._FUNCTIONS}

    entries = set(re.findall(r"^(?:\*\*|#### )`([^`]+)`", REFERENCE, re.MULTILINE))

    assert entries == names | members | functions


def test_every_link_of_the_reference_leads_somewhere():
    titles = re.findall(r"^##+ (.+)$", REFERENCE, re.MULTILINE)
    anchors = {make_reference._anchor(title) for title in titles}
    links = re.findall(r"\]\(#([^)]+)\)", REFERENCE)
    files = re.findall(r"\]\((?!#)([^)]+)\)", REFERENCE)

    assert set(links) <= anchors
    assert [file for file in files if not (DOCS / Path(file)).exists()] == []


@pytest.mark.parametrize("block", blocks_of("reference.md"))
def test_an_example_of_the_reference_can_be_read(block):
    assert isinstance(read_text(block, "reference.md"), Mapping | Sequence)


ANSWERS = "age: 34\n"
"""How the one example of answers begins, which is of no shape."""


def problems_in_context(block):
    """Return what the shape of the file that an example is part of says of it."""
    if block.startswith(ANSWERS):
        return [] if isinstance(read_text(block, "a"), Mapping) else [block]
    if block.startswith("cases:"):
        return shaped(
            read_text(f"language_version: 1\n{block}", "a"), CasesShape
        ).problems
    node = read_text(block, "a")
    kind = kind_of(node)
    if kind is not None:
        return shaped(node, kind.shape).problems
    return shaped(read_text(SMALLEST + block, "a"), QuestionnaireShape).problems


@pytest.mark.parametrize("block", blocks_of("language.md"))
def test_an_example_of_the_decisions_fits_the_file_that_it_is_part_of(block):
    assert list(problems_in_context(block)) == []


def test_an_example_that_does_not_fit_would_be_told():
    assert list(problems_in_context("deriv:\n  a: b\n")) != []
