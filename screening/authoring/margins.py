"""Where do comments and empty lines stand, once a file was laid out anew?

A comment on a line of its own goes where the lines went that it was in line with; of
several empty lines one is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screening.authoring.comments import Comment, Reading


def margins_mended(old: str, before: Reading, new: str, after: Reading) -> str:
    """Return the new text with its comments in line with what they were in line with.

    `before` is the reading of the old text, `after` of the new.
    """
    lines = new.split("\n")
    if len(before.comments) == len(after.comments):
        sheets = _Sheets(old.split("\n"), before.words, list(lines), after.words)
        for was, now in zip(before.comments, after.comments, strict=True):
            if was.is_alone and now.is_alone:
                lines[now.line] = " " * sheets.column(was) + now.words
    kept = [
        line
        for number, line in enumerate(lines)
        if line.strip() or number in after.inside or _is_first_empty(lines, number)
    ]
    made = "\n".join(kept)
    # The empty lines at the end may belong to a text that keeps them.
    return made if len(lines) - 1 in after.inside else made.rstrip("\n") + "\n"


def _is_first_empty(lines: list[str], number: int) -> bool:
    return number > 0 and bool(lines[number - 1].strip())


class _Sheets:
    """Both texts, and for every word the line on which it begins."""

    def __init__(
        self,
        old: list[str],
        old_words: tuple[int, ...],
        new: list[str],
        new_words: tuple[int, ...],
    ) -> None:
        self._old, self._old_words = old, old_words
        self._new, self._new_words = new, new_words

    def column(self, comment: Comment) -> int:
        """Return the column at which a comment of the old text stands in the new."""
        after, last = comment.before, comment.before - 1
        if after < len(self._old_words):
            found = self._moved(after, comment.column)
            if found is not None:
                return found
        for word in range(last, -1, -1):
            found = self._moved(word, comment.column)
            if found is not None:
                return found
            if _edges(self._old[self._old_words[word]])[0] < comment.column:
                break
        if after < len(self._new_words):
            return _edges(self._new[self._new_words[after]])[0]
        return 0

    def _moved(self, word: int, column: int) -> int | None:
        """Return where a column of the word's line went, None if it is none of its."""
        edges = _edges(self._old[self._old_words[word]])
        if column not in edges:
            return None
        moved = _edges(self._new[self._new_words[word]])
        return moved[min(edges.index(column), len(moved) - 1)]


def _edges(line: str) -> list[int]:
    """Return the columns at which a line begins: its dashes, then its words.

    >>> _edges("  - id: x")
    [2, 4]
    """
    at = len(line) - len(line.lstrip(" "))
    edges = [at]
    while line[at : at + 2] == "- ":
        at += 2
        at += len(line[at:]) - len(line[at:].lstrip(" "))
        edges.append(at)
    return edges
