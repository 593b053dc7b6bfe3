"""The shipped article, its text and its sources, for every test of this folder."""

import re
from pathlib import Path

import pytest

from screening.resources import questionnaires_folder
from screening.web.article.front_matter import split
from screening.web.article.load import load_article, read_sources
from screening.web.crisis import CrisisLine, Locale

CRISIS = Locale(
    code="US",
    country="United States",
    emergency="911",
    crisis=(CrisisLine(name="988 <Lifeline>", contact="call or text 988"),),
)


@pytest.fixture(scope="session")
def folder() -> Path:
    return questionnaires_folder() / "ocd-ketamine"


@pytest.fixture(scope="session")
def crisis() -> Locale:
    return CRISIS


@pytest.fixture(scope="session")
def article(folder, crisis):
    return load_article(folder, "en", crisis)


@pytest.fixture(scope="session")
def sources(folder):
    return read_sources(folder)


@pytest.fixture(scope="session")
def markdown(folder) -> str:
    """The article's Markdown without its front matter, marks and placeholders kept."""
    text = (folder / "article.en.md").read_text(encoding="utf-8")
    return split(text, "article.en.md")[1].strip()


@pytest.fixture(scope="session")
def prose(markdown) -> str:
    """The words a reader reads: no marks, no placeholders."""
    unmarked = re.sub(r" ?\[@[^\]]*\]|\{\{[^}]*\}\}", "", markdown)
    return re.sub(r"\[([^\]]*)\]\(#word-[^)]*\)", r"\1", unmarked)


@pytest.fixture(scope="session")
def parts(markdown) -> dict[str, str]:
    """Section title to the section's Markdown, in the order of the page."""
    blocks = re.split(r"^## ", markdown, flags=re.MULTILINE)[1:]
    return {
        title.strip(): text
        for title, _, text in (block.partition("\n") for block in blocks)
    }
