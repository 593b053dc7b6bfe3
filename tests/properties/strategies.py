"""Which answers, rules and files can there be? Shared by all properties."""

from datetime import date

from hypothesis import strategies as st

from screening.core.definition import (
    NUMERIC_TYPES,
    Question,
    QuestionType,
    Repeat,
)
from screening.core.instrument import (
    Instrument,
)
from tests.core.building import TODAY

UNKNOWNS = st.sampled_from([None, "unsure", "prefer_not"])

# -- answers, in the form of an answers file


def value_of(question: Question):
    """Return known answers to one question."""
    if question.parts:
        return st.fixed_dictionaries({p.id: value_of(p) for p in question.parts})
    if question.type is QuestionType.CHOICES:
        return options_of(question)
    known = [option.value for option in question.options if not option.unknown]
    if known:
        return st.sampled_from(known)
    if question.type in NUMERIC_TYPES:
        return numbers_of(question)
    if question.type is QuestionType.PICK:
        return st.sampled_from(sorted(question.catalogue.entries))
    if question.type is QuestionType.DATE:
        return days_of(question)
    return st.just(EXAMPLES[question.type])


EXAMPLES = {
    QuestionType.MONTH: "2025-03",
    QuestionType.TEXT: "words",
    QuestionType.PARAGRAPH: "more words",
    QuestionType.EMAIL: "name@example.org",
    QuestionType.PHONE: "01632 960 001",
    QuestionType.ACKNOWLEDGE: "yes",
}


def numbers_of(question):
    low = int(question.low) if question.low is not None else 0
    high = int(question.high) if question.high is not None else 500
    whole = st.integers(low, high)
    if question.decimals:
        return whole | st.integers(low * 10, high * 10).map(lambda n: str(n / 10))
    return whole


def days_of(question):
    """Return days within the limits, as they are on the day of the tests."""
    first = question.earliest.on(TODAY) if question.earliest else date(2020, 2, 29)
    last = question.latest.on(TODAY) if question.latest else TODAY
    return st.dates(min(first, last), max(first, last)).map(str)


def options_of(question):
    alone = [[option.value] for option in question.options if option.exclusive]
    others = [
        option.value
        for option in question.options
        if not option.exclusive and not option.unknown
    ]
    several = st.lists(st.sampled_from(others), min_size=1, unique=True)
    return several | st.sampled_from(alone) if alone else several


def answer_to(holder, unknowns=UNKNOWNS):
    """Return answers, known or not, to a question, an instrument or a repeat."""
    if isinstance(holder, Instrument):
        return st.fixed_dictionaries(
            {item.id: unknowns | value_of(item) for item in holder.items}
        )
    if isinstance(holder, Repeat):
        fields = {q.id: unknowns | value_of(q) for q in holder.questions}
        return unknowns | st.lists(st.fixed_dictionaries(fields), max_size=3)
    if holder.parts:
        return st.fixed_dictionaries(
            {part.id: unknowns | value_of(part) for part in holder.parts}
        )
    return unknowns | value_of(holder)


def answers_to(questionnaire, keys=None):
    """Return answers files; any question may be absent."""
    wanted = questionnaire.program.keys if keys is None else keys
    return st.fixed_dictionaries(
        {},
        optional={key: answer_to(questionnaire.program.keys[key]) for key in wanted},
    )


# -- rules, over the names of tests/core/names.py

NUMBERS = st.sampled_from(["n", "m", "scale.total", "scale.q1", "limit", "0", "3"])
ENTRY_NUMBERS = st.sampled_from(["t.dose", "t.drug.least", "100"])
COMPARISONS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
ENTRY_TRUTHS = st.sampled_from(
    [
        't.still == "yes"',
        "t.drug == drug",
        "t.drug != drug",
        't.drug == "tea"',
        't.drug.counted == "yes"',
        "t.dose > 99",
    ]
)
CHOICES = st.sampled_from(
    [
        *('colour == "red"', 'colour != "red"', 'colour in ["red", "blue"]'),
        *('smokes not in ["yes"]', '"tms" in tried', '"dbs" not in tried'),
        *('drug == "tea"', 'drug.counted == "yes"', "fine", "true", "false"),
        *("n in [0, 3]", "born < ended", "days_since(born) >= months(6)"),
    ]
)


def arithmetic(numbers):
    """Return sums of any, and products and quotients that keep the first one's unit."""
    return st.builds(
        "({} {} {})".format, numbers, st.sampled_from("+-"), numbers
    ) | st.builds("({} {} {})".format, numbers, st.sampled_from("*/"), NUMBERS)


def compared(numbers):
    return st.builds("({} {} {})".format, numbers, COMPARISONS, numbers)


def logic(truths):
    return (
        st.builds("not {}".format, truths)
        | st.builds("({} and {})".format, truths, truths)
        | st.builds("({} or {})".format, truths, truths)
    )


ENTRY_RULES = ENTRY_TRUTHS | compared(ENTRY_NUMBERS) | logic(ENTRY_TRUTHS)
FOLDED_NUMBERS = st.builds("count(t for t in trials if {})".format, ENTRY_RULES) | (
    st.builds(
        "{}(t.dose for t in trials if {})".format,
        st.sampled_from(["sum", "min", "max"]),
        ENTRY_RULES,
    )
)
FOLDED_TRUTHS = st.builds(
    "{}({} for t in trials if {})".format,
    st.sampled_from(["any", "all"]),
    ENTRY_RULES,
    ENTRY_RULES,
)
ALL_NUMBERS = NUMBERS | FOLDED_NUMBERS | arithmetic(NUMBERS | FOLDED_NUMBERS)
RULES = st.recursive(
    CHOICES | compared(ALL_NUMBERS) | FOLDED_TRUTHS, logic, max_leaves=6
)
"""Rules that ask about values only: not knowing can't be what makes them true."""
