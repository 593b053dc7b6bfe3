"""What do the lines above an article's text say, and are they complete?

An article is one file: front matter between two lines `---`, then Markdown. The front
matter names the article, its language, its dates, its authors and their interests, the
sources it may cite, the data of its pictures, and what hard words mean, so that a
translator finds every word in one place. All problems are collected, with their lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from screening.core.problems import (
    DefinitionError,
    Place,
    Problem,
    did_you_mean,
)
from screening.core.source import Mapping, Node, Scalar, Sequence, read_text
from screening.web.article.glossary import Meaning
from screening.web.article.pictures import (
    Group,
    Knowledge,
    People,
    Picture,
    Step,
    Steps,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_FENCE = "---"
_TEXTS = ("article", "title", "language", "authors", "interests")
_DATES = ("reviewed", "review_due")
_KNOWN = frozenset(
    {
        "language_version",
        *_TEXTS,
        *_DATES,
        "sources",
        "pictures",
        "glossary",
        "beside_pages",
    }
)
_PEOPLE_COLUMNS = 4
_STEPS_COLUMNS = 2
_KNOWLEDGE = ("known", "partly", "unknown")
_KNOWLEDGE_LABELS = ("known_label", "partly_label", "unknown_label")
_PICTURE_TEXTS = ("title", "description", "table_label")
_PEOPLE_TEXTS = ("filled_label", "outlined_label", "group_label", "groups")
_MOST_PEOPLE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the article says of itself; `sources` in the order of the file.

    `glossary` says what each hard word means, in the order of the file; `beside_pages`
    which section, by its heading, a page of the form leads to, and where that is said.
    """

    article: str
    title: str
    language: str
    authors: str
    interests: str
    reviewed: date
    review_due: date
    sources: dict[str, Place]
    pictures: dict[str, Picture]
    glossary: dict[str, Meaning]
    beside_pages: dict[str, tuple[str, Place]]


def split(text: str, file: str) -> tuple[str, str]:
    """Return front matter and Markdown, each with its lines at their own numbers.

    Lines that belong to the other part are left empty, so that line 41 of either is
    line 41 of the file. Raises DefinitionError when the fences are missing.
    """
    lines = text.splitlines()
    end = next(
        (at for at in range(1, len(lines)) if lines[at].rstrip() == _FENCE), None
    )
    if not lines or lines[0].rstrip() != _FENCE or end is None:
        what = "the article does not begin with front matter"
        fix = "Begin with a line `---`, then `language_version: 1`, end with `---`."
        raise DefinitionError(
            [Problem(code="AR001", what=what, fix=fix, where=Place(file))]
        )
    above = "\n".join(["", *lines[1:end]]) + "\n"
    below = "\n" * (end + 1) + "\n".join(lines[end + 1 :]) + "\n"
    return above, below


def read_front_matter(text: str, file: str) -> FrontMatter:
    """Return the front matter in `text`; raise DefinitionError with all problems."""
    root = read_text(text, file)
    reader = _Reader(root.place)
    top = reader.mapping(root, "the front matter")
    reader.refuse_unknown(top, _KNOWN)
    reader.require(top, ("language_version", *_TEXTS, *_DATES, "sources"))
    texts = {name: reader.text(top, name) for name in _TEXTS}
    dates = {name: reader.date(top, name) for name in _DATES}
    found = FrontMatter(
        article=texts["article"],
        title=texts["title"],
        language=texts["language"],
        authors=texts["authors"],
        interests=texts["interests"],
        reviewed=dates["reviewed"],
        review_due=dates["review_due"],
        sources=reader.names(top, "sources"),
        pictures=reader.pictures(top),
        glossary=reader.glossary(top),
        beside_pages=reader.beside_pages(top),
    )
    if found.review_due <= found.reviewed and not reader.problems:
        what = "review_due is not after reviewed"
        fix = "Give the date by which the article must be reviewed again."
        reader.complain("AR006", what, fix, top.entries["review_due"].place)
    if reader.problems:
        raise DefinitionError(reader.problems)
    return found


