"""What is to be asked and held up at a visit, and what would come of what was said?

What a rule reads says which answers matter: those behind a finding, and those on which
a rule for urgent help or a contraindication rests. Nothing here changes a record: what
was said is put into a copy of its answers, and judged as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screening.core.answers import by_item, read_answers
from screening.core.definition import Kind, Question, QuestionType
from screening.core.holders import holder
from screening.core.instrument import Instrument
from screening.core.judge import RETRACTED, evaluate
from screening.core.next_question import next_questions
from screening.report.chart import chart_of
from screening.report.content import Mark
from screening.report.findings import answers_read, open_question
from screening.report.summary import summarise
from screening.report.wording import as_asked
from screening.tongue import say, speaking

if TYPE_CHECKING:
    from screening.core.answers import Stored
    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation
    from screening.report.chart import Chart
    from screening.report.content import (
        AnswerLine,
        FindingLine,
        OutcomeLine,
        Summary,
    )
    from screening.report.record import Record

EASY = frozenset(
    {
        QuestionType.YES_NO,
        QuestionType.CHOICE,
        QuestionType.SCALE,
        QuestionType.INTEGER,
        QuestionType.DECIMAL,
        QuestionType.YEAR,
        QuestionType.DATE,
        QuestionType.MONTH,
    }
)
"""Kinds of question whose answer is put right in its own form; others in words."""

_WITHOUT_FINDING = frozenset({Kind.URGENT, Kind.EXCLUSION})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToHold:
    """An answer to ask for or to hold up at the visit.

    `question` is whose kind of answer puts it right, None where words do; `rules` are
    the ids of what rests on it, or of what any answer settles.
    """

    key: str
    asked: str
    answered: str
    rules: tuple[str, ...]
    question: Question | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """What to look at: what is not known, what findings rest on, and other safety."""

    unknown: tuple[ToHold, ...]
    behind_findings: tuple[ToHold, ...]
    behind_safety: tuple[ToHold, ...]

    @property
    def known(self) -> tuple[ToHold, ...]:
        """The answers that are to be confirmed."""
        return (*self.behind_findings, *self.behind_safety)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said of one answer: its mark, and what is right as answers are kept."""

    key: str
    mark: Mark
    label: str
    right: Stored
    right_in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the rules would come to with what was said.

    `appear` and `go` are findings; `missing` are labels of what would still have to be
    known; `in_words` are labels of what was said in words, which no rule can read.
    """

    outcome: OutcomeLine
    appear: tuple[FindingLine, ...]
    go: tuple[FindingLine, ...]
    missing: tuple[str, ...]
    in_words: tuple[str, ...]


def plan_of(
    questionnaire: Questionnaire, evaluation: Evaluation, record: Record
) -> VisitPlan:
    """Return what to look at; `evaluation` is of the record by this questionnaire."""
    with speaking(questionnaire.language):
        chart = chart_of(questionnaire, evaluation)
        found = {finding.id for finding in evaluation.findings}
        behind: dict[str, tuple[AnswerLine, list[str]]] = {}
        for criterion in _in_order(chart):
            for line in answers_read(chart, criterion, _reads(chart, criterion)):
                if line.is_asked and line.is_known:
                    behind.setdefault(line.key, (line, []))[1].append(criterion)
        lines = [
            _to_hold(chart, line.key, line.question, line.text, rules)
            for line, rules in behind.values()
        ]
        return VisitPlan(
            unknown=tuple(_unknown(chart, record)),
            behind_findings=tuple(one for one in lines if found & {*one.rules}),
            behind_safety=tuple(one for one in lines if not found & {*one.rules}),
        )


def outlook_of(
    questionnaire: Questionnaire,
    evaluation: Evaluation,
    record: Record,
    said: Iterable[Said],
    before: Summary,
) -> Outlook | None:
    """Return what would come of it; None where nothing was said otherwise.

    `before` is the summary of the record as it was sent.
    """
    changes = [one for one in said if one.mark is not Mark.CONFIRMED]
    if not changes:
        return None
    readable = [one for one in changes if _is_readable(questionnaire, one)]
    stored = answers_with(questionnaire, record.answers, readable)
    judged = evaluate(
        questionnaire,
        read_answers(questionnaire, stored, record.local_date),
        retracted=evaluation.has(RETRACTED),
    )
    after = summarise(questionnaire, judged, record)
    was, now = ({one.id for one in x.findings} for x in (before, after))
    return Outlook(
        outcome=after.outcome,
        appear=tuple(one for one in after.findings if one.id not in was),
        go=tuple(one for one in before.findings if one.id not in now),
        missing=tuple(one.label for one in after.missing),
        in_words=tuple(one.label for one in changes if one not in readable),
    )


def answers_with(
    questionnaire: Questionnaire, stored: Mapping[str, Stored], said: Iterable[Said]
) -> dict[str, Stored]:
    """Return a copy of stored answers with what is right put in its place."""
    answers = dict(stored)
    for one in said:
        outer, _, inner = one.key.partition(".")
        if one.key in questionnaire.program.keys or not inner:
            answers[one.key] = one.right
            continue
        holder, held = questionnaire.program.keys.get(outer), answers.get(outer)
        if isinstance(holder, Instrument):
            held = by_item(holder, held)
        parts = dict(held) if isinstance(held, Mapping) else {}
        answers[outer] = {**parts, inner: one.right}
    return answers


def _is_readable(questionnaire: Questionnaire, said: Said) -> bool:
    """Tell whether rules can read it: its own kind of answer, or that it is not so."""
    question = holder(questionnaire, said.key)
    if not isinstance(question, Question) or question.type not in EASY:
        return False
    return said.right is not None or not said.right_in_words


def _in_order(chart: Chart) -> list[str]:
    """Return the rules whose answers matter: findings first, the worst kind first."""
    found = {finding.id for finding in chart.evaluation.findings}
    order = list(Kind)
    rules = [
        one
        for one in chart.questionnaire.criteria
        if one.id in found or one.kind in _WITHOUT_FINDING
    ]
    rules.sort(key=lambda one: (one.id not in found, order.index(one.kind)))
    return [one.id for one in rules]


def _reads(chart: Chart, criterion_id: str) -> tuple[str, ...]:
    return chart.questionnaire.criterion(criterion_id).reads


def _unknown(chart: Chart, record: Record) -> Iterable[ToHold]:
    """Give what is not known: what settles something first, then in the form's order.

    A list or a scale is one line where it is not known as a whole.
    """
    made = chart.questionnaire
    answers = read_answers(made, record.answers, record.local_date)
    told: set[str] = set()
    for one in next_questions(made, answers, chart.evaluation):
        told.add(one.key)
        for question in one.questions:
            told.add(question.key)
            yield _open(chart, question, one.settles)
        if not one.questions:
            yield _whole(chart, one.key, one.settles)
    for question in chart.by_slot.values():
        line = chart.line(question)
        is_open = line.is_asked and not line.is_known and question.required
        is_asked_for = question.scored and question.type is not QuestionType.ACKNOWLEDGE
        if is_open and is_asked_for and question.key not in told:
            told |= {question.key, question.key.partition(".")[0]}
            yield _open(chart, question, ())
    for key in chart.evaluation.missing:
        if key not in told:
            yield _whole(chart, key, ())


def _open(chart: Chart, question: Question, settles: tuple[str, ...]) -> ToHold:
    line = chart.line(question)
    return _to_hold(chart, question.key, line.question, line.text, settles)


def _whole(chart: Chart, key: str, settles: tuple[str, ...]) -> ToHold:
    asked = say("{list}: go through the list.", list=chart.label(key))
    return _to_hold(chart, key, asked, open_question(chart, key).text, settles)


def _to_hold(
    chart: Chart, key: str, asked: str, answered: str, rules: Iterable[str]
) -> ToHold:
    found = chart.holder(key)
    question = found if isinstance(found, Question) else None
    is_easy = question is not None and question.type in EASY and not question.units
    return ToHold(
        key=key,
        asked=as_asked(asked, {}),
        answered=answered,
        rules=tuple(rules),
        question=question if is_easy else None,
    )
