"""What do the files on the shelf say now, and what did they say when they last worked?

The folder is looked at on each request. A file that changed is read with everything
beside it; while it can't be used, the last version that could stays to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from screening.authoring.checked import case_texts, checked
from screening.core.cases import Case, read_cases
from screening.core.excerpt import excerpt
from screening.core.problems import DefinitionError, Place, Problem, Severity
from screening.web.preview.proofs import Proving

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from screening.core.definition import Page, Question, Questionnaire
    from screening.core.deployment import Deployment
    from screening.core.expression import Expression
    from screening.library import Fingerprint, Shelf
    from screening.web.preview.proofs import Prove


_NOWHERE = Place("", 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A problem as the page shows it: its words and the line of the file."""

    problem: Problem
    lines: tuple[str, ...]

    @property
    def is_error(self) -> bool:
        """Whether it has to be mended before the files can be used."""
        return self.problem.severity is Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen at one look. `made` is the last version that could be used.

    `stamp` grows with each change. `changed` is the page that the last change is on.
    """

    stamp: int = 0
    made: Questionnaire | None = None
    told: tuple[Told, ...] = ()
    cases: tuple[Case, ...] = ()
    changed: str | None = None
    is_last_good: bool = False

    @property
    def errors(self) -> int:
        """How many problems have to be mended."""
        return sum(told.is_error for told in self.told)


class Desk:
    """One shelf, looked at again and again."""

    def __init__(
        self,
        shelf: Shelf,
        deployment: Deployment,
        today: Callable[[], date],
        prove: Prove | None = None,
    ) -> None:
        """Look for the first time when somebody asks; `prove` proves each version."""
        self.proving = Proving(prove)
        self._shelf = shelf
        self._deployment = deployment
        self._today = today
        self._lock = Lock()
        self._print: Fingerprint | None = None
        self._seen = Seen()

    @property
    def questionnaire_id(self) -> str:
        """The id of the questionnaire that is edited."""
        return self._shelf.questionnaire_id

    def look(self) -> Seen:
        """Return what the files say, read anew if one of them changed."""
        with self._lock:
            found = self._shelf.fingerprint()
            if found != self._print:
                self._print = found
                self._seen = self._looked()
            return self._seen

    def _looked(self) -> Seen:
        before = self._seen
        found = checked(self._shelf, self._deployment, self._today())
        made = found.made or before.made
        cases = self._cases()
        if found.made is not None:
            self.proving.begin(found.made, cases)
        return Seen(
            stamp=before.stamp + 1,
            made=made,
            told=tuple(
                sorted(
                    map(self._told, found.problems), key=lambda one: not one.is_error
                )
            ),
            cases=cases,
            changed=changed_page(before.made, made) or before.changed,
            is_last_good=found.made is None,
        )

    def _cases(self) -> tuple[Case, ...]:
        try:
            found = read_cases(case_texts(self._shelf))
        except DefinitionError:
            return self._seen.cases
        return tuple(case for case in found if case.instrument is None)

    def _told(self, problem: Problem) -> Told:
        text = None
        if problem.where is not None:
            try:
                text = self._shelf.read(problem.where.file)
            except DefinitionError:
                text = None
        lines = excerpt(text, problem.where) if text and problem.where else ()
        return Told(problem=problem, lines=tuple(lines))


def changed_page(
    before: Questionnaire | None, after: Questionnaire | None
) -> str | None:
    """Return the first page that reads or asks otherwise than before; None if none."""
    if before is None or after is None:
        return None
    known = {page.id: page for page in before.pages}
    for page in after.pages:
        old = known.get(page.id)
        if old is None or _wording(old) != _wording(page):
            return page.id
    return None


def _wording(page: Page) -> object:
    """Return a page as patients meet it, without where and how it is worked out."""
    repeat = page.repeat
    asked = (*page.questions, *(repeat.questions if repeat else ()))
    opening = (repeat.any, repeat.entry, repeat.hint) if repeat else None
    read = tuple(_as_read(one) for outer in asked for one in (outer, *outer.parts))
    return page.title, page.intro, _rule(page.ask_if), opening, read


def _as_read(question: Question) -> object:
    # Compiled rules are never equal to those of another load; their texts are.
    plain = replace(
        question,
        place=_NOWHERE,
        slot=0,
        position=0,
        ask_if=None,
        must_know=None,
        catalogue=None,
        parts=(),
        options=tuple(replace(option, ask_if=None) for option in question.options),
    )
    rules = (question.ask_if, *(option.ask_if for option in question.options))
    return plain, tuple(_rule(rule) for rule in rules)


def _rule(rule: Expression | None) -> str | None:
    return rule.text if rule else None
