"""What becomes of comments inside of brackets? Their parts are written out in lines.

ruamel.yaml loses a comment that stands between brackets, so that a list or names in
brackets over several lines are written below each other first, comments with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ruamel.yaml.nodes import CollectionNode, Node, ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterator


def opened(text: str, root: Node) -> str:
    """Return the text with brackets that hold comments written out in lines.

    `root` is what ruamel.yaml composes of the text. Whether the text still says the
    same, and every comment stands as before, is for the caller to see.
    """
    for node, column in reversed(list(_held(root, text, 0))):
        start = text.rfind("\n", 0, node.start_mark.index) + 1
        end = node.end_mark.index
        head = text[start : node.start_mark.index].rstrip()
        text = text[:start] + "\n".join(_lines(node, text, head, column)) + text[end:]
    return text


def _held(node: Node, text: str, column: int) -> Iterator[tuple[CollectionNode, int]]:
    """Yield the outermost brackets that hold comments, and where their parts begin."""
    if not isinstance(node, CollectionNode):
        return
    if node.flow_style:
        begin, end = node.start_mark.index, node.end_mark.index
        behind = text[end:].partition("\n")[0].strip()
        if "#" in text[begin:end] and "\n" in text[begin:end] and not behind:
            yield node, column
        return
    column = node.start_mark.column + 2
    for part in node.value:
        yield from _held(part[1] if isinstance(part, tuple) else part, text, column)


def _lines(node: CollectionNode, text: str, head: str, column: int) -> list[str]:
    lines = [head]
    at = node.start_mark.index + 1
    for part in node.value:
        begin, end, written = _part(part, text)
        _put_comments(lines, text[at:begin], column)
        first, *others = written.split("\n")
        lines.append(" " * column + first)
        lines += [" " * (column + 4) + line.strip() for line in others]
        at = end
    _put_comments(lines, text[at : node.end_mark.index - 1], column)
    return lines


def _part(part: Node | tuple[Node, Node], text: str) -> tuple[int, int, str]:
    """Return where a part begins and ends, and how it is written without brackets."""
    if not isinstance(part, tuple):
        begin, end = part.start_mark.index, part.end_mark.index
        return begin, end, f"- {text[begin:end]}"
    name, value = part
    begin, end = name.start_mark.index, value.end_mark.index
    if isinstance(value, ScalarNode) and not value.style and not value.value:
        return begin, end, f"{text[begin : name.end_mark.index]}:"
    return begin, end, text[begin:end]


def _put_comments(lines: list[str], gap: str, column: int) -> None:
    """Put the comments between two parts behind the last line, and below it."""
    behind, *below = gap.split("\n")
    if "#" in behind:
        lines[-1] += f" {behind[behind.index('#') :].rstrip()}"
    space = " " * column
    lines += [space + line[line.index("#") :].rstrip() for line in below if "#" in line]
