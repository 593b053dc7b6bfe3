"""What do answers to an instrument come to, whole or in part?"""

from decimal import Decimal

import pytest

from screening.core.answers import read_items
from screening.core.scoring import score_card
from tests.core.building import TODAY, instrument_from_text

SCALE = """\
language_version: 1
instrument: scale
title: A scale
options: {0: Never, 1: Sometimes, 2: Often, 3: Always}
items:
  - {ask: One?, prefer_not_to_say: true}
  - {ask: Two?}
  - {ask: Three?}
  - {ask: How hard?, scored: false}
scores:
  total: {sum: all, range: [0, 9], prorate: {missing_at_most: 1}}
  pair: {sum: [q1, q2], reversed: [q2], range: [0, 6], subscale: true}
  average: {mean: [q1, q2]}
  highest: {max: [q1, q2, q3]}
  any_at_all: {count: [q1, q2, q3]}
bands:
  usual: {of: total, default: true, bands: {low: [0, 3], middle: [4, 6], high: [7, 9]}}
  strict: {of: total, bands: {fine: [0, 0], not_fine: [1, 9]}}
  pairs: {of: pair, bands: {few: [0, 2], many: [3, 6]}}
parameters: {cut: {value: 5}}
results:
  positive: total >= cut
  share: {value: total * 100 / 9, decimals: 1}
  word:
    - {when: certain(q3 >= 2), is: loud}
    - {when: not known(positive), is: incomplete}
    - {when: positive, is: loud_enough}
    - {is: quiet}
licence: {status: public_domain, holder: Nobody}
sources: [book]
"""
GATED = """\
language_version: 1
instrument: scale
title: A gated scale
options: {yes: {label: "Yes", weight: 1}, no: {label: "No", weight: 0}}
items:
  - {id: gate, ask: Ever?, scored: false}
  - {id: q1, ask: One?}
  - {id: q2, ask: Two?, ask_if: q1 == "yes"}
gate: gate == "yes"
inconsistent: q1 == "no" and q2 == "yes"
scores:
  total: {sum: all, range: [0, 2]}
results:
  positive: total >= 1
licence: {status: public_domain, holder: Nobody}
sources: [book]
"""


def scored(text, answers, parameters=None):
    instrument, program = instrument_from_text(text, parameters=parameters)
    values = program.blank(TODAY)
    assert read_items(instrument, answers, values) == []
    return score_card(instrument, program.work_out(values))


def test_a_complete_score_has_a_total_a_band_and_nothing_pro_rated():
    card = scored(SCALE, [2, 1, 1])

    assert card.status == "complete"
    assert card.total == 4
    assert card.possible == (4, 4)
    assert card.band == card.band_if_certain == "middle"
    assert card.prorated is None


@pytest.mark.parametrize(
    ("answers", "band"),
    [
        ([0, 0, 0], "low"),
        ([3, 0, 0], "low"),
        ([3, 1, 0], "middle"),
        ([3, 3, 0], "middle"),
        ([3, 3, 1], "high"),
        ([3, 3, 3], "high"),
    ],
)
def test_each_band_holds_both_of_its_ends(answers, band):
    assert scored(SCALE, answers).band == band


def test_a_pro_rated_total_counts_reversed_items_the_other_way_round():
    reversed_item = SCALE.replace(
        "{sum: all, range", "{sum: all, reversed: [q2], range"
    )

    assert scored(reversed_item, [3, 0, None]).prorated == 9


@pytest.mark.parametrize("missing", [None, "unsure", "prefer_not"])
def test_a_missing_item_makes_the_total_a_range_and_the_band_uncertain(missing):
    card = scored(SCALE, [2, 1, missing])

    assert card.status == "incomplete"
    assert card.total is None
    assert card.band is None
    assert card.possible == (3, 6)
    assert card.band_if_certain is None
    assert card.results["positive"] is None


