"""The only mark-up that texts may have: `**strong words**`. Everything else is text.

Whoever shows a text asks for its pieces and escapes each; HTML is never made here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STRONG = re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*")
_TAG = re.compile(r"</?[A-Za-z][^>]{0,200}>|&[A-Za-z]{2,8};|&#\d{1,6};")
_OTHER = re.compile(
    r"\*\*"
    r"|(?<![\w*])\*(?=[^\s*])[^*\n]{1,80}(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w*])_(?=\w)[^_\n]{1,80}(?<=\w)_(?![\w_])"
    r"|\[[^\]]{1,80}\]\([^)]{1,200}\)"
    r"|(?m:^#{1,6} )"
    r"|`[^`]{1,80}`"
)
"""Stars that close nothing, and the marks of Markdown."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, strong or not."""

    text: str
    is_strong: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """Return a text in stretches, its marks taken away.

    >>> [(one.text, one.is_strong) for one in pieces("Do **not** stop.")]
    [('Do ', False), ('not', True), (' stop.', False)]
    """
    if "**" not in text:
        return (Piece(text),)
    made: list[Piece] = []
    end = 0
    for found in _STRONG.finditer(text):
        made.append(Piece(text[end : found.start()]))
        made.append(Piece(found[1], is_strong=True))
        end = found.end()
    made.append(Piece(text[end:]))
    return tuple(piece for piece in made if piece.text)


def without_marks(text: str) -> str:
    """Return a text as it is read, for where nothing can be strong.

    >>> without_marks("Do **not** stop.")
    'Do not stop.'
    """
    return text if "**" not in text else "".join(piece.text for piece in pieces(text))


@dataclass(frozen=True, slots=True)
class Misuse:
    """A mark that is not allowed or not closed: where it begins, and what it is."""

    at: int
    mark: str
    is_tag: bool


def misuse(text: str) -> Misuse | None:
    """Return the first mark that would be shown as it is written, None if none would.

    >>> misuse("Do <b>not</b> stop.").mark
    '<b>'
    """
    tag = _TAG.search(text)
    if tag:
        return Misuse(tag.start(), tag[0], is_tag=True)
    rest = _STRONG.sub(lambda found: " " * len(found[0]), text)
    other = _OTHER.search(rest)
    return Misuse(other.start(), other[0], is_tag=False) if other else None