class _Reader:
    """Takes nodes apart; a problem leaves an empty value and is told at the end."""

    def __init__(self, place: Place) -> None:
        self.problems: list[Problem] = []
        self._here = place

    def complain(self, code: str, what: str, fix: str, where: Place) -> None:
        self.problems.append(Problem(code=code, what=what, fix=fix, where=where))

    def mapping(self, node: Node | None, what: str) -> Mapping:
        if isinstance(node, Mapping):
            return node
        where = node.place if node else self._here
        self.complain(
            "AR002", f"{what} is not a mapping", "Write `name: value`.", where
        )
        return Mapping({}, {}, where)

    def refuse_unknown(self, found: Mapping, known: Iterable[str]) -> None:
        names = frozenset(known)
        for name, where in found.keys.items():
            if name not in names:
                fix = did_you_mean(name, names)
                self.complain("AR003", f'"{name}" is not known here', fix, where)

    def require(self, found: Mapping, names: Iterable[str]) -> None:
        for name in names:
            if name not in found.entries:
                what = f'"{name}" is missing'
                self.complain("AR004", what, f"Add `{name}:`.", found.place)

    def text(self, found: Mapping, name: str) -> str:
        node = found.entries.get(name)
        if isinstance(node, Scalar) and node.text.strip():
            return node.text.strip()
        if node is not None:
            what = f'"{name}" is not a text'
            self.complain("AR005", what, f'Write `{name}: "…"`.', node.place)
        return ""

    def date(self, found: Mapping, name: str) -> date:
        text = self.text(found, name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            if text:
                fix = "Write year-month-day, like 2026-11-23."
                what = f'"{name}" is not a date: {text}'
                self.complain("AR006", what, fix, found.entries[name].place)
        return date.min

    def number(self, found: Mapping, name: str) -> int:
        text = self.text(found, name)
        if text.isascii() and text.isdigit() and int(text[:4]) <= _MOST_PEOPLE:
            return int(text[:4])
        where = found.entries[name].place if name in found.entries else found.place
        fix = f"Give a whole number from 0 to {_MOST_PEOPLE}."
        self.complain("AR007", f'"{name}" is not a count of people', fix, where)
        return 0

    def items(self, found: Mapping, name: str) -> tuple[Node, ...]:
        node = found.entries.get(name)
        if isinstance(node, Sequence) and node.items:
            return node.items
        where = node.place if node else found.place
        fix = f"Write one `- …` a line under `{name}:`."
        self.complain("AR008", f'"{name}" is not a list', fix, where)
        return ()

    def names(self, found: Mapping, name: str) -> dict[str, Place]:
        names: dict[str, Place] = {}
        for node in self.items(found, name):
            text = node.text if isinstance(node, Scalar) else ""
            if not text or text in names:
                what = "a source is named twice" if text else "a source is not a name"
                self.complain("AR009", what, "Name each source once.", node.place)
            names[text] = node.place
        return names

    def glossary(self, top: Mapping) -> dict[str, Meaning]:
        if "glossary" not in top.entries:
            return {}
        found = self.mapping(top.entries["glossary"], '"glossary"')
        return {
            word: Meaning(text=self.text(found, word), where=where)
            for word, where in found.keys.items()
        }

    def beside_pages(self, top: Mapping) -> dict[str, tuple[str, Place]]:
        if "beside_pages" not in top.entries:
            return {}
        found = self.mapping(top.entries["beside_pages"], '"beside_pages"')
        return {
            page: (self.text(found, page), where) for page, where in found.keys.items()
        }

    def texts(self, found: Mapping, name: str) -> tuple[str, ...]:
        return tuple(
            node.text
            for node in self.items(found, name)
            if isinstance(node, Scalar) and node.text.strip()
        )

    def pictures(self, top: Mapping) -> dict[str, Picture]:
        if "pictures" not in top.entries:
            return {}
        found = self.mapping(top.entries["pictures"], '"pictures"')
        kinds: dict[str, Callable[[str, Mapping], Picture]] = {
            "people": self._people,
            "steps": self._steps,
            "knowledge": self._knowledge,
        }
        pictures: dict[str, Picture] = {}
        for name, node in found.entries.items():
            entry = self.mapping(node, f'picture "{name}"')
            kind = self.text(entry, "kind")
            if kind in kinds:
                pictures[name] = kinds[kind](name, entry)
            else:
                fix = did_you_mean(kind, kinds)
                what = f'picture "{name}" has no known kind'
                self.complain("AR010", what, fix, entry.place)
        return pictures

    def _words(self, entry: Mapping, known: tuple[str, ...]) -> dict[str, str]:
        common = ("kind", *_PICTURE_TEXTS)
        self.refuse_unknown(entry, (*common, "source", "columns", *known))
        self.require(entry, (*common, "columns", *known))
        return {name: self.text(entry, name) for name in _PICTURE_TEXTS}

    def _columns(self, entry: Mapping, count: int) -> tuple[str, ...]:
        nodes = self.items(entry, "columns")
        texts = tuple(node.text for node in nodes if isinstance(node, Scalar))
        if nodes and len(texts) != count:
            what = f"the table of this picture has {count} columns"
            fix = f"Give {count} headings."
            self.complain("AR011", what, fix, entry.entries["columns"].place)
        return texts

    def _people(self, name: str, entry: Mapping) -> People:
        words = self._words(entry, _PEOPLE_TEXTS)
        groups = [self._group(node) for node in self.items(entry, "groups")]
        return People(
            id=name,
            title=words["title"],
            description=words["description"],
            source_id=self.text(entry, "source") or None,
            table_label=words["table_label"],
            columns=self._columns(entry, _PEOPLE_COLUMNS),
            filled_label=self.text(entry, "filled_label"),
            outlined_label=self.text(entry, "outlined_label"),
            group_label=self.text(entry, "group_label"),
            groups=tuple(groups),
        )

    def _group(self, node: Node) -> Group:
        entry = self.mapping(node, "a group")
        self.refuse_unknown(entry, ("label", "filled", "people"))
        self.require(entry, ("label",))
        filled, people = self.number(entry, "filled"), self.number(entry, "people")
        if filled > people:
            what = f"{filled} people are filled in, but the group has {people}"
            fix = "Make `filled` no more than `people`."
            self.complain("AR007", what, fix, entry.place)
        return Group(label=self.text(entry, "label"), filled=filled, people=people)

    def _knowledge(self, name: str, entry: Mapping) -> Knowledge:
        words = self._words(entry, (*_KNOWLEDGE_LABELS, *_KNOWLEDGE))
        known, partly, unknown = (self.texts(entry, part) for part in _KNOWLEDGE)
        return Knowledge(
            id=name,
            title=words["title"],
            description=words["description"],
            source_id=self.text(entry, "source") or None,
            table_label=words["table_label"],
            columns=self._columns(entry, _STEPS_COLUMNS),
            known_label=self.text(entry, "known_label"),
            partly_label=self.text(entry, "partly_label"),
            unknown_label=self.text(entry, "unknown_label"),
            known=known,
            partly=partly,
            unknown=unknown,
        )

    def _steps(self, name: str, entry: Mapping) -> Steps:
        words = self._words(entry, ("steps",))
        return Steps(
            id=name,
            title=words["title"],
            description=words["description"],
            source_id=self.text(entry, "source") or None,
            table_label=words["table_label"],
            columns=self._columns(entry, _STEPS_COLUMNS),
            steps=tuple(self._step(node) for node in self.items(entry, "steps")),
        )

    def _step(self, node: Node) -> Step:
        entry = self.mapping(node, "a step")
        self.refuse_unknown(entry, ("when", "what"))
        self.require(entry, ("when", "what"))
        return Step(when=self.text(entry, "when"), what=self.text(entry, "what"))
