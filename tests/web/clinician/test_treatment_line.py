"""Do the bars of what was tried stand where the numbers say?"""

from decimal import Decimal

from screening.report.content import EntriesBlock, EntryBlock, Step, WorkingBlock
from screening.web.clinician.treatment_line import WIDTH, treatment_line


def step(label, amount, at_least, *, measured=True):
    is_met = None not in {amount, at_least} and amount >= at_least
    return Step(
        label=label,
        given=str(amount),
        needed=str(at_least),
        verdict="met" if is_met else "not met",
        is_met=is_met,
        is_measured=measured,
        amount=amount,
        at_least=at_least,
    )


def entry(title, *steps):
    working = WorkingBlock(title="Adequate", conclusion="so it was", steps=steps)
    return EntryBlock(title=title, lines=(), flags=(), notes=(), workings=(working,))


def bars(*entries):
    block = EntriesBlock(key="tried", title="Tried", text="Yes", entries=entries)
    return [line.bars for line in treatment_line(block)]


def test_treatments_stand_in_the_order_in_which_they_were_given():
    first = entry("1. Late", step("Weeks", 20, 8))
    second = entry("2. Early", step("Weeks", 2, 8))
    block = EntriesBlock(key="tried", title="Tried", text="", entries=(first, second))

    assert [line.title for line in treatment_line(block)] == ["1. Late", "2. Early"]


def test_bars_with_the_same_minimum_are_on_one_scale():
    (long,), (short,) = bars(
        entry("1", step("Weeks", 16, 8)), entry("2", step("Weeks", 4, 8))
    )

    assert long.length == 4 * short.length == WIDTH
    assert long.minimum == short.minimum == WIDTH / 2


def test_doses_are_drawn_as_shares_of_their_own_minimum():
    (low,), (enough,) = bars(
        entry("1", step("Dose", 20, 40)), entry("2", step("Dose", Decimal(150), 150))
    )

    assert low.minimum == enough.minimum == enough.length
    assert low.length == enough.length / 2


def test_one_measure_does_not_change_the_scale_of_another():
    (weeks, dose), (other, _) = bars(
        entry("1", step("Weeks", 80, 8), step("Dose", 40, 40)),
        entry("2", step("Weeks", 8, 8), step("Dose", 40, 40)),
    )

    assert weeks.length == WIDTH
    assert other.length == other.minimum == WIDTH / 10
    assert dose.minimum == dose.length > WIDTH / 2


def test_what_is_not_known_has_no_length():
    (weeks, dose), *_ = bars(entry("1", step("Weeks", None, 8), step("Dose", 40, None)))

    assert weeks.length is None
    assert weeks.minimum is not None
    assert (dose.length, dose.minimum) == (None, None)


def test_nothing_has_a_length_of_nothing_and_a_minimum_all_the_same():
    ((none,),) = bars(entry("1", step("Weeks", 0, 8)))

    assert none.length == 0
    assert none.minimum > 0


def test_a_list_of_which_nothing_is_measured_has_no_bars():
    assert bars(entry("1", step("Still taking it", 1, 1, measured=False))) == []
