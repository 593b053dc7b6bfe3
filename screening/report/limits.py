"""Where does a number stand among the limits that rules set for it?"""

from __future__ import annotations

from decimal import Decimal
from operator import ge, gt, itemgetter, le, lt
from typing import TYPE_CHECKING

from screening.core.definition import NUMERIC_TYPES
from screening.core.expression import tree
from screening.core.values import State
from screening.report.content import LimitLine, LimitsBlock
from screening.report.findings import KINDS
from screening.report.wording import amount, answer_in_words, number
from screening.tongue import noted, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from screening.core.definition import Criterion, Question
    from screening.core.values import Number
    from screening.report.chart import Chart

_Side = tuple[str, int | Decimal]
"""One side of a stretch: the comparison that a number has to meet, and the limit."""

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge}
_LOWER = frozenset({">", ">="})
_WORDS = {
    "<": noted("below {limit}"),
    "<=": noted("up to {limit}"),
    ">": noted("above {limit}"),
    ">=": noted("from {limit}"),
}


def limits_of(chart: Chart, question: Question) -> LimitsBlock | None:
    """Return a number among its limits; None where it is not known, or has none."""
    value = chart.value(question) if question.type in NUMERIC_TYPES else None
    if isinstance(value, State) or not isinstance(value, int | Decimal):
        return None
    lines = tuple(
        _line(criterion, stretch, value, question.unit)
        for criterion in chart.questionnaire.criteria
        for stretch in dict.fromkeys(_stretches(criterion.when.tree, question.slot))
    )
    if not lines:
        return None
    return LimitsBlock(
        title=question.label,
        text=answer_in_words(question, value),
        value=value,
        limits=lines,
    )


def _stretches(node: tree.Node, slot: int) -> Iterator[tuple[_Side, ...]]:
    """Give each stretch of a number that a rule names, by its one or two sides."""
    if isinstance(node, tree.Compare):
        side = _side(node, slot)
        if side is not None:
            yield (side,)
    elif isinstance(node, tree.Both):
        sides = [_side(part, slot) for part in node.parts]
        own = tuple(side for side in sides if side is not None)
        if own:
            yield from (own,) if node.word == "and" else ((side,) for side in own)
        for part in node.parts:
            if isinstance(part, tree.Both):
                yield from _stretches(part, slot)


def _side(node: tree.Node, slot: int) -> _Side | None:
    if not isinstance(node, tree.Compare) or node.word not in _TURNED:
        return None
    if _is(node.left, slot) and (limit := _constant(node.right)) is not None:
        return node.word, limit
    if _is(node.right, slot) and (limit := _constant(node.left)) is not None:
        return _TURNED[node.word], limit
    return None


def _is(node: tree.Node, slot: int) -> bool:
    return isinstance(node, tree.Name) and node.symbol.slot == slot


def _constant(node: tree.Node) -> Number | None:
    held = node.value if isinstance(node, tree.Constant) else None
    if isinstance(node, tree.Name):
        held = node.symbol.constant
    return held if isinstance(held, int | Decimal) else None


def _line(
    criterion: Criterion, stretch: tuple[_Side, ...], value: Number, unit: str | None
) -> LimitLine:
    sides = sorted(stretch, key=itemgetter(1))
    said = [say(_WORDS[word], limit=number(limit)) for word, limit in sides[:-1]]
    said.append(say(_WORDS[sides[-1][0]], limit=amount(sides[-1][1], unit)))
    return LimitLine(
        id=criterion.id,
        kind_label=say(KINDS[criterion.kind]),
        low=max((limit for word, limit in sides if word in _LOWER), default=None),
        high=min((limit for word, limit in sides if word not in _LOWER), default=None),
        in_words=", ".join(said),
        holds=all(_HOLDS[word](value, limit) for word, limit in sides),
    )
