"""The solver's formulas, made small: what is settled already never reaches it.

Truths are Python's True and False where they are known, else the solver's; so are
numbers. Most of a definition is settled by the shape of its questions alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import z3

if TYPE_CHECKING:
    from collections.abc import Callable

Bool: TypeAlias = "bool | z3.BoolRef"
Num: TypeAlias = "int | Fraction | z3.ArithRef"


def both(*parts: Bool) -> Bool:
    """Return that all parts hold."""
    left = _unsettled(parts, settles=False)
    if left is None:
        return False
    if not left:
        return True
    return left[0] if len(left) == 1 else z3.And(*left)


def either(*parts: Bool) -> Bool:
    """Return that some part holds."""
    left = _unsettled(parts, settles=True)
    if left is None:
        return True
    if not left:
        return False
    return left[0] if len(left) == 1 else z3.Or(*left)


def _unsettled(parts: Iterable[Bool], *, settles: bool) -> list[z3.BoolRef] | None:
    """Return the parts that are open, each once; None when one settles the matter."""
    open_parts: dict[int, z3.BoolRef] = {}
    for part in parts:
        if isinstance(part, bool):
            if part is settles:
                return None
        else:
            open_parts[part.get_id()] = part
    return list(open_parts.values())


def opposite(part: Bool) -> Bool:
    """Return that the part does not hold."""
    if isinstance(part, bool):
        return not part
    return part.arg(0) if z3.is_not(part) else z3.Not(part)


def choose(condition: Bool, first: Bool, second: Bool) -> Bool:
    """Return `first` where the condition holds, else `second`."""
    if isinstance(condition, bool):
        return first if condition else second
    if first is second or _same(first, second):
        return first
    return either(both(condition, first), both(opposite(condition), second))


def choose_number(condition: Bool, first: Num, second: Num) -> Num:
    """Return `first` where the condition holds, else `second`."""
    if isinstance(condition, bool):
        return first if condition else second
    if _same(first, second):
        return first
    left, right = _alike(first, second)
    return z3.If(condition, left, right)


def _same(first: object, second: object) -> bool:
    if isinstance(first, z3.ExprRef) and isinstance(second, z3.ExprRef):
        return bool(first.eq(second))
    if isinstance(first, z3.ExprRef) or isinstance(second, z3.ExprRef):
        return False
    return first == second


def number(value: object) -> Num:
    """Return a Python number as the solver takes it, exactly."""
    if not isinstance(value, int | Decimal | Fraction):
        raise TypeError(type(value).__name__)
    if isinstance(value, int):
        return value
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else exact


def compared(word: str, first: Num, second: Num) -> Bool:
    """Return that two numbers stand in this relation."""
    if not isinstance(first, z3.ExprRef) and not isinstance(second, z3.ExprRef):
        return _PLAIN[word](first, second)
    if _same(first, second):
        return word in {"==", "<=", ">="}
    left, right = _alike(first, second)
    return _OF_SOLVER[word](left, right)


def added(first: Num, second: Num) -> Num:
    """Return the sum."""
    if not isinstance(first, z3.ExprRef) and not isinstance(second, z3.ExprRef):
        return _settled(Fraction(first) + Fraction(second))
    if _same(first, 0):
        return second
    if _same(second, 0):
        return first
    left, right = _alike(first, second)
    return left + right


def negative(value: Num) -> Num:
    """Return the number with its sign turned."""
    return -value


def multiplied(first: Num, second: Num) -> Num:
    """Return the product."""
    if not isinstance(first, z3.ExprRef) and not isinstance(second, z3.ExprRef):
        return _settled(Fraction(first) * Fraction(second))
    for one, other in ((first, second), (second, first)):
        if _same(one, 0):
            return 0
        if _same(one, 1):
            return other
    left, right = _alike(first, second)
    return left * right


def divided(first: Num, second: Num) -> Num:
    """Return the quotient; `second` is never zero where it is looked at."""
    if not isinstance(first, z3.ExprRef) and not isinstance(second, z3.ExprRef):
        return _settled(Fraction(first) / Fraction(second)) if second else 0
    left, right = (_real(side) for side in (first, second))
    return left / right


def least(values: Iterable[Num]) -> Num:
    """Return the smallest of one or more numbers."""
    return _extreme(values, "<=")


def most(values: Iterable[Num]) -> Num:
    """Return the largest of one or more numbers."""
    return _extreme(values, ">=")


def _extreme(values: Iterable[Num], word: str) -> Num:
    first, *others = values
    for other in others:
        first = choose_number(compared(word, first, other), first, other)
    return first


def _settled(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def _alike(first: Num, second: Num) -> tuple[z3.ArithRef, z3.ArithRef]:
    """Return both as the solver's numbers of one kind: whole, or real."""
    if _is_whole(first) and _is_whole(second):
        return _whole(first), _whole(second)
    return _real(first), _real(second)


def _is_whole(value: Num) -> bool:
    return value.is_int() if isinstance(value, z3.ArithRef) else isinstance(value, int)


def _whole(value: Num) -> z3.ArithRef:
    return value if isinstance(value, z3.ArithRef) else z3.IntVal(int(value))


def _real(value: Num) -> z3.ArithRef:
    if isinstance(value, z3.ArithRef):
        return z3.ToReal(value) if value.is_int() else value
    exact = Fraction(value)
    return z3.RealVal(f"{exact.numerator}/{exact.denominator}")


_PLAIN: dict[str, Callable[[Num, Num], bool]] = {
    "==": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}
_OF_SOLVER: dict[str, Callable[[z3.ArithRef, z3.ArithRef], z3.BoolRef]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
