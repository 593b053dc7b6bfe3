"""Where is a name used? Every rule of a questionnaire, and the names it reads."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from screening.core.expression import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from screening.core.definition import Question, Questionnaire
    from screening.core.expression import Expression
    from screening.core.instrument import Derived, Instrument


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A part of the questionnaire that uses something: what kind it is, and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        """Write it for a list: `criterion exclude-bp`."""
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Uses:
    """Who uses a name by itself, and who does through those."""

    direct: tuple[Use, ...]
    through: tuple[Use, ...]

    def criteria(self) -> tuple[str, ...]:
        """Return the ids of every criterion that it can reach."""
        everyone = (*self.direct, *self.through)
        return tuple(use.id for use in everyone if use.kind == CRITERION)


CRITERION = "criterion"
VALUES = frozenset({"derived value", "result", "score"})
"""Kinds of parts that have a value of their own, which others read in turn."""


def uses_of(questionnaire: Questionnaire, *names: str) -> Uses:
    """Return who uses any of these names; `phq9` also means all of its parts."""
    readers = _readers(questionnaire)
    direct = _users(readers, names)
    found = dict.fromkeys(direct)
    fresh = [use for use in direct if use.kind in VALUES]
    while fresh:
        more = _users(readers, [use.id for use in fresh])
        fresh = [use for use in more if use not in found and use.kind in VALUES]
        found |= dict.fromkeys(more)
    own = set(names)
    direct = [use for use in direct if use.id not in own or use.kind not in VALUES]
    through = [use for use in found if use not in direct and use.id not in own]
    return Uses(tuple(direct), tuple(through))


def names_read(questionnaire: Questionnaire, expression: Expression) -> tuple[str, ...]:
    """Return the names in a rule, fields of entries as `list.field`, in order."""
    lists = {r.entry_slot: r.id for r in questionnaire.repeats.values()}
    read = [
        symbol.name
        for symbol in expression.reads
        if symbol.slot not in lists or symbol.constant is not None
    ]
    return tuple(dict.fromkeys((*read, *_fields_read(expression.tree, lists))))


def rules_of(questionnaire: Questionnaire) -> Iterator[tuple[Use, Expression]]:
    """Yield every rule with the part that it belongs to."""
    yield from _decisions(questionnaire)
    for derived in questionnaire.derived:
        yield from _derived(Use("derived value", derived.name), derived)
    for repeat in questionnaire.repeats.values():
        for derived in repeat.derived:
            use = Use("derived value", f"{repeat.id}.{derived.name}")
            yield from _derived(use, derived)
    for page in questionnaire.pages:
        if page.ask_if is not None:
            yield Use("page", page.source_id), page.ask_if
    for question in all_questions(questionnaire):
        yield from _conditions(question)
    for instrument in questionnaire.instruments.values():
        yield from _instrument(instrument)


def _decisions(questionnaire: Questionnaire) -> Iterator[tuple[Use, Expression]]:
    for criterion in questionnaire.criteria:
        yield Use(CRITERION, criterion.id), criterion.when
    for check in questionnaire.checks:
        yield Use("check", check.id), check.must
    for rule in questionnaire.help_rules:
        yield Use("help rule", rule.id), rule.when
    for promise in questionnaire.promises:
        for expression in (promise.never, promise.always):
            if expression is not None:
                yield Use("promise", promise.id), expression


def all_questions(questionnaire: Questionnaire) -> Iterator[Question]:
    """Yield every question: parts of groups, items and fields of entries included."""
    for question in questionnaire.questions.values():
        yield question
        yield from question.parts
    for instrument in questionnaire.instruments.values():
        yield from instrument.items
    for repeat in questionnaire.repeats.values():
        yield from repeat.questions


def can_be_open(node: tree.Node) -> bool:
    """Tell whether a rule can stay undetermined at all.

    Asking about the state of an answer always gives true or false.
    """
    match node:
        case tree.Constant() | tree.StateTest() | tree.Determined() | tree.Calendar():
            return False
        case tree.Both():
            return any(can_be_open(part) for part in node.parts)
        case tree.Negation():
            return can_be_open(node.part)
        case _:
            return True


# -- who reads what


def _readers(questionnaire: Questionnaire) -> list[tuple[Use, frozenset[str]]]:
    readers = [
        (use, frozenset(names_read(questionnaire, rule)))
        for use, rule in rules_of(questionnaire)
    ]
    for instrument in questionnaire.instruments.values():
        readers += [
            (
                Use("score", f"{instrument.key}.{score.name}"),
                frozenset(f"{instrument.key}.{item}" for item in score.items),
            )
            for score in instrument.scores
        ]
    readers += [(use, names) for use, names in _shown(questionnaire)]
    readers += [
        (Use("question", question.key), frozenset({question.suggest_from}))
        for question in all_questions(questionnaire)
        if question.suggest_from
    ]
    return readers


def _shown(questionnaire: Questionnaire) -> Iterator[tuple[Use, frozenset[str]]]:
    """Yield the summary's sections with the names that they show."""
    for section in questionnaire.summary:
        names = set(section.answers)
        for working in section.working:
            start = f"{working.repeat}." if working.repeat else ""
            names |= {start + name for name in (working.value, *working.also)}
        reported = section.reported
        if reported is not None:
            named = (reported.total, reported.version, reported.rater, reported.date)
            names |= {name for name in named if name}
        yield Use("summary section", section.id), frozenset(names)


def _users(
    readers: list[tuple[Use, frozenset[str]]], names: Iterable[str]
) -> list[Use]:
    wanted = set(names)
    starts = tuple(f"{name}." for name in wanted)
    found = [
        use
        for use, read in readers
        if read & wanted or any(name.startswith(starts) for name in read)
    ]
    return list(dict.fromkeys(found))


def _derived(use: Use, derived: Derived) -> Iterator[tuple[Use, Expression]]:
    for expression in (derived.expression, *(row.when for row in derived.rows)):
        if expression is not None:
            yield use, expression


def _conditions(question: Question) -> Iterator[tuple[Use, Expression]]:
    use = Use("question", question.key)
    if question.ask_if is not None:
        yield use, question.ask_if
    if question.must_know is not None and not isinstance(question.must_know, bool):
        yield use, question.must_know
    for option in question.options:
        if option.ask_if is not None:
            yield use, option.ask_if


def _instrument(instrument: Instrument) -> Iterator[tuple[Use, Expression]]:
    for result in instrument.results:
        yield from _derived(Use("result", f"{instrument.key}.{result.name}"), result)
    for expression in (instrument.gate, instrument.inconsistent):
        if expression is not None:
            yield Use("instrument", instrument.key), expression


def _fields_read(
    node: tree.Node, lists: dict[int, str], loops: dict[int, str] | None = None
) -> Iterator[str]:
    """Yield the fields of entries that a tree reads, by list and field."""
    inner = dict(loops or {})
    if isinstance(node, tree.Fold) and isinstance(node.source, tree.Name):
        inner[node.loop_slot] = node.source.symbol.name
    if isinstance(node, tree.Field):
        home = inner.get(node.loop_slot) or lists.get(node.loop_slot)
        if home is not None:
            yield f"{home}.{node.name}"
    for part in _parts(node):
        yield from _fields_read(part, lists, inner)


def _parts(node: tree.Node) -> Iterator[tree.Node]:
    for one in fields(node):
        value = getattr(node, one.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part) and isinstance(part, tree.Node):
                yield part
