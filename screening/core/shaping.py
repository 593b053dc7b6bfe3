"""A file's nodes -> its shape, with a problem for every part that does not fit.

A part that does not fit is told once and taken out, so that the rest of the file is
still read for its meaning in the same run. What was taken out is remembered: nothing
else is said about a part that lost some of itself, nor about a name that went with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from screening.core.problems import (
    MOST_PROBLEMS,
    NEAR,
    DefinitionError,
    Place,
    Problem,
    did_you_mean,
)
from screening.core.source import (
    Mapping,
    Node,
    Path,
    Scalar,
    Sequence,
    key_place_of,
    place_of,
    plain,
    without,
)
from screening.core.strays import EMPTY, strays_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

Shape = TypeVar("Shape", bound=BaseModel)

ANY_NAME = "*"
"""Among the lost names: a part lost the name it is known by, which may be any."""

_SHOWN = 40
"""Characters of a value that are repeated in a message."""

_MANY = 60
"""Names in one part beyond which it is not looked for the kind they are likest to."""

MOST_ROUNDS = 40
"""How often parts are taken out before the whole file counts as unreadable."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)
_NAMING = ("id", "page", "repeat", "as", "instrument", "case", "section")
"""Names that a part has which other parts point to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped(Generic[Shape]):
    """What became of a file: its shape, or None where nothing could be kept.

    `node` is the file without what was taken out. `damaged` are the places of parts
    that lost some of themselves, `thinned` of those that lost a whole part of a list,
    `lost` the names that went with what was taken out.
    """

    shape: Shape | None
    node: Node
    problems: tuple[Problem, ...] = ()
    damaged: frozenset[Place] = frozenset()
    thinned: frozenset[Place] = frozenset()
    lost: frozenset[str] = frozenset()


def shaped(node: Node, shape: type[Shape]) -> Shaped[Shape]:
    """Return what can be kept of the node as the shape, and every problem of form."""
    told = _Told()
    strays = list(strays_in(node))
    if any(stray.code == EMPTY for stray in strays):
        told.lost.add(ANY_NAME)  # an id may be what is wanting
    for _ in range(MOST_ROUNDS):
        try:
            made = shape.model_validate(plain(node))
        except ValidationError as error:
            taken = _take_out(error, node, told)
            if () in taken:
                break
            told.gone |= taken
            node = without(node, taken)
        else:
            return Shaped(
                shape=made,
                node=node,
                problems=_with_strays(told.problems, strays),
                damaged=frozenset(told.damaged),
                thinned=frozenset(told.thinned),
                lost=frozenset(told.lost),
            )
    problems = _with_strays(told.problems, strays)
    return Shaped(shape=None, node=node, problems=problems)


def _with_strays(told: list[Problem], strays: list[Problem]) -> tuple[Problem, ...]:
    """Return all problems; what was told of a line already is not told again."""
    lines = {problem.where.line for problem in told if problem.where}
    rest = [one for one in strays if one.where and one.where.line not in lines]
    return (*told, *rest)


@dataclass(slots=True)
class _Told:
    """What was said by now, and what went; `gone` are the paths that were taken out."""

    problems: list[Problem] = field(default_factory=list)
    damaged: set[Place] = field(default_factory=set)
    thinned: set[Place] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    gone: set[Path] = field(default_factory=set)


def _take_out(error: ValidationError, node: Node, told: _Told) -> set[Path]:
    """Note what is wrong; return the outermost paths that have to go."""
    paths = _paths_to_go(error, node, told)
    if any(path and path[-1] in _NAMING for path in paths):
        told.lost.add(ANY_NAME)
    taken = _outermost(paths)
    for path in taken - {()}:
        told.lost |= names_in(node, path)
        if isinstance(path[-1], int):
            told.thinned.add(place_of(node, path[:-2]))
    return taken


def whole(node: Node, shape: type[Shape]) -> Shape:
    """Return the node as the shape, or raise DefinitionError with every problem."""
    found = shaped(node, shape)
    if found.shape is None or found.problems:
        raise DefinitionError(found.problems)
    return found.shape


def names_in(node: Node, path: Path) -> set[str]:
    """Return the names that other parts may use for what stands at the path."""
    names = {str(step) for step in path[-1:] if isinstance(step, str)}
    found = _at(node, path)
    waiting = [found] if found is not None else []
    while waiting:
        part = waiting.pop()
        if isinstance(part, Sequence):
            waiting += part.items
        elif isinstance(part, Mapping):
            names |= set(part.entries)
            waiting += part.entries.values()
        elif _NAME.fullmatch(part.text):
            names.add(part.text)
    return names


def _paths_to_go(error: ValidationError, node: Node, told: _Told) -> set[Path]:
    """Note what is wrong, once for each part; return the paths to take out."""
    taken: set[Path] = set()
    before = frozenset(told.damaged)
    details = error.errors(include_url=False, include_context=False)
    found = {_path(detail, node): detail for detail in reversed(details)}
    inner = {path[:length] for path in found for length in range(len(path))}
    beside = _beside(found)
    for path, detail in found.items():
        owner = path[:-1]
        is_missing = detail["type"] == "missing"
        if _is_of_something_else(path, found, node):
            taken.add(owner)  # its first name says that it does not belong here
        # A deeper complaint, or the right spelling of a name beside, says it better.
        elif path in inner or _is_misspelt(path, detail, beside):
            continue
        elif _is_told_before(path, detail, node, told):
            taken.add(owner)
        elif _is_damaged(node, owner, before):
            # What is missing now was taken out before: the part can't be kept.
            taken.add(owner if is_missing or not _has(node, path) else path)
        else:
            if len(told.problems) < MOST_PROBLEMS:
                told.problems.append(_problem(detail, path, node))
            taken.add(owner if is_missing else path)
            if is_missing and path[-1] in _NAMING:
                taken.add(path)
            told.damaged.update(_holders(node, path))
    return taken


def _is_told_before(path: Path, detail: ErrorDetails, node: Node, told: _Told) -> bool:
    """Tell whether what is wanting now was taken out in an earlier round."""
    if detail["type"] == "missing":
        return path in told.gone and not any(isinstance(step, int) for step in path)
    return detail["type"] == "too_short" and _place(node, path[:-1]) in told.thinned


def _outermost(paths: set[Path]) -> set[Path]:
    """Return the paths that do not lead into what another one takes out."""
    return {
        path
        for path in paths
        if not any(path[:length] in paths for length in range(len(path)))
    }


def _beside(found: dict[Path, ErrorDetails]) -> dict[Path, dict[str, str]]:
    """Return the kinds of complaints by the part and the name they are about."""
    grouped: dict[Path, dict[str, str]] = {}
    for path, detail in found.items():
        if path:
            grouped.setdefault(path[:-1], {})[str(path[-1])] = detail["type"]
    return grouped


def _is_misspelt(
    path: Path, detail: ErrorDetails, beside: dict[Path, dict[str, str]]
) -> bool:
    """Tell whether a missing name stands beside, written almost as it should be.

    Where one name is missing and one is unknown, the one is taken for the other.
    """
    if detail["type"] != "missing":
        return False
    kinds = beside[path[:-1]]
    unknown = [name for name, kind in kinds.items() if kind == "extra_forbidden"]
    missing = [name for name, kind in kinds.items() if kind == "missing"]
    if len(unknown) == len(missing) == 1:
        return True
    return _is_near(str(path[-1]), frozenset(unknown[:_MANY]))


@lru_cache(maxsize=4096)
def _is_near(word: str, names: frozenset[str]) -> bool:
    """Tell whether a word may be a slip of one of the names; files repeat their own."""
    return bool(get_close_matches(word, names, n=1, cutoff=NEAR))


def _is_of_something_else(
    path: Path, found: dict[Path, ErrorDetails], node: Node
) -> bool:
    """Tell whether a part begins with another kind's name, as a page among questions.

    Then that name alone is told: nothing that is missing or unknown says more.
    """
    owner = _at(node, path[:-1])
    if not isinstance(owner, Mapping) or not owner.entries:
        return False
    first = next(iter(owner.entries))
    told = found.get((*path[:-1], first))
    is_strange = told is not None and told["type"] == "extra_forbidden"
    return is_strange and first in _NAMING and path[-1] != first


def _starts(path: Path, beginning: Path) -> bool:
    return path[: len(beginning)] == beginning


def _has(node: Node, path: Path) -> bool:
    owner = _at(node, path[:-1])
    return isinstance(owner, Mapping) and path[-1] in owner.entries


def _is_damaged(node: Node, path: Path, damaged: frozenset[Place]) -> bool:
    return _place(node, path) in damaged


def _place(node: Node, path: Path) -> Place | None:
    found = _at(node, path)
    return None if found is None else found.place


def _holders(node: Node, path: Path) -> list[Place]:
    """Return the places of the parts that hold what is wrong, from the nearest out.

    They reach as far as the nearest part that has a name of its own.
    """
    places: list[Place] = []
    for length in range(len(path) - 1, 0, -1):
        holder = _at(node, path[:length])
        if holder is None:
            continue
        places.append(holder.place)
        if isinstance(holder, Mapping) and any(n in holder.entries for n in _NAMING):
            break
    if len(path) == 1:
        places.append(node.place)
    return places


def _path(detail: ErrorDetails, node: Node) -> Path:
    """Keep the steps of pydantic's path that exist, or should, in the file."""
    loc = detail["loc"]
    is_missing = detail["type"] == "missing"
    kept: list[str | int] = []
    at: Node | None = node
    for position, step in enumerate(loc):
        if isinstance(at, Mapping):
            if step in at.entries:
                kept.append(step)
                at = at.entries[str(step)]
            elif is_missing and position == len(loc) - 1:
                kept.append(step)
        elif isinstance(at, Sequence) and isinstance(step, int):
            kept.append(step)
            at = at.items[step]
    return tuple(kept)


