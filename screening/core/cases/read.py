"""Files of worked patients -> cases, each with the answers of those it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from screening.core.cases.shapes import CasesShape, ScoreCasesShape
from screening.core.problems import DefinitionError, Place, Problem, did_you_mean
from screening.core.shaping import shaped
from screening.core.source import Node, Path, key_place_of, place_of, plain, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

Content = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One worked patient. `instrument` is None where it is of a questionnaire.

    `own` are the answers that it gives itself; `node` and `path` tell where it stands.
    `day` is the day on which it is sent, where that is fixed. `root` is the id of the
    case that it stands on in the end, its own where it stands on none. `share` is how
    many patients answer so, 0 to 1, as `sources` and `because` say.
    """

    id: str
    answers: object
    own: frozenset[str]
    expect: Content
    parameters: Content
    refused: bool
    instrument: str | None
    node: Node
    path: Path
    day: date | None = None
    root: str = ""
    share: Decimal | None = None
    because: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where the case stands."""
        return place_of(self.node, self.path)

    def at(self, *steps: str | int) -> Place:
        """Return where the value stands to which `steps` lead within the case."""
        return place_of(self.node, (*self.path, *steps))

    def key(self, *steps: str | int) -> Place:
        """Return where the name itself stands to which `steps` lead."""
        return key_place_of(self.node, (*self.path, *steps))


def read_cases(texts: Iterable[tuple[str, str]]) -> tuple[Case, ...]:
    """Return the cases of (file name, text), in order.

    Raises DefinitionError with every problem: of text that is no cases file, of names
    that are given twice, and of cases based on one that no file holds.
    """
    problems: list[Problem] = []
    entries: list[_Entry] = []
    for name, text in texts:
        try:
            entries += _entries(name, text)
        except DefinitionError as error:
            problems += error.problems
    patients: dict[str, _Entry] = {}
    for entry in entries:
        if entry.instrument is None and entry.id in patients:
            what = f'there is a worked patient "{entry.id}" already'
            where = entry.at("case")
            problems.append(_problem("SC403", what, "Choose another name.", where))
        elif entry.instrument is None:
            patients[entry.id] = entry
    made = [_case(entry, patients, problems) for entry in entries]
    if problems:
        raise DefinitionError(problems)
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    instrument: str | None
    content: Content
    node: Node
    number: int

    @property
    def id(self) -> str:
        return str(self.content["case"])

    @property
    def path(self) -> Path:
        return ("cases", self.number)

    @property
    def answers(self) -> Content:
        return cast("Content", self.content.get("answers") or {})

    def at(self, *steps: str | int) -> Place:
        return place_of(self.node, (*self.path, *steps))


def _entries(name: str, text: str) -> list[_Entry]:
    node = read_text(text, name)
    top = plain(node)
    content = top if isinstance(top, dict) else {}
    is_scale = "instrument" in content
    shape = ScoreCasesShape if is_scale else CasesShape
    found = shaped(node, shape)
    if found.problems:
        raise DefinitionError(found.problems)
    listed = cast("list[Content]", content["cases"])
    return [
        _Entry(
            instrument=cast("str | None", content.get("instrument")),
            content=entry,
            node=node,
            number=number,
        )
        for number, entry in enumerate(listed)
    ]


def _case(
    entry: _Entry, patients: Mapping[str, _Entry], problems: list[Problem]
) -> Case:
    content = entry.content
    answers = content.get("answers")
    share = content.get("share")
    own: frozenset[str] = frozenset()
    day = None
    root = entry.id
    if entry.instrument is None:
        own = frozenset(entry.answers)
        layers = _layers(entry, patients, problems)
        answers = _merged(layers)
        root = layers[-1].id
        day = next((d for layer in layers if (d := layer.content.get("day"))), None)
    return Case(
        id=entry.id,
        answers=answers,
        own=own,
        expect=cast("Content", content.get("expect") or {}),
        parameters=cast("Content", content.get("parameters") or {}),
        refused=content.get("refused") == "true",
        instrument=entry.instrument,
        node=entry.node,
        path=entry.path,
        day=date.fromisoformat(str(day)) if day is not None else None,
        root=root,
        share=Decimal(str(share)) if share is not None else None,
        because=cast("str | None", content.get("because")),
        sources=tuple(cast("list[str]", content.get("sources") or [])),
    )


def _layers(
    entry: _Entry, patients: Mapping[str, _Entry], problems: list[Problem]
) -> list[_Entry]:
    """Return a case and those below it; note a base that can't be."""
    layers = [entry]
    seen = {entry.id}
    at = entry
    while (base := at.content.get("based_on")) is not None:
        name = str(base)
        if name in seen:
            if at is entry or name == entry.id:
                what = f'the case goes round in a circle: it is based on "{name}"'
                fix = "Base it on a case that stands on its own."
                problems.append(_problem("SC404", what, fix, entry.at("based_on")))
            break
        if name not in patients:
            if at is entry:
                what = f'the case is based on "{name}", which does not exist'
                fix = did_you_mean(name, patients)
                problems.append(_problem("SC404", what, fix, entry.at("based_on")))
            break
        at = patients[name]
        seen.add(name)
        layers.append(at)
    return layers


def _merged(layers: list[_Entry]) -> dict[str, object]:
    """Return a case's answers on top of those of the cases that it stands on."""
    whole: dict[str, object] = {}
    for layer in reversed(layers):
        whole |= layer.answers
    return whole


def _problem(code: str, what: str, fix: str, where: Place) -> Problem:
    return Problem(code=code, what=what, fix=fix, where=where)
