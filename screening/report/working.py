"""How did a worked-out value come about? Its conditions, one by one, in words.

The typed tree that the engine runs is read here once more: each part of an `and` is
a step with what was given, what is needed and whether it is met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from screening.core.expression import tree
from screening.core.expression.compile import compiled
from screening.core.values import Entry, State
from screening.report.content import Step, WorkingBlock
from screening.report.wording import (
    NOT_LISTED,
    amount,
    answer_in_words,
    name_in_words,
    number,
    worked_in_words,
)
from screening.tongue import noted, say

if TYPE_CHECKING:
    from screening.core.definition import (
        Question,
        Repeat,
        Working,
    )
    from screening.core.expression.compile import Values
    from screening.core.instrument import (
        Derived,
    )
    from screening.report.chart import Chart

_WORDS = {
    ">=": noted("at least {amount}"),
    ">": noted("more than {amount}"),
    "<=": noted("at most {amount}"),
    "<": noted("less than {amount}"),
    "==": "{amount}",
    "!=": noted("not {amount}"),
}
_VERDICTS: dict[object, str] = {
    True: noted("met"),
    False: noted("not met"),
    None: noted("not known"),
}
_TRUTH_WORDS: dict[object, str] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads trees aloud for one list of values, and one entry of a repeat if given."""

    values: Values
    question_at: Callable[[int], Question | None]
    fields: tuple[Question, ...] = ()

    def steps(self, derived: Derived) -> tuple[Step, ...]:
        """Return the conditions of an expression; rows have none to read aloud."""
        if derived.expression is None:
            return ()
        node = derived.expression.tree
        parts = (
            node.parts
            if isinstance(node, tree.Both) and node.word == "and"
            else (node,)
        )
        read = (self._step(part) for part in parts)
        # What can't be told as a condition is only what the conclusion says already.
        return tuple(step for step in read if step.given or step.needed)

    def _step(self, node: tree.Node) -> Step:
        truth = compiled(node)(self.values)
        verdict = (
            say(_VERDICTS[truth]) if truth in _VERDICTS else worked_in_words(truth)
        )
        if isinstance(node, tree.Compare):
            return self._comparison(node, verdict, is_met=truth is True)
        if isinstance(node, tree.Within) and isinstance(node.container, tree.Constant):
            words = node.container.value
            listed = words if isinstance(words, tuple) else ()
            asked = self._question(node.item)
            said = say(" or ").join(_option(asked, str(word)) for word in listed)
            return Step(
                label=self._label(node.item),
                given=self._given(node.item),
                needed=said,
                verdict=verdict,
                is_met=truth is True,
            )
        return Step(label=self._label(node), given="", needed="", verdict=verdict)

    def _comparison(self, node: tree.Compare, verdict: str, *, is_met: bool) -> Step:
        given = compiled(node.left)(self.values)
        needed = compiled(node.right)(self.values)
        said = self._needed(node, needed)
        is_minimum = node.word in {">=", ">"}
        pair = [
            value if is_minimum and isinstance(value, int | Decimal) else None
            for value in (given, needed)
        ]
        return Step(
            label=self._label(node.left),
            given=self._given(node.left),
            needed=said,
            verdict=verdict,
            is_met=is_met,
            is_measured=is_minimum,
            amount=pair[0],
            at_least=pair[1],
        )

    def _needed(self, node: tree.Compare, needed: object) -> str:
        if isinstance(needed, State):
            return say("no limit held for this entry")
        asked = self._question(node.left)
        if isinstance(node.right, tree.Constant) and isinstance(needed, str):
            return say(_WORDS[node.word], amount=_option(asked, needed))
        unit = node.right.type.unit or (asked.unit if asked else None)
        said = amount(needed, unit) if _is_number(needed) else worked_in_words(needed)
        return say(_WORDS[node.word], amount=said)

    def _given(self, node: tree.Node) -> str:
        value = compiled(node)(self.values)
        asked = self._question(node)
        if isinstance(node, tree.Property):
            return self._property(node, value)
        if asked is not None:
            return answer_in_words(asked, value)
        return worked_in_words(value)

    def _property(self, node: tree.Property, value: object) -> str:
        entry = compiled(node.entry)(self.values)
        if not isinstance(entry, Entry):
            return say("not known")
        if not entry.listed:
            return say(NOT_LISTED)
        if isinstance(value, State):
            return say("{entry}: not held in our list", entry=entry.label)
        return f"{entry.label}: {worked_in_words(value)}"

    def _label(self, node: tree.Node) -> str:
        asked = self._question(node)
        if asked is not None:
            return asked.label
        match node:
            case tree.Property():
                return f"{self._label(node.entry)}, {name_in_words(node.name)}"
            case tree.Name():
                return name_in_words(node.symbol.name.replace(".", ", "))
            case tree.Field():
                return name_in_words(node.name)
            case tree.Negation():
                return say("not {amount}", amount=self._label(node.part))
            case _:
                return say("worked out")

    def _question(self, node: tree.Node) -> Question | None:
        if isinstance(node, tree.Field) and node.position < len(self.fields):
            return self.fields[node.position]
        if isinstance(node, tree.Name):
            return self.question_at(node.symbol.slot)
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _option(question: Question | None, word: str) -> str:
    option = question.option(word) if question else None
    label = option.label if option else name_in_words(word)
    return label[:1].lower() + label[1:]


def entry_workings(
    chart: Chart, repeat: Repeat, workings: tuple[Working, ...], entry: list[object]
) -> tuple[WorkingBlock, ...]:
    """Return the workings of one entry of a repeat."""
    values = chart.evaluation.values.copy()
    values[repeat.entry_slot] = entry
    reader = Reader(
        values=values, question_at=chart.by_slot.get, fields=repeat.questions
    )
    derived = {value.name: value for value in repeat.derived}
    return tuple(
        WorkingBlock(
            title=working.title,
            conclusion=said(working, entry[derived[working.value].slot]),
            steps=reader.steps(derived[working.value]),
            also=_also(working, lambda name: entry[derived[name].slot]),
        )
        for working in workings
        if working.repeat == repeat.id and working.value in derived
    )


def _also(working: Working, value_of: Callable[[str], object]) -> tuple[str, ...]:
    true = [words for name, words in working.also.items() if value_of(name) is True]
    open_ = [words for name, words in working.also.items() if value_of(name) is None]
    if open_:
        true.append(say("not known: {names}", names=", ".join(open_)))
    return tuple(true)


def working_block(chart: Chart, working: Working) -> WorkingBlock | None:
    """Return the working of a value of the whole record; None when there is none."""
    known = {derived.name: derived for derived in chart.questionnaire.derived}
    derived = known.get(working.value)
    if derived is None:
        return None
    values = chart.evaluation.values
    reader = Reader(values=values, question_at=chart.by_slot.get)
    return WorkingBlock(
        title=working.title,
        conclusion=said(working, values[derived.slot]),
        steps=reader.steps(derived),
        also=_also(working, lambda name: values[known[name].slot]),
    )


def said(working: Working, value: object) -> str:
    """Return a worked-out value in the file's words for it."""
    if isinstance(value, State):
        value = value.word
    key = (
        _TRUTH_WORDS[value]
        if value is None or isinstance(value, bool)
        else number(value)
    )
    return working.words.get(key, name_in_words(key))
