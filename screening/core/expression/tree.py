"""The typed tree of an expression: the one meaning that everything else reads.

The engine compiles it to a function, the proofs translate it, the PDF reads it aloud.
Every node knows its type; names are already resolved to slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from screening.core.expression.types import Symbol, Type
    from screening.core.values import Number

CompareWord = Literal["==", "!=", "<", "<=", ">", ">="]
ArithmeticWord = Literal["+", "-", "*", "/"]
FoldWord = Literal["count", "sum", "min", "max", "any", "all"]
StateWord = Literal["answered", "unsure", "declined"]
CalendarWord = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, a truth, or a list of texts and numbers."""

    value: Number | str | bool | tuple[str | Number, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Name:
    """The value of a symbol, read from its slot."""

    symbol: Symbol
    type: Type


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the entry that a loop looks at (`t.dose`), or of the entry itself."""

    loop_slot: int
    position: int
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Element:
    """The plain value that a loop over a list of values looks at."""

    loop_slot: int
    type: Type


@dataclass(frozen=True, slots=True)
class Property:
    """An attribute of a catalogue entry (`drug.minimum_dose`)."""

    entry: Node
    position: int
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared."""

    word: CompareWord
    left: Node
    right: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Within:
    """A value in a list of constants, or an option among several chosen ones."""

    item: Node
    container: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Both:
    """`and`, or `or`, over two or more truths."""

    word: Literal["and", "or"]
    parts: tuple[Node, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Negation:
    """`not`."""

    part: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers combined."""

    word: ArithmeticWord
    left: Node
    right: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values written out, to be looped over."""

    parts: tuple[Node, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Fold:
    """`count(… for … in … if …)` and its kin. `element` is None for a bare count."""

    word: FoldWord
    element: Node
    source: Node
    loop_slot: int
    condition: Node | None
    type: Type


@dataclass(frozen=True, slots=True)
class StateTest:
    """`answered(x)`, `unsure(x)`, `declined(x)`: always true or false."""

    word: StateWord
    part: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Determined:
    """`known(x)` or `certain(x)`: always true or false."""

    word: Literal["known", "certain"]
    part: Node
    type: Type


@dataclass(frozen=True, slots=True)
class Calendar:
    """A stretch of days that ends on the day of submission (`months(6)`)."""

    word: CalendarWord
    amount: int
    type: Type


@dataclass(frozen=True, slots=True)
class Since:
    """`days_since(date)` or `age_on(date)`, counted to the day of submission."""

    word: Literal["days_since", "age_on"]
    part: Node
    type: Type


Node = (
    Constant
    | Name
    | Field
    | Element
    | Property
    | Compare
    | Within
    | Both
    | Negation
    | Arithmetic
    | Listing
    | Fold
    | StateTest
    | Determined
    | Calendar
    | Since
)
