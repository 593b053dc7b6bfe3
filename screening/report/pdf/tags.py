"""What is each piece of a page? The tree that a screen reader follows.

ReportLab draws no tags of its own: marked content is written into the pages as they
are drawn, and this tree, with the way back from each page, is added before saving.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc

from screening.report.scripts import TURNED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


COLUMN_HEADER = "/A<</O/Table/Scope/Column>>"
ROW_HEADER = "/A<</O/Table/Scope/Row>>"
NO_NUMBERS = "/A<</O/List/ListNumbering/None>>"

# A page's dictionary keeps only keys it knows: these two lead back into the tree.
for _key in ("StructParents", "Tabs"):
    if _key not in pdfdoc.PDFPage.__NoDefault__:
        pdfdoc.PDFPage.__NoDefault__.append(_key)


@dataclass(slots=True, eq=False)
class Element:
    """A node of the tree; `kids` are elements, or (page, number) of marked content.

    `attributes` is written into its dictionary as it stands; `alternative` is the text
    that stands for a figure. `lines` are its texts as they were written, `is_turned`
    tells that some of it runs from the right: then it is read from them.
    """

    tag: str
    attributes: str = ""
    alternative: str = ""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    is_turned: bool = False

    def add(self, tag: str, attributes: str = "", alternative: str = "") -> Element:
        """Return a new element below this one."""
        kid = Element(tag, attributes, alternative)
        self.kids.append(kid)
        return kid


class Root(pdfdoc.PDFCatalog):
    """The document's root, with the keys that a tagged document has in it."""

    StructTreeRoot: pdfdoc.PDFObject
    MarkInfo: pdfdoc.PDFObject
    Metadata: pdfdoc.PDFObject
    OutputIntents: pdfdoc.PDFObject
    Names: pdfdoc.PDFObject
    AF: pdfdoc.PDFObject


class Insides(pdfdoc.PDFDocument):
    """Names of ReportLab's document that its published types leave out."""

    Pages: pdfdoc.PDFPages
    Catalog: Root
    _ID: bytes
    _timeStamp: TimeStamp  # noqa: N815 - ReportLab's own name


class Written(pdfdoc.PDFObject):
    """An object whose bytes are already known; one that is apart is referred to."""

    def __init__(self, text: str = "", *, is_apart: bool = True) -> None:
        self.text = text
        if is_apart:
            self.__RefOnly__ = 1

    def format(self, document: object) -> bytes:  # noqa: ARG002 - ReportLab's signature
        """Return the bytes, as ReportLab asks for them."""
        return self.text.encode("ascii")


def add_tree(
    document: Insides, root: Element, owners: Sequence[Sequence[Element]]
) -> None:
    """Write the tree into the document; `owners` are the elements on each page."""
    pages = document.Pages.pages
    page_numbers = [number_of(document, page) for page in pages]
    for place, page in enumerate(pages):
        page.StructParents = place
        page.Tabs = pdfdoc.PDFName("S")
    top = Written()
    top_number = number_of(document, top)
    numbers: dict[Element, str] = {}
    kid = _write(document, root, top_number, page_numbers, numbers)
    parents = " ".join(
        f"{place} [{' '.join(numbers[element] for element in owned)}]"
        for place, owned in enumerate(owners)
    )
    top.text = (
        f"<</Type/StructTreeRoot/K [{kid}]/ParentTree<</Nums[{parents}]>>"
        f"/ParentTreeNextKey {len(pages)}>>"
    )
    document.Catalog.StructTreeRoot = top
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def number_of(document: pdfdoc.PDFDocument, thing: object) -> str:
    """Register an object of ReportLab's; return the reference to it."""
    reference = document.Reference(thing).format(document)  # type: ignore[no-untyped-call] # published without types
    return reference.decode("ascii") if isinstance(reference, bytes) else str(reference)


def packed_stream(
    document: pdfdoc.PDFDocument,
    content: bytes,
    about: Mapping[str, object] | None = None,
) -> str:
    """Register a stream, packed, with `about` in its dictionary; return a reference."""
    stream = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary(dict(about or {})),
        content,
        [pdfdoc.PDFStreamFilterZCompress()],
    )
    return number_of(document, stream)


def registered(document: pdfdoc.PDFDocument, thing: Written) -> str:
    """Register a new object as `document.Reference` does, with less ado for many."""
    number = document.objectcounter = document.objectcounter + 1
    name = f"R{number}"
    document.idToObjectNumberAndVersion[name] = (number, 0)
    document.numberToId[number] = name
    document.idToObject[name] = thing
    return f"{number} 0 R"


def _write(
    document: pdfdoc.PDFDocument,
    element: Element,
    parent: str,
    pages: list[str],
    numbers: dict[Element, str],
) -> str:
    """Register the element and all below it; return its reference."""
    written = Written()
    number = numbers[element] = registered(document, written)
    home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_write(document, kid, number, pages, numbers))
        elif kid[0] == home:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]}/MCID {kid[1]}>>")
    on_page = "" if home is None else f"/Pg {pages[home]}"
    alternative = ""
    if element.alternative:
        alternative = f"/Alt {hexadecimal(element.alternative)}"
    if element.is_turned:
        said = " ".join(element.lines).replace(TURNED, "")
        alternative += f"/ActualText {hexadecimal(said)}"
    written.text = (
        f"<</Type/StructElem/S/{element.tag}/P {parent}{on_page}"
        f"/K [{' '.join(kids)}]{alternative}{element.attributes}>>"
    )
    return number


def hexadecimal(text: str) -> str:
    """Return a text string of any script as PDF writes it in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