def _at(node: Node, path: Path) -> Node | None:
    at: Node | None = node
    for step in path:
        if isinstance(at, Mapping):
            at = at.entries.get(str(step))
        elif isinstance(at, Sequence) and isinstance(step, int):
            at = at.items[step]
        else:
            return None
    return at


# -- what is said


def _problem(detail: ErrorDetails, path: Path, node: Node) -> Problem:
    is_key = detail["loc"][-1:] == ("[key]",)
    place = key_place_of(node, path) if is_key else place_of(node, path)
    name = str(path[-1]) if path else "this"
    owner = _at(node, path[:-1]) if path else None
    if detail["type"] == "missing":
        what = f'"{name}" is missing here'
        add = _TO_ADD.get(name, f"Add `{name}:`.")
        return Problem(code="SC101", what=what, fix=add, where=place)
    if detail["type"] == "extra_forbidden" and isinstance(owner, Mapping):
        return _unknown_name(name, owner)
    found = _at(node, path)
    what = f'the value of "{_named(path)}" does not fit'
    if is_key:
        what = f'"{name}" can\'t be a name here'
    elif isinstance(found, Scalar) and 0 < len(found.text) <= _SHOWN:
        what = f'"{_named(path)}" can\'t be "{found.text}"'
    text = detail["msg"].removeprefix("Value error, ")
    fix = _of_its_own(detail, path, found)
    fix = fix or _fixes(detail, found, name if is_key else None)
    fix = fix or text[:1].upper() + text[1:] + "."
    return Problem(code="SC103", what=what, fix=fix, where=place)


