"""Does a spreadsheet open the table as what it is, and work nothing out in it?"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.report.table import BYTE_ORDER_MARK, harmless, in_cell, table

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - the wide forms
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(content):
    """Read a table as any other program would."""
    text = content.decode().removeprefix(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text, newline="")))


def test_each_row_has_its_cells_under_the_names_of_all():
    content = table([{"a": 1, "b": "x"}, {"c": True, "a": None}])

    assert read(content) == [["a", "b", "c"], ["1", "x", ""], ["", "", "yes"]]


def test_it_begins_with_a_byte_order_mark_and_ends_lines_as_rfc_4180_has_it():
    content = table([{"a": "ä"}])

    assert content == b'\xef\xbb\xbf"a"\r\n"\xc3\xa4"\r\n'


def test_a_table_of_nothing_is_a_line_of_no_names():
    assert read(table([])) == [[]]


@pytest.mark.parametrize("sign", FORMULAS)
def test_a_cell_that_begins_like_a_formula_begins_with_an_apostrophe(sign):
    assert harmless(f"{sign}cmd|' /C calc'!A0").startswith(f"'{sign}")


@pytest.mark.parametrize("cell", ["", "a=1", " =1", "5 - 3", "'=1", "ä"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@given(st.lists(st.dictionaries(TEXT, TEXT | st.integers()), max_size=4))
def test_no_cell_ever_begins_like_a_formula_and_none_is_lost(rows):
    written = read(table(rows))

    cells = [cell for line in written for cell in line]
    assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    assert written[1:] == [
        [harmless(in_cell(row.get(name))) for name in names] for row in rows
    ]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (["a", "b"], "a; b"),
        ([], ""),
        ([{"drug": "sertraline", "mg": 50}], '[{"drug":"sertraline","mg":50}]'),
        ({"b": 1, "a": "ä"}, '{"a":"ä","b":1}'),
        (0, "0"),
        (False, "no"),
        ("5.5", "5.5"),
    ],
)
def test_a_value_stands_in_a_cell_as_people_read_it(value, cell):
    assert in_cell(value) == cell
