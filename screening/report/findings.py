"""Which rules came out, what did they read, and what do they leave open?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import (
    Kind,
    Question,
    Repeat,
)
from screening.core.expression.words import sentence
from screening.core.instrument import (
    Instrument,
)
from screening.core.judge import RETRACTED
from screening.core.values import is_unknown
from screening.report.chart import slots_read
from screening.report.content import (
    AnswerLine,
    FindingLine,
    OpenQuestion,
    SourceLine,
)
from screening.report.wording import filled
from screening.tongue import noted, say

if TYPE_CHECKING:
    from screening.core.definition import Criterion
    from screening.core.judge import Finding
    from screening.report.chart import Chart

KINDS: dict[Kind, str] = {
    Kind.URGENT: noted("Urgent"),
    Kind.EXCLUSION: noted("Contraindication reported"),
    Kind.INCLUSION: noted("Expected condition not met"),
    Kind.REVIEW: noted("Needs review"),
    Kind.PRECAUTION: noted("Precaution"),
}


def findings_of(chart: Chart, placeholders: dict[str, str]) -> tuple[FindingLine, ...]:
    """Return the findings, worst kind first, same day before others."""
    order = list(Kind)
    found = [
        _finding(chart, finding, placeholders) for finding in chart.evaluation.findings
    ]
    found.sort(key=lambda line: (order.index(line.kind), not line.is_same_day))
    return tuple(found)


def _finding(
    chart: Chart, finding: Finding, placeholders: dict[str, str]
) -> FindingLine:
    if finding.id == RETRACTED:
        sentence = say("An answer that brought up urgent help was changed later.")
        because = say("Both answers stand on the record. Ask about it.")
        rule = say(
            "The first answer brought up urgent help, and the later one does not."
        )
        answers: tuple[AnswerLine, ...] = ()
        sources: tuple[SourceLine, ...] = ()
    else:
        criterion = chart.questionnaire.criterion(finding.id)
        sentence = filled(criterion.clinician, placeholders)
        because = criterion.because
        rule = _rule(chart, criterion)
        answers = answers_read(chart, finding.id, criterion.reads)
        sources = chart.sources(criterion.sources)
    return FindingLine(
        id=finding.id,
        kind=finding.kind,
        kind_label=say(KINDS[finding.kind]),
        is_same_day=finding.priority is not None,
        sentence=sentence,
        because=because,
        rule=rule,
        answers=answers,
        sources=sources,
    )


def _rule(chart: Chart, criterion: Criterion) -> str:
    """Return the rule as it is applied, said in the questionnaire's language."""
    language = chart.questionnaire.language
    said = sentence(criterion.when.tree, chart.names, language)
    if criterion.kind is Kind.INCLUSION:
        return say("Expected, and not so: {rule}", rule=said)
    return said


def answers_read(
    chart: Chart, criterion_id: str, reads: tuple[str, ...]
) -> tuple[AnswerLine, ...]:
    """Return the answers behind a rule: single items where it reads single items."""
    slots = set(slots_read(chart.questionnaire, criterion_id))
    lines: list[AnswerLine] = []
    for key in reads:
        holder = chart.holder(key)
        if isinstance(holder, Question):
            keys = {
                part.key for part in holder.parts or (holder,) if part.slot in slots
            }
            lines += [line for line in chart.lines(holder) if line.key in keys]
        elif isinstance(holder, Repeat):
            lines.append(chart.repeat_line(holder))
        elif isinstance(holder, Instrument):
            lines += _items_read(chart, holder, slots)
    return tuple(lines)


def _items_read(
    chart: Chart, instrument: Instrument, slots: set[int]
) -> list[AnswerLine]:
    items = [chart.line(item) for item in instrument.items if item.slot in slots]
    if items:
        return items
    total = next((s for s in instrument.scores if s.slot in slots), None)
    if total is None:
        return [chart.line(item) for item in instrument.items]
    text = chart.worked_text(total.slot)
    return [
        AnswerLine(
            key=instrument.key,
            question=f"{instrument.title}: {total.name}",
            label=f"{instrument.title}: {total.name}",
            text=text,
            is_known=not is_unknown(chart.evaluation.values[total.slot]),
            at_visit=chart.at_visit.get(instrument.key, ""),
        )
    ]


# -- what is not known


def open_question(chart: Chart, key: str, because: str | None = None) -> OpenQuestion:
    """Return what is not known under `key`, and the rules it leaves open."""
    holder = chart.holder(key)
    open_ids = set(chart.evaluation.undetermined)
    return OpenQuestion(
        key=key,
        label=chart.label(key),
        text=_how_open(chart, holder),
        leaves_open=tuple(
            criterion.id
            for criterion in chart.questionnaire.criteria
            if criterion.id in open_ids and key in criterion.reads
        ),
        because=because,
    )


def _how_open(chart: Chart, holder: Question | Instrument | Repeat | None) -> str:
    if isinstance(holder, Repeat):
        return chart.repeat_line(holder).text
    if isinstance(holder, Question) and not holder.parts:
        return chart.line(holder).told
    parts: tuple[Question, ...] = ()
    if isinstance(holder, Instrument):
        parts = tuple(item for item in holder.items if item.scored)
    elif holder is not None:
        parts = holder.parts
    lines = [chart.line(part) for part in parts]
    unknown = [line for line in lines if not line.is_known]
    if parts and len(unknown) == len(parts):
        texts = {line.text for line in unknown}
        return say(
            "nothing answered ({states})", states=", ".join(sorted(texts)).lower()
        )
    return "; ".join(f"{line.label}: {line.text.lower()}" for line in unknown)


def accepted_unknowns(chart: Chart) -> tuple[OpenQuestion, ...]:
    """Return what is not known although it is asked, where the file accepts that."""
    values, missing = chart.evaluation.values, set(chart.evaluation.missing)
    found = []
    for key, because in chart.questionnaire.accepted_unknowns.items():
        holder = chart.holder(key)
        if holder is None or key in missing:
            continue
        if isinstance(holder, Instrument):
            slots = [item.slot for item in holder.items if item.scored]
        elif isinstance(holder, Question) and holder.parts:
            slots = [part.slot for part in holder.parts]
        else:
            slots = [holder.slot]
        if any(is_unknown(values[slot]) for slot in slots):
            found.append(open_question(chart, key, because))
    return tuple(found)
