"""How do many records stand in one table, so that a spreadsheet opens it safely?

CSV as RFC 4180 has it, every cell in quotation marks, in UTF-8. It begins with a byte
order mark: without one, Excel takes letters beyond ASCII for others. A cell that a
spreadsheet would work out as a formula begins with an apostrophe, as OWASP's ASVS 5.0
(1.2.10) asks for; it is part of the cell, and also before a negative number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from screening.report.record import canonical

BYTE_ORDER_MARK = "\ufeff"

# Spreadsheets take the wide forms of the same signs for them.
_BEGIN_A_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001 - the wide forms

Row = Mapping[str, object]
"""The cells of a row by the names of their columns."""


def table(rows: Sequence[Row]) -> bytes:
    """Return the rows as CSV, under a row of names, each line ended by CR and LF.

    There is a column for each name, in the order in which they first come up; a cell
    that a row has not is empty.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    written.write(BYTE_ORDER_MARK)
    writer.writerow([harmless(name) for name in names])
    for row in rows:
        writer.writerow([harmless(in_cell(row.get(name))) for name in names])
    return written.getvalue().encode("utf-8", "surrogatepass")


def in_cell(value: object) -> str:
    """Return how a value stands in a cell.

    >>> in_cell(True), in_cell(None), in_cell(["cough", "fever"]), in_cell(34)
    ('yes', '', 'cough; fever', '34')
    >>> in_cell([{"dose": 50}])
    '[{"dose":50}]'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        if all(isinstance(each, str) for each in value):
            return "; ".join(value)
        return f"[{','.join(_json(each) for each in value)}]"
    return _json(value) if isinstance(value, Mapping) else str(value)


def harmless(cell: str) -> str:
    """Return the cell with an apostrophe before it if it would be worked out.

    >>> harmless("=1+1"), harmless("-5"), harmless("5 - 3")
    ("'=1+1", "'-5", '5 - 3')
    """
    return f"'{cell}" if cell.startswith(_BEGIN_A_FORMULA) else cell


def _json(value: object) -> str:
    if isinstance(value, Mapping):
        return canonical(value).decode("utf-8", "surrogatepass")
    return in_cell(value)
