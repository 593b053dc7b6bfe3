"""Calls of functions: looking through lists, asking about states, dates."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal, cast

from screening.core.expression import tree
from screening.core.expression.advice import MEANT
from screening.core.expression.types import DAYS, NUMBER, TRUTH, WRONG, Sort, Type
from screening.core.problems import did_you_mean

if TYPE_CHECKING:
    from screening.core.expression.parse import Reader

_FOLDS = frozenset({"count", "sum", "min", "max", "any", "all"})
_STATES = frozenset({"answered", "unsure", "declined"})
_CALENDAR = frozenset({"days", "weeks", "months", "years"})
_FUNCTIONS = _FOLDS | _STATES | _CALENDAR | {"known", "certain", "days_since", "age_on"}


def read_call(reader: Reader, node: ast.Call) -> tree.Node:
    """Return the typed tree of a call; problems are noted on the reader."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in _FUNCTIONS:
        fix = MEANT.get(name) or did_you_mean(name or "?", _FUNCTIONS)
        return reader.wrong("SC230", f'there is no function "{name}"', fix, node)
    if len(node.args) != 1 or node.keywords:
        what = f"{name}(…) takes exactly one thing"
        return reader.wrong("SC231", what, f"Write {name}(x).", node)
    argument = node.args[0]
    if name in _FOLDS:
        return _fold(reader, cast("tree.FoldWord", name), argument)
    if name in _STATES:
        return _state_test(reader, cast("tree.StateWord", name), argument)
    if name in _CALENDAR:
        return _calendar(reader, cast("tree.CalendarWord", name), argument)
    if name in {"known", "certain"}:
        part = reader.truth(argument) if name == "certain" else reader.node(argument)
        return tree.Determined(cast("Literal['known']", name), part, TRUTH)
    return _since(reader, cast("Literal['age_on']", name), argument)


def _state_test(reader: Reader, word: tree.StateWord, argument: ast.expr) -> tree.Node:
    part = reader.node(argument)
    is_question = isinstance(part, tree.Name) and part.symbol.is_question
    if not (is_question or isinstance(part, tree.Field)) and part.type != WRONG:
        what = f"{word}(…) asks about a question"
        fix = "Name a question, or use known(…) for a worked-out value."
        return reader.wrong("SC232", what, fix, argument)
    return tree.StateTest(word, part, TRUTH)


def _calendar(reader: Reader, word: tree.CalendarWord, argument: ast.expr) -> tree.Node:
    part = reader.node(argument)
    if isinstance(part, tree.Constant) and isinstance(part.value, int):
        return tree.Calendar(word, part.value, DAYS)
    what = f"{word}(…) takes a whole number"
    return reader.wrong("SC233", what, f"Write for example {word}(6).", argument)


def _since(
    reader: Reader, word: Literal["days_since", "age_on"], argument: ast.expr
) -> tree.Node:
    part = reader.node(argument)
    if part.type.sort not in {Sort.DATE, Sort.WRONG}:
        what = f"{word}(…) takes a date, and this is {part.type.sort}"
        return reader.wrong("SC234", what, "Name a question of type date.", argument)
    unit = "day" if word == "days_since" else "year"
    return tree.Since(word, part, Type(sort=Sort.NUMBER, unit=unit))


def _fold(reader: Reader, word: tree.FoldWord, argument: ast.expr) -> tree.Node:
    if not isinstance(argument, ast.GeneratorExp) or len(argument.generators) != 1:
        return _plain_fold(reader, word, argument)
    loop = argument.generators[0]
    source = reader.node(loop.iter)
    element = source.type.element
    if source.type.sort is Sort.WRONG or not isinstance(loop.target, ast.Name):
        return source
    if source.type.sort not in {Sort.ROWS, Sort.LISTED} or element is None:
        what = f"this is {source.type.sort}, not a list to look through"
        return reader.wrong("SC235", what, "Name a repeat or a list.", loop.iter)
    if len(reader.loops) >= len(reader.loop_slots):
        what = f"loops can stand at most {len(reader.loop_slots)} deep"
        return reader.wrong("SC237", what, "Split it.", loop.iter)
    slot = reader.loop_slots[len(reader.loops)]
    outer = dict(reader.loops)
    reader.loops[loop.target.id] = (slot, element)
    condition = _conditions(reader, loop.ifs)
    made, result = _element(reader, word, argument.elt)
    reader.loops = outer
    return tree.Fold(word, made, source, slot, condition, result)


def _element(
    reader: Reader, word: tree.FoldWord, node: ast.expr
) -> tuple[tree.Node, Type]:
    """Return what is folded for each entry, and the type of the whole."""
    if word in {"any", "all"}:
        return reader.truth(node), TRUTH
    if word == "count":
        return reader.node(node), NUMBER
    made = reader.number(node)
    return made, made.type


def _conditions(reader: Reader, conditions: list[ast.expr]) -> tree.Node | None:
    parts = tuple(reader.truth(part) for part in conditions)
    if len(parts) > 1:
        return tree.Both("and", parts, TRUTH)
    return parts[0] if parts else None


def _plain_fold(reader: Reader, word: tree.FoldWord, argument: ast.expr) -> tree.Node:
    source = reader.node(argument)
    element = source.type.element
    fits = element is not None and (
        word == "count"
        or (word in {"any", "all"} and element.sort is Sort.TRUTH)
        or (word in {"sum", "min", "max"} and element.sort is Sort.NUMBER)
    )
    if source.type.sort is Sort.WRONG:
        return source
    if not fits or element is None:
        fix = f"Write for example {word}(t for t in trials if t.adequate)."
        return reader.wrong(
            "SC236", f"{word}(…) can't look through this", fix, argument
        )
    slot = reader.loop_slots[len(reader.loops)]
    part = tree.Element(slot, element)
    result = TRUTH if word in {"any", "all"} else NUMBER
    return tree.Fold(word, part, source, slot, None, result)
