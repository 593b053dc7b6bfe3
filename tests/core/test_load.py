"""Which questionnaires are refused, and where does each complaint point?

Each text is the smallest questionnaire with one fault; lines count from its top.
"""

import pytest

from screening.core.load import load
from screening.core.problems import MOST_PROBLEMS, DefinitionError
from tests.core.building import (
    SMALLEST,
    demonstrator,
    from_text,
    messages_of,
    problems_of,
)

BOOK = {
    "small/sources.yaml": """\
        language_version: 1
        sources: {book: {ref: A book., basis: read}}
        """
}
CRITERION = """\
  - id: odd
    kind: review
    when: age > 100
    clinician: Odd.
    because: Odd.
    sources: [book]
"""
QUESTION = (
    "      - {id: colour, ask: Which?, type: choice, options: {red: R, blue: B}}\n"
)


def test_the_smallest_questionnaire_is_read():
    questionnaire = from_text(SMALLEST)

    assert questionnaire.id == "small"
    assert [page.id for page in questionnaire.pages] == ["first"]
    assert questionnaire.questions["age"].high == 120
    assert questionnaire.notices == ()


@pytest.mark.parametrize("name", ["every-type", "branching", "repeats", "must-know"])
def test_every_demonstrator_is_read_without_a_word(name):
    assert demonstrator(name).notices == ()


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        # names
        (QUESTION.replace("colour", "age"), "SC110 10:14"),
        (QUESTION.replace("colour", "unsure"), "SC111 10:14"),
        (QUESTION.replace("colour", "outcome"), "SC111 10:14"),
        (QUESTION.replace("colour", "class"), "SC111 10:14"),
        (QUESTION.replace("colour", "Colour"), "SC103 10:14"),
        (QUESTION.replace("colour", "first-colour"), "SC103 10:14"),
        # questions
        (QUESTION.replace(", blue: B", ""), "SC112 10:58"),
        (QUESTION.replace("choice", "integer"), "SC113 10:59"),
        (QUESTION.replace("blue: B", "blue: R"), "SC114 10:73"),
        (
            QUESTION.replace("red: R", "red: {label: R, exclusive: true}"),
            "SC115 10:64",
        ),
        (
            "      - {id: n, ask: How many?, type: integer, range: [9, 1]}\n",
            "SC116 10:55",
        ),
        (
            "      - {id: n, ask: A, type: yes_no, riskier: [c]}\n",
            "SC122 10:49",
        ),
        ("      - {id: n, ask: How bad?, type: scale}\n", "SC123 10:9"),
        (
            "      - {id: n, ask: How bad?, type: scale, range: [0, 999]}\n",
            "SC124 10:52",
        ),
        ("      - {id: n, ask: Which?, type: pick, from: nowhere}\n", "SC117 10:48"),
        ("      - {id: n, ask: Which?, type: pick}\n", "SC117 10:9"),
        (
            "      - {id: n, ask: How?, type: integer, must_know: false}\n",
            "SC120 10:54",
        ),
        ("      - {id: n, ask: How?, type: group}\n", "SC121 10:9"),
        ("      - {id: n, ask: How?, type: integre}\n", "SC103 10:34"),
        ("      - {id: n, ask: How?}\n", "SC101 10:9"),
        ("      - {id: n, ask: How?, type: integer, requird: true}\n", "SC102 10:43"),
        (
            "      - {id: n, ask: How?, type: integer, required: yes}\n",
            "SC103 10:53",
        ),
        (
            "      - {id: n, ask: How?, type: integer, range: [0, 1e5]}\n",
            "SC103 10:54",
        ),
        ("      - {id: n, ask: '', type: integer}\n", "SC103 10:22"),
        # conditions
        (
            "      - {id: n, ask: How?, type: integer, ask_if: age > 3}\n",
            "SC153 10:51",
        ),
        (
            (
                "      - {id: n, ask: How?, type: integer, ask_if: later > 3}\n"
                "  - page: second\n"
                "    questions:\n"
                "      - {id: later, ask: How?, type: integer}\n"
            ),
            "SC153 10:51",
        ),
        (
            (
                "  - page: second\n"
                "    ask_if: later > 3\n"
                "    questions:\n"
                "      - {id: later, ask: How?, type: integer}\n"
            ),
            "SC153 11:13",
        ),
        # pages
        ("  - {page: second, title: Second}\n", "SC152 10:12"),
        ("  - {page: first, instrument: nothing}\n", "SC151 10:12"),
        ("  - {page: second, instrument: nothing}\n", "SC305 10:32"),
        ("  - {page: second, layout: table}\n", "SC103 10:28"),
        ("  - {pages: second}\n", "SC102 10:6"),
        (
            "  - {page: second, repeat: second, instrument: nothing}\n",
            "SC154 10:48",
        ),
        (
            (
                "  - {page: second, repeat: walks, questions: [{id: n, ask: How?, "
                "type: integer, ask_if: age > 3}]}\n"
            ),
            "SC155 10:89",
        ),
        (
            (
                "  - {page: second, repeat: walks, questions: [{id: n, ask: How?, "
                "type: group, questions: [{id: m, ask: How?, type: integer}]}]}\n"
            ),
            "SC155 10:72",
        ),
        ("  - {page: second, repeat: walks}\n", "SC152 10:12"),
        # parameters
        ("parameters: {least: {unit: week}}\n", "SC150 10:21"),
        ("parameters: {age: {value: 3}}\n", "SC110 9:14"),
        ("parameters: {least: {value: three}}\n", "SC103 10:29"),
        ("parameters: {lambda: {value: 3}}\n", "SC111 10:22"),
        # derived
        ("derived: {yield: age > 3}\n", "SC111 10:11"),
        ("derived: {old: [{when: age > 3}]}\n", "SC241 10:17"),
        ("derived: {old: [{when: age > 3, is: so}]}\n", "SC242 10:17"),
        ("derived: {old: [{is: so}, {is: not_so}]}\n", "SC243 10:17"),
        ("derived: {a: b + 1, b: a + 1}\n", "SC244 10:14"),
        ("derived: {old: {adequate: age > 3}}\n", "SC245 10:16"),
        ("derived: {old: agee > 3}\n", "SC210 10:16"),
        ("derived: {old: [{when: agee > 3, is: so}, {is: not_so}]}\n", "SC210 10:24"),
        # criteria
        ("criteria:\n" + CRITERION + CRITERION, "SC130 17:9"),
        (
            "criteria:\n" + CRITERION + "    help: nothing\n",
            "SC131 17:11",
        ),
        ("criteria:\n" + CRITERION + "    ends: nothing\n", "SC131 17:11"),
        ("criteria:\n" + CRITERION + "    implied_by: nothing\n", "SC131 17:17"),
        ("criteria:\n" + CRITERION.replace("book", "nothing"), "SC132 16:15"),
        ("criteria:\n" + CRITERION.replace("[book]", "[]"), "SC103 16:14"),
        ("criteria:\n" + CRITERION.replace("age > 100", "age"), "SC205 13:11"),
        ("criteria:\n" + CRITERION.replace("review", "reveiw"), "SC103 12:11"),
        # checks and promises
        ("checks: [{id: c, must: agee > 3, say: Look again.}]\n", "SC210 10:24"),
        ("promises: [{id: p}]\n", "SC140 10:17"),
        (
            "promises: [{id: p, never: age > 3, always: age < 3}]\n",
            "SC140 10:17",
        ),
        ('promises: [{id: p, never: outcome == "fine"}]\n', "SC222 10:38"),
    ],
)
def test_a_fault_is_told_where_it_stands(added, problem):
    assert problem in problems_of(SMALLEST + added, BOOK)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (("language_version: 1", "language_version: 2"), "SC103 1:19"),
        (("language_version: 1\n", ""), "SC101 1:1"),
        (('version: "1"\n', ""), "SC101 1:1"),
        (("title: Small", "title:"), "SC103 4:7"),
        (("title: Small", "tittle: Small"), "SC102 4:1"),
        (("pages:", "pages: []\nqages:"), "SC103 5:8"),
        (("questionnaire: small", "questionnaire: Small"), "SC103 2:16"),
    ],
)
def test_the_head_of_the_file_is_checked(changed, problem):
    assert problem in problems_of(SMALLEST.replace(*changed))