def _of_its_own(detail: ErrorDetails, path: Path, found: Node | None) -> str | None:
    """Return what to write for parts that have a form of their own."""
    name = _named(path)
    if name == "range":
        return "Write [lowest, highest], with plain numbers or days."
    if name == "language":
        return "Write two letters: en, es; or with a country, en-GB."
    if path[:1] == ("derived",) and detail["type"] in {"model_type", "dict_type"}:
        return "Write a row: {when: CONDITION, is: WORD}; the last one only {is: WORD}."
    is_word = isinstance(found, Scalar) and not found.is_null
    if detail["type"] == "list_type" and is_word and isinstance(found, Scalar):
        return f"Write a list: [{found.text}]."
    return None


def _named(path: Path) -> str:
    """Return the last name of a path: an element of a list is called by its list."""
    return str(next((s for s in reversed(path) if isinstance(s, str)), "this file"))


def _fixes(
    detail: ErrorDetails, found: Node | None, key: str | None = None
) -> str | None:
    """Return what to write instead, in words for people who do not know pydantic."""
    kind = detail["type"]
    if kind in {"enum", "literal_error"} and isinstance(found, Scalar):
        allowed = _allowed(detail)
        if allowed:
            return did_you_mean(key or found.text, allowed)
    if key is None and isinstance(found, Scalar) and found.is_null:
        return "Write a value after the colon, or delete the line."
    least = detail["msg"].rpartition("equal to ")[2]
    return {
        "greater_than_equal": f"Write {least} or more.",
        "less_than_equal": f"Write {least} or less.",
        "int_from_float": "Write a whole number.",
        "string_type": "Write one text here, not a list or names with values.",
        "string_too_short": "Write some text, or delete the line.",
        "string_too_long": "Write it shorter.",
        "list_type": "Write a list: [a, b], or one `- ` line each.",
        "dict_type": "Write names with values below it, each as `name: value`.",
        "model_type": "Write names with values below it, each as `name: value`.",
        "model_attributes_type": "Write names with values, each as `name: value`.",
        "too_short": "Write more of them: the list is too short.",
        "too_long": "Write fewer of them: the list is too long.",
        "string_pattern_mismatch": (
            "Use small letters, digits and _ (in ids of pages and criteria - too), "
            "and begin with a letter."
        ),
    }.get(kind)


