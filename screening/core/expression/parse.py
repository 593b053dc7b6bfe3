"""Text -> typed tree: Python's grammar, a small closed part of it, every name known.

Everything is checked before anything runs: unknown names, options that do not exist,
text compared with numbers, milligrams with weeks. Each complaint has its column.
"""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from contextlib import suppress
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal, cast

from screening.core.expression import tree
from screening.core.expression.advice import (
    for_nothing,
    instead_of,
    one_of_several,
    to_compare,
    written,
)
from screening.core.expression.agree import (
    disagreement,
    unit_disagreement,
    word_disagreement,
)
from screening.core.expression.calls import read_call
from screening.core.expression.slips import slip_in
from screening.core.expression.types import (
    NUMBER,
    TRUTH,
    WRONG,
    Scope,
    Sort,
    Symbol,
    Type,
)
from screening.core.problems import Place, Problem, did_you_mean
from screening.core.units import product, quotient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 4000
"""Characters an expression may have."""

DEEPEST = 32
"""How deep expressions may nest."""

_NUMERAL = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
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


class _Stop(Exception):  # noqa: N818 - never leaves this module
    """The rest of this expression can't be understood; its problem is noted."""


class Reader:
    """Reads one expression; `problems` and `reads` tell what was found on the way."""

    def __init__(
        self, text: str, place: Place, scope: Scope, loop_slots: list[int]
    ) -> None:
        """Get ready to read `text`, which starts at `place`.

        A line break counts as a space, so that a long rule may go over lines. Problems
        are placed as if all of it stood in the first.
        """
        self.text = text.replace("\n", " ").rstrip()
        self._source = self.text.lstrip()
        self.place = place
        self.scope = scope
        self.loop_slots = loop_slots
        self.problems: list[Problem] = []
        self.reads: dict[str, Symbol] = {}
        self.loops: dict[str, tuple[int, Type]] = {}
        self._depth = 0

    def root(self, wanted: Sort | None = None) -> tree.Node:
        """Return the typed tree; look at `problems` before using it."""
        try:
            parsed = self._parsed()
            node = self.node(parsed)
            if wanted is not None and node.type.sort not in {wanted, Sort.WRONG}:
                text = written(self._source, parsed)
                what = f'"{text}" is {node.type.sort}, and {wanted} is needed here'
                self.say("SC205", what, to_compare(text, node.type), None)
        except _Stop:
            return tree.Constant(value=False, type=WRONG)
        return node

    def _parsed(self) -> ast.expr:
        if len(self.text) > LONGEST:
            what = f"this expression has more than {LONGEST} characters"
            self.say("SC201", what, "Split it into derived values.", None)
            raise _Stop
        try:
            self._refuse_comments()
            # What Python only warns of (`18and`) is a slip in a rule.
            with warnings.catch_warnings(action="error", category=SyntaxWarning):
                return ast.parse(self._source, mode="eval").body
        except SyntaxError as error:
            self._unreadable(error)
        except (ValueError, RecursionError, MemoryError):
            what = "this expression is too deep or has unreadable characters"
            self.say("SC203", what, "Split it into derived values.", None)
        raise _Stop

    def _unreadable(self, error: SyntaxError) -> None:
        """Note a rule that can't be parsed: by its usual slip, else as Python says."""
        # The parser gives no column for an end that came too soon.
        column = error.offset - 1 if error.offset else len(self._source)
        what = f"this can't be read as a rule: {error.msg.split(' (')[0]}"
        fix = 'Write for example: age >= 18 and pregnancy != "pregnant".'
        slip = slip_in(self._source)
        if slip is not None:
            column, what, fix = slip.at, slip.what, slip.fix
        place = self._at(column)
        self.problems.append(Problem(code="SC202", what=what, fix=fix, where=place))

    def _refuse_comments(self) -> None:
        """Refuse a comment, which would hide the rest of a rule without a word."""
        if "#" not in self._source:
            return
        for token in self._tokens():
            if token.type == tokenize.COMMENT:
                place = self._at(token.start[1])
                what = "a comment can't stand in an expression"
                fix = "Put it on a line of its own, outside the quotes."
                self.problems.append(
                    Problem(code="SC202", what=what, fix=fix, where=place)
                )
                raise _Stop

    def _tokens(self) -> Iterator[tokenize.TokenInfo]:
        """Yield the tokens there are; what can't be read ends them without a word."""
        with suppress(tokenize.TokenError):
            yield from tokenize.generate_tokens(StringIO(self._source).readline)

    def _at(self, column: int) -> Place:
        """Return the place of a character of the source, counted from 0."""
        lead = len(self.text) - len(self._source)
        start = self.place
        return Place(start.file, start.line, start.column + lead + column)

    def say(self, code: str, what: str, fix: str, node: ast.expr | None) -> None:
        """Note a problem at `node`, or at the start of the expression."""
        place = self.place
        if node is not None:
            # Python's parser counts bytes, anew from each line.
            lines = _LINE.findall(self._source)
            above = sum(map(len, lines[: node.lineno - 1]))
            before = lines[node.lineno - 1].encode()[: node.col_offset]
            place = self._at(above + len(before.decode()))
        self.problems.append(Problem(code=code, what=what, fix=fix, where=place))

    def wrong(self, code: str, what: str, fix: str, node: ast.expr) -> tree.Node:
        """Note a problem and return a node that stands in for what is wrong."""
        self.say(code, what, fix, node)
        return tree.Constant(value=False, type=WRONG)

    def node(self, node: ast.expr) -> tree.Node:
        """Return the typed tree of any part of the expression."""
        readers: dict[type[ast.expr], Callable[[Any], tree.Node]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._dotted,
            ast.Compare: self._comparison,
            ast.BoolOp: self._both,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._arithmetic,
            ast.Call: lambda call: read_call(self, call),
            ast.List: self._list,
        }
        reader = readers.get(type(node))
        self._depth += 1
        if isinstance(node, ast.Tuple) and node.elts:
            self._say_comma(node)
            raise _Stop
        if reader is None or self._depth > DEEPEST:
            what = "this is not part of the expression language"
            if reader:
                what = f"this is nested more than {DEEPEST} deep"
            self.say("SC204", what, instead_of(node, self._source), node)
            raise _Stop
        made = reader(node)
        self._depth -= 1
        return made

    def _say_comma(self, node: ast.Tuple) -> None:
        """Note a comma outside a list: mostly one that was meant as a point."""
        source = self._source.encode()
        if source[node.col_offset : node.col_offset + 1] == b"(":
            fix = "Write it in square brackets: [a, b]."
            self.say("SC204", "a list does not stand in parentheses", fix, node)
            return
        at = source.find(b",", node.elts[0].end_col_offset or 0)
        where = self._at(len(source[:at].decode()))
        number = re.search(r"(\d+),\s?(\d+)", self._source)
        what, fix = "a comma can't stand here", "Join conditions by and, or by or."
        if number is not None:
            what = f'"{number[0]}" has a comma where a number has a point'
            fix = f"Write {number[1]}.{number[2]}."
        self.problems.append(Problem(code="SC202", what=what, fix=fix, where=where))

    # -- values

    def _constant(self, node: ast.Constant) -> tree.Node:
        value = node.value
        if isinstance(value, str):
            return tree.Constant(value, Type(sort=Sort.WRITTEN))
        if isinstance(value, int | float) and not isinstance(value, bool):
            numeral = ast.get_source_segment(self._source, node) or ""
            if _NUMERAL.fullmatch(numeral):
                number = Decimal(numeral) if "." in numeral else int(numeral)
                return tree.Constant(number, NUMBER)
        text = written(self._source, node)
        fix = for_nothing(text) or (
            "Write a plain number such as 12 or 0.5, quoted text, true or false."
        )
        what = f"{text} is not a plain number or text"
        return self.wrong("SC206", what, fix, node)

    def _list(self, node: ast.List) -> tree.Node:
        parts = tuple(self.node(part) for part in node.elts)
        element = parts[0].type if parts else WRONG
        listed = Type(sort=Sort.LISTED, element=element)
        if parts and all(isinstance(part, tree.Constant) for part in parts):
            values = tuple(cast("tree.Constant", part).value for part in parts)
            return tree.Constant(values, listed)  # type: ignore[arg-type] # no lists or truths inside: checked where used
        return tree.Listing(parts, listed)

    def _name(self, node: ast.Name) -> tree.Node:
        if node.id in {"true", "false"}:
            return tree.Constant(node.id == "true", TRUTH)
        if node.id in self.loops:
            return tree.Element(*self.loops[node.id])
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
        if self.scope.was_lost(name):
            return tree.Constant(value=False, type=WRONG)
        known = self.scope.names() | set(self.loops)
        fix = for_nothing(name) or did_you_mean(name, known)
        if name in self.scope.later:
            fix = "It stands below: move it above this one."
        if self.scope.has_parts(name):
            parts = [n for n in self.scope.names() if n.startswith(name + ".")]
            fix = f"Say which part of it: {', '.join(sorted(parts)[:12])}."
        return self.wrong("SC210", f'there is no "{name}" here', fix, node)

    def _dotted(self, node: ast.Attribute) -> tree.Node:
        path = _path(node)
        if path and path.split(".", 1)[0] not in self.loops and self.scope.find(path):
            return self._symbol(path, node)
        if path and "." in path:
            base = path.rsplit(".", 1)[0]
            known = base in self.loops or self.scope.find(base)
            if not known and not self.scope.was_lost(base) and "." not in base:
                return self._unknown_name(path, node)
        return self._part(self.node(node.value), node)

    def _part(self, owner: tree.Node, node: ast.Attribute) -> tree.Node:
        kind = owner.type
        if kind.sort is Sort.NAMES and isinstance(owner, tree.Element):
            if node.attr in kind.fields:
                position, part = kind.fields[node.attr]
                return tree.Field(owner.loop_slot, position, node.attr, part)
            fix = did_you_mean(node.attr, kind.fields)
            return self.wrong("SC211", f'an entry has no "{node.attr}"', fix, node)
        if kind.sort is Sort.ENTRY and kind.catalogue is not None:
            names = [attribute.name for attribute in kind.catalogue.attributes]
            if node.attr in names:
                part = kind.fields[node.attr][1]
                return tree.Property(owner, names.index(node.attr), node.attr, part)
            what = f'the catalogue "{kind.catalogue.id}" has no "{node.attr}"'
            return self.wrong("SC212", what, did_you_mean(node.attr, names), node)
        if kind.sort is Sort.WRONG:
            return owner
        what = f'{kind.sort} has no part called "{node.attr}"'
        fix = "Use the name alone."
        if node.attr in kind.options:
            fix = f'Write {written(self._source, node.value)} == "{node.attr}".'
        return self.wrong("SC213", what, fix, node)

    # -- truths

    def _both(self, node: ast.BoolOp) -> tree.Node:
        word: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
        meant = one_of_several(node, self._source)
        parts = tuple(self.truth(part, meant) for part in node.values)
        return tree.Both(word, parts, TRUTH)

    def truth(self, node: ast.expr, fix: str | None = None) -> tree.Node:
        """Return the tree of a part that has to be true or false.

        `fix` is what the whole was meant to be, where that is known.
        """
        made = self.node(node)
        if made.type.sort not in {Sort.TRUTH, Sort.WRONG}:
            text = written(self._source, node)
            what = f"{text} is {made.type.sort}, not something true or false"
            return self.wrong("SC207", what, fix or to_compare(text, made.type), node)
        return made

    def _unary(self, node: ast.UnaryOp) -> tree.Node:
        if isinstance(node.op, ast.Not):
            return tree.Negation(self.truth(node.operand), TRUTH)
        part = self.number(node.operand)
        if isinstance(node.op, ast.USub):
            zero = tree.Constant(0, part.type)
            return tree.Arithmetic("-", zero, part, part.type)
        return self.wrong("SC204", "this sign has no meaning", "Delete it.", node)

    def _comparison(self, node: ast.Compare) -> tree.Node:
        made: list[tree.Node] = []
        left_node = node.left
        left = self._unquoted_among(node) or self.node(left_node)
        for operator, right_node in zip(node.ops, node.comparators, strict=True):
            right = self._unquoted(left, right_node) or self.node(right_node)
            at = (left_node, right_node)
            made.append(self._compared(operator, left, right, at))
            left, left_node = right, right_node
        return made[0] if len(made) == 1 else tree.Both("and", tuple(made), TRUTH)

    def _unquoted(self, left: tree.Node, node: ast.expr) -> tree.Node | None:
        """Return a stand-in for an option that lacks its quotes, its problem noted."""
        if not isinstance(node, ast.Name) or self.scope.find(node.id):
            return None
        if node.id not in left.type.options:
            return None
        what = f'"{node.id}" is an option, and options stand in quotes'
        return self.wrong("SC225", what, f'Write "{node.id}".', node)

    def _unquoted_among(self, node: ast.Compare) -> tree.Node | None:
        """Return a stand-in for an option without quotes before `in`."""
        word, container = node.left, node.comparators[0]
        if not isinstance(word, ast.Name) or not isinstance(container, ast.Name):
            return None
        found = self.scope.find(container.id)
        if self.scope.find(word.id) or found is None:
            return None
        if word.id not in found.type.options:
            return None
        what = f'"{word.id}" is an option, and options stand in quotes'
        return self.wrong("SC225", what, f'Write "{word.id}".', word)

    def _compared(
        self,
        operator: ast.cmpop,
        left: tree.Node,
        right: tree.Node,
        sides: tuple[ast.expr, ast.expr],
    ) -> tree.Node:
        at = sides[1]
        if isinstance(operator, ast.In | ast.NotIn):
            within = self._within(left, right, sides)
            if isinstance(operator, ast.NotIn):
                return tree.Negation(within, TRUTH)
            return within
        word = _COMPARISONS.get(type(operator))
        if word is None:
            what = "`is` does not compare"
            self._say_between(sides, "is", ("SC204", what, "Write =="))
            return tree.Constant(value=False, type=WRONG)
        self._check_pair(word, left, right, at)
        return tree.Compare(word, left, right, TRUTH)

    def _check_pair(
        self, word: str, left: tree.Node, right: tree.Node, at: ast.expr
    ) -> None:
        found = disagreement(word, left, right)
        if found is not None:
            self.say(*found, at)

    def _check_units(self, left: tree.Node, right: tree.Node, at: ast.expr) -> None:
        found = unit_disagreement(left, right)
        if found is not None:
            self.say(*found, at)

    def _within(
        self, item: tree.Node, container: tree.Node, sides: tuple[ast.expr, ast.expr]
    ) -> tree.Node:
        kind, at = container.type, sides[1]
        if kind.sort is Sort.OPTIONS:
            if isinstance(item, tree.Constant) and isinstance(item.value, str):
                found = word_disagreement(item.value, kind.options)
                if found is not None:
                    self.say(*found, sides[0])
            return tree.Within(item, container, TRUTH)
        if isinstance(container, tree.Constant) and isinstance(container.value, tuple):
            listed = (
                at.elts if isinstance(at, ast.List) else [at] * len(container.value)
            )
            for value, where in zip(container.value, listed, strict=True):
                sort = Sort.WRITTEN if isinstance(value, str) else Sort.NUMBER
                one = tree.Constant(value, Type(sort=sort))
                self._check_pair("==", item, one, where)
            return tree.Within(item, container, TRUTH)
        if kind.sort is Sort.WRONG:
            return container
        what = f"`in` needs a list, and this is {kind.sort}"
        return self.wrong("SC224", what, 'Write for example in ["a", "b"].', at)

    # -- numbers

    def number(self, node: ast.expr) -> tree.Node:
        """Return the tree of a part that has to be a number."""
        made = self.node(node)
        if made.type.sort not in {Sort.NUMBER, Sort.WRONG}:
            what = f"{written(self._source, node)} is {made.type.sort}, not a number"
            return self.wrong("SC208", what, "Use a number here.", node)
        return made

    def _arithmetic(self, node: ast.BinOp) -> tree.Node:
        found = self._hyphen(node) or self._joined_by_sign(node)
        if found is not None:
            return found
        word = _ARITHMETIC.get(type(node.op))
        left, right = self.number(node.left), self.number(node.right)
        if word is None:
            return self.wrong("SC204", "only + - * / are known", "Use those.", node)
        units = [left.type.unit, right.type.unit]
        if word in {"+", "-"}:
            self._check_units(left, right, node)
            unit = units[0] or units[1]
        else:
            unit = product(*units) if word == "*" else quotient(*units)
        return tree.Arithmetic(word, left, right, Type(sort=Sort.NUMBER, unit=unit))

    def _hyphen(self, node: ast.BinOp) -> tree.Node | None:
        """Return a stand-in for a name that was written with hyphens."""
        written = ast.get_source_segment(self._source, node) or ""
        meant = written.replace("-", "_")
        if not meant.isidentifier() or not self.scope.find(meant):
            return None
        what = f'there is no "{written}" here'
        return self.wrong("SC210", what, f'Did you mean "{meant}"?', node)

    def _joined_by_sign(self, node: ast.BinOp) -> tree.Node | None:
        """Return a stand-in for conditions that are joined by a sign of programs."""
        joined = {ast.BitAnd: ("&", "and"), ast.BitOr: ("|", "or")}.get(type(node.op))
        if joined is None:
            return None
        sign, word = joined
        sides = (node.left, node.right)
        what, fix = f"`{sign}` is not part of a rule", f"Write {word}."
        self._say_between(sides, sign, ("SC202", what, fix))
        raise _Stop

    def _say_between(
        self, sides: tuple[ast.expr, ast.expr], sign: str, told: tuple[str, str, str]
    ) -> None:
        """Note a problem at the sign between two parts."""
        source = self._source.encode()
        start = sides[0].end_col_offset or 0
        found = source.find(sign.encode(), start, sides[1].col_offset)
        before = source[: max(found, start)].decode()
        code, what, fix = told
        where = self._at(len(before))
        self.problems.append(Problem(code=code, what=what, fix=fix, where=where))


def _path(node: ast.expr) -> str | None:
    """Return `a.b.c` for names joined by dots, else None."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) and len(names) < DEEPEST:
        names.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        return ".".join([node.id, *reversed(names)])
    return None