def test_a_questionnaire_that_is_not_there_is_a_problem():
    with pytest.raises(DefinitionError, match="there is no such file"):
        load("small", {}.get)


def test_every_problem_is_told_at_once_in_the_order_of_the_file():
    text = SMALLEST.replace("120]", "120], ask_if: nope > 3") + (
        "derived: {old: agee > 3}\n"
        "checks: [{id: c, must: age > 'x', say: Look again.}]\n"
        "criteria:\n" + CRITERION.replace("100", "'100'").replace("book", "bok")
    )

    assert problems_of(text, BOOK) == [
        "SC210 9:94",
        "SC210 10:16",
        "SC220 11:30",
        "SC220 15:17",
        "SC132 18:15",
    ]


def test_a_misspelt_name_is_told_with_the_right_one():
    messages = messages_of(SMALLEST.replace("type:", "typ:"))

    assert any('Did you mean "type"?' in message for message in messages)


@pytest.mark.parametrize(
    ("shown", "problem"),
    [
        ("{value: nothing, title: T}", "SC160"),
        ("{value: old, title: T, also: {nothing: N}}", "SC160"),
    ],
)
def test_the_clinicians_page_shows_only_what_there_is(shown, problem):
    text = SMALLEST + (
        "derived: {old: age > 65}\n"
        f"summary: [{{section: s, title: S, answers: [age], working: [{shown}]}}]\n"
    )

    assert [found.split()[0] for found in problems_of(text)] == [problem]


