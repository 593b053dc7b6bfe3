"""Are units those of UCUM, and is one exactly so much of another?"""

from decimal import Decimal

import pytest

from screening.core import units
from screening.core.answers import Refused, stored_form, typed
from screening.core.definition import Question, QuestionType
from screening.core.problems import Place

WEIGHT = Question(
    id="weight",
    key="weight",
    type=QuestionType.DECIMAL,
    ask="What do you weigh?",
    place=Place("f"),
    unit="kg",
    units=("kg", "[lb_av]", "[stone_av]"),
    low=Decimal(25),
    high=Decimal(350),
    decimals=1,
)


@pytest.mark.parametrize(
    ("code", "base"),
    [
        (code, next(base for base, factor in factors.items() if factor == 1))
        for factors in units._FACTORS.values()
        for code in factors
    ],
)
def test_the_table_agrees_with_the_library(code, base):
    library = units._library()
    whole = library.Quantity(Decimal(1), library.from_ucum(code).units)

    assert (
        units.converted(Decimal(1), code, base)
        == whole.to(library.from_ucum(base).units).magnitude.normalize()
    )


@pytest.mark.parametrize("code", ["week", "wk", "mm[Hg]", "mmol/L", "[iU]", "{drinks}"])
def test_a_unit_of_ucum_is_known(code):
    assert units.is_known(code)


@pytest.mark.parametrize("code", ["wekk", "mgg", "x y", "", "pounds", "µg"])
def test_another_word_is_no_unit(code):
    assert not units.is_known(code)


def test_a_unit_that_the_table_does_not_have_is_converted_by_the_library():
    assert units.converted(Decimal("98.6"), "[degF]", "Cel") == 37


@pytest.mark.parametrize(
    ("said", "kilograms"),
    [
        ("72", Decimal(72)),
        ("72 kg", Decimal(72)),
        ("158 lb", Decimal("71.66759446")),
        ("158lbs", Decimal("71.66759446")),
        ("158 [lb_av]", Decimal("71.66759446")),
        ("11 stone 4", Decimal("71.66759446")),
        ("11st 4lb", Decimal("71.66759446")),
        ("11 stone", Decimal("69.85322498")),
    ],
)
def test_what_a_person_weighs_becomes_kilograms(said, kilograms):
    assert typed(WEIGHT, said) == kilograms


@pytest.mark.parametrize(
    "said",
    ["11 stone 14", "158 mg", "158 lb lb", "lb", "4 lb 11 stone", "1.25 lb", "9"],
)
def test_an_amount_that_cannot_be_meant_is_refused(said):
    assert isinstance(typed(WEIGHT, said), Refused)


def test_the_words_that_were_said_are_what_is_kept():
    assert stored_form(typed(WEIGHT, "11 stone 4")) == "11 stone 4"
