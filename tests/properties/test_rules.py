"""What holds of every rule, whatever it says and whatever is known?"""

import re
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.core.expression import Expression, Sort
from screening.core.expression.names import Names
from screening.core.expression.words import sentence
from screening.core.values import (
    DECLINED,
    LEFT_OUT,
    NOT_ASKED,
    UNSURE,
    Open,
    Span,
    State,
    is_unknown,
)
from tests.core.names import DRUGS, TYPES, made, work_out
from tests.properties.strategies import RULES

KNOWN = {
    "n": st.integers(-3, 5),
    "m": st.integers(-3, 5) | st.decimals(-3, 5, places=1),
    "age": st.integers(0, 99),
    "dose": st.integers(0, 300),
    "weeks_taken": st.integers(0, 99),
    "colour": st.sampled_from(["red", "green", "blue"]),
    "smokes": st.sampled_from(["yes", "no"]),
    "tried": st.frozensets(st.sampled_from(["tms", "dbs"]), min_size=1),
    "born": st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    "ended": st.dates(date(2024, 1, 1), date(2026, 1, 1)),
    "note": st.text(max_size=3),
    "fine": st.booleans(),
    "drug": st.sampled_from(sorted(DRUGS.entries)).map(DRUGS.entries.get),
    "scale.q1": st.integers(0, 3),
    "scale.total": st.integers(0, 9),
}
DOSES = st.integers(0, 300)
YES_NO = st.sampled_from(["yes", "no"])
KNOWN_ENTRY = st.tuples(KNOWN["drug"], DOSES, YES_NO).map(list)
KNOWN["trials"] = st.lists(KNOWN_ENTRY, max_size=3)
UNKNOWN = st.sampled_from([LEFT_OUT, UNSURE, DECLINED, Open("maybe")])
SPANS = st.tuples(st.integers(0, 8), st.integers(1, 9)).map(
    lambda ends: Span(min(ends), min(ends) + ends[1])
)


@st.composite
def records(draw):
    """Return the values of a record in which something is unknown."""
    record = {name: draw(values) for name, values in KNOWN.items()}
    for name in draw(st.sets(st.sampled_from(sorted(KNOWN)), min_size=1)):
        record[name] = draw(UNKNOWN | st.just(NOT_ASKED))
    if draw(st.booleans()):
        record["scale.total"] = draw(SPANS)
    if isinstance(record["trials"], list):
        for entry in record["trials"]:
            for position in draw(st.sets(st.integers(0, 2))):
                entry[position] = draw(UNKNOWN)
    return record


@st.composite
def completed(draw, record):
    """Return the record with everything unknown replaced by something known."""
    complete = {}
    for name, value in record.items():
        if isinstance(value, Span):
            complete[name] = draw(st.integers(value.low, value.high))
        elif is_unknown(value):
            complete[name] = draw(KNOWN[name])
        elif name == "trials" and isinstance(value, list):
            complete[name] = [
                [
                    draw(field) if is_unknown(known) else known
                    for known, field in zip(
                        entry, (KNOWN["drug"], DOSES, YES_NO), strict=True
                    )
                ]
                for entry in value
            ]
        else:
            complete[name] = value
    return complete


def outcome(rule, record):
    given_values = {name.replace(".", "__"): value for name, value in record.items()}
    return work_out(rule, **given_values)


@settings(max_examples=400)
@given(rule=RULES, data=st.data())
def test_learning_more_never_turns_what_was_decided(rule, data):
    record = data.draw(records())
    before = outcome(f"not not ({rule})", record)

    after = outcome(f"not not ({rule})", data.draw(completed(record)))

    assert before is None or before is after


@settings(max_examples=150)
@given(rule=RULES, data=st.data())
def test_a_rule_and_its_opposite_are_never_both_true(rule, data):
    record = data.draw(records())

    truth = outcome(f"({rule}) and true", record)

    assert truth in {True, False, None}
    assert outcome(f"not ({rule})", record) is (None if truth is None else not truth)


@settings(max_examples=150)
@given(rule=RULES, data=st.data())
def test_a_complete_record_decides_every_rule_but_a_division_by_zero(rule, data):
    record = {name: data.draw(values) for name, values in KNOWN.items()}

    truth = outcome(f"({rule}) and true", record)

    assert isinstance(truth, bool) or "/" in rule or "least" in rule


@settings(max_examples=400)
@given(text=st.text(max_size=80))
def test_any_text_is_an_expression_or_a_list_of_problems(text):
    found = made(text, Sort.TRUTH)

    assert isinstance(found, Expression) or found


WORDS = st.sampled_from(
    [
        *TYPES,
        *("and", "or", "not", "in", "is", "for", "if", "else", "lambda", "==", "!="),
        *("<", ">=", "+", "-", "*", "/", "**", "(", ")", "[", "]", "{", "}", ",", "."),
        *("t", "trials", "0", "1.5", "1e9", '"red"', "'", '"', "#", "\\", ":", ":="),
        *("count", "any", "answered", "known", "certain", "months", "age_on", "\n"),
        *("true", "None", "await", "yield", "f'{n}'", "0x1", "...", "@", "ä", "²"),
    ]
)


@settings(max_examples=600)
@given(words=st.lists(WORDS, max_size=25))
def test_any_row_of_words_is_an_expression_or_a_list_of_problems(words):
    found = made(" ".join(words), Sort.TRUTH)

    assert isinstance(found, Expression) or found


@settings(max_examples=150)
@given(
    rule=RULES,
    record=records(),
    extra=st.sampled_from(["age", "dose", "note", "weeks_taken"]),
    value=st.sampled_from([0, Decimal("1.5"), LEFT_OUT, NOT_ASKED]),
)
def test_what_a_rule_does_not_read_changes_nothing(rule, record, extra, value):
    assert outcome(rule, record) == outcome(rule, record | {extra: value}) or (
        isinstance(outcome(rule, record), State)
    )


OPERATORS = re.compile(
    r"==|!=|[<>=_*/\[\]]|\b(count|days_since|any|all|min|max)\(|\bin\b|\bTrue\b"
)


@given(RULES, st.sampled_from(["en", "es"]))
@settings(deadline=None)
def test_every_rule_can_be_said_in_words_without_signs_of_a_program(rule, language):
    words = sentence(made(rule, Sort.TRUTH).tree, Names(), language)

    assert words[0] == words[0].upper()
    assert words.endswith(".")
    assert OPERATORS.findall(words) == []
    assert words.count("(") == words.count(")")
    assert "{" not in words


@given(RULES)
@settings(deadline=None)
def test_a_rule_and_its_opposite_are_never_said_alike(rule):
    tree = made(rule, Sort.TRUTH).tree
    opposite = made(f"not ({rule})", Sort.TRUTH).tree

    assert sentence(tree, Names()) != sentence(opposite, Names())
