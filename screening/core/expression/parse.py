"""Text -> typed tree: Python's grammar, a small closed part of it, every name known.

Everything is checked before anything runs: unknown names, options that do not exist,
text compared with numbers, milligrams with weeks. Each complaint has its column.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast

from screening.core.expression import tree
from screening.core.expression.types import (
    DAYS,
    NUMBER,
    TRUTH,
    WRONG,
    Scope,
    Sort,
    Symbol,
    Type,
)
from screening.core.problems import Place, Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 4000
"""Characters an expression may have."""

DEEPEST = 32
"""How deep expressions may nest."""

_NUMERAL = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)
_COMPARISONS: dict[type[ast.cmpop], tree.CompareWord] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARITHMETIC: dict[type[ast.operator], tree.ArithmeticWord] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_FOLDS = frozenset({"count", "sum", "min", "max", "any", "all"})
_STATES = frozenset({"answered", "unsure", "declined"})
_CALENDAR = frozenset({"days", "weeks", "months", "years"})
_FUNCTIONS = _FOLDS | _STATES | _CALENDAR | {"known", "certain", "days_since", "age_on"}


class _Stop(Exception):  # noqa: N818 - never leaves this module
    """The rest of this expression can't be understood; its problem is noted."""


class Reader:
    """Reads one expression; `problems` and `reads` tell what was found on the way."""

    def __init__(
        self, text: str, place: Place, scope: Scope, loop_slots: list[int]
    ) -> None:
        """Get ready to read `text`, which starts at `place`."""
        self.text = text
        self.place = place
        self.scope = scope
        self.loop_slots = loop_slots
        self.problems: list[Problem] = []
        self.reads: dict[str, Symbol] = {}
        self._loops: dict[str, tuple[int, Type]] = {}
        self._depth = 0

    def tree(self, wanted: Sort | None = None) -> tree.Node:
        """Return the typed tree; look at `problems` before using it."""
        try:
            node = self._node(self._parsed())
            if wanted is not None and node.type.sort is not wanted:
                what = f"this is {node.type.sort}, and {wanted} is needed here"
                self._say("SC205", what, "Compare it with something.", None)
        except _Stop:
            return tree.Constant(value=False, type=WRONG)
        return node

    def _parsed(self) -> ast.expr:
        if len(self.text) > LONGEST:
            what = f"this expression has more than {LONGEST} characters"
            self._say("SC201", what, "Split it into derived values.", None)
            raise _Stop
        try:
            return ast.parse(self.text.strip(), mode="eval").body
        except SyntaxError as error:
            column = (error.offset or 1) - 1
            place = self._at(error.lineno or 1, column)
            what = f"this can't be read as an expression: {error.msg}"
            fix = 'Write for example: age >= 18 and pregnancy != "pregnant".'
            self.problems.append(Problem(code="SC202", what=what, fix=fix, where=place))
        except (ValueError, RecursionError, MemoryError):
            what = "this expression is too deep or has unreadable characters"
            self._say("SC203", what, "Split it into derived values.", None)
        raise _Stop

    def _at(self, line: int, column: int) -> Place:
        if line == 1:
            return Place(self.place.file, self.place.line, self.place.column + column)
        return Place(self.place.file, self.place.line + line - 1, column + 1)

    def _say(self, code: str, what: str, fix: str, node: ast.expr | None) -> None:
        place = self._at(node.lineno, node.col_offset) if node else self.place
        self.problems.append(Problem(code=code, what=what, fix=fix, where=place))

    def _wrong(self, code: str, what: str, fix: str, node: ast.expr) -> tree.Node:
        self._say(code, what, fix, node)
        return tree.Constant(value=False, type=WRONG)

    def _node(self, node: ast.expr) -> tree.Node:
        readers: dict[type[ast.expr], Callable[..., tree.Node]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._dotted,
            ast.Compare: self._comparison,
            ast.BoolOp: self._both,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._arithmetic,
            ast.Call: self._call,
            ast.List: self._list,
        }
        reader = readers.get(type(node))
        self._depth += 1
        if reader is None or self._depth > DEEPEST:
            what = "this is not part of the expression language"
            if reader:
                what = f"this is nested more than {DEEPEST} deep"
            fix = "Use names, numbers, quoted text, comparisons, and / or / not."
            self._say("SC204", what, fix, node)
            raise _Stop
        made = reader(node)
        self._depth -= 1
        return made

    # -- values

    def _constant(self, node: ast.Constant) -> tree.Node:
        value = node.value
        if isinstance(value, str):
            return tree.Constant(value, Type(sort=Sort.WRITTEN))
        if isinstance(value, int | float) and not isinstance(value, bool):
            numeral = ast.get_source_segment(self.text.strip(), node) or ""
            if _NUMERAL.fullmatch(numeral):
                number = Decimal(numeral) if "." in numeral else int(numeral)
                return tree.Constant(number, NUMBER)
        fix = "Write a plain number such as 12 or 0.5, quoted text, true or false."
        return self._wrong("SC206", "this is not a plain number or text", fix, node)

    def _list(self, node: ast.List) -> tree.Node:
        parts = tuple(self._node(part) for part in node.elts)
        element = parts[0].type if parts else WRONG
        listed = Type(sort=Sort.LISTED, element=element)
        if parts and all(isinstance(part, tree.Constant) for part in parts):
            values = tuple(cast("tree.Constant", part).value for part in parts)
            return tree.Constant(values, listed)  # type: ignore[arg-type] # no lists or truths inside: checked where used
        return tree.Listing(parts, listed)

    def _name(self, node: ast.Name) -> tree.Node:
        if node.id in {"true", "false"}:
            return tree.Constant(node.id == "true", TRUTH)
        if node.id in self._loops:
            return tree.Element(*self._loops[node.id])
        return self._symbol(node.id, node)

    def _symbol(self, name: str, node: ast.expr) -> tree.Node:
        symbol = self.scope.find(name)
        if symbol is None:
            return self._unknown_name(name, node)
        self.reads.setdefault(symbol.name, symbol)
        if symbol.constant is not None:
            return tree.Constant(symbol.constant, symbol.type)
        if symbol.type.sort is Sort.NAMES:  # a field of the repeat's own entry
            position, kind = symbol.type.fields[name]
            return tree.Field(symbol.slot, position, name, kind)
        return tree.Name(symbol, symbol.type)

    def _unknown_name(self, name: str, node: ast.expr) -> tree.Node:
        fix = did_you_mean(name, self.scope.names() | set(self._loops))
        if self.scope.has_parts(name):
            parts = [n for n in self.scope.names() if n.startswith(name + ".")]
            fix = f"Say which part of it: {', '.join(sorted(parts)[:12])}."
        return self._wrong("SC210", f'there is no "{name}" here', fix, node)

    def _dotted(self, node: ast.Attribute) -> tree.Node:
        path = _path(node)
        if path and path.split(".", 1)[0] not in self._loops and self.scope.find(path):
            return self._symbol(path, node)
        if path and "." in path:
            base = path.rsplit(".", 1)[0]
            known = base in self._loops or self.scope.find(base)
            if not known and "." not in base and self.scope.has_parts(base):
                return self._unknown_name(path, node)
        return self._part(self._node(node.value), node)

    def _part(self, owner: tree.Node, node: ast.Attribute) -> tree.Node:
        kind = owner.type
        if kind.sort is Sort.NAMES and isinstance(owner, tree.Element):
            if node.attr in kind.fields:
                position, part = kind.fields[node.attr]
                return tree.Field(owner.loop_slot, position, node.attr, part)
            fix = did_you_mean(node.attr, kind.fields)
            return self._wrong("SC211", f'an entry has no "{node.attr}"', fix, node)
        if kind.sort is Sort.ENTRY and kind.catalogue is not None:
            names = [attribute.name for attribute in kind.catalogue.attributes]
            if node.attr in names:
                part = kind.fields[node.attr][1]
                return tree.Property(owner, names.index(node.attr), node.attr, part)
            what = f'the catalogue "{kind.catalogue.id}" has no "{node.attr}"'
            return self._wrong("SC212", what, did_you_mean(node.attr, names), node)
        if kind.sort is Sort.WRONG:
            return owner
        what = f'{kind.sort} has no part called "{node.attr}"'
        return self._wrong("SC213", what, "Use the name alone.", node)

    # -- truths

    def _both(self, node: ast.BoolOp) -> tree.Node:
        word: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
        parts = tuple(self._truth(part) for part in node.values)
        return tree.Both(word, parts, TRUTH)

    def _truth(self, node: ast.expr) -> tree.Node:
        made = self._node(node)
        if made.type.sort not in {Sort.TRUTH, Sort.WRONG}:
            what = f"this is {made.type.sort}, not something true or false"
            return self._wrong("SC207", what, "Compare it with something.", node)
        return made

    def _unary(self, node: ast.UnaryOp) -> tree.Node:
        if isinstance(node.op, ast.Not):
            return tree.Negation(self._truth(node.operand), TRUTH)
        part = self._number(node.operand)
        if isinstance(node.op, ast.USub):
            zero = tree.Constant(0, part.type)
            return tree.Arithmetic("-", zero, part, part.type)
        return self._wrong("SC204", "this sign has no meaning", "Delete it.", node)

    def _comparison(self, node: ast.Compare) -> tree.Node:
        made: list[tree.Node] = []
        left_node = node.left
        left = self._node(left_node)
        for operator, right_node in zip(node.ops, node.comparators, strict=True):
            right = self._node(right_node)
            made.append(self._compared(operator, left, right, right_node))
            left, left_node = right, right_node
        return made[0] if len(made) == 1 else tree.Both("and", tuple(made), TRUTH)

    def _compared(
        self, operator: ast.cmpop, left: tree.Node, right: tree.Node, at: ast.expr
    ) -> tree.Node:
        if isinstance(operator, ast.In | ast.NotIn):
            return self._within(left, right, isinstance(operator, ast.NotIn), at)
        word = _COMPARISONS.get(type(operator))
        if word is None:
            return self._wrong("SC204", "use ==, not `is`", "Write ==.", at)
        self._check_pair(word, left, right, at)
        return tree.Compare(word, left, right, TRUTH)

    def _check_pair(
        self, word: str, left: tree.Node, right: tree.Node, at: ast.expr
    ) -> None:
        sorts = {left.type.sort, right.type.sort}
        if Sort.WRONG in sorts:
            return
        if sorts == {Sort.NUMBER}:
            self._check_units(left, right, at)
        elif self._check_option(left, right, at) or self._check_option(right, left, at):
            if word not in {"==", "!="}:
                what = "options have no order"
                self._say("SC223", what, "Use == , != or in [..].", at)
        elif len(sorts) > 1 or sorts & {Sort.ROWS, Sort.OPTIONS, Sort.NAMES}:
            what = f"{left.type.sort} can't be compared with {right.type.sort}"
            fix = "Compare like with like; an option stands in quotes."
            self._say("SC220", what, fix, at)
        elif sorts in ({Sort.TRUTH}, {Sort.WRITTEN}) and word not in {"==", "!="}:
            self._say("SC223", "these have no order", "Use == or !=.", at)

    def _check_units(self, left: tree.Node, right: tree.Node, at: ast.expr) -> None:
        units = [left.type.unit, right.type.unit]
        if units[0] != units[1] and all(units):
            what = f"{units[0]} can't be compared with {units[1]}"
            self._say("SC221", what, "Compare values of one unit.", at)

    def _check_option(self, one: tree.Node, other: tree.Node, at: ast.expr) -> bool:
        """Check that a quoted word is an option of `one`; False if neither is such."""
        if one.type.sort is Sort.OPTION and other.type.sort is Sort.OPTION:
            return True
        if not isinstance(other, tree.Constant) or not isinstance(other.value, str):
            return False
        if one.type.sort in {Sort.OPTION, Sort.OPTIONS}:
            self._check_word(other.value, one.type.options, at)
            return True
        if one.type.sort is Sort.ENTRY and one.type.catalogue is not None:
            self._check_word(other.value, tuple(one.type.catalogue.entries), at)
            return True
        return False

    def _check_word(self, word: str, options: tuple[str, ...], at: ast.expr) -> None:
        if word not in options:
            fix = did_you_mean(word, options)
            if word in {"unsure", "prefer_not"}:
                function = "unsure" if word == "unsure" else "declined"
                fix = f"That is a state, not an option: write {function}(…)."
            self._say("SC222", f'"{word}" is not one of the options', fix, at)

    def _within(
        self, item: tree.Node, container: tree.Node, negated: bool, at: ast.expr
    ) -> tree.Node:
        kind = container.type
        if kind.sort is Sort.OPTIONS:
            if isinstance(item, tree.Constant) and isinstance(item.value, str):
                self._check_word(item.value, kind.options, at)
            return tree.Within(item, container, negated, TRUTH)
        if isinstance(container, tree.Constant) and isinstance(container.value, tuple):
            for value in container.value:
                sort = Sort.WRITTEN if isinstance(value, str) else Sort.NUMBER
                part = tree.Constant(value, Type(sort=sort))
                self._check_pair("==", item, part, at)
            return tree.Within(item, container, negated, TRUTH)
        if kind.sort is Sort.WRONG:
            return container
        what = f"`in` needs a list, and this is {kind.sort}"
        return self._wrong("SC224", what, 'Write for example in ["a", "b"].', at)

    # -- numbers

    def _number(self, node: ast.expr) -> tree.Node:
        made = self._node(node)
        if made.type.sort not in {Sort.NUMBER, Sort.WRONG}:
            what = f"this is {made.type.sort}, not a number"
            return self._wrong("SC208", what, "Use a number here.", node)
        return made

    def _arithmetic(self, node: ast.BinOp) -> tree.Node:
        word = _ARITHMETIC.get(type(node.op))
        left, right = self._number(node.left), self._number(node.right)
        if word is None:
            return self._wrong("SC204", "only + - * / are known", "Use those.", node)
        units = [left.type.unit, right.type.unit]
        if word in {"+", "-"}:
            self._check_units(left, right, node)
            unit = units[0] or units[1]
        elif word == "*":
            unit = units[0] or units[1]
        else:
            unit = None if units[0] == units[1] else units[0]
        return tree.Arithmetic(word, left, right, Type(sort=Sort.NUMBER, unit=unit))

    # -- functions

    def _call(self, node: ast.Call) -> tree.Node:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in _FUNCTIONS:
            fix = did_you_mean(name or "?", _FUNCTIONS)
            return self._wrong("SC230", f'there is no function "{name}"', fix, node)
        if len(node.args) != 1 or node.keywords:
            what = f"{name}(…) takes exactly one thing"
            return self._wrong("SC231", what, f"Write {name}(x).", node)
        argument = node.args[0]
        if name in _FOLDS:
            return self._fold(cast("tree.FoldWord", name), argument)
        if name in _STATES:
            return self._state_test(cast("tree.StateWord", name), argument)
        if name in _CALENDAR:
            return self._calendar(cast("tree.CalendarWord", name), argument)
        if name in {"known", "certain"}:
            reader = self._truth if name == "certain" else self._node
            part = reader(argument)
            return tree.Determined(cast("Literal['known']", name), part, TRUTH)
        return self._since(cast("Literal['age_on']", name), argument)

    def _state_test(self, word: tree.StateWord, argument: ast.expr) -> tree.Node:
        part = self._node(argument)
        is_question = isinstance(part, tree.Name) and part.symbol.is_question
        if not (is_question or isinstance(part, tree.Field)) and part.type != WRONG:
            what = f"{word}(…) asks about a question"
            fix = "Name a question, or use known(…) for a worked-out value."
            return self._wrong("SC232", what, fix, argument)
        return tree.StateTest(word, part, TRUTH)

    def _calendar(self, word: tree.CalendarWord, argument: ast.expr) -> tree.Node:
        part = self._node(argument)
        if isinstance(part, tree.Constant) and isinstance(part.value, int):
            return tree.Calendar(word, part.value, DAYS)
        what = f"{word}(…) takes a whole number"
        return self._wrong("SC233", what, f"Write for example {word}(6).", argument)

    def _since(
        self, word: Literal["days_since", "age_on"], argument: ast.expr
    ) -> tree.Node:
        part = self._node(argument)
        if part.type.sort not in {Sort.DATE, Sort.WRONG}:
            what = f"{word}(…) takes a date, and this is {part.type.sort}"
            return self._wrong("SC234", what, "Name a question of type date.", argument)
        unit = "day" if word == "days_since" else "year"
        return tree.Since(word, part, Type(sort=Sort.NUMBER, unit=unit))

    def _fold(self, word: tree.FoldWord, argument: ast.expr) -> tree.Node:
        if not isinstance(argument, ast.GeneratorExp) or len(argument.generators) != 1:
            return self._plain_fold(word, argument)
        loop = argument.generators[0]
        source = self._node(loop.iter)
        element = source.type.element
        if source.type.sort is Sort.WRONG or not isinstance(loop.target, ast.Name):
            return source
        if source.type.sort not in {Sort.ROWS, Sort.LISTED} or element is None:
            what = f"this is {source.type.sort}, not a list to look through"
            return self._wrong("SC235", what, "Name a repeat or a list.", loop.iter)
        slot = self.loop_slots[len(self._loops)]
        outer = dict(self._loops)
        self._loops[loop.target.id] = (slot, element)
        condition = self._conditions(loop.ifs)
        made = self._folded(word, argument.elt, source, slot, condition)
        self._loops = outer
        return made

    def _conditions(self, conditions: list[ast.expr]) -> tree.Node | None:
        parts = tuple(self._truth(part) for part in conditions)
        if len(parts) > 1:
            return tree.Both("and", parts, TRUTH)
        return parts[0] if parts else None

    def _folded(
        self,
        word: tree.FoldWord,
        element_node: ast.expr,
        source: tree.Node,
        slot: int,
        condition: tree.Node | None,
    ) -> tree.Node:
        if word in {"any", "all"}:
            element = self._truth(element_node)
            return tree.Fold(word, element, source, slot, condition, TRUTH)
        if word == "count":
            element = self._node(element_node)
            return tree.Fold(word, element, source, slot, condition, NUMBER)
        element = self._number(element_node)
        return tree.Fold(word, element, source, slot, condition, element.type)

    def _plain_fold(self, word: tree.FoldWord, argument: ast.expr) -> tree.Node:
        source = self._node(argument)
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
            return self._wrong(
                "SC236", f"{word}(…) can't look through this", fix, argument
            )
        slot = self.loop_slots[len(self._loops)]
        part = tree.Element(slot, element)
        result = TRUTH if word in {"any", "all"} else NUMBER
        return tree.Fold(word, part, source, slot, None, result)


def _path(node: ast.expr) -> str | None:
    """Return `a.b.c` for names joined by dots, else None."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _path(node.value)
        return f"{base}.{node.attr}" if base else None
    return None
