"""How are a document's objects written down? Small ones together, and packed.

A tagged document has an object for each cell of each table. ReportLab writes every one
as it stands, and half of the file is made of them. Object streams (PDF 1.5) hold many;
pikepdf can write them too, but takes as long for it as all the drawing does.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.report.pdf.tags import Insides

_TOGETHER = 400
"""Objects in one stream: a reader unpacks as many to see one of them."""

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_END = b"endstream"

_Entry = tuple[int, int, int]
"""A row of the table of objects: 1, where it starts, 0; or 2, its stream, its place."""


def packed(document: Insides) -> bytes:
    """Return the whole file; it stands in for `format` of ReportLab's document."""
    body = bytearray(_HEADER)
    entries: dict[int, _Entry] = {}
    small: list[tuple[int, bytes]] = []
    number = 1
    # Writing an object may bring up more of them.
    while number in document.numberToId:
        thing = document.idToObject[document.numberToId[number]]
        written = pdfdoc.format(thing, document, toplevel=1)
        if written.rstrip().endswith(_END):
            entries[number] = (1, len(body), 0)
            body += _apart(number, written)
        else:
            small.append((number, written))
        number += 1
    for start in range(0, len(small), _TOGETHER):
        group = small[start : start + _TOGETHER]
        entries |= {held: (2, number, n) for n, (held, _) in enumerate(group)}
        entries[number] = (1, len(body), 0)
        body += _apart(number, _together(group))
        number += 1
    entries[number] = (1, len(body), 0)
    table = _table(entries, number, document)
    body += _apart(number, table)
    body += b"startxref\n%d\n%%%%EOF\n" % entries[number][1]
    return bytes(body)


def _apart(number: int, written: bytes) -> bytes:
    """Return an object of its own; PDF/A asks for a line break before `endstream`."""
    content = written.rstrip().removesuffix(_END)
    if content != written.rstrip():
        written = b"%b\n%b" % (content, _END)
    return b"%d 0 obj\n%b\nendobj\n" % (number, written)


def _together(group: Sequence[tuple[int, bytes]]) -> bytes:
    """Return a stream of objects: numbers and places first, then one by one."""
    places: list[str] = []
    at = 0
    for number, written in group:
        places.append(f"{number} {at}")
        at += len(written) + 1
    head = " ".join(places).encode() + b"\n"
    content = head + b"\n".join(written for _, written in group)
    about = b"/Type/ObjStm/N %d/First %d" % (len(group), len(head))
    return _stream(about, content)


def _table(entries: dict[int, _Entry], last: int, document: Insides) -> bytes:
    """Return the table that says where each object is, with the file's root."""
    rows = b"".join(
        b"%c%b%b" % (kind, where.to_bytes(4, "big"), place.to_bytes(2, "big"))
        for kind, where, place in (entries[n] for n in range(1, last + 1))
    )
    free = bytes(5) + b"\xff\xff"
    about = b"/Type/XRef/W[1 4 2]/Size %d/Root %b/Info %b/ID %b" % (
        last + 1,
        document.Reference(document.Catalog).format(document),  # type: ignore[no-untyped-call] # published without types
        document.Reference(document.info).format(document),  # type: ignore[no-untyped-call] # published without types
        document.ID(),
    )
    return _stream(about, free + rows)


def _stream(about: bytes, content: bytes) -> bytes:
    shrunk = zlib.compress(content)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b%b" % (
        about,
        len(shrunk),
        shrunk,
        _END,
    )
