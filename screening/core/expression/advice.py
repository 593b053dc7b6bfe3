"""What to write instead, for a rule that can be read and yet means nothing.

Each function gives words for the fix of one complaint, made from what was written.
"""

from __future__ import annotations

import ast

from screening.core.expression import tree
from screening.core.expression.types import Sort, Type

_LONGEST = 40


def written(source: str, node: ast.expr) -> str:
    """Return the part of a rule as it was written, shortened where it is long."""
    text = " ".join((ast.get_source_segment(source, node) or "").split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def to_compare(text: str, kind: Type) -> str:
    """Return how a value that is no truth can be asked about.

    >>> to_compare("age", Type(sort=Sort.NUMBER))
    'Compare it, for example age >= 10.'
    """
    match kind.sort:
        case Sort.NUMBER:
            return f"Compare it, for example {text} >= 10."
        case Sort.OPTION if kind.options:
            return f'Compare it, for example {text} == "{kind.options[0]}".'
        case Sort.OPTIONS if kind.options:
            return f'Ask for one of them: "{kind.options[0]}" in {text}.'
        case Sort.DATE:
            return f"Compare it, for example days_since({text}) < 90."
        case Sort.ROWS:
            return f"Count its entries: count(t for t in {text}) >= 1."
        case _:
            return "Compare it with something."


def one_of_several(node: ast.BoolOp, source: str) -> str | None:
    """Return the rule that `a == "x" or "y"` was meant to be; None for any other."""
    first, *others = node.values
    if not isinstance(first, ast.Compare) or len(first.comparators) != 1:
        return None
    words = [first.comparators[0], *others]
    values = [word.value for word in words if isinstance(word, ast.Constant)]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(words):
        return None
    listed = ", ".join(f'"{text}"' for text in texts)
    return f"Write {written(source, first.left)} in [{listed}]."


def unlike(left: tree.Node, right: tree.Node) -> str | None:
    """Return what to write where unlike things are compared; None if unsure."""
    for one, other in ((left, right), (right, left)):
        name = one.symbol.name if isinstance(one, tree.Name) else "it"
        kind = one.type
        if kind.sort is Sort.ROWS:
            return f"Count its entries: count(t for t in {name}) >= 2."
        if kind.sort is Sort.DATE and other.type.sort is Sort.WRITTEN:
            return f"Ask for an age or for days: age_on({name}), days_since({name})."
        if kind.sort is Sort.NUMBER and _is_number_in_quotes(other):
            return f"Write the number without quotes: {other.value}."  # type: ignore[union-attr] # a constant, as just asked
        if kind.sort is Sort.OPTION and other.type.sort is Sort.TRUTH and kind.options:
            return f'Write it as an option: {name} == "{kind.options[0]}".'
    return None


def _is_number_in_quotes(node: tree.Node) -> bool:
    """Tell whether a text is a number that somebody put in quotes."""
    if not isinstance(node, tree.Constant) or not isinstance(node.value, str):
        return False
    return node.value.strip().lstrip("-").replace(".", "", 1).isdecimal()


def instead_of(node: ast.expr, source: str) -> str:
    """Return what to write for a form of Python that is not part of the language."""
    match node:
        case ast.Subscript():
            owner = written(source, node.value)
            return f'Ask for one of several with in: "…" in {owner}.'
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
            return "Write count(… for t in … if …), or sum, any or all."
        case ast.Set() | ast.Dict():
            return "Write a list in square brackets: [a, b]."
        case ast.IfExp():
            return "Write rows with `when:` and `is:` under `derived:`."
        case _:
            return "Use names, numbers, quoted text, comparisons, and / or / not."


MEANT = {
    "today": "Write days_since(…) or age_on(…), which count to the day of submission.",
    "now": "Write days_since(…) or age_on(…), which count to the day of submission.",
    "len": "Write count(t for t in …).",
    "if": "Write the condition in `ask_if:` or `when:`.",
}
"""What to write for functions of other languages."""

NOTHING = frozenset({"null", "none", "None", "nil", "empty", "blank"})
"""Names under which people look for an answer that was not given."""


def for_nothing(name: str) -> str | None:
    """Return what to write for the name of nothing, or of a truth; None for others."""
    if name in NOTHING:
        return "Ask about the answer itself: not answered(…), or not known(…)."
    if name.lower() in {"yes", "no", "on", "off"}:
        return f'Write true or false; an option stands in quotes: "{name.lower()}".'
    if name in {"True", "False", "TRUE", "FALSE"}:
        return f"Write {name.lower()}."
    return None
