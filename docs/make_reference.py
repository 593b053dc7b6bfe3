"""Makes docs/reference.md: `make docs`.

What each name means comes from the words that editors show, its type and default from
the shapes, its example from the demonstrators, and what an expression gives from the
worked patients there. A test holds the committed page to what this makes.
"""

from __future__ import annotations

import types
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from docs.demonstrators import (
    DEFINITIONS,
    ROOT,
    best_use,
    said,
    uses,
)
from docs.forms import EXPRESSIONS, expressions
from screening.authoring.kinds import KINDS, FileKind
from screening.authoring.shape_words import MEMBERS, WORDS
from screening.core.cases.shapes import ExpectShape
from screening.core.definition import Kind, Outcome, QuestionType
from screening.core.schema import CriterionShape, QuestionShape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


PAGE = Path(__file__).parent / "reference.md"
MOST_LINES = 12
"""Lines of an example that are shown; what comes after is left out."""

PLACES = {
    "questionnaire": "ID/questionnaire.yaml",
    "help": "ID/help.yaml",
    "instrument-cases": "instruments/cases/ID.yaml",
    "cases": "ID/cases/*.yaml",
    "instrument": "instruments/ID.yaml",
    "catalogue": "catalogues/ID.yaml",
    "pack": "packs/ID.yaml",
    "translation": "ID/es.yaml, instruments/es/ID.yaml",
    "locales": "locales.yaml",
    "sources": "ID/sources.yaml",
}
"""Where a file of each kind stands below the questionnaires folder."""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    """Return the page, whole."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Reference of the question files"
    yield ""
    yield (
        "Made by `make docs` from the language itself; do not edit it. Every example "
        "is cut from a small questionnaire in [tests/definitions]"
        "(../tests/definitions/README.md) that is checked and run by the tests. What "
        "was decided, and why, stands in [language.md](language.md); what the "
        "checker's codes mean in [problems](problems/README.md)."
    )
    yield ""
    for kind in KINDS:
        yield f"- [{_titled(kind)}](#{_anchor(_titled(kind))}) `{PLACES[kind.name]}`"
    for title in (TYPES, KINDS_TITLE, OUTCOMES, EXPRESSIONS):
        yield f"- [{title}](#{_anchor(title)})"
    yield ""
    yield from _files()
    yield from _members(TYPES, QuestionType, QuestionShape, "type")
    yield from _members(KINDS_TITLE, Kind, CriterionShape, "kind")
    yield from _members(OUTCOMES, Outcome, ExpectShape, "outcome")
    yield from expressions()


TYPES = "Types of questions"
KINDS_TITLE = "Kinds of criteria"
OUTCOMES = "Outcomes"


def _anchor(title: str) -> str:
    kept = (one for one in title.lower() if one.isalnum() or one in " -")
    return "".join(kept).replace(" ", "-")


# -- files


def _titled(kind: FileKind) -> str:
    return f"File: {kind.name.replace('-', ' ')}"


def _files() -> Iterator[str]:
    told: set[type[BaseModel]] = set()
    for kind in KINDS:
        yield f"## {_titled(kind)}"
        yield ""
        yield f"Stands at `{PLACES[kind.name]}`. {_about(kind.shape)}"
        yield ""
        for shape in _shapes(kind.shape):
            if shape in told:
                continue
            told.add(shape)
            if shape is not kind.shape:
                yield f"### {_name(shape)}"
                yield ""
                yield _about(shape)
                yield ""
            for name in WORDS[shape]:
                yield from _attribute(shape, name)


def _about(shape: type[BaseModel]) -> str:
    return " ".join((shape.__doc__ or "").split())


def _name(shape: type[BaseModel]) -> str:
    words = "".join(
        f" {sign.lower()}" if sign.isupper() else sign for sign in shape.__name__
    )
    return words.strip().removesuffix(" shape").capitalize()


def _shapes(shape: type[BaseModel]) -> list[type[BaseModel]]:
    """Return a shape and those inside it, each once, outer ones first."""
    found = [shape]
    for one in found:
        for name in WORDS[one]:
            inner = _shapes_in(_field(one, name).annotation)
            found += [new for new in inner if new not in found]
    return found


def _shapes_in(kind: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - what pydantic takes
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [shape for part in get_args(kind) for shape in _shapes_in(part)]


def _field(shape: type[BaseModel], name: str) -> FieldInfo:
    return next(
        field
        for inner, field in shape.model_fields.items()
        if (field.alias or inner) == name
    )


def _attribute(shape: type[BaseModel], name: str) -> Iterator[str]:
    field = _field(shape, name)
    use = best_use(shape, name)
    if use is None:
        raise SystemExit(f"no demonstrator uses `{name}` of {shape.__name__}")
    yield f"**`{name}`** {WORDS[shape][name]}"
    yield f"*{_type_words(field.annotation, field)}; {_default(field)}.*"
    yield ""
    yield from _example(use.snippet, use.place.file)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "has to be there"
    value = field.default
    if value is None or value in ([], {}):
        return "may be left out"
    word = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{word}` where it is left out"


def _example(snippet: str, file: str) -> Iterator[str]:
    lines = snippet.splitlines()
    yield "```yaml"
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield "# …"
    yield "```"
    yield _from(file)
    yield ""


def _from(file: str) -> str:
    shown = Path(file).relative_to(DEFINITIONS.relative_to(ROOT))
    return f"<sub>[{shown}](../{file})</sub>"


# -- types in words

_PLAIN = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
    object: "an answer",
    type(None): "nothing",
}


def _type_words(kind: Any, field: FieldInfo | None = None) -> str:  # noqa: ANN401 - what pydantic takes
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return "an id" if _is_id(parts[1:]) else _type_words(parts[0])
    if origin in {Union, types.UnionType}:
        return _choice(parts)
    if origin is list:
        return f"a list of {_plural(_type_words(parts[0]))}"
    if origin is dict:
        return f"names, each with {_type_words(parts[1])}"
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in parts)
    if field is not None and kind is str and _is_id(field.metadata):
        return "an id"
    return _simple(kind)


def _simple(kind: Any) -> str:  # noqa: ANN401 - what pydantic takes
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{_name(kind).lower()}](#{_anchor(_name(kind))})"
    if isinstance(kind, type) and issubclass(kind, Enum):
        title = {QuestionType: TYPES, Kind: KINDS_TITLE, Outcome: OUTCOMES}[kind]
        return f"one of the [{title.lower()}](#{_anchor(title)})"
    return _PLAIN.get(kind, "a day")


def _is_id(metadata: Any) -> bool:  # noqa: ANN401 - what pydantic takes
    return any(getattr(one, "pattern", None) or _is_id_field(one) for one in metadata)


def _is_id_field(one: object) -> bool:
    return any(getattr(part, "pattern", None) for part in getattr(one, "metadata", ()))


def _choice(parts: tuple[Any, ...]) -> str:
    said_ = [_type_words(part) for part in parts if part is not type(None)]
    return ", or ".join(dict.fromkeys(said_))


def _plural(words: str) -> str:
    one = {
        "text": "texts",
        "a number": "numbers",
        "an id": "ids",
        "an answer": "answers",
    }
    return one.get(words, words)


# -- words to choose from


def _members(
    title: str, kind: type[Enum], shape: type[BaseModel], name: str
) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    for member, words in MEMBERS[kind].items():
        yield f"**`{member.value}`** {words}"
        yield ""
        found = [
            use
            for use in uses()
            if (use.shape, use.name) == (shape, name) and member.value in said(use)
        ]
        use = min(found, key=lambda use: (len(use.context), use.place))
        yield from _example(use.context, use.place.file)


if __name__ == "__main__":
    main()
