"""Which hard words does the article explain, and can a reader go there and back?

The front matter says what each word means. `[ERP](#word-erp)` in the text leads to its
entry where `{{glossary}}` stands, and the entry leads back to the first such link, so
that a meaning is there for whoever asks, on paper too and without a script.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.token import Token

    from screening.core.problems import Place

ENTRY = "word-"
USE = "use-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a word means, and where the file says so."""

    text: str
    where: Place


def name_of(text: str) -> str:
    """Return what stands for a text in an address within the page.

    Accents are left aside: an address would have them in percent signs.

    >>> name_of("Off-label use"), name_of("Remisión")
    ('off-label-use', 'remision')
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+", "-", letters).strip("-")


class Glossary:
    """The words of one article, and which of them its text has led to so far."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        """Begin with no word led to."""
        self.meanings = meanings
        self._by_name = {name_of(word): word for word in meanings}
        self._used: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The addresses within the page that lead to a word."""
        return tuple(f"#{ENTRY}{name}" for name in self._by_name)

    def lead(self, link: Token) -> bool:
        """Make a link to a word known as one; False if there is no such word.

        The first link to a word is where its entry leads back to.
        """
        name = str(link.attrGet("href")).removeprefix(f"#{ENTRY}")
        if name not in self._by_name:
            return False
        link.attrSet("class", "article-word")
        if name not in self._used:
            link.attrSet("id", f"{USE}{name}")
        self._used.add(name)
        return True

    def unused(self) -> Iterator[tuple[str, Meaning]]:
        """Yield every word that no link has led to."""
        for name, word in self._by_name.items():
            if name not in self._used:
                yield word, self.meanings[word]


def leads_to_a_word(token: Token) -> bool:
    """Tell whether a token opens a link into the glossary."""
    href = str(token.attrGet("href") or "")
    return token.type == "link_open" and href.startswith(f"#{ENTRY}")