def test_a_band_is_certain_when_the_whole_range_falls_in_it():
    card = scored(SCALE, [3, None, 3])

    assert card.possible == (6, 9)
    assert card.band_if_certain is None

    card = scored(SCALE, [0, None, 0])

    assert card.possible == (0, 3)
    assert card.band_if_certain == "low"
    assert card.band is None


def test_a_result_is_decided_though_an_item_is_missing():
    card = scored(SCALE, [3, 2, None])

    assert card.total is None
    assert card.results["positive"] is True


@pytest.mark.parametrize(
    ("answers", "prorated"),
    [
        ([1, 1, 1], None),
        ([1, 2, None], 5),
        ([0, 0, None], 0),
        ([3, 3, None], 9),
        ([1, None, None], None),
        ([None, None, None], None),
    ],
)
def test_pro_rating_rounds_halves_up_and_only_while_few_are_missing(answers, prorated):
    assert scored(SCALE, answers).prorated == prorated


def test_an_item_that_is_not_scored_neither_counts_nor_is_missed():
    with_it, without = scored(SCALE, [1, 1, 1, 3]), scored(SCALE, [1, 1, 1, None])

    assert with_it.total == without.total == 3
    assert with_it.status == without.status == "complete"


def test_every_way_of_adding_is_worked_out():
    card = scored(SCALE, [3, 1, 0])

    assert card.subscales == {"pair": 5}
    assert card.results["average"] == 2
    assert card.results["highest"] == 3
    assert card.results["any_at_all"] == 2


def test_a_reversed_item_turns_its_range_when_it_is_missing_too():
    assert scored(SCALE, [0, 3, 0]).subscales == {"pair": 0}
    assert scored(SCALE, [0, 0, 0]).subscales == {"pair": 3}
    assert scored(SCALE, [0, None, 0]).subscales == {"pair": None}
    assert scored(SCALE, [3, None, 0]).results["pairs"] == "many"


def test_several_tables_of_bands_are_told_apart():
    card = scored(SCALE, [1, 0, 0])

    assert card.band == "low"
    assert card.results["band_usual"] == "low"
    assert card.results["band_strict"] == "not_fine"


def test_a_number_is_shown_with_the_decimals_it_is_said_to_have():
    assert scored(SCALE, [1, 1, 0]).results["share"] == Decimal("22.2")


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ([None, None, 2], "loud"),
        ([None, None, None], "incomplete"),
        ([3, 2, None], "loud_enough"),
        ([0, 0, 0], "quiet"),
    ],
)
def test_rows_are_read_downwards(answers, word):
    assert scored(SCALE, answers).results["word"] == word


def test_a_parameter_can_be_chosen():
    assert scored(SCALE, [1, 1, 1]).results["positive"] is False
    assert scored(SCALE, [1, 1, 1], {"cut": "3"}).results["positive"] is True


@pytest.mark.parametrize(
    ("answers", "status", "total", "positive"),
    [
        ({"gate": "no"}, "gated", 0, False),
        ({"gate": "no", "q1": "yes"}, "gated", 0, False),
        ({"gate": "yes", "q1": "no"}, "complete", 0, False),
        ({"gate": "yes", "q1": "yes", "q2": "yes"}, "complete", 2, True),
        ({"gate": "yes", "q1": "yes"}, "incomplete", None, True),
        ({"gate": "yes"}, "incomplete", None, None),
        ({}, "incomplete", None, None),
        ({"gate": "yes", "q1": "no", "q2": "yes"}, "inconsistent", None, None),
    ],
)
def test_gates_close_and_contradictions_are_not_scored(
    answers, status, total, positive
):
    card = scored(GATED, answers)

    assert (card.status, card.total) == (status, total)
    assert card.results["positive"] is positive


def test_an_item_that_is_not_asked_adds_nothing_and_leaves_the_score_complete():
    card = scored(GATED, {"gate": "yes", "q1": "no", "q2": None})

    assert (card.status, card.total, card.possible) == ("complete", 0, (0, 0))


def test_a_contradiction_has_no_possible_range():
    card = scored(GATED, {"gate": "yes", "q1": "no", "q2": "yes"})

    assert card.possible is None
    assert card.band_if_certain is None
