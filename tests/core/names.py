"""Which names do the tests of expressions use, and how is one worked out?"""

from datetime import date
from decimal import Decimal

from screening.core.catalogue import (
    Attribute,
    Catalogue,
)
from screening.core.definition import (
    QuestionType,
)
from screening.core.expression import Expression, Scope, Sort, Symbol, Type, read
from screening.core.problems import Place
from screening.core.values import LEFT_OUT, Entry

TODAY = date(2026, 3, 15)
LOOP_SLOTS = [1, 2, 3, 4]
HERE = Place("q.yaml", 10, 9)

DRUGS = Catalogue(
    id="drugs",
    title="Drugs",
    attributes=(
        Attribute(name="counted", type=QuestionType.YES_NO),
        Attribute(name="least", type=QuestionType.DECIMAL, unit="mg"),
    ),
    entries={
        "sertraline": Entry(
            id="sertraline", label="Sertraline", attributes=("yes", Decimal(150))
        ),
        "tea": Entry(id="tea", label="Tea", attributes=("no", LEFT_OUT)),
    },
    brands={},
    synonyms={},
    known_as={},
    sources=(),
)
NUMBER = Type(sort=Sort.NUMBER)
YES_NO = Type(sort=Sort.OPTION, options=("yes", "no"))
DRUG = Type(
    sort=Sort.ENTRY,
    catalogue=DRUGS,
    fields={"counted": (0, YES_NO), "least": (1, Type(sort=Sort.NUMBER, unit="mg"))},
)
FIELDS = {
    "drug": (0, DRUG),
    "dose": (1, Type(sort=Sort.NUMBER, unit="mg")),
    "still": (2, YES_NO),
}
TYPES = {
    "n": NUMBER,
    "m": NUMBER,
    "age": Type(sort=Sort.NUMBER, unit="year"),
    "dose": Type(sort=Sort.NUMBER, unit="mg"),
    "weeks_taken": Type(sort=Sort.NUMBER, unit="week"),
    "colour": Type(sort=Sort.OPTION, options=("red", "green", "blue")),
    "smokes": YES_NO,
    "tried": Type(sort=Sort.OPTIONS, options=("tms", "dbs", "none")),
    "born": Type(sort=Sort.DATE),
    "ended": Type(sort=Sort.DATE),
    "note": Type(sort=Sort.WRITTEN),
    "fine": Type(sort=Sort.TRUTH),
    "drug": DRUG,
    "scale.q1": NUMBER,
    "scale.total": NUMBER,
    "trials": Type(sort=Sort.ROWS, element=Type(sort=Sort.NAMES, fields=FIELDS)),
}
WORKED_OUT = {"fine", "scale.total"}
SYMBOLS = {
    name: Symbol(
        name=name, type=kind, slot=5 + position, is_question=name not in WORKED_OUT
    )
    for position, (name, kind) in enumerate(TYPES.items())
} | {
    "limit": Symbol(name="limit", type=NUMBER, constant=12),
    "often": Symbol(
        name="often",
        type=Type(sort=Sort.LISTED, element=Type(sort=Sort.WRITTEN)),
        constant=("red", "green"),
    ),
}
SCOPE = Scope(SYMBOLS)


def made(text, wanted=None):
    """Return the expression, or its problems."""
    return read(text, HERE, SCOPE, LOOP_SLOTS, wanted=wanted)


def problems_in(text, wanted=Sort.TRUTH):
    """Return (code, column in the text from 0, what to do) of each problem."""
    found = made(text, wanted)
    if isinstance(found, Expression):
        return []
    return [(p.code, p.where.column - HERE.column, p.fix) for p in found]


def work_out(text, today=TODAY, **given):
    """Return what the expression comes to; names that are not given are left out."""
    expression = made(text)
    assert isinstance(expression, Expression), expression
    values = [LEFT_OUT] * (5 + len(TYPES))
    values[0] = today
    for name, value in given.items():
        values[SYMBOLS[name.replace("__", ".")].slot] = value
    return expression.run(values)


def trial(drug=LEFT_OUT, dose=LEFT_OUT, still=LEFT_OUT):
    """Return an entry of the repeat `trials`."""
    entry = DRUGS.entries[drug] if isinstance(drug, str) else drug
    return [entry, dose, still]
