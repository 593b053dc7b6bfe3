"""Units by UCUM, the codes that clinical systems share: known, alike, converted.

`ucumvert` reads the codes and `pint` converts, both exactly in Decimal. Loading them
takes as long as a whole check, so the units of clinics stand in a small table here,
which the tests hold to the library; every other code goes through the library.

Source: UCUM, the Unified Code for Units of Measure (ucum.org), version 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

WORDS = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "wk",
    "month": "mo",
    "year": "a",
    "percent": "%",
}
"""Words that a question file may use for a code of UCUM."""

_FACTORS: dict[str, dict[str, Fraction]] = {
    "mass": {
        "ug": Fraction(1, 1_000_000),
        "mg": Fraction(1, 1000),
        "g": Fraction(1),
        "kg": Fraction(1000),
        "[oz_av]": Fraction("28.349523125"),
        "[lb_av]": Fraction("453.59237"),
        "[stone_av]": Fraction("6350.29318"),
    },
    "length": {
        "mm": Fraction(1, 1000),
        "cm": Fraction(1, 100),
        "m": Fraction(1),
        "km": Fraction(1000),
        "[in_i]": Fraction("0.0254"),
        "[ft_i]": Fraction("0.3048"),
    },
    "time": {
        "s": Fraction(1),
        "min": Fraction(60),
        "h": Fraction(3600),
        "d": Fraction(86_400),
        "wk": Fraction(604_800),
    },
    "volume": {"mL": Fraction(1, 1000), "dL": Fraction(1, 10), "L": Fraction(1)},
    "pressure": {"mm[Hg]": Fraction(1)},
    "part": {"%": Fraction(1)},
    "months": {"mo": Fraction(1), "a": Fraction(12)},
}
"""What one of a unit comes to, by what is measured; exact.

Months and years stand apart from days: how many days they are depends on when.
"""

_COMMON = {
    code: (kind, factor)
    for kind, factors in _FACTORS.items()
    for code, factor in factors.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How people say a unit: on a page, short, and when they type it themselves."""

    label: str
    short: str
    typed: frozenset[str]


SPOKEN = {
    "kg": Spoken(
        label="kilograms (kg)",
        short="kg",
        typed=frozenset(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms")),
    ),
    "[lb_av]": Spoken(
        label="pounds (lb)",
        short="lb",
        typed=frozenset(("lb", "lbs", "pound", "pounds")),
    ),
    "[stone_av]": Spoken(
        label="stone and pounds (st)",
        short="stone",
        typed=frozenset(("st", "stone", "stones")),
    ),
    "cm": Spoken(
        label="centimetres (cm)",
        short="cm",
        typed=frozenset(
            ("cm", "centimetre", "centimetres", "centimeter", "centimeters")
        ),
    ),
    "m": Spoken(
        label="metres (m)",
        short="m",
        typed=frozenset(("m", "metre", "metres", "meter", "meters")),
    ),
    "[in_i]": Spoken(
        label="inches (in)",
        short="in",
        typed=frozenset(("in", "inch", "inches", '"', "”")),
    ),
    "[ft_i]": Spoken(
        label="feet and inches (ft)",
        short="ft",
        typed=frozenset(("ft", "foot", "feet", "'", "’")),
    ),
}

SMALLER = {"[stone_av]": ("[lb_av]", 14), "[ft_i]": ("[in_i]", 12)}
"""The unit that is said after a larger one ("11 stone 4"), and how many make one."""


def code_of(unit: str) -> str:
    """Return the UCUM code that a file's unit stands for: `week` is `wk`."""
    return WORDS.get(unit, unit)


def same(one: str, other: str) -> bool:
    """Tell whether two units of a file are the same unit.

    >>> same("week", "wk"), same("mg", "wk")
    (True, False)
    """
    return code_of(one) == code_of(other)


@cache
def is_known(unit: str) -> bool:
    """Tell whether a file's unit is a word of this language or a code of UCUM."""
    code = code_of(unit)
    return code in _COMMON or (code.isascii() and _reads(code))


def are_alike(one: str, other: str) -> bool:
    """Tell whether an amount in one unit can be said in the other."""
    first, second = code_of(one), code_of(other)
    if first in _COMMON and second in _COMMON:
        return _COMMON[first][0] == _COMMON[second][0]
    library = _library()
    units = [library.from_ucum(code).units for code in (first, second)]
    return bool(units[0].is_compatible_with(units[1]))


@cache
def known_words() -> tuple[str, ...]:
    """Return the units a message may name: words and the codes of clinics."""
    return (*WORDS, *_COMMON)


def converted(amount: Decimal, unit: str, into: str) -> Decimal:
    """Return `amount` of one unit in another that is alike, exact and not rounded.

    >>> converted(Decimal(158), "[lb_av]", "kg")
    Decimal('71.66759446')

    A quotient that has no end is cut at 28 digits.
    """
    first, second = code_of(unit), code_of(into)
    if first in _COMMON and second in _COMMON:
        ratio = Fraction(amount) * _COMMON[first][1] / _COMMON[second][1]
        return Decimal(ratio.numerator) / Decimal(ratio.denominator)
    library = _library()
    start = library.Quantity(amount, library.from_ucum(first).units)
    return Decimal(start.to(library.from_ucum(second).units).magnitude)


def product(one: str | None, other: str | None) -> str | None:
    """Return the unit of a product; a number without a unit changes none.

    >>> product("kg", "m"), product(None, "week")
    ('kg.m', 'week')
    """
    if one and other:
        return f"{code_of(one)}.{code_of(other)}"
    return one or other


def quotient(over: str | None, under: str | None) -> str | None:
    """Return the unit of a quotient; what is divided by its own unit has none.

    >>> quotient("mg", "day"), quotient("kg", "kg")
    ('mg/(d)', None)
    """
    if not under:
        return over
    if over and same(over, under):
        return None
    return f"{code_of(over) if over else ''}/({code_of(under)})"


@cache
def _reads(code: str) -> bool:
    import lark  # noqa: PLC0415 - takes long; needed for few files

    try:
        _library().from_ucum(code)
    except (lark.exceptions.LarkError, ValueError, KeyError, AttributeError):
        return False
    return True


@cache
def _library() -> Any:  # noqa: ANN401 - published without types
    import ucumvert  # type: ignore[import-untyped] # noqa: PLC0415 - takes long; needed for few files

    return ucumvert.PintUcumRegistry(non_int_type=Decimal)
