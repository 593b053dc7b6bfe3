"""What does a questionnaire call its questions, scores and worked-out values?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from screening.core.derived import type_of_derived
from screening.core.expression import tree
from screening.core.expression.names import Called, Names, id_in_words, quoted
from screening.core.expression.tongues import Tongue, tongue_of
from screening.core.expression.types import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from screening.core.definition import Question, Questionnaire, Working
    from screening.core.instrument import Derived, Instrument

_NUMBERED = re.compile(r"q(\d+[a-z]?)")


def names_of(questionnaire: Questionnaire) -> Names:
    """Return what every slot of the questionnaire is called."""
    tongue = tongue_of(questionnaire.language)
    by_slot: dict[int, Called] = {}
    for question in questionnaire.questions.values():
        by_slot |= {part.slot: _group_part(question, part) for part in question.parts}
        by_slot[question.slot] = question_called(question)
    for repeat in questionnaire.repeats.values():
        label = repeat.short or id_in_words(repeat.id)
        by_slot[repeat.slot] = Called(label=label, is_title=True)
    for instrument in questionnaire.instruments.values():
        by_slot |= dict(_instrument(instrument, tongue))
    workings = _workings(questionnaire)
    for derived in questionnaire.derived:
        by_slot[derived.slot] = _derived(derived, workings.get(derived.name), by_slot)
    by_slot[questionnaire.program.outcome_slot] = Called(label=tongue.outcome)
    return Names(
        by_slot=by_slot,
        fields={
            repeat.slot: tuple(
                _fields(repeat.id, repeat.questions, repeat.derived, questionnaire)
            )
            for repeat in questionnaire.repeats.values()
        },
        entries={r.entry_slot: r.slot for r in questionnaire.repeats.values()},
    )


def question_called(question: Question) -> Called:
    """Return what a question is called: its short label, or its id in words."""
    return Called(
        label=question.short or id_in_words(question.id),
        options={option.value: option.label for option in question.options},
        is_title=True,
    )


def short_title(instrument: Instrument) -> str:
    """Return an instrument's title up to what explains it ("PHQ-9")."""
    return instrument.title.split(":")[0].split(" (")[0]


def _group_part(group: Question, part: Question) -> Called:
    own = question_called(part)
    label = f"{question_called(group).label}: {own.label}"
    return Called(label=label, options=own.options, is_title=True)


def _instrument(instrument: Instrument, tongue: Tongue) -> Iterator[tuple[int, Called]]:
    title = short_title(instrument)
    for item in instrument.items:
        options = question_called(item).options
        yield item.slot, Called(label=_item(title, item, tongue), options=options)
    for score in instrument.scores:
        label = tongue.result.format(title, id_in_words(score.name))
        yield score.slot, Called(label=label)
    for result in instrument.results:
        name, said = id_in_words(result.name), tongue.result
        if type_of_derived(result).sort is Sort.TRUTH:
            name, said = quoted(name, tongue), tongue.truth
        yield result.slot, Called(label=said.format(title, name))


def _item(title: str, item: Question, tongue: Tongue) -> str:
    """Return what an item is called: by its number, or by its own word."""
    number = _NUMBERED.fullmatch(item.id)
    if item.short or number is None:
        return f"{title}: {item.short or id_in_words(item.id)}"
    return tongue.item.format(title, number[1])


def _workings(questionnaire: Questionnaire) -> dict[str, Working]:
    """Return the clinician's words for worked-out values, by name."""
    return {
        f"{working.repeat}.{working.value}"
        if working.repeat
        else working.value: working
        for section in questionnaire.summary
        for working in section.working
    }


def _derived(
    derived: Derived, working: Working | None, by_slot: dict[int, Called]
) -> Called:
    """Return what a worked-out value is called; one that only renames, by the other."""
    if working is not None:
        return Called(
            label=working.title,
            options=working.words,
            when_true=working.words.get("yes"),
        )
    expression = derived.expression
    if expression is not None and isinstance(expression.tree, tree.Name):
        same = by_slot.get(expression.tree.symbol.slot)
        if same is not None:
            return same
    is_fold = expression is not None and isinstance(expression.tree, tree.Fold)
    is_number = is_fold and type_of_derived(derived).sort is Sort.NUMBER
    return Called(
        label=id_in_words(derived.name),
        meaning=expression.tree if expression is not None and is_number else None,
    )


def _fields(
    repeat_id: str,
    questions: Iterable[Question],
    derived: Iterable[Derived],
    questionnaire: Questionnaire,
) -> Iterator[Called]:
    for question in questions:
        yield question_called(question)
    workings = _workings(questionnaire)
    also = {
        name: words
        for working in workings.values()
        if working.repeat == repeat_id
        for name, words in working.also.items()
    }
    for value in derived:
        working = workings.get(f"{repeat_id}.{value.name}")
        if working is not None or value.name not in also:
            yield _derived(value, working, {})
        else:
            yield Called(label=id_in_words(value.name), when_true=also[value.name])
