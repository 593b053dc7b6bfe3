"""Does a rule in plain words say what the rule says, and only that?"""

from pathlib import Path

import pytest

from screening.core.expression.names import Called, Names
from screening.core.expression.words import in_words, sentence
from screening.core.load import load
from screening.core.spoken import names_of
from screening.library import shelf_for
from tests.core.building import from_text
from tests.core.names import SYMBOLS, made

GOLDEN = Path(__file__).parent.parent / "golden/criteria.en.txt"
CALLED = Names(
    by_slot={
        SYMBOLS["n"].slot: Called(label="Top number", is_title=True),
        SYMBOLS["colour"].slot: Called(
            label="Colour",
            options={"red": "Deep red", "blue": "Sky blue"},
            is_title=True,
        ),
        SYMBOLS["scale.q1"].slot: Called(
            label="OCD-2 question 1", options={"1": "Some days"}
        ),
        SYMBOLS["trials"].slot: Called(label="Medicines", is_title=True),
    },
    fields={
        SYMBOLS["trials"].slot: (
            Called(label="Medicine", is_title=True),
            Called(label="Dose", is_title=True),
        )
    },
)


def words(text, language="en"):
    return in_words(made(text).tree, CALLED, language)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("n >= 3", "top number is 3 or more"),
        ("not n >= 3", "top number is not 3 or more"),
        ("age < 18", "age is below 18 years"),
        ("weeks_taken > 1", "weeks taken is above 1 week"),
        ("160 <= n < 180", "top number is from 160 to below 180"),
        (
            "180 > n and n >= 160",
            "top number is from 160 to below 180",
        ),
        ("180 > n >= 160", "top number is from 160 to below 180"),
        ("1 <= age <= 2", "age is from 1 year to 2 years"),
        ("2 < age <= 9", "age is above 2 and at most 9 years"),
        ("n < m", "top number is less than m"),
        ("born < ended", "born is earlier than ended"),
        ('colour == "red"', "the answer to “Colour” is “Deep red”"),
        ('colour != "red"', "the answer to “Colour” is not “Deep red”"),
        (
            'colour in ["red", "blue"]',
            "the answer to “Colour” is “Deep red” or “Sky blue”",
        ),
        (
            'colour not in ["red", "blue"]',
            "“Colour” is none of “Deep red” or “Sky blue”",
        ),
        ("colour in often", "the answer to “Colour” is “Deep red” or “green”"),
        ('"tms" in tried', "“tms” is among tried"),
        ("scale.q1 >= 1", "OCD-2 question 1 is 1 (“Some days”) or more"),
        ("n == -2", "top number is -2"),
        ("answered(n)", "“Top number” is answered"),
        ("not answered(n)", "“Top number” is not answered"),
        ("declined(colour)", "the answer to “Colour” is “Preferred not to say”"),
        ("known(n)", "top number is known"),
        ("not known(fine)", "it is not known whether fine holds"),
        ("certain(fine)", "it is certain that fine holds"),
        ("not fine", "fine does not hold"),
        ("not not fine", "fine holds"),
        ("true", "this is always so"),
        ("days_since(born) >= months(6)", "the time since born is 6 months or more"),
        ("age_on(born) < 18", "the age by born is below 18 years"),
        ('drug == "tea"', "the answer to drug is “Tea”"),
        ("dose >= drug.least", "dose is at least the “least” listed for drug"),
        ("n + 1 > m * 2", "(top number plus 1) is more than (m times 2)"),
    ],
)
def test_a_single_clause_reads_as_plain_words(rule, said):
    assert words(rule) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("n > 1 or m > 2", "top number is above 1, or m is above 2"),
        (
            "(n > 1 or m > 2) and fine",
            "either top number is above 1 or m is above 2, and fine holds",
        ),
        (
            "n > 1 or m > 2 and fine",
            "top number is above 1, or both m is above 2 and fine holds",
        ),
        (
            "not (n > 1 and fine)",
            "it is not so that both top number is above 1 and fine holds",
        ),
        (
            "not (n > 1) and fine",
            "top number is not above 1, and fine holds",
        ),
        (
            "certain(fine or n > 1)",
            "it is certain that either fine holds or top number is above 1",
        ),
        (
            "certain(fine) or n > 1",
            "it is certain that fine holds, or top number is above 1",
        ),
        (
            "fine and (n > 1 or m > 2 or (m < 1 and n < 1))",
            (
                "all of these: (1) fine holds; (2) top number is above 1,"
                " or m is above 2, or both m is below 1 and top number is below 1"
            ),
        ),
        (
            'colour == "red" or unsure(colour) or fine',
            "the answer to “Colour” is “Deep red” or “Not sure”, or fine holds",
        ),
    ],
)
def test_and_or_and_not_say_what_belongs_together(rule, said):
    assert words(rule) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            "count(t for t in trials if t.dose > 9) >= 2",
            (
                "the number of entries of “Medicines”"
                " (only those for which dose is above 9 mg) is 2 or more"
            ),
        ),
        (
            'any(t.drug == "tea" and t.dose > 9 for t in trials)',
            (
                "for at least one of the entries of “Medicines”,"
                " both the answer to “Medicine” is “Tea” and dose is above 9 mg"
            ),
        ),
        (
            "max(t.dose for t in trials) > 5",
            "the highest dose among entries of “Medicines” is above 5 mg",
        ),
        (
            "max(v for v in [n] if fine) < 16",
            "top number (only if fine holds) is below 16",
        ),
        (
            "all(v > 1 for v in [n, m])",
            "for every one of top number and m, it is above 1",
        ),
    ],
)
def test_looking_through_a_list_says_which_entries_count(rule, said):
    assert words(rule) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("age < 18", "age es menos de 18 años"),
        ('colour == "red"', "la respuesta a «Colour» es «Deep red»"),
        (
            "(n > 1 or m > 2) and fine",
            "o bien top number es más de 1 o bien m es más de 2, y se cumple fine",
        ),
        ("certain(fine)", "es seguro lo siguiente: se cumple fine"),
    ],
)
def test_a_reader_of_spanish_gets_spanish(rule, said):
    assert words(rule, "es-MX") == said


