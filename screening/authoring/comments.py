"""Which comments does a file hold, where, and before which word does each stand?"""

from __future__ import annotations

from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.tokens import ScalarToken, Token

_NULLS = frozenset({"", "null", "Null", "NULL", "~"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment: its words, and where it stands.

    `line` and `column` count from 0. `before` is how many words (names and values that
    are not null) stand before it; with `is_alone` nothing else stands on its line.
    """

    words: str
    line: int
    column: int
    before: int
    is_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file's comments, the lines its words begin on, and lines inside of a text.

    `inside` are the lines after the first of texts that go over several lines.
    """

    comments: tuple[Comment, ...]
    words: tuple[int, ...]
    inside: frozenset[int]


def reading_of(text: str) -> Reading:
    """Return what stands where in a file that can be read.

    Raises ruamel.yaml's YAMLError for one that can't.
    """
    lines = text.split("\n")
    comments: list[Comment] = []
    words: list[int] = []
    inside: set[int] = set()
    line, column = 0, 0
    for token in YAML(typ="safe", pure=True).scan(text):
        start, end = token.start_mark, token.end_mark
        for number in range(line, start.line + 1):
            first = column if number == line else 0
            last = start.column if number == start.line else None
            gap = lines[number][first:last]
            if "#" in gap:
                at = gap.index("#")
                comments.append(
                    Comment(
                        words=gap[at:].rstrip(),
                        line=number,
                        column=first + at,
                        before=len(words),
                        is_alone=not lines[number][: first + at].strip(),
                    )
                )
        if _is_word(token):
            words.append(start.line)
        if isinstance(token, ScalarToken):
            inside.update(range(start.line + 1, end.line + bool(end.column)))
        line, column = end.line, end.column
    return Reading(
        comments=tuple(comments), words=tuple(words), inside=frozenset(inside)
    )


def _is_word(token: Token) -> bool:
    if not isinstance(token, ScalarToken):
        return False
    return not (token.plain and token.value in _NULLS)
