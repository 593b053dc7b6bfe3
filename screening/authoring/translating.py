"""What is still to translate, and a translation file brought up to its source.

Only entries, their marks and the comments beginning `#:` (the source text) and `#|`
(what it was when it was translated) are written; every other line stays as it is.
"""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from screening.authoring.layout import needs_quotes
from screening.core.problems import DefinitionError, Place, Problem
from screening.core.source import key_place_of, plain, read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from screening.core.definition import Questionnaire
    from screening.core.translation import Translation, Wording

State = Literal["done", "stale", "missing"]

_HEAD = """\
# yaml-language-server: $schema={schema}
language_version: 1
translation: {of}
language: {language}
texts:
"""
_OURS = re.compile(r"\s*#[:|]")
_REVIEW = re.compile(r"reviewed:|  (?:by|day|of):")
"""The lines of a review that stands over the texts."""

_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One text to translate, and how far it is."""

    wording: Wording
    state: State
    is_needed: bool
    text: str


def lines_of(
    questionnaire: Questionnaire, language: str, known: Mapping[str, Wording]
) -> list[Line]:
    """Return every text for patients with how far its translation is, in order.

    `known` are the questionnaire's wordings. All are missing, and those that concern
    safety not told apart, while there is no translation file.
    """
    made = questionnaire.translations.get(language)
    if made is None:
        return [
            Line(wording=one, state="missing", is_needed=False, text="")
            for one in known.values()
        ]
    stale, needed = set(made.stale), set(made.needed)
    lines = []
    for key, wording in known.items():
        text = made.texts.get(key, "")
        state: State = "stale" if key in stale else "done" if text else "missing"
        lines.append(
            Line(wording=wording, state=state, is_needed=key in needed, text=text)
        )
    return lines


def brought_up(
    text: str | None, name: str, known: Mapping[str, Wording], *, of: str, language: str
) -> str:
    """Return a translation file with an entry for every text of `known`.

    `text` is the file called `name` as it is, None for one that is yet to be written;
    `known` has the keys as the file writes them. What was translated stays; entries of
    texts that are gone stay too, since the checker names them. Raises DefinitionError
    when the file can't be read.
    """
    if text is None:
        schema = "../" * name.count("/") + "schema/translation.schema.json"
        text = _HEAD.format(schema=schema, of=of, language=language)
        sheet = _Sheet(head=text.splitlines(keepends=True))
    else:
        sheet = _sheet_of(text, name)
    for entry in sheet.entries:
        if entry.key in known:
            entry.retell(known[entry.key], sheet.indent)
    sheet.add(one for one in known.items() if one[0] not in sheet.keys)
    sheet.sort(known)
    return sheet.text


def confirmed(
    text: str, name: str, known: Mapping[str, Wording], keys: Collection[str]
) -> str:
    """Return the file with the entries of `keys` marked as made from today's texts.

    Raises DefinitionError when the file can't be read or has no such entry.
    """
    sheet = _sheet_of(text, name)
    missing = [key for key in keys if key not in sheet.keys or key not in known]
    if missing:
        raise DefinitionError(
            [
                Problem(
                    code="SC601",
                    what=f'there is no translation "{key}" to confirm',
                    fix="Write its key as the file does.",
                    where=Place(name),
                )
                for key in missing
            ]
        )
    for entry in sheet.entries:
        if entry.key in keys:
            entry.confirm(known[entry.key], sheet.indent)
    return sheet.text


def signed_off(
    text: str, name: str, made: Translation, reviewer: str, today: date
) -> str:
    """Return the file with who signed off the texts of `made` that concern safety.

    Raises DefinitionError when the file can't be read.
    """
    sheet = _sheet_of(text, name)
    lines = [line for line in sheet.head if not _REVIEW.match(line)]
    end = next(n for n, line in enumerate(lines) if line.startswith("texts:"))
    review = [
        "reviewed:\n",
        f"  by: {_quoted(reviewer)}\n",
        f'  day: "{today.isoformat()}"\n',
        f"  of: {_written(made.safety_mark)}\n",
    ]
    sheet.head = [*lines[:end], *review, *lines[end:]]
    return sheet.text


# -- a file as entries with the lines they stand on


@dataclass(slots=True)
class _Entry:
    """An entry: our comments over it, its own lines, and its mark."""

    key: str
    ours: list[str]
    body: list[str]
    mark: str

    def retell(self, wording: Wording, indent: int) -> None:
        """Write today's source text over the entry, and what it was if it changed."""
        told = _told(wording, indent)
        if self.mark == wording.mark:
            self.ours = told
            return
        before = [line for line in self.ours if line.lstrip().startswith("#|")]
        if not before:
            before = [line.replace("#:", "#|", 1) for line in self.ours]
        self.ours = [*before, *told]

    def confirm(self, wording: Wording, indent: int) -> None:
        """Take the translation for one of today's text."""
        whole = "".join(self.body)
        old = rf"(\bof:\s*)([\"']?){re.escape(self.mark)}\2"
        found = re.sub(old, rf"\g<1>{_written(wording.mark)}", whole)
        self.body = found.splitlines(keepends=True)
        self.mark = wording.mark
        self.ours = _told(wording, indent)