def test_a_language_without_words_of_its_own_is_read_in_english():
    assert words("age < 18", "tlh") == "age is below 18 years"


def test_a_sentence_begins_with_a_capital_and_ends():
    assert sentence(made("age < 18").tree, CALLED) == "Age is below 18 years."


def test_a_label_that_would_blur_the_sentence_stands_in_quotes():
    names = Names(by_slot={SYMBOLS["n"].slot: Called(label="Pain or fever")})

    said = in_words(made("n > 1 or m > 1").tree, names)

    assert said == "“Pain or fever” is above 1, or m is above 1"


def test_a_value_of_an_entry_reads_its_own_fields():
    questionnaire = from_text(
        """\
        language_version: 1
        questionnaire: small
        version: "1"
        title: Small
        pages:
          - page: walks
            title: Walks
            repeat: walks
            any: Any walks?
            entry: Walk
            at_most: 3
            questions:
              - {id: miles, ask: How far?, short: Distance, type: integer}
        derived:
          walks:
            long: miles >= 20
        """
    )
    (derived,) = questionnaire.repeats["walks"].derived

    said = sentence(derived.expression.tree, names_of(questionnaire))

    assert said == "Distance is 20 or more."


def test_every_criterion_of_the_shipped_questionnaire_reads_as_reviewed():
    shelf = shelf_for("ocd-ketamine")
    questionnaire = load(shelf.questionnaire_id, shelf.read)
    names = names_of(questionnaire)

    said = [
        f"{criterion.id}: {sentence(criterion.when.tree, names)}"
        for criterion in questionnaire.criteria
    ]

    assert said == GOLDEN.read_text("utf-8").splitlines()
