"""Where do the demonstrators under tests/definitions use each part of the language?

The reference cuts its examples here, and a test holds every part to be used.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screening.authoring.kinds import kind_of
from screening.authoring.shape_walk import item_kind, named_kind, shape_of
from screening.core.expression import Expression
from screening.core.load import load
from screening.core.source import Mapping, Scalar, Sequence, read_text
from screening.library import shelf_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from screening.core.definition import Questionnaire
    from screening.core.problems import Place
    from screening.core.source import Node

ROOT = Path(__file__).resolve().parent.parent
DEFINITIONS = ROOT / "tests" / "definitions"
WIDEST = 100
"""Characters of a line of an example; a part that stands in a longer one is passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A name as it stands in a demonstrator: in which shape, where, and its value.

    `whole` is where the part begins that has the name, such as the question.
    """

    shape: type[BaseModel]
    name: str
    place: Place
    value: Node
    whole: Place

    @property
    def snippet(self) -> str:
        """The lines it stands in, as far to the left as they go."""
        return cut(self.place.file, self.place.line)

    @property
    def context(self) -> str:
        """The lines of the whole part that it is of."""
        return cut(self.whole.file, self.whole.line)


def files() -> list[Path]:
    """Return the files of all demonstrators; broken files are none."""
    found = sorted(DEFINITIONS.rglob("*.yaml"))
    return [path for path in found if DEFINITIONS / "broken" not in path.parents]


def folders() -> list[Path]:
    """Return the folders that hold a questionnaire, by name."""
    return sorted(path.parent for path in DEFINITIONS.glob("*/questionnaire.yaml"))


@cache
def questionnaire(folder: Path) -> Questionnaire:
    """Return the questionnaire in a demonstrator's folder."""
    shelf = shelf_for(folder, DEFINITIONS)
    return load(shelf.questionnaire_id, shelf.read)


@cache
def uses() -> tuple[Use, ...]:
    """Return every use of every name that a shape has, in the order of the files."""
    return tuple(use for path in files() for use in _uses_in(path))


def best_use(shape: type[BaseModel], name: str) -> Use | None:
    """Return the use that is quickest to read, None where there is none."""
    found = [use for use in uses() if (use.shape, use.name) == (shape, name)]
    return min(found, key=lambda use: _effort(use.snippet), default=None)


def _effort(snippet: str) -> tuple[bool, int, int]:
    lines = snippet.splitlines()
    widest = max(map(len, lines))
    return widest > WIDEST, len(lines), widest


def _uses_in(path: Path) -> Iterator[Use]:
    node = read_text(path.read_text("utf-8"), str(path.relative_to(ROOT)))
    kind = kind_of(node)
    if kind is None:
        raise SystemExit(f"{path} is of no kind of file")
    yield from _walk(node, kind.shape)


def _walk(node: Node, kind: Any) -> Iterator[Use]:  # noqa: ANN401 - what pydantic takes
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _walk(item, item_kind(kind))
    elif isinstance(node, Mapping):
        shape = shape_of(kind)
        for name, value in node.entries.items():
            if shape is not None:
                place = node.keys[name]
                yield Use(
                    shape=shape, name=name, place=place, value=value, whole=node.place
                )
            yield from _walk(value, named_kind(kind, name))


def said(use: Use) -> list[str]:
    """Return the plain words under a name: its own, or those of its list."""
    items = use.value.items if isinstance(use.value, Sequence) else (use.value,)
    return [item.text for item in items if isinstance(item, Scalar)]


# -- examples


def cut(file: str, line: int) -> str:
    """Return the part of a file that begins in a line, counted from 1.

    It ends before the next line that stands as far to the left.
    """
    lines = (ROOT / file).read_text("utf-8").splitlines()[line - 1 :]
    indent = _indent(lines[0])
    part = [lines[0]]
    for after in lines[1:]:
        if after.strip() and _indent(after) <= indent:
            break
        part.append(after)
    while not part[-1].strip():
        part.pop()
    return "\n".join(one[indent:] for one in part)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# -- expressions


def expressions() -> Iterator[Expression]:
    """Yield every expression of every demonstrator, compiled."""
    for folder in folders():
        yield from _inside(questionnaire(folder), Expression, set())


def nodes(of: object, kind: type) -> Iterator[Any]:
    """Yield every part of one kind in a tree of dataclasses, the whole included."""
    return _inside(of, kind, set())


def _inside(of: Any, kind: type, seen: set[int]) -> Iterator[Any]:  # noqa: ANN401 - any tree
    if id(of) in seen:
        return
    if isinstance(of, kind):
        seen.add(id(of))
        yield of
    parts: list[Any] = []
    if dataclasses.is_dataclass(of):
        parts = [getattr(of, field.name) for field in dataclasses.fields(of)]
    elif isinstance(of, tuple | list | frozenset):
        parts = list(of)
    elif hasattr(of, "values"):
        parts = list(of.values())
    for part in parts:
        yield from _inside(part, kind, seen)
