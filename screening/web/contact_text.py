"""Which words of a sentence can be tapped to call, to text or to open a site?

Numbers are written as a person reads them ("call or text 988", "116 123, free, any
time"). `linked` cuts such a sentence into pieces, and gives each number or address the
link that a telephone or browser understands. The text itself is never markup.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = r"(?<![\w-])(?:\+\d|\d)(?:[ ]?\d){2,14}(?![\w-])"
_REACHABLE = re.compile(
    rf"(?P<either>\b(?P<call>[Cc]all|[Ll]lame) (?P<or>or|o) "
    rf"(?P<text>text|envíe un mensaje) (?:al )?(?P<both>{_NUMBER}))"
    rf"|(?P<message>\b(?:[Tt]ext|[Ee]nvíe) (?:(?P<word>[A-Z]{{2,12}}) (?:to|al) )?"
    rf"(?P<short>{_NUMBER}))"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<site>\b(?:[a-z0-9-]+\.)+(?:com|org|net|ie|uk|eu|nz|au|ca)\b(?:/[\w/-]*)?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with `address` it is a link to it."""

    text: str
    address: str | None = None


@lru_cache(maxsize=512)
def linked(text: str) -> tuple[Piece, ...]:
    """Return `text` in pieces, telephone numbers and addresses as links.

    >>> [piece.address for piece in linked("text HOME to 741741")]
    ['sms:741741']
    """
    pieces: list[Piece] = []
    end = 0
    for found in _REACHABLE.finditer(text):
        if found.start() > end:
            pieces.append(Piece(text[end : found.start()]))
        pieces.extend(_reachable(found))
        end = found.end()
    if end < len(text):
        pieces.append(Piece(text[end:]))
    return tuple(pieces)


def first_address(text: str) -> str | None:
    """Return where the first link in `text` leads, or None if it has none."""
    return next((piece.address for piece in linked(text) if piece.address), None)


def _reachable(found: re.Match[str]) -> tuple[Piece, ...]:
    if found["either"]:
        # One sentence, two ways: each gets words of its own to tap.
        number = found["both"]
        to = f"al {number}" if found["or"] == "o" else number
        return (
            Piece(f"{found['call']} {to}", f"tel:{_digits(number)}"),
            Piece(f" {found['or']} "),
            Piece(f"{found['text']} {to}", f"sms:{_digits(number)}"),
        )
    if found["message"]:
        return (Piece(found["message"], f"sms:{_digits(found['short'])}"),)
    if found["number"]:
        return (Piece(found["number"], f"tel:{_digits(found['number'])}"),)
    return (Piece(found["site"], f"https://{found['site']}"),)


def _digits(number: str) -> str:
    return number.replace(" ", "")
