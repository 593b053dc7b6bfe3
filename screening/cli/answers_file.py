"""What does an answers file say, and where does each answer stand in it?

A file is YAML, or JSON when its name ends in .json. Either way every number is taken
as the text that was written, so that nothing is rounded on the way.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from screening.cli.library import shown_path
from screening.core.answers.places import place_of_answer
from screening.core.problems import AnswerError, DefinitionError, Place, Problem
from screening.core.source import (
    MOST_BYTES,
    Mapping,
    Node,
    decoded,
    plain,
    read_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Known


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersFile:
    """One file's answers; `node` tells the places (None: only the file is known)."""

    name: str
    content: object
    node: Node | None

    def placed(
        self, problems: Iterable[Problem], known: Known[str, object]
    ) -> tuple[Problem, ...]:
        """Return the problems with the places of the answers they are about.

        `known` maps the keys of answers to what stands behind them.
        """
        return tuple(
            replace(problem, where=self._place(problem, known)) for problem in problems
        )

    def place(self, key: str) -> Place:
        """Return where the name of a top-level answer stands."""
        if isinstance(self.node, Mapping) and key in self.node.keys:
            return self.node.keys[key]
        return self.node.place if self.node else Place(self.name)

    def _place(self, problem: Problem, known: Known[str, object]) -> Place:
        if self.node is None:
            return Place(self.name)
        return place_of_answer(self.node, problem, known)


def read_answers_file(path: Path) -> AnswersFile:
    """Return what the file says, every scalar as text.

    Raises AnswerError when it can't be read as one YAML or JSON document.
    """
    name = shown_path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"the file can't be read ({error.strerror})"
        raise _refusal(what, "Check that you may read it.", Place(name)) from None
    try:
        text = decoded(content, name)
        if path.suffix == ".json":
            return _from_json(text, name)
        node = read_text(text, name)
        return AnswersFile(name=name, content=plain(node), node=node)
    except DefinitionError as error:
        raise AnswerError(error.problems) from None


def _from_json(text: str, name: str) -> AnswersFile:
    repeated: list[str] = []

    def mapping(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            repeated.extend(key for key in made if counts[key] > 1)
        return made

    try:
        content = json.loads(
            text,
            object_pairs_hook=mapping,
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except json.JSONDecodeError as error:
        # The parser's message names signs of its own grammar, never the content.
        place = Place(name, error.lineno, error.colno)
        what = f"this is not valid JSON: {error.msg}"
        fix = "Check the quotes, commas and brackets around here."
        raise _refusal(what, fix, place) from None
    except RecursionError:
        what = "the lists and maps are nested too deep"
        raise _refusal(what, "Write it flatter.", Place(name)) from None
    if repeated:
        what = f'"{repeated[0]}" stands here a second time'
        raise _refusal(what, "Keep one of them.", Place(name))
    return AnswersFile(name=name, content=content, node=_places(text, name))


def _places(text: str, name: str) -> Node | None:
    """Return the nodes of a JSON text, nearly all of which is YAML too."""
    try:
        return read_text(text, name)
    except DefinitionError:
        return None


def _refusal(what: str, fix: str, place: Place) -> AnswerError:
    return AnswerError([Problem(code="SA010", what=what, fix=fix, where=place)])
