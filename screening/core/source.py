"""YAML text as nodes that know where they stand; every limit on input lives here.

This is the only module that imports yaml. It reads the event stream of the C parser,
so that depth, aliases, tags and duplicate keys are refused while reading, before any
tree exists. Every scalar stays text, as in YAML 1.2's failsafe schema: `no`, `1:30`
and `012` are what was written. Well-kept libraries that give positions and C speed
at once were looked for; PyYAML's events are both, in a few milliseconds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from screening.core.problems import DefinitionError, Place, Problem
from screening.core.yaml_slips import yaml_slip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MOST_BYTES = 256 * 1024
"""The largest file that is read: 256 KiB (the shipped questionnaire has half)."""

DEEPEST = 32
"""How many lists and mappings may stand inside one another."""

_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_NULLS = frozenset({"", "null", "Null", "NULL", "~"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, always text. `is_null` tells an empty or `null` plain value.

    `is_plain` tells of one without quotes.
    """

    text: str
    place: Place
    is_null: bool = False
    is_plain: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named nodes in the order of the file; `keys` tells where each name stands."""

    entries: dict[str, Node]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Sequence | Mapping
Plain = str | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]
"""Steps into a node: names of mappings, positions in lists."""


def read_text(text: str | bytes, file: str) -> Node:
    """Return the one document in `text`, whose name in messages is `file`.

    Raises DefinitionError, with the place, for anything but one small, plain,
    UTF-8 YAML document.
    """
    text = decoded(text, file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Reader(yaml.parse(text, Loader=loader), file).document()
    except yaml.MarkedYAMLError as error:
        slip = yaml_slip(text, error)
        place = Place(file, slip.line + 1, slip.column + 1)
        raise _refusal("SC001", slip.what, slip.fix, place) from None


def plain(node: Node) -> Plain:
    """Return the node without its places: text, None, lists and dicts."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {name: plain(value) for name, value in node.entries.items()}


def without(node: Node, paths: Collection[Path]) -> Node:
    """Return the node without the parts that `paths` lead to; others stay the same."""
    first: dict[str | int, set[Path]] = {}
    for path in paths:
        first.setdefault(path[0], set()).add(path[1:])
    if isinstance(node, Mapping):
        entries = {
            name: without(part, first[name]) if name in first else part
            for name, part in node.entries.items()
            if () not in first.get(name, ())
        }
        return Mapping(entries, node.keys, node.place)
    if isinstance(node, Sequence):
        items = (
            without(part, first[number]) if number in first else part
            for number, part in enumerate(node.items)
            if () not in first.get(number, ())
        )
        return Sequence(tuple(items), node.place)
    return node


def nodes_along(node: Node, path: Path) -> Iterator[Node]:
    """Yield the nodes that a path leads through below `node`, the last included."""
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int):
            if step >= len(node.items):
                return
            node = node.items[step]
        else:
            return
        yield node


def place_of(node: Node, path: Path) -> Place:
    """Return where `path` leads below `node`, or as far as it can be followed.

    A step that is a mapping's key leads to the key itself when it is the last one.
    """
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            if step == path[-1] and isinstance(node.entries[str(step)], Scalar):
                return node.entries[str(step)].place
            node = node.entries[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step] if step < len(node.items) else node
        elif isinstance(node, Mapping) and step in node.keys:
            return node.keys[str(step)]
    return node.place


def key_place_of(node: Node, path: Path) -> Place:
    """Return where the last name of `path` stands; the part itself if it has none."""
    *outer, name = path
    owner = next(reversed((node, *nodes_along(node, tuple(outer)))), node)
    if isinstance(owner, Mapping) and name in owner.keys:
        return owner.keys[str(name)]
    return place_of(node, path)


def place_within(text: str, start: Place, value: str, offset: int) -> Place:
    """Return where the character at `offset` of a scalar's value stands in a file.

    `text` is the file's, `start` where the scalar begins in it, its quotes included.
    A value that is written otherwise than it reads (escapes) gives `start`.
    """
    lines = text.split("\n")
    at = sum(len(line) + 1 for line in lines[: start.line - 1]) + start.column - 1
    style = text[at : at + 1]
    if style in {"|", ">"}:
        at = text.find("\n", at) + 1
    elif style in {"'", '"'}:
        at += 1
    escapes = {"'": {"''"}, '"': {'\\"', "\\\\"}}.get(style, set())
    for word in value[:offset].split():
        at = _after(text, at, word, escapes)
        if at < 0:
            return start
    if value[offset : offset + 1].strip():
        while text[at : at + 1].isspace():
            at += 1
    return _end_of(text[:at], start.file)


