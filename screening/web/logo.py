"""Can a clinic's logo be shown on every page, and does it bring nothing along?

A PNG, or an SVG that draws and does nothing else: no script, no event, nothing from
elsewhere, no document type that could name other files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 50_000
"""As much as style and script of a page together."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_REFUSED = frozenset({"script", "foreignObject", "style", "a", "handler", "listener"})
_NEITHER = "is neither a PNG nor an SVG"
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture as browsers get it."""

    content: bytes
    media_type: str


class LogoProblem(Exception):  # noqa: N818 - the name says what happened
    """The file can't be shown; `what` is wrong with it, and `fix` what to do."""

    def __init__(self, what: str, fix: str) -> None:
        """Keep both, for a message."""
        super().__init__(f"{what} {fix}")
        self.what, self.fix = what, fix


def read_logo(path: Path) -> Logo:
    """Return the picture in a file; raise LogoProblem if it can't be shown."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"can't be read: {error.strerror}"
        raise LogoProblem(what, "Name a file that the service may read.") from error
    if len(content) > MOST_BYTES:
        what = f"is larger than {MOST_BYTES} bytes"
        raise LogoProblem(what, "Every page carries it: make it smaller.")
    if content.startswith(_PNG):
        return Logo(content=content, media_type="image/png")
    for fault in _faults_of(content):
        raise LogoProblem(fault, "Export it as a plain SVG, or as a PNG.")
    return Logo(content=content, media_type="image/svg+xml")


def _faults_of(content: bytes) -> Iterator[str]:
    """Yield what an SVG holds beyond drawing, or that the file is none."""
    try:
        text = content.decode("utf-8")
        if "<!" in text.replace("<!--", ""):
            yield "has a document type, or data that is not drawn"
            return
        root = ET.fromstring(text)  # noqa: S314 - no document type, so no entities
    except (UnicodeDecodeError, ET.ParseError):
        yield _NEITHER
        return
    if root.tag != f"{_SVG}svg":
        yield _NEITHER
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _REFUSED:
            yield f"holds <{name}>"
        for attribute, value in element.attrib.items():
            yield from _faults_of_attribute(attribute.rpartition("}")[2], value)


def _faults_of_attribute(name: str, value: str) -> Iterator[str]:
    if name.lower().startswith("on"):
        yield f'holds the event "{name}"'
    if (name == "href" and not value.startswith("#")) or _ELSEWHERE.search(value):
        yield f'refers to something elsewhere in "{name}"'
