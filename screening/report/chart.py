"""One patient's answers, looked up the way a summary needs them.

Questions are found by id and by slot; each answer knows which findings read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.definition import (
    Question,
    QuestionType,
    Repeat,
)
from screening.core.holders import holder
from screening.core.instrument import (
    Instrument,
)
from screening.core.scoring import weights_of
from screening.core.spoken import names_of
from screening.core.values import NOT_ASKED, State, is_unknown
from screening.report.content import AnswerLine, SourceLine
from screening.report.wording import (
    STATES,
    answer_in_words,
    as_asked,
    number,
    worked_in_words,
)
from screening.tongue import noted, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.definition import Questionnaire, SourceReference
    from screening.core.expression.names import Names
    from screening.core.judge import Evaluation

_BASIS = {
    "read": noted("source read"),
    "background": noted("background knowledge, to be verified"),
    "project": noted("judgement of this project"),
}


_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The questionnaire and one evaluation of it, with what is looked up often.

    `names` are what a rule calls things when it is said in words; `at_visit` is what
    was said of answers at a visit, by their keys.
    """

    questionnaire: Questionnaire
    evaluation: Evaluation
    by_slot: Mapping[int, Question]
    flags: Mapping[int, tuple[str, ...]]
    names: Names
    at_visit: Mapping[str, str]

    # -- answers

    def value(self, question: Question) -> object:
        """Return the typed value of a question that is not inside a repeat."""
        return self.evaluation.values[question.slot]

    def line(self, question: Question, *, prefix: str = "") -> AnswerLine:
        """Return a question and its answer; `prefix` stands before the question."""
        value = self.value(question)
        return answer_line(
            question,
            value,
            prefix=prefix,
            flags=self.flags.get(question.slot, ()),
            said=self.placeholders() if "{" in question.ask else {},
            at_visit=self.at_visit.get(question.key, ""),
        )

    def lines(self, question: Question) -> tuple[AnswerLine, ...]:
        """Return a question's line, or one for each part of a group."""
        if question.type is QuestionType.GROUP:
            start = f"{question.label}: "
            return tuple(self.line(part, prefix=start) for part in question.parts)
        return (self.line(question),) if question.slot >= 0 else ()

    def item_lines(self, instrument: Instrument) -> tuple[AnswerLine, ...]:
        """Return the instrument's items with the points that each one gave."""
        return tuple(self._item(item) for item in instrument.items)

    def _item(self, item: Question) -> AnswerLine:
        value = self.value(item)
        points = None
        if not isinstance(value, State | frozenset) and item.scored:
            worth = weights_of(item).get(value)
            points = None if worth is None else number(worth)
        flags = self.flags.get(item.slot, ())
        at_visit = self.at_visit.get(item.key, "")
        return answer_line(item, value, flags=flags, points=points, at_visit=at_visit)

    def repeat_line(self, repeat: Repeat) -> AnswerLine:
        """Return a repeat's opening question and how many entries there are."""
        value = self.evaluation.values[repeat.slot]
        return AnswerLine(
            key=repeat.id,
            question=repeat.any,
            label=repeat.label,
            text=entries_in_words(value),
            is_known=not is_unknown(value),
            is_asked=value is not NOT_ASKED,
            flags=self.flags.get(repeat.slot, ()),
            at_visit=self.at_visit.get(repeat.id, ""),
        )

    def holder(self, key: str) -> Question | Instrument | Repeat | None:
        """Return what the file calls `key`: a question, an instrument or a repeat."""
        return holder(self.questionnaire, key)

    def label(self, key: str) -> str:
        """Return the short label of whatever the file calls `key`."""
        found = self.holder(key)
        if found is None:
            return key
        return found.title if isinstance(found, Instrument) else found.label

    # -- sentences and sources

    def placeholders(self) -> dict[str, str]:
        """Return what {names} in a clinician's sentence stand for."""
        said = {
            question.key: answer_in_words(question, self.value(question), unit=False)
            for question in self.by_slot.values()
        }
        for derived in self.questionnaire.derived:
            value = self.evaluation.values[derived.slot]
            said.setdefault(derived.name, worked_in_words(value))
        return said

    def worked_text(self, slot: int) -> str:
        """Return the worked-out value of a slot in words."""
        return worked_in_words(self.evaluation.values[slot])

    def sources(self, ids: Iterable[str]) -> tuple[SourceLine, ...]:
        """Return the references of these ids, in their order."""
        known = self.questionnaire.sources
        return tuple(source_line(known[one]) for one in ids if one in known)


def chart_of(
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    at_visit: Mapping[str, str] = _NOTHING,
) -> Chart:
    """Return the chart of one evaluation; `at_visit` is what was said at a visit."""
    by_slot: dict[int, Question] = {}
    for question in questionnaire.questions.values():
        for part in question.parts or (question,):
            if part.slot >= 0:
                by_slot[part.slot] = part
    for instrument in questionnaire.instruments.values():
        by_slot |= {item.slot: item for item in instrument.items}
    flags: dict[int, tuple[str, ...]] = {}
    for finding in evaluation.findings:
        for slot in slots_read(questionnaire, finding.id):
            flags[slot] = (*flags.get(slot, ()), finding.id)
    return Chart(
        questionnaire=questionnaire,
        evaluation=evaluation,
        by_slot=by_slot,
        flags=flags,
        names=names_of(questionnaire),
        at_visit=at_visit,
    )


def slots_read(questionnaire: Questionnaire, criterion_id: str) -> tuple[int, ...]:
    """Return the slots behind a criterion, in the order it reads them."""
    criterion = questionnaire.program.criteria_by_id.get(criterion_id)
    if criterion is None:
        return ()
    slots: dict[int, None] = {}
    for symbol in criterion.when.reads:
        for needed in symbol.needs.values():
            slots |= dict.fromkeys(sorted(needed))
    return tuple(slots)


def answer_line(
    question: Question,
    value: object,
    *,
    prefix: str = "",
    flags: tuple[str, ...] = (),
    points: str | None = None,
    said: Mapping[str, str] = _NOTHING,
    at_visit: str = "",
) -> AnswerLine:
    """Return a question and what was answered; `said` are words for its placeholders.

    A placeholder without any is shown by its own words, or as left open.
    """
    return AnswerLine(
        key=question.key,
        question=prefix + as_asked(question.ask, said),
        label=prefix + question.label,
        text=answer_in_words(question, value),
        is_known=not is_unknown(value),
        is_asked=value is not NOT_ASKED,
        flags=flags,
        points=points,
        at_visit=at_visit,
    )


def entries_in_words(value: object) -> str:
    """Return how many entries a list has, or why there is none."""
    if isinstance(value, State):
        return say(STATES.get(value, noted("Left open")))
    count = len(value) if isinstance(value, list) else 0
    if count == 0:
        return say("No")
    return say("Yes: {count} listed", count=count)


def source_line(source: SourceReference) -> SourceLine:
    """Return a reference with what it rests on, in words."""
    return SourceLine(
        id=source.id,
        reference=source.reference,
        url=source.url,
        year=source.year,
        basis=say(_BASIS.get(source.basis, source.basis)),
        is_verified=source.is_verified,
    )