def test_a_parameter_stands_for_its_value_in_rules():
    text = SMALLEST + "parameters: {grown: {value: 18, unit: year}}\n"
    questionnaire = from_text(text + "derived: {adult: age >= grown}\n")

    assert [d.name for d in questionnaire.derived] == ["adult"]


def test_weeks_are_not_compared_with_years():
    text = SMALLEST + "parameters: {least: {value: 12, unit: week}}\n"

    assert problems_of(text + "derived: {odd: age >= least}\n") == ["SC221 11:23"]


def test_derived_values_may_stand_in_any_order():
    text = SMALLEST + "derived: {b: a + 1, a: age + 1}\n"

    assert [value.name for value in from_text(text).derived] == ["a", "b"]


def test_the_fingerprint_changes_with_any_file():
    first = from_text(SMALLEST, BOOK)
    reworded = {
        "small/sources.yaml": BOOK["small/sources.yaml"].replace("A b", "The b")
    }

    assert first.sha256 == from_text(SMALLEST, BOOK).sha256
    assert first.sha256 != from_text(SMALLEST, reworded).sha256
    assert first.sha256 != from_text(SMALLEST + "# a note\n", BOOK).sha256


def test_the_criteria_stand_in_the_order_of_the_pages():
    questionnaire = demonstrator("branching")

    assert [criterion.id for criterion in questionnaire.criteria] == [
        "review-smoking",
        "exclude-child",
        "review-heavy-smoking",
    ]


FRUIT = """\
language_version: 1
catalogue: fruit
title: Fruit
attributes:
  sweet: {type: yes_no}
  grams: {type: decimal, unit: g}
entries:
  apple: {label: Apple, sweet: "yes", grams: 150}
"""
PICK = "      - {id: fruit, ask: Which?, type: pick, from: fruit}\n"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (("grams: 150", "gram: 150"), "SC118 8:39"),
        (("grams: 150", "grams: heavy"), "SC119 8:46"),
        (('sweet: "yes"', "sweet: very"), "SC119 8:32"),
        (("type: decimal", "type: decimale"), "SC103 6:17"),
        (("entries:", "entrys:"), "SC102 7:1"),
    ],
)
def test_a_catalogue_is_checked_by_its_own_attributes(changed, problem):
    files = {"catalogues/fruit.yaml": FRUIT.replace(*changed)}

    assert problem in problems_of(SMALLEST + PICK, files)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("fruit.grms > 100", "SC212 11:16"),
        ('fruit == "aple"', "SC222 11:25"),
        ("fruit.grams > age", "SC221 11:30"),
    ],
)
def test_a_rule_reads_only_what_a_catalogue_has(rule, problem):
    text = SMALLEST + PICK + f"derived: {{old: {rule}}}\n"

    assert problems_of(text, {"catalogues/fruit.yaml": FRUIT}) == [problem]


def test_of_hundreds_of_problems_the_first_are_told_and_that_there_are_more():
    lines = "".join(f"  d{number}: agee > {number}\n" for number in range(900))

    told = problems_of(f"{SMALLEST}derived:\n{lines}")

    assert len(told) == MOST_PROBLEMS + 1
    assert sum(one.startswith("SC017") for one in told) == 1


def test_a_summary_that_shows_what_is_not_asked_is_told_what_it_can_show():
    text = f"{SMALLEST}summary:\n  - section: all\n    title: All\n    answers: [zzz]\n"

    [told] = [one for one in messages_of(text) if "zzz" in one]

    assert told.endswith("Use one of: age.")
