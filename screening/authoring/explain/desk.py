"""What does every explanation need at hand? Names, places, and what must be known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from screening.authoring.explain.explanation import RuleSaid
from screening.authoring.explain.uses import (
    Uses,
    can_be_open,
    names_read,
    uses_of,
)
from screening.core.expression import Expression
from screening.core.expression.names import Names, id_in_words
from screening.core.expression.words import sentence
from screening.core.instrument import Instrument
from screening.core.problems import Place
from screening.core.source import Mapping as Named
from screening.core.source import Node, plain, read_text
from screening.core.spoken import names_of, short_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from screening.authoring.explain.explanation import Explanation
    from screening.core.definition import Page, Question, Questionnaire, Repeat

    Part = tuple[str, Callable[["Desk"], Explanation]]

_BASIS = {
    "read": "read when the rule was written",
    "background": "background knowledge, to be verified",
    "project": "judgement of this project",
}


@dataclass(slots=True)
class Desk:
    """One questionnaire, and what is looked up in it again and again."""

    questionnaire: Questionnaire
    language: str | None = None
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        """Look up what everything is called."""
        self.names = names_of(self.questionnaire)

    # -- rules and names

    def said(self, rule: Expression | None, leads_to: str = "") -> tuple[RuleSaid, ...]:
        """Return a rule in words and as written; nothing where there is none."""
        if rule is None:
            return ()
        words = self._sentence(rule)
        written = " ".join(rule.text.split())
        return (RuleSaid(words=words, written=written, leads_to=leads_to),)

    def _sentence(self, rule: Expression) -> str:
        language = self.language or self.questionnaire.language
        return sentence(rule.tree, self.names, language)

    def reads(self, *rules: Expression | None) -> tuple[tuple[str, str], ...]:
        """Return the names that rules read, with what they are called."""
        found: dict[str, str] = {}
        for rule in rules:
            for name in names_read(self.questionnaire, rule) if rule else ():
                found.setdefault(name, self.called(name))
        return tuple(found.items())

    def called(self, name: str) -> str:
        """Return what a name of a rule is called, or the value of a parameter."""
        holder = self.holder(name)
        if holder is not None:
            return (
                short_title(holder) if isinstance(holder, Instrument) else holder.label
            )
        for rule in self._slots():
            if rule[0] == name:
                found = self.names.by_slot.get(rule[1])
                return found.label if found else id_in_words(name)
        return id_in_words(name)

    def _slots(self) -> Iterator[tuple[str, int]]:
        for derived in self.questionnaire.derived:
            yield derived.name, derived.slot
        for key, instrument in self.questionnaire.instruments.items():
            for name, slot in instrument.worked_slots().items():
                yield f"{key}.{name}", slot

    def holder(self, key: str) -> Question | Instrument | Repeat | None:
        """Return the question, instrument or list that has this key."""
        keys = self.questionnaire.program.keys
        if key in keys:
            return keys[key]
        outer = keys.get(key.split(".", 1)[0])
        if outer is None:
            return None
        parts = outer.items if isinstance(outer, Instrument) else ()
        parts = getattr(outer, "parts", ()) or getattr(outer, "questions", ()) or parts
        return next((part for part in parts if part.key == key), None)

    def page_of(self, key: str) -> Page | None:
        """Return the page that asks a question, or the list or scale it is part of."""
        outer = key.split(".", 1)[0]
        for page in self.questionnaire.pages:
            if outer in page.keys:
                return page
        return None

    # -- who uses it, and what not knowing does

    def uses(self, *names: str) -> Uses:
        """Return who uses any of these names."""
        return uses_of(self.questionnaire, *names)

    def left_open(self, uses: Uses) -> tuple[str, ...]:
        """Return the criteria that not knowing can leave undetermined."""
        criteria = self.questionnaire.program.criteria_by_id
        return tuple(
            one for one in uses.criteria() if can_be_open(criteria[one].when.tree)
        )

    def when_unknown(self, key: str) -> tuple[str, ...]:
        """Return what happens when the answer to `key` is not known, in sentences."""
        outer = key.split(".", 1)[0]
        needed = {one.id: one for one in self.questionnaire.program.must_know}
        accepted = self.questionnaire.accepted_unknowns
        said = []
        if outer in needed:
            condition = self._must_know(outer)
            said.append(
                "The clinic must know it: not known, it is listed as missing and a"
                f" clinician is asked to look.{condition}"
            )
        if outer in accepted:
            said.append(f"Not knowing it is accepted: {accepted[outer]}")
        if not said:
            said.append("Nothing is missing then: no rule that decides needs it.")
        return tuple(said)

    def _must_know(self, key: str) -> str:
        holder = self.questionnaire.questions.get(key)
        rule = holder.must_know if holder else None
        if not isinstance(rule, Expression):
            return ""
        return f" This holds only where: {self._sentence(rule)}"

    # -- places and sources

    def file(self) -> str:
        """Return the name of the questionnaire's own file."""
        names = self.questionnaire.files
        return next(name for name in names if name.endswith("/questionnaire.yaml"))

    def beside(self, name: str) -> str:
        """Return the name of a file that stands beside the questionnaire's own."""
        return f"{self.file().rsplit('/', 1)[0]}/{name}"

    def key_place(self, file: str, *path: str | int) -> Place | None:
        """Return where the last key of `path` stands; None where it does not."""
        node: Node | None = read_text(self.questionnaire.files[file], file)
        place = None
        for step in path:
            if not isinstance(node, Named) or step not in node.entries:
                return place
            place, node = node.keys[str(step)], node.entries[str(step)]
        return place

    def plain(self, file: str, *path: str) -> object:
        """Return what a file says at `path`, as plain text, lists and maps."""
        found: object = plain(read_text(self.questionnaire.files[file], file))
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        return found

    def sources(self, ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return each source with what it rests on."""
        known = self.questionnaire.sources
        return tuple(
            (
                "Source",
                f"{one}: {known[one].reference}"
                f" ({_BASIS.get(known[one].basis, known[one].basis)})"
                if one in known
                else one,
            )
            for one in ids
        )
