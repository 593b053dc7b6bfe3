"""Can anybody tell a few people from the counts that are shown?"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.web.clinician.bands import WIDTH, band, band_of

FEW = set(range(1, WIDTH))
COUNTS = st.integers(min_value=0, max_value=400)
PEOPLE = st.integers(min_value=2, max_value=60).map(lambda fives: fives * WIDTH)


def possible(shown, people):
    """Give every count that looks like this among so many people."""
    return {count for count in range(people + 1) if band_of(count, people) == shown}


@st.composite
def counted(draw):
    people = draw(PEOPLE)
    return draw(st.integers(min_value=0, max_value=people)), people


@given(COUNTS)
def test_a_count_is_in_its_band_with_four_others(count):
    shown = band(count)

    assert shown.low <= count <= shown.high
    assert {band(each) for each in range(shown.low, shown.high + 1)} == {shown}
    assert shown.is_hidden == (count < WIDTH)


@given(counted())
def test_neither_those_with_nor_those_without_are_known_to_be_few(one):
    count, people = one

    with_it = possible(band_of(count, people), people)
    without = {people - each for each in with_it}

    assert count in with_it
    assert len(with_it) >= WIDTH
    for told in (with_it, without):
        assert min(told) == 0 or min(told) >= WIDTH


@given(counted(), st.data())
def test_no_difference_of_two_counts_is_known_to_be_few(one, data):
    count, people = one
    # The other is a part of the first, as where one finding implies another.
    part = data.draw(st.integers(min_value=0, max_value=count))

    differences = {
        whole - within
        for whole, within in product(
            possible(band_of(count, people), people),
            possible(band_of(part, people), people),
        )
        if within <= whole
    }

    assert len(differences) >= WIDTH
    assert not differences <= FEW


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_parts_without_their_total_hold_each_other_to_nothing(counts):
    shown = [band(count) for count in counts]
    choices = [range(each.low, each.high + 1) for each in shown]

    totals = {sum(parts) for parts in product(*choices)}

    assert len(totals) == len(counts) * (WIDTH - 1) + 1


@pytest.mark.parametrize("people", [0, 5, 12])
def test_among_too_few_or_an_odd_number_nothing_is_shown(people):
    with pytest.raises(ValueError, match=f"among {people} people"):
        band_of(0, people)