def _after(text: str, at: int, word: str, escapes: set[str]) -> int:
    """Return where `word`, which begins at or after `at`, ends; -1 if it does not.

    `escapes` are the pairs of which only the second sign counts.
    """
    while text[at : at + 1].isspace():
        at += 1
    for sign in word:
        if text[at : at + 2] in escapes:
            at += 1
        if text[at : at + 1] != sign:
            return -1
        at += 1
    return at


def _refusal(code: str, what: str, fix: str, place: Place) -> DefinitionError:
    return DefinitionError([Problem(code=code, what=what, fix=fix, where=place)])


def decoded(text: str | bytes, file: str) -> str:
    """Return a file's text, or raise DefinitionError: too large, not UTF-8, control.

    `file` is its name in messages.
    """
    size = len(text)
    if size > MOST_BYTES:
        what = f"the file is too large ({size // 1024} KiB)"
        fix = f"Keep a file at {MOST_BYTES // 1024} KiB or less; split it."
        raise _refusal("SC002", what, fix, Place(file))
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            readable = error.object[: error.start].decode("utf-8-sig")
            place = _end_of(readable, file)
            fix = "Save the file as UTF-8."
            raise _refusal("SC003", "this is not UTF-8 text", fix, place) from None
    found = _UNREADABLE.search(text)
    if found:
        raise _control_character(found, _end_of(text[: found.start()], file))
    return text


def _control_character(found: re.Match[str], place: Place) -> DefinitionError:
    what = f"a control character (U+{ord(found.group()):04X}) stands here"
    return _refusal("SC004", what, "Delete it.", place)


def _end_of(text: str, file: str) -> Place:
    """Return the place right after `text`, which starts the file."""
    return Place(file, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


class _Reader:
    """Builds nodes from the parser's events, refusing what a question file must not."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self._events = events
        self._file = file

    def document(self) -> Node:
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    fix = "Keep one document a file: delete the line `---`."
                    what = "a second document begins here"
                    raise _refusal("SC005", what, fix, self._place(event))
                root = self._node(next(self._events), 0)
        if root is None:
            fix = "Begin it with `language_version: 1`."
            raise _refusal("SC006", "the file is empty", fix, Place(self._file))
        return root

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        if mark is None:  # only events made by hand have none
            return Place(self._file)
        return Place(self._file, mark.line + 1, mark.column + 1)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        self._refuse_tricks(event, place)
        if depth >= DEEPEST:
            what = f"this is nested more than {DEEPEST} deep"
            raise _refusal("SC007", what, "Write it flatter.", place)
        if isinstance(event, yaml.ScalarEvent):
            # Quoted text may write such a character as an escape, which is no better.
            if found := _UNREADABLE.search(event.value):
                raise _control_character(found, place)
            is_plain = not event.style
            is_null = is_plain and event.value in _NULLS
            return Scalar(event.value, place, is_null, is_plain)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._mapping(place, depth)

    def _refuse_tricks(self, event: yaml.Event, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "anchors (&) and aliases (*) are not part of the language"
            fix = "Write the value out, or quote it if it is text."
            raise _refusal("SC008", what, fix, place)
        if getattr(event, "tag", None) is not None:
            what = "tags (!) are not part of the language"
            fix = "Delete the tag, or quote the value if it is text."
            raise _refusal("SC009", what, fix, place)

    def _sequence(self, place: Place, depth: int) -> Sequence:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), place)

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                fix = "Use plain text before the colon."
                raise _refusal("SC010", "a name must be text", fix, key.place)
            if key.text in entries:
                what = f'"{key.text}" stands here a second time'
                fix = f"Keep one; the first is at line {keys[key.text].line}."
                raise _refusal("SC011", what, fix, key.place)
            keys[key.text] = key.place
            entries[key.text] = self._node(next(self._events), depth + 1)
        return Mapping(entries, keys, place)
