"""How does a file look: indentation, brackets, and quotes?

ruamel.yaml writes the file anew from what it composed, comments included. Every plain
value stays the text that it is.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from screening.authoring.shape_walk import item_kind, named_kind, shape_names

if TYPE_CHECKING:
    from screening.authoring.shape_walk import Kind

_NO_LIMIT = 1 << 30
"""The width of a line: none is ever broken."""

_EMPTY = frozenset({"", "~", "Null", "NULL"})
_MEANT = re.compile(r"true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
"""Plain values that every reader of YAML takes for what the checker does."""

_MISTAKEN = re.compile(
    r"y|n|yes|no|on|off|true|false"  # truths, some of YAML 1.1 only
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"  # 1:30 is ninety
    r"|[-+]?0(b[01_]+|o[0-7_]+|x[0-9a-f_]+)"
    r"|[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)(e[-+]?[0-9]+)?"
    r"|[-+]?\.inf|\.nan"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?"
    r"|=|<<",
    re.ASCII | re.IGNORECASE,
)
"""Plain values that some reader of YAML takes for a truth, a number or a day."""


_STRAY_FOLD = re.compile(r"(?<!\S)\a|\a(?! \S)")
"""A mark of ruamel.yaml's where a folded text does more than go on in the next line."""


class _AllText(VersionedResolver):
    """Takes no plain value for anything but text, as the checker does."""

    versioned_resolver: dict[str, list[object]] = {}  # noqa: RUF012 - a property of ruamel.yaml's, never written to


def composed(text: str) -> Node:
    """Return what ruamel.yaml composes of the text, comments included.

    Raises ruamel.yaml's YAMLError.
    """
    root: Node = _yaml().compose(text)
    return root


def needs_quotes(value: str) -> bool:
    """Tell whether some reader of YAML takes a plain value for other than its text.

    >>> [needs_quotes(value) for value in ("no", "012", "929433e4", "12", "age >= 12")]
    [True, True, True, False, False]
    """
    return bool(_MISTAKEN.fullmatch(value)) and not _MEANT.fullmatch(value)


def laid_out(text: str, root: Node, kind: Kind) -> str:
    """Return the text written anew; `root`, composed of it, is changed on the way.

    Comments on lines of their own stand where they stood, and may have to be moved.
    """
    _style(root, kind, text, in_brackets=False)
    written = io.StringIO()
    _yaml().serialize(root, written)
    return written.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _AllText
    yaml.width = _NO_LIMIT
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _style(node: Node, kind: Kind, text: str, *, in_brackets: bool) -> None:
    if isinstance(node, ScalarNode):
        _style_value(node, text, in_brackets=in_brackets)
    elif isinstance(node, CollectionNode):
        _style_parts(node, kind, text, in_brackets=in_brackets)


def _style_parts(
    node: CollectionNode, kind: Kind, text: str, *, in_brackets: bool
) -> None:
    is_long = _has_several_lines(node) and node.value and not in_brackets
    if is_long and node.comment is None:
        node.flow_style = False
    in_brackets = bool(node.flow_style)
    if not isinstance(node, MappingNode):
        for item in node.value:
            _style(item, item_kind(kind), text, in_brackets=in_brackets)
        return
    for name, value in node.value:
        if isinstance(name, ScalarNode):
            _style_name(name)
        _style(value, named_kind(kind, name.value), text, in_brackets=in_brackets)
    names = shape_names(kind)
    is_known = {name.value for name, _ in node.value} <= set(names)
    if in_brackets and is_known and not _has_comments(node):
        node.value.sort(key=lambda pair: names.index(pair[0].value))


def _has_several_lines(node: Node) -> bool:
    return bool(node.end_mark.line > node.start_mark.line)


def _has_comments(node: Node) -> bool:
    """Tell whether a comment stands inside of what is in brackets."""
    parts = [one for pair in node.value for one in pair]
    return any(
        part.comment is not None
        or (isinstance(part, CollectionNode) and _inner_comments(part))
        for part in parts
    )


def _inner_comments(node: Node) -> bool:
    if isinstance(node, MappingNode):
        return _has_comments(node)
    return any(
        item.comment is not None
        or (isinstance(item, CollectionNode) and _inner_comments(item))
        for item in node.value
    )


# -- values and names


def _style_name(node: ScalarNode) -> None:
    if not node.style and (node.value in _EMPTY or node.value == "null"):
        node.style = '"'  # a name is text, never nothing
        return
    _quote(node)


def _style_value(node: ScalarNode, text: str, *, in_brackets: bool) -> None:
    if not node.style and node.value in _EMPTY:
        node.value = "null"
        return
    if node.style == ">":
        node.value = _STRAY_FOLD.sub("", node.value)
    if node.style in {"|", ">"}:
        return
    if _has_several_lines(node) and not in_brackets:
        lines = _lines_of(node, text)
        if lines is not None and _takes_comment_below(node):
            node.style = ">"
            # ruamel.yaml marks with \a where a folded text goes on in the next line.
            node.value = "\a ".join(lines)
            return
    _quote(node)


def _quote(node: ScalarNode) -> None:
    """Give a value the quotes it should have; others stay without."""
    value = node.value
    if not node.style:
        if needs_quotes(value):
            node.style = '"'
    elif node.style == "'" and not {'"', "\\"} & set(value):
        node.style = '"'
    elif (
        node.style == '"' and '"' in value and "'" not in value and value.isprintable()
    ):
        node.style = "'"


def _takes_comment_below(node: ScalarNode) -> bool:
    """Tell whether no comment stands right behind a value; those below it may stay."""
    comment = node.comment[0] if node.comment else None
    if comment is None:
        return not node.comment
    if not comment.value.startswith("\n"):
        return False
    comment.value = comment.value[1:]  # a text over several lines ends its last one
    return True


def _lines_of(node: ScalarNode, text: str) -> list[str] | None:
    """Return the lines of a value that goes on over several, None for an involved one.

    Joined by spaces they are the value.
    """
    raw = text[node.start_mark.index : node.end_mark.index]
    if node.style:
        raw = raw[1:-1]
    if node.style == "'":
        raw = raw.replace("''", "'")
    lines = [line.strip(" ") for line in raw.split("\n")]
    return lines if " ".join(lines) == node.value and all(lines) else None
