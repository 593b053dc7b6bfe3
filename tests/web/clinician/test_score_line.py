"""Does the drawing of a score stand where the numbers say?"""

import doctest
from decimal import Decimal

from screening.report.content import BandLine
from screening.web.clinician import review, score_line, words

BANDS = [
    BandLine(label="low", low=0, high=4),
    BandLine(label="middle", low=5, high=5),
    BandLine(label="high", low=6, high=9),
]


def held(possible):
    line = score_line.score_line(BANDS, 0, 9, possible)
    return [each.holds_score for each in line.stretches]


def test_bands_fill_the_line_without_a_gap():
    line = score_line.score_line(BANDS, 0, 9, None)

    ends = [round(each.x + each.width, 1) for each in line.stretches]
    assert [each.x for each in line.stretches] == [0.0, *ends[:-1]]
    assert ends[-1] == line.width


def test_both_ends_of_a_band_belong_to_it():
    assert held((4, 4)) == [True, False, False]
    assert held((5, 5)) == [False, True, False]
    assert held((6, 6)) == [False, False, True]


def test_a_span_across_bands_is_in_none_of_them():
    assert held((4, 5)) == [False, False, False]


def test_nothing_known_has_no_place_on_the_line():
    line = score_line.score_line(BANDS, 0, 9, None)

    assert (line.from_x, line.to_x) == (None, None)


def test_a_scale_without_bands_is_one_plain_line():
    line = score_line.score_line((), Decimal(0), Decimal(4), (2, 2))

    assert [each.holds_score for each in line.stretches] == [False]
    assert line.from_x == line.width / 2


def test_examples_in_the_code_are_true():
    for module in (review, score_line, words):
        assert doctest.testmod(module).failed == 0
