"""How is an article's Markdown read, with its source marks and its placeholders?

`[@source_id]` after a sentence ties it to a source. `{{crisis}}`, `{{about}}`,
`{{glossary}}` and `{{picture: name}}`, alone in a paragraph, stand for boxes that the
renderer makes. Raw HTML, images and any link but `https:` and `#…` are not part of the
language: they stay the letters they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

CITATION = "citation"
"""The type of a token that stands for one source mark; `meta["source"]` is its id."""

_MARK = re.compile(r"\[@([a-z0-9_]+(?:; ?@[a-z0-9_]+)*)\]")
_PLACEHOLDER = re.compile(r"\{\{ ?([a-z_]+)(?:: ?([a-z0-9_]+))? ?\}\}")
_LEFT_OVER = re.compile(r"\[@|\{\{")


class ArticleMarkdown(MarkdownIt):
    """CommonMark with tables and source marks, without HTML and images."""

    def __init__(self) -> None:
        """Make the parser: no state is kept between two articles."""
        super().__init__("commonmark", {"html": False})
        self.enable("table").disable(["html_block", "html_inline", "image"])
        self.inline.ruler.before("link", CITATION, _read_citation)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        """Allow links within the page and to https addresses, nothing else."""
        return url.startswith(("https://", "#"))


def placeholder(text: str) -> tuple[str, str] | None:
    """Return the name and the argument ("" without one) if `text` is a placeholder.

    >>> placeholder("{{picture: responders}}")
    ('picture', 'responders')
    """
    found = _PLACEHOLDER.fullmatch(text.strip())
    return (found[1], found[2] or "") if found else None


def left_over(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Yield line (from 1) and text of marks and placeholders nobody understood."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "text" and _LEFT_OVER.search(child.content):
                yield (token.map or [0])[0] + 1, child.content.strip()[:60]


def _read_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - theirs
    found = _MARK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        for name in found[1].split(";"):
            token = state.push(CITATION, "", 0)
            token.meta = {"source": name.strip().removeprefix("@")}
    state.pos = found.end()
    return True