def _allowed(detail: ErrorDetails) -> list[str]:
    """Return the words that pydantic expected, from its message."""
    _, _, listed = detail["msg"].partition("should be ")
    words = listed.replace(" or ", ", ").split(", ")
    return [word.strip("'") for word in words if word.startswith("'")]


_TO_ADD = {
    "type": "Add `type:`, such as yes_no, choice, choices, integer, date or text.",
    "kind": "Add `kind:` urgent, exclusion, inclusion, review or precaution.",
    "when": "Add `when:` with a rule, such as age < 18.",
    "language_version": "Begin the file with `language_version: 1`.",
}
"""What to write for names that are often wanting, with an example."""


_MEANT = {
    "id": ("page", "section", "case"),
    "name": ("id", "page", "section", "case"),
    "question": ("ask",),
    "text": ("ask", "say", "body"),
    "prompt": ("ask",),
    "label": ("ask", "title"),
    "answers": ("options",),
    "choices": ("options",),
    "values": ("options",),
    "show_if": ("ask_if",),
    "visible_if": ("ask_if",),
    "if": ("ask_if", "when"),
    "condition": ("when", "ask_if"),
    "rule": ("when", "must"),
    "mandatory": ("required",),
    "optional": ("required",),
    "min": ("range",),
    "max": ("range",),
    "description": ("hint", "help", "intro"),
    "reason": ("because",),
    "rationale": ("because",),
    "source": ("sources",),
    "reference": ("sources", "ref"),
    "message": ("say", "clinician"),
    "case": ("cases",),
    "result": ("outcome",),
}
"""What people call things elsewhere, and their names here."""


_SAID = {
    "default": (
        "SC104",
        "a question has no default: an answer that nobody gave would count",
        "Delete it. A patient who leaves a question out is asked once more.",
    ),
}


def _unknown_name(name: str, owner: Mapping) -> Problem:
    place = owner.keys[name]
    if name in _SAID:
        code, what, fix = _SAID[name]
        return Problem(code=code, what=what, fix=fix, where=place)
    what = f'"{name}" is not a name that can stand here'
    known = sorted(set(_names_for(owner)) - set(owner.entries))
    fix = did_you_mean(name, known)
    meant = next((one for one in _MEANT.get(name, ()) if one in known), None)
    if meant is not None:
        fix = f"Write `{meant}:`."
    elif name == next(iter(owner.entries)) and name in {"page", "section", "case"}:
        fix = f"This begins a {name}: indent it as the others of its kind."
    return Problem(code="SC102", what=what, fix=fix, where=place)


def _names_for(owner: Mapping) -> Iterable[str]:
    """Return the names of the shape that fits best what else stands in a part."""
    kinds = _shapes()
    if len(owner.entries) > _MANY:
        given = set(owner.entries)
        return max(kinds, key=lambda names: len(names & given))
    return max(kinds, key=lambda names: _fit(names, owner))


def _fit(names: frozenset[str], owner: Mapping) -> tuple[int, int, int]:
    near = sum(_is_near(one, names) for one in set(owner.entries) - names)
    return len(names & set(owner.entries)), near, -len(names)


def _is_ours(shape: type[BaseModel]) -> bool:
    return shape.__module__.startswith(__package__)


def _shapes() -> list[frozenset[str]]:
    """Return the names of every kind of part, those of worked patients included."""
    waiting = [one for one in BaseModel.__subclasses__() if _is_ours(one)]
    found: list[frozenset[str]] = []
    while waiting:
        shape = waiting.pop(0)
        waiting += shape.__subclasses__()
        fields = shape.model_fields.items()
        found.append(frozenset(field.alias or name for name, field in fields))
    return found
