"""How is a rule said in plain words? The typed tree read aloud, as one sentence.

The tree is the one that the engine runs, so that what is printed is what is applied.
Brackets of a rule become words: "either … or", or a numbered list where it is deep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from screening.core.expression import tree
from screening.core.expression.grouping import (
    PAIR,
    Answers,
    Clause,
    Range,
    below_zero,
    clauses_of,
    is_pair,
    is_plain,
    is_simple,
    is_word,
    limit_last,
)
from screening.core.expression.names import (
    Called,
    Names,
    id_in_words,
    in_sentence,
    quoted,
)
from screening.core.expression.tongues import Pair, Tongue, tongue_of
from screening.core.expression.types import Sort

_UNITS = {"mm[Hg]": "mmHg", "[lb_av]": "lb", "[stone_av]": "stone", "Cel": "°C"}
_CODES = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour"}


def in_words(node: tree.Node, names: Names, language: str = "en") -> str:
    """Return a rule, or a worked-out value, as a phrase without its full stop."""
    return _Speaker(names, tongue_of(language)).said(node)


def sentence(node: tree.Node, names: Names, language: str = "en") -> str:
    """Return a rule as a sentence: a capital in front, a full stop behind."""
    words = in_words(node, names, language)
    return f"{words[:1].upper()}{words[1:]}."


@dataclass(frozen=True, slots=True)
class _Loop:
    """What a loop looks at: its slot, the list's slot, and what an element is."""

    slot: int
    rows: int | None
    element: tree.Node | None


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Reads a tree aloud; `loops` are those around it, innermost last."""

    names: Names
    tongue: Tongue
    loops: tuple[_Loop, ...] = ()
    number: str = ""
    _ways: dict[type, Callable[[Any], str]] = field(init=False)

    def __post_init__(self) -> None:
        ways: dict[type, Callable[[Any], str]] = {
            tree.Constant: self._constant,
            tree.Name: self._named,
            tree.Field: self._named,
            tree.Element: self._element,
            tree.Property: self._property,
            tree.Compare: self._compare,
            tree.Within: self._within,
            tree.Both: self._both,
            tree.Negation: lambda node: self._negated(node.part),
            tree.Arithmetic: self._arithmetic,
            tree.Listing: self._listing,
            tree.Fold: self._fold,
            tree.StateTest: self._state,
            tree.Determined: self._determined,
            tree.Calendar: lambda node: self._amount(node.amount, _unit_word(node)),
            tree.Since: self._since,
        }
        object.__setattr__(self, "_ways", ways)

    # -- any part

    def said(self, node: Clause) -> str:
        """Return a part that is true or false as a clause, another one as a value."""
        if isinstance(node, Range):
            return self._range(node)
        if isinstance(node, Answers):
            return self._answers(node)
        if node.type.sort is Sort.TRUTH and isinstance(node, _TRUTHS_BY_NAME):
            return self._holds(node, 0)
        return self._ways[type(node)](node)

    def _value(self, node: tree.Node) -> str:
        """Return a part as it is named inside a clause."""
        words = self._ways[type(node)](node)
        is_sum = isinstance(node, tree.Arithmetic) and not is_plain(node)
        return f"({words})" if is_sum else words

    def _holds(self, node: tree.Node, opposite: int) -> str:
        if isinstance(node, tree.Constant):
            return self.tongue.always[(not node.value) ^ opposite]
        called = self._called(node)
        words = self._value(node)
        if called is not None and called.when_true:
            words = quoted(called.when_true, self.tongue)
        return self.tongue.holds[opposite].format(words)

    # -- names

    def _called(self, node: tree.Node) -> Called | None:
        """Return what a name, a field or a catalogue's attribute is called."""
        match node:
            case tree.Name():
                return self.names.by_slot.get(node.symbol.slot)
            case tree.Field():
                rows = self.names.entries.get(node.loop_slot)
                rows = next(
                    (one.rows for one in self.loops if one.slot == node.loop_slot), rows
                )
                fields = self.names.fields.get(-1 if rows is None else rows, ())
                known = node.position < len(fields)
                return fields[node.position] if known else None
            case tree.Element():
                behind = self._behind(node)
                return self._called(behind) if behind is not None else None
            case tree.Property():
                return _attribute(node)
            case _:
                return None

    def _behind(self, node: tree.Element) -> tree.Node | None:
        return next(
            (one.element for one in self.loops if one.slot == node.loop_slot), None
        )

    def _named(self, node: tree.Name | tree.Field) -> str:
        called = self._called(node)
        name = node.name if isinstance(node, tree.Field) else node.symbol.name
        label = called.label if called else id_in_words(name)
        if called is not None and called.meaning is not None:
            return _Speaker(self.names, self.tongue).said(called.meaning)
        words = in_sentence(label, self.tongue)
        is_outer = (
            isinstance(node, tree.Field)
            and bool(self.loops)
            and node.loop_slot != self.loops[-1].slot
        )
        return self.tongue.outer_entry.format(words) if is_outer else words

    def _element(self, _: tree.Element) -> str:
        return self.tongue.the_one

    def _property(self, node: tree.Property) -> str:
        called = _attribute(node)
        label = called.label if called else id_in_words(node.name)
        words = quoted(label, self.tongue)
        return self.tongue.part_of.format(words, self._title(node.entry))

    # -- constants

    def _constant(self, node: tree.Constant, about: tree.Node | None = None) -> str:
        value = node.value
        if isinstance(value, bool):
            return self.tongue.always[not value]
        if isinstance(value, tuple):
            return self._series([self._word(one, about) for one in value])
        return self._word(value, about, node.type.unit)

    def _word(
        self, value: object, about: tree.Node | None, unit: str | None = None
    ) -> str:
        called = self._called(about) if about is not None else None
        option = called.options.get(str(value)) if called else None
        if isinstance(value, int | Decimal):
            unit = unit or (about.type.unit if about is not None else None)
            said = self._amount(value, unit)
            return f"{said} ({quoted(option, self.tongue)})" if option else said
        if option is None and about is not None:
            option = _entry_label(about, str(value))
        if option is None:
            option = self.tongue.words.get(str(value)) or id_in_words(str(value))
        return quoted(option, self.tongue)

    def _series(self, words: list[str], last: str = "or") -> str:
        if len(words) < PAIR:
            return "".join(words)
        return ", ".join(words[:-1]) + self.tongue.last[last] + words[-1]

    def _amount(self, value: object, unit: str | None) -> str:
        number = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
        if not unit:
            return number
        unit = _CODES.get(unit, unit)
        one, more = self.tongue.units.get(unit, (_UNITS.get(unit, unit),) * 2)
        return f"{number} {one if value == 1 else more}"

    # -- comparisons

    def _compare(self, node: tree.Compare, opposite: int = 0) -> str:
        node = limit_last(node)
        left, right, word = node.left, node.right, node.word
        if not is_plain(right):
            said = self._between(word, left)[opposite]
            return said.format(self._value(left), self._value(right))
        limit = self._limit(right, left)
        if word in {"==", "!="} and is_word(right):
            return self._answer(left, limit, opposite ^ (word == "!="))
        return self.tongue.limits[word][opposite].format(self._value(left), limit)

    def _between(self, word: str, left: tree.Node) -> Pair:
        """Return how two things are compared of which neither is written out."""
        if left.type.sort is Sort.DATE and word in self.tongue.dates:
            return self.tongue.dates[word]
        return self.tongue.compared[word]

    def _answer(self, asked: tree.Node, words: str, opposite: int) -> str:
        """Return that the answer to a question, or a value, is what `words` say."""
        is_question = _is_question(asked)
        pair = self.tongue.answer if is_question else self.tongue.limits["=="]
        return pair[opposite].format(self._title(asked), words)

    def _title(self, node: tree.Node) -> str:
        """Return a question's label as it stands on the page, another value's name."""
        called = self._called(node)
        if called is not None and called.is_title:
            return quoted(called.label, self.tongue)
        return self._value(node)

    def _limit(self, node: tree.Node, about: tree.Node) -> str:
        if isinstance(node, tree.Constant):
            return self._constant(node, about)
        return self._value(node)

    def _within(self, node: tree.Within, opposite: int = 0) -> str:
        item, container = node.item, node.container
        if isinstance(container, tree.Constant) and isinstance(container.value, tuple):
            words = self._constant(container, item)
            if opposite and len(container.value) > 1:
                return self.tongue.none_of.format(self._title(item), words)
            return self._answer(item, words, opposite)
        words = self._limit(item, container)
        return self.tongue.among[opposite].format(words, self._title(container))

    def _range(self, found: Range) -> str:
        low, high = self._limit(found.low, found.of), self._limit(found.high, found.of)
        _, space, unit = high.rpartition(" ")
        if space and "(" not in low:
            low = low.removesuffix(f" {unit}")
        return self.tongue.ranges[found.ends].format(self._value(found.of), low, high)

    def _answers(self, found: Answers) -> str:
        words = [self._answer_word(part) for part in found.parts]
        return self._answer(found.asked, self._series(words), 0)

    def _answer_word(self, part: tree.Compare | tree.StateTest) -> str:
        if isinstance(part, tree.StateTest):
            return quoted(self.tongue.states[part.word], self.tongue)
        return self._limit(part.right, part.left)

    # -- and, or, not

    def _both(self, node: tree.Both) -> str:
        parts = clauses_of(node)
        if all(is_simple(part) or is_pair(part) for part in parts):
            return self.tongue.joined[node.word].join(
                self._flat(part) for part in parts
            )
        return self._numbered(node.word, parts)

    def _flat(self, part: Clause) -> str:
        """Return a part among others; a pair is held together by "either … or"."""
        if not isinstance(part, tree.Both):
            return self.said(part)
        inner = [self.said(one) for one in clauses_of(part)]
        return (
            inner[0] if len(inner) == 1 else self.tongue.pairs[part.word].format(*inner)
        )

    def _numbered(self, word: str, parts: list[Clause]) -> str:
        said = []
        for position, part in enumerate(parts, start=1):
            number = f"{self.number}{position}"
            inner = self._with(self.loops, f"{number}.")
            said.append(f"({number}) {inner.said(part)}")
        return self.tongue.listed[word].format("; ".join(said))

    def _with(self, loops: tuple[_Loop, ...], number: str) -> _Speaker:
        return _Speaker(self.names, self.tongue, loops, number)

    def _negated(self, part: tree.Node) -> str:
        match part:
            case tree.Compare():
                return self._compare(part, 1)
            case tree.Within():
                return self._within(part, 1)
            case tree.StateTest():
                return self._state(part, 1)
            case tree.Determined():
                return self._determined(part, 1)
            case tree.Negation():
                return self.said(part.part)
            case _:
                pass
        if isinstance(part, _TRUTHS_BY_NAME):
            return self._holds(part, 1)
        return self.tongue.opposite.format(self.enclosed(part))

    def enclosed(self, part: tree.Node) -> str:
        """Return a clause that nothing behind it can be taken to belong to."""
        if not isinstance(part, tree.Both):
            return self.said(part)
        parts = clauses_of(part)
        return self._flat(part) if is_pair(part) else self._numbered(part.word, parts)

    # -- numbers, lists, states

    def _arithmetic(self, node: tree.Arithmetic) -> str:
        amount = below_zero(node)
        if amount is not None:
            return f"-{self._constant(amount)}"
        return self.tongue.arithmetic[node.word].format(
            self._value(node.left), self._value(node.right)
        )

    def _listing(self, node: tree.Listing) -> str:
        return self._series([self._value(part) for part in node.parts], "and")

    def _fold(self, node: tree.Fold) -> str:
        source = self._source(node)
        inner = self._with((*self.loops, _loop(node)), self.number)
        if node.condition is not None:
            alone = isinstance(node.source, tree.Listing) and _is_one(node.source)
            only = self.tongue.only_if if alone else self.tongue.only_those
            source = only.format(source, inner.said(node.condition))
            if alone and node.word in {"min", "max", "sum"}:
                return source
        if node.word in self.tongue.every:
            words = self.tongue.every[node.word]
            return words.format(source, inner.enclosed(node.element))
        if isinstance(node.element, tree.Element):
            return self.tongue.folds[node.word].format(source)
        element = inner.said(node.element) if node.word != "count" else ""
        return self.tongue.folds_of[node.word].format(element, source)

    def _source(self, node: tree.Fold) -> str:
        if node.source.type.sort is not Sort.ROWS:
            return self._value(node.source)
        said = self.tongue.entries[node.word in self.tongue.every]
        return said.format(self._title(node.source))

    def _state(self, node: tree.StateTest, opposite: int = 0) -> str:
        if node.word == "answered":
            return self.tongue.answered[opposite].format(self._title(node.part))
        words = quoted(self.tongue.states[node.word], self.tongue)
        pair = self.tongue.answer
        return pair[opposite].format(self._title(node.part), words)

    def _determined(self, node: tree.Determined, opposite: int = 0) -> str:
        part = node.part
        if node.word == "certain":
            return self.tongue.certain[opposite].format(self.enclosed(part))
        if part.type.sort is Sort.TRUTH:
            return self.tongue.known_whether[opposite].format(self.enclosed(part))
        return self.tongue.known[opposite].format(self._value(part))

    def _since(self, node: tree.Since) -> str:
        return self.tongue.since[node.word].format(self._value(node.part))


_TRUTHS_BY_NAME = (
    tree.Name,
    tree.Field,
    tree.Element,
    tree.Property,
    tree.Constant,
)


def _is_one(node: tree.Listing) -> bool:
    return len(node.parts) == 1


def _is_question(node: tree.Node) -> bool:
    match node:
        case tree.Name():
            return node.symbol.is_question
        case tree.Field():
            return True
        case _:
            return False


def _loop(node: tree.Fold) -> _Loop:
    source = node.source
    rows = source.symbol.slot if isinstance(source, tree.Name) else None
    element = source.parts[0] if isinstance(source, tree.Listing) else None
    return _Loop(node.loop_slot, rows, element)


def _unit_word(node: tree.Calendar) -> str:
    return node.word.removesuffix("s")


def _attribute(node: tree.Property) -> Called | None:
    catalogue = node.entry.type.catalogue
    if catalogue is None:
        return None
    attribute = catalogue.attributes[node.position]
    options = {option.value: option.label for option in attribute.options}
    return Called(label=id_in_words(attribute.name), options=options)


def _entry_label(about: tree.Node, entry_id: str) -> str | None:
    catalogue = about.type.catalogue
    entry = catalogue.entries.get(entry_id) if catalogue else None
    return entry.label if entry else None
