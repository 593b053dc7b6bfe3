"""Is the one fault of each broken file told exactly where it stands, and only that?

`tests/definitions/broken` holds slips that people make, each in a file of its own
whose header says what has to be told. See tests/definitions/README.md.
"""

import re
from collections import Counter

import pytest

from screening.core.codes import CODES
from tests.core.broken import (
    GOOD,
    WITHOUT_A_FILE,
    broken_files,
    expected_of,
    neighbours,
    problems_among_good,
    told_of,
)

FILES = broken_files()
EACH_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.stem)


@EACH_FILE
def test_the_one_fault_of_a_broken_file_is_told_where_it_stands(file):
    assert told_of(file) == expected_of(file)


@EACH_FILE
def test_the_message_of_a_broken_file_names_what_is_wrong_and_what_to_write(file):
    (problem,) = problems_among_good(file.content)

    said = f"{problem.what} — {problem.fix}"

    assert problem.what
    assert problem.fix
    assert problem.where.file == file.name
    assert [words for words in file.says if words not in said] == [], said


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.yaml")), ids=lambda p: p.stem)
def test_the_good_files_that_stand_beside_are_told_nothing(path):
    assert problems_among_good(path.read_bytes()) == ()


def test_every_kind_of_file_has_a_good_one():
    assert {name.rsplit("/", 1)[0] for name in neighbours()} == {
        "catalogues",
        "clinic",
        "clinic/cases",
        "instruments",
        "locales.yaml",
        "packs",
    }


def test_there_are_many_broken_files_and_no_two_are_the_same():
    without_header = Counter(
        re.sub(rb"\A(# .*\n){1,2}", b"", file.content) for file in FILES
    )

    assert len(FILES) >= 120
    assert max(without_header.values()) == 1


# -- the registry of codes


def test_every_code_has_a_broken_file_or_a_reason_for_having_none():
    shown = {file.code for file in FILES if file.code.startswith("SC")}

    assert shown | set(WITHOUT_A_FILE) == set(CODES)
    assert shown & set(WITHOUT_A_FILE) == set()
