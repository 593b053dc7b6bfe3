"""The one form of a question file: the same meaning and comments, laid out alike.

Nothing is written here. What would change a meaning, or move a comment to another
place, is refused.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from ruamel.yaml.error import YAMLError

from screening.authoring.brackets import opened
from screening.authoring.comments import reading_of
from screening.authoring.kinds import kind_of
from screening.authoring.layout import composed, laid_out
from screening.authoring.margins import margins_mended
from screening.authoring.ordering import ordered
from screening.authoring.shape_walk import content
from screening.core.problems import DefinitionError, Place, Problem
from screening.core.source import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.authoring.comments import Reading
    from screening.authoring.shape_walk import Kind
    from screening.core.source import Node

_ODD_LINE_END = re.compile("[\r\x85\u2028\u2029]")
_MOST_ROUNDS = 4
"""After so many times a file that still changes has no one form."""


def canonical(text: str, name: str) -> str:
    """Return the file's one form; `name` is what the file is called in messages.

    The form of a form is itself. Raises DefinitionError for a file that can't be read,
    and for one that would not stay the same.
    """
    for _ in range(_MOST_ROUNDS):
        made = _once(text, name)
        if made == text:
            return made
        text = made
    raise _refused(name, 1, "this file does not come to rest in one form")


def _once(text: str, name: str) -> str:
    node = read_text(text, name)
    found = kind_of(node)
    kind = None if found is None else found.shape
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if odd := _ODD_LINE_END.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        raise _refused(name, line, "a line ends here that few programs see as one")
    try:
        for made in _rearranged(text, name, node, kind):
            with suppress(DefinitionError):
                return _anew(made, name, node, kind)
        return _anew(text, name, node, kind)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _refused(name, line, "this can't be laid out anew") from None


def _rearranged(text: str, name: str, node: Node, kind: Kind) -> Iterator[str]:
    """Yield the text with its lines moved, the best way first, where all is kept."""
    in_lines, root = text, composed(text)
    for _ in range(_MOST_ROUNDS):
        made = opened(in_lines, root)
        if made == in_lines or not _keeps(in_lines, made, name, node, kind):
            break
        in_lines, root = made, composed(made)
    in_order = ordered(in_lines, root, kind)
    if in_order != in_lines and _says(in_order, name, node, kind):
        yield in_order
    if in_lines != text:
        yield in_lines


def _anew(text: str, name: str, node: Node, kind: Kind) -> str:
    """Return the text laid out; raise DefinitionError if it would not stay the same."""
    before = reading_of(text)
    made = laid_out(text, composed(text), kind)
    made = margins_mended(text, before, made, reading_of(made))
    _check_comments(before, reading_of(made), name)
    if not _says(made, name, node, kind):
        raise _refused(name, 1, "this file would not say the same any more")
    return made


def _keeps(text: str, made: str, name: str, node: Node, kind: Kind) -> bool:
    """Tell whether what was made of a text says the same, every comment in place."""
    if not _says(made, name, node, kind):
        return False
    before, after = reading_of(text), reading_of(made)
    return _places(before) == _places(after)


def _places(reading: Reading) -> list[tuple[str, int, bool]]:
    return [(one.words, one.before, one.is_alone) for one in reading.comments]


def _says(text: str, name: str, node: Node, kind: Kind) -> bool:
    """Tell whether a text says what the node does, the names of shapes in any order."""
    try:
        return content(read_text(text, name), kind) == content(node, kind)
    except DefinitionError:
        return False


def _check_comments(before: Reading, after: Reading, name: str) -> None:
    """Raise DefinitionError for the first comment that is not where it was."""
    kept = _places(after)
    for number, was in enumerate(_places(before)):
        if kept[number : number + 1] != [was]:
            line = before.comments[number].line + 1
            raise _refused(name, line, "this comment could not stay where it is")
    if len(kept) != len(before.comments):
        raise _refused(name, 1, "a comment would come up that is none")


def _refused(name: str, line: int, what: str) -> DefinitionError:
    fix = "Put comments on lines of their own, outside of brackets and texts."
    problem = Problem(code="SC015", what=what, fix=fix, where=Place(name, line))
    return DefinitionError([problem])
