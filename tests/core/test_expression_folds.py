"""What do counts, sums and quantifiers come to, when some entries are not known?"""

import pytest

from screening.core.values import LEFT_OUT, NOT_ASKED, UNSURE, Span
from tests.core.names import trial, work_out

HIGH = trial("sertraline", 200, "yes")
LOW = trial("sertraline", 50, "no")
OPEN = trial("sertraline", UNSURE, "yes")


@pytest.mark.parametrize(
    ("trials", "count"),
    [
        ([], 0),
        ([HIGH, LOW], 1),
        ([HIGH, OPEN], Span(1, 2)),
        ([OPEN, OPEN, LOW], Span(0, 2)),
        (LEFT_OUT, LEFT_OUT),
        (NOT_ASKED, NOT_ASKED),
    ],
)
def test_a_count_reaches_from_those_that_surely_qualify_to_those_that_may(
    trials, count
):
    text = "count(t for t in trials if t.dose >= 150)"

    assert work_out(text, trials=trials) == count


@pytest.mark.parametrize(
    ("trials", "some", "every"),
    [
        ([], False, True),
        ([HIGH], True, True),
        ([LOW], False, False),
        ([HIGH, LOW], True, False),
        ([HIGH, OPEN], True, None),
        ([LOW, OPEN], None, False),
        ([OPEN], None, None),
        (LEFT_OUT, None, None),
    ],
)
def test_any_and_all_follow_or_and_and(trials, some, every):
    assert work_out("any(t.dose >= 150 for t in trials)", trials=trials) is some
    assert work_out("all(t.dose >= 150 for t in trials)", trials=trials) is every


def test_an_entry_that_may_not_qualify_decides_nothing_alone():
    perhaps = trial("sertraline", 200, UNSURE)
    some = 'any(t.dose >= 150 for t in trials if t.still == "yes")'
    every = 'all(t.dose < 150 for t in trials if t.still == "yes")'

    assert work_out(some, trials=[perhaps]) is None
    assert work_out(every, trials=[perhaps]) is None
    assert work_out(some, trials=[perhaps, HIGH]) is True
    assert work_out(every, trials=[perhaps, HIGH]) is False


@pytest.mark.parametrize(
    ("trials", "total", "least", "most"),
    [
        ([HIGH, LOW], 250, 50, 200),
        ([HIGH], 200, 200, 200),
        ([], 0, NOT_ASKED, NOT_ASKED),
        ([HIGH, OPEN], LEFT_OUT, LEFT_OUT, LEFT_OUT),
        ([HIGH, trial("tea", NOT_ASKED)], 200, 200, 200),
    ],
)
def test_sums_and_extremes_need_every_number(trials, total, least, most):
    assert work_out("sum(t.dose for t in trials)", trials=trials) == total
    assert work_out("min(t.dose for t in trials)", trials=trials) == least
    assert work_out("max(t.dose for t in trials)", trials=trials) == most


def test_a_sum_is_a_range_while_an_entry_may_not_belong_to_it():
    perhaps = trial("sertraline", 200, UNSURE)
    text = 'sum(t.dose for t in trials if t.still == "yes")'

    assert work_out(text, trials=[HIGH, perhaps]) == Span(200, 400)


def test_every_condition_of_a_loop_has_to_hold():
    text = 'count(t for t in trials if t.dose >= 50 if t.still == "yes")'

    assert work_out(text, trials=[HIGH, LOW]) == 1


def test_loops_stand_inside_one_another():
    text = "any(any(u.dose > t.dose for u in trials) for t in trials)"

    assert work_out(text, trials=[HIGH, LOW]) is True
    assert work_out(text, trials=[HIGH]) is False


def test_the_whole_of_a_list_can_be_counted():
    assert work_out("count(t for t in trials)", trials=[HIGH, OPEN]) == 2


def test_an_entry_reads_its_catalogue():
    text = "count(t for t in trials if t.dose >= t.drug.least)"

    assert work_out(text, trials=[HIGH, LOW]) == 1
    assert work_out(text, trials=[trial("tea", 5)]) == Span(0, 1)
