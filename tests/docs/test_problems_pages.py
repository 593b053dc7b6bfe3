"""Is there a page on every code of the checker, and does it show what is printed?"""

import pytest

from docs import make_problems
from screening.core.codes import CODES

MADE = make_problems.pages()


def test_there_is_a_page_for_every_code_and_an_index():
    found = {path.name for path in make_problems.FOLDER.glob("*.md")}

    assert found == {"README.md", *(f"{code}.md" for code in CODES)}


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_committed_page_is_what_make_docs_writes(name):
    committed = (make_problems.FOLDER / name).read_text("utf-8")

    assert committed == MADE[name]


def test_a_page_shows_the_message_the_line_and_what_to_write():
    page = MADE["SC104.md"]

    assert CODES["SC104"].mend in page
    assert "[SC104]\n    " in page
    assert page.count("^\n```") >= 1
