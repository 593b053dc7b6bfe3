"""Whether two parts of an expression can be compared: like with like, known words."""

from __future__ import annotations

from screening.core.expression import tree
from screening.core.expression.advice import unlike
from screening.core.expression.types import Sort
from screening.core.problems import did_you_mean
from screening.core.units import same

Disagreement = tuple[str, str, str]
"""A problem's code, what is wrong, and what to write instead."""

_EQUALITY = frozenset({"==", "!="})


def disagreement(word: str, left: tree.Node, right: tree.Node) -> Disagreement | None:
    """Return why `left word right` can't be meant, None when it can."""
    sorts = {left.type.sort, right.type.sort}
    if Sort.WRONG in sorts:
        return None
    if sorts == {Sort.NUMBER}:
        return unit_disagreement(left, right)
    for one, other in ((left, right), (right, left)):
        if _are_options(one, other):
            if word not in _EQUALITY:
                return "SC223", "options have no order", "Use ==, != or in [..]."
            return _option_disagreement(one, other)
    if len(sorts) > 1 or sorts & {Sort.ROWS, Sort.OPTIONS, Sort.NAMES}:
        what = f"{left.type.sort} can't be compared with {right.type.sort}"
        fix = "Compare like with like; an option stands in quotes."
        return "SC220", what, unlike(left, right) or fix
    if sorts != {Sort.DATE} and word not in _EQUALITY:
        return "SC223", "these have no order", "Use == or !=."
    return None


def unit_disagreement(left: tree.Node, right: tree.Node) -> Disagreement | None:
    """Return why two numbers can't go together; one without a unit takes any."""
    one, other = left.type.unit, right.type.unit
    if one and other and not same(one, other):
        what = f"{one} can't be compared with {other}"
        return "SC221", what, "Compare values of one unit."
    return None


def word_disagreement(word: str, options: tuple[str, ...]) -> Disagreement | None:
    """Return why a quoted word is not one of the options, None when it is."""
    if word in options:
        return None
    fix = did_you_mean(word, options)
    if word in {"unsure", "prefer_not"}:
        function = "unsure" if word == "unsure" else "declined"
        fix = f"That is a state, not an option: write {function}(…)."
    return "SC222", f'"{word}" is not one of the options', fix


def _are_options(one: tree.Node, other: tree.Node) -> bool:
    if one.type.sort is Sort.OPTION and other.type.sort is Sort.OPTION:
        return True
    if not isinstance(other, tree.Constant) or not isinstance(other.value, str):
        return False
    return one.type.sort in {Sort.OPTION, Sort.ENTRY}


def _option_disagreement(one: tree.Node, other: tree.Node) -> Disagreement | None:
    if not isinstance(other, tree.Constant) or not isinstance(other.value, str):
        return None
    if one.type.catalogue is not None:
        return word_disagreement(other.value, tuple(one.type.catalogue.entries))
    return word_disagreement(other.value, one.type.options)
