"""Do formulas and engine say the same, of any rule, any definition and any patient?"""

from datetime import date

import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.core.expression import Sort
from screening.core.values import Entry, Open, Span, State
from screening.proof.catalogues import kinds_of
from screening.proof.logic import number
from screening.proof.trees import Reading
from screening.proof.values import (
    Day,
    Number,
    Picked,
    Rows,
    Text,
    Truth,
    Value,
    Word,
    Words,
)
from tests.core.names import DRUGS, SYMBOLS, TODAY, made, work_out
from tests.properties.strategies import RULES
from tests.properties.test_rules import records

NAMES = st.sampled_from(
    ["n", "colour", "tried", "born", "note", "drug", "scale.q1", "trials"]
)
STATES = st.builds(
    "{}({})".format, st.sampled_from(["answered", "unsure", "declined"]), NAMES
)
DETERMINED = st.builds("known({})".format, NAMES | RULES) | st.builds(
    "certain({})".format, RULES
)
ASKING_MORE = st.builds(
    "({} {} {})".format,
    RULES,
    st.sampled_from(["and", "or", "and not", "or not"]),
    STATES | DETERMINED,
)
"""Rules that ask how something was answered, and whether anything is known."""

KINDS = {"drugs": kinds_of(DRUGS, DRUGS.entries)}


def as_value(value, kind):
    """Return a value of the engine as the formulas have it."""
    if isinstance(value, State):
        return Value(
            payload=payload_of(None, kind),
            unasked=value.truth is False,
            unknown=value.truth is None,
            unsure=value.name == "not sure" or isinstance(value, Open),
            declined=value.name == "declined",
        )
    return Value(payload=payload_of(value, kind))


def payload_of(value, kind):
    sort = kind.sort
    if sort is Sort.TRUTH:
        return Truth(value is True, value is False)
    if sort is Sort.NUMBER:
        ends = (value.low, value.high) if isinstance(value, Span) else (value, value)
        low, high = (number(0 if end is None else end) for end in ends)
        return Number(low, low if low == high else high)
    if sort is Sort.OPTION:
        return Word({word: word == value for word in kind.options})
    if sort is Sort.OPTIONS:
        return Words({word: word in (value or ()) for word in kind.options})
    if sort is Sort.DATE:
        return Day((value or date(2000, 1, 1)).toordinal())
    if sort is Sort.ENTRY:
        return picked(value)
    return rows(value, kind) if sort is Sort.ROWS else Text()


def picked(value):
    samples = KINDS["drugs"].samples
    is_listed = isinstance(value, Entry) and value.listed
    place = KINDS["drugs"].place(value) if is_listed else None
    return Picked(tuple(n == place for n in range(len(samples))), is_listed)


def rows(value, kind):
    fields = kind.element.fields.values()
    return Rows(
        tuple(
            (True, tuple(as_value(entry[at], inner) for at, inner in fields))
            for entry in value or ()
        )
    )


def truth_of(rule, record):
    values = {
        SYMBOLS[name].slot: as_value(value, SYMBOLS[name].type)
        for name, value in record.items()
    }
    expression = made(rule, Sort.TRUTH)
    found = Reading(values, TODAY, KINDS).truth(expression.tree)
    return simplified(found.yes), simplified(found.no)


def simplified(formula):
    return formula if isinstance(formula, bool) else z3.is_true(z3.simplify(formula))


def engines_truth(rule, record):
    given_values = {name.replace(".", "__"): value for name, value in record.items()}
    return work_out(f"({rule}) and true", **given_values)


@settings(max_examples=1500)
@given(rule=RULES | ASKING_MORE, record=records())
def test_a_rule_means_the_same_in_formulas_and_in_the_engine(rule, record):
    truth = engines_truth(rule, record)

    assert truth_of(rule, record) == (truth is True, truth is False)