@dataclass(slots=True)
class _Sheet:
    head: list[str]
    entries: list[_Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    indent: int = 2

    @property
    def keys(self) -> set[str]:
        """The keys that have an entry."""
        return {entry.key for entry in self.entries}

    @property
    def text(self) -> str:
        """The whole file."""
        lines = list(self.head)
        for entry in self.entries:
            lines += entry.ours + entry.body
        return "".join(lines + self.tail)

    def add(self, wanted: Iterable[tuple[str, Wording]]) -> None:
        """Add empty entries."""
        for key, wording in wanted:
            self.entries.append(_empty(key, wording, self.indent))

    def sort(self, known: Iterable[str]) -> None:
        """Put entries in the order of the source; those of no text go last."""
        place = {key: number for number, key in enumerate(known)}
        self.entries.sort(key=lambda entry: place.get(entry.key, len(place)))


def _empty(key: str, wording: Wording, indent: int) -> _Entry:
    space = " " * indent
    body = [
        f"{space}{key}:\n",
        f"{space}  of: {_written(wording.mark)}\n",
        f'{space}  say: ""\n',
    ]
    return _Entry(key, _told(wording, indent), body, wording.mark)


def _written(mark: str) -> str:
    """Return a mark as it stands in a file: 929433e4 would be a number to others."""
    return _quoted(mark)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if needs_quotes(text) else text


def _told(wording: Wording, indent: int) -> list[str]:
    """Return the source text as comment lines."""
    sign = " " * indent + "#: "
    paragraphs = wording.text.strip().splitlines()
    lines = [
        line
        for paragraph in paragraphs
        for line in textwrap.wrap(paragraph, _WIDTH - len(sign)) or [""]
    ]
    return [f"{sign}{line}".rstrip() + "\n" for line in lines]


def _sheet_of(text: str, name: str) -> _Sheet:
    node = read_text(text, name)
    read = plain(node)
    whole = read if isinstance(read, dict) else {}
    named = whole.get("texts")
    entries = named if isinstance(named, dict) else {}
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    places = {key: key_place_of(node, ("texts", key)) for key in entries}
    rows = [place.line - 1 for place in places.values()]
    if not rows or len(set(rows)) < len(rows):
        what = "the entries of this file do not stand on lines of their own"
        fix = "Write `texts:` with one entry below the other."
        where = key_place_of(node, ("texts",))
        raise DefinitionError([Problem(code="SC604", what=what, fix=fix, where=where)])
    after = [
        place.line - 1
        for place in (key_place_of(node, (key,)) for key in whole)
        if place.line - 1 > rows[0]
    ]
    end = min(after, default=len(lines))
    starts = [_start_of(row, lines) for row in rows]
    ends = [*starts[1:], end]
    made = [
        _Entry(key, lines[start:row], lines[row:stop], _mark(entries[key]))
        for key, start, row, stop in zip(places, starts, rows, ends, strict=True)
    ]
    indent = next(iter(places.values())).column - 1
    return _Sheet(lines[: starts[0]], made, lines[end:], indent)


def _mark(entry: object) -> str:
    return str(entry.get("of", "")) if isinstance(entry, dict) else ""


def _start_of(row: int, lines: list[str]) -> int:
    while row > 0 and _OURS.match(lines[row - 1]):
        row -= 1
    return row
