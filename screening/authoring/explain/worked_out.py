"""What is worked out: derived values, scores, results, and named numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from screening.authoring.explain.explanation import Explanation, RuleSaid
from screening.core.values import Span, is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from screening.authoring.explain.desk import Desk
    from screening.core.definition import Repeat
    from screening.core.instrument import Derived, Instrument, Score
    from screening.core.judge import Evaluation

_WAYS = {
    "sum": "The sum",
    "mean": "The mean",
    "max": "The highest",
    "count": "The number of items above zero",
}

_MISSING = (
    "An item that is not answered leaves the score between what it could be; a rule is"
    " decided where all of that falls on one side."
)


def parts_of(desk: Desk) -> Iterator[tuple[str, Callable[[Desk], Explanation]]]:
    """Yield the ids of this room with what explains each."""
    questionnaire = desk.questionnaire
    for value in questionnaire.derived:
        yield value.name, partial(_derived, value=value, name=value.name)
    for repeat in questionnaire.repeats.values():
        for value in repeat.derived:
            name = f"{repeat.id}.{value.name}"
            yield name, partial(_derived, value=value, name=name, repeat=repeat)
    for instrument in questionnaire.instruments.values():
        for score in instrument.scores:
            name = f"{instrument.key}.{score.name}"
            yield name, partial(_score, instrument=instrument, score=score)
        for result in instrument.results:
            name = f"{instrument.key}.{result.name}"
            yield name, partial(_derived, value=result, name=name)
    parameters = desk.plain(desk.file(), "parameters")
    for name in parameters if isinstance(parameters, dict) else ():
        yield name, partial(_parameter, name=name)


def _derived(
    desk: Desk, value: Derived, name: str, repeat: Repeat | None = None
) -> Explanation:
    rules = desk.said(value.expression)
    for row in value.rows:
        leads_to = f"“{row.word}” where"
        if row.when is None:
            rules += (
                RuleSaid(words="nothing above holds", written="", leads_to=leads_to),
            )
        rules += desk.said(row.when, leads_to)
    conditions = [row.when for row in value.rows]
    uses = desk.uses(name)
    what = "A value that is worked out; nobody is asked for it."
    if value.rows:
        what += " The rows are read downwards: the first that holds gives its word."
    if repeat is not None:
        what += f" It is worked out for each entry of {repeat.id}."
    unknown = "While something it reads is not known, it can be unknown too."
    if value.if_undetermined is not None:
        unknown = f"Where it can't be told, it is “{value.if_undetermined}”."
    return Explanation(
        kind="worked-out value",
        id=name,
        what=what,
        place=value.place,
        facts=desk.sources(value.sources),
        rules=rules,
        reads=desk.reads(value.expression, *conditions),
        used_by=uses.direct,
        through=uses.through,
        unknown=(unknown,),
        undetermined=desk.left_open(uses),
        word_in=None if repeat is not None else _word_in(value.slot),
    )


def _score(desk: Desk, instrument: Instrument, score: Score) -> Explanation:
    name = f"{instrument.key}.{score.name}"
    uses = desk.uses(name)
    items = ", ".join(score.items)
    if len(score.items) == len(instrument.items):
        items = "all items"
    facts = [
        ("Made of", f"{_WAYS[score.how]} of {items}"),
        ("From, to", f"{score.low} to {score.high}"),
    ]
    if score.reversed:
        facts.append(("Counted from the other end", ", ".join(sorted(score.reversed))))
    for table in instrument.bands:
        if table.of == score.name:
            usual = " (printed beside the score)" if table.is_default else ""
            bands = "; ".join(f"{b.label} {b.low} to {b.high}" for b in table.bands)
            facts.append((f"Bands {table.name}{usual}", bands))
    unknown = [_MISSING]
    if score.prorate_missing is not None:
        unknown.append(
            f"With at most {score.prorate_missing} items missing a pro-rated total is"
            " shown, for information only."
        )
    return Explanation(
        kind="score",
        id=name,
        what=f"A score of {instrument.title}.",
        place=instrument.place,
        facts=(*facts, *desk.sources(score.sources)),
        used_by=uses.direct,
        through=uses.through,
        unknown=tuple(unknown),
        undetermined=desk.left_open(uses),
        word_in=_word_in(score.slot),
    )


def _parameter(desk: Desk, name: str) -> Explanation:
    said = desk.plain(desk.file(), "parameters", name)
    facts: list[tuple[str, str]] = []
    sources: tuple[str, ...] = ()
    if isinstance(said, dict):
        value = said.get("value")
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        facts.append(("Is", f"{shown} {said.get('unit') or ''}".strip()))
        listed = said.get("sources")
        sources = tuple(map(str, listed)) if isinstance(listed, list) else ()
    uses = desk.uses(name)
    return Explanation(
        kind="parameter",
        id=name,
        what="A named number or list that a clinic may set; rules use it by its name.",
        place=desk.key_place(desk.file(), "parameters", name),
        facts=(*facts, *desk.sources(sources)),
        used_by=uses.direct,
        through=uses.through,
    )


def _word_in(slot: int) -> Callable[[Evaluation], str]:
    def word(found: Evaluation) -> str:
        value = found.values[slot]
        if isinstance(value, Span):
            return f"{value.low} to {value.high}"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if getattr(value, "word", None):
            return str(getattr(value, "word", ""))
        return "not known" if is_unknown(value) else str(value).strip("<>")

    return word
