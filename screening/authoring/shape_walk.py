"""Which shape has a part of a file, and in which order does it name its own parts?"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from screening.authoring.shape_words import WORDS
from screening.core.source import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.source import Node

Kind = Any
"""What pydantic is told of a part: a shape, a list, a dict, or a choice of these."""

Content = str | None | tuple[object, ...]
"""What a node says, without its place: text, nothing, items, or names with values."""


def shape_of(kind: Kind) -> type[BaseModel] | None:
    """Return the shape that a part may have, None where it has none."""
    for one in _forms(kind):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def shape_names(kind: Kind) -> tuple[str, ...]:
    """Return the names of the shape that a part may have, in order; none for others."""
    shape = shape_of(kind)
    return () if shape is None else tuple(WORDS[shape])


def named_kind(kind: Kind, name: str) -> Kind:
    """Return the kind of what stands under a name, None where it is not known."""
    shape = shape_of(kind)
    if shape is not None:
        return next(
            (
                field.annotation
                for inner, field in shape.model_fields.items()
                if (field.alias or inner) == name
            ),
            None,
        )
    return next((get_args(one)[1] for one in _forms(kind) if _is_a(one, dict)), None)


def item_kind(kind: Kind) -> Kind:
    """Return the kind of the items of a list, None where it is not known."""
    return next((get_args(one)[0] for one in _forms(kind) if _is_a(one, list)), None)


def content(node: Node, kind: Kind) -> Content:
    """Return what a node says, the names of a shape in its order.

    Two nodes of the same content mean the same.
    """
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return tuple(content(item, item_kind(kind)) for item in node.items)
    names = shape_names(kind)
    entries = sorted(
        node.entries,
        key=lambda name: names.index(name) if name in names else len(names),
    )
    return (
        Mapping,
        *(
            (name, content(node.entries[name], named_kind(kind, name)))
            for name in entries
        ),
    )


def _forms(kind: Kind) -> Iterator[Kind]:
    """Yield what a part may be, choices and annotations opened."""
    origin: Any = get_origin(kind)
    if origin is Annotated:
        yield from _forms(get_args(kind)[0])
    elif origin in {Union, types.UnionType}:
        for one in get_args(kind):
            yield from _forms(one)
    else:
        yield kind


def _is_a(kind: Kind, origin: type) -> bool:
    found: Any = get_origin(kind)
    return found is origin
