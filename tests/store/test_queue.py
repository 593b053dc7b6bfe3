"""Does the clinic see who is urgent first, and who has waited longest?"""

from datetime import timedelta

import pytest

from tests.store.fixtures import submit


def waiting(store, **settings):
    return [entry.outcome for entry in store.queue.page(**settings).entries]


@pytest.fixture
def patients(store, clock):
    """Submit six questionnaires, a minute apart; the outcome tells them apart."""
    for outcome, urgent, same_day in (
        ("other 1", False, False),
        ("urgent 1", True, False),
        ("same day 1", False, True),
        ("urgent 2", True, True),
        ("other 2", False, False),
        ("same day 2", False, True),
    ):
        submit(store, clock, outcome=outcome, urgent=urgent, same_day=same_day)
        clock.step(minutes=1)


IN_ORDER = ["urgent 1", "urgent 2", "same day 1", "same day 2", "other 1", "other 2"]


def test_urgent_comes_first_then_same_day_then_the_others_by_time(store, patients):
    assert waiting(store) == IN_ORDER


def test_each_line_says_how_long_the_patient_has_waited(store, patients):
    entries = store.queue.page().entries

    assert entries[0].waiting == timedelta(minutes=5)
    assert entries[-1].waiting == timedelta(minutes=2)


def test_a_clock_that_was_set_back_shows_no_negative_wait(store, patients, clock):
    clock.step(days=-1)

    assert {entry.waiting for entry in store.queue.page().entries} == {timedelta()}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7])
def test_pages_of_any_size_show_everybody_once(store, patients, size):
    shown, after = [], None
    for _ in range(6):
        page = store.queue.page(after=after, size=size)
        shown += [entry.outcome for entry in page.entries]
        after = page.next_after
        if after is None:
            break

    assert shown == IN_ORDER


def test_somebody_who_arrives_while_pages_are_turned_moves_nobody(
    store, patients, clock
):
    first = store.queue.page(size=3)
    submit(store, clock, outcome="urgent 3", urgent=True)

    second = store.queue.page(after=first.next_after, size=3)

    assert [entry.outcome for entry in second.entries] == IN_ORDER[3:]


def test_submissions_of_the_same_instant_are_all_shown(store, clock):
    for _ in range(5):
        submit(store, clock)

    first = store.queue.page(size=2)
    second = store.queue.page(size=3, after=first.next_after)

    shown = {entry.reference for entry in first.entries + second.entries}
    assert len(shown) == 5
    assert second.next_after is None


@pytest.mark.parametrize("after", ["AAAA-AAAA", "", "\0"])
def test_a_page_after_a_reference_that_is_not_there_is_empty(store, patients, after):
    assert waiting(store, after=after) == []


def test_the_queue_counts_each_submission_once(store, patients):
    count = store.queue.count()

    assert (count.urgent, count.same_day, count.other, count.total) == (2, 2, 2, 6)


def test_an_empty_queue_is_empty(store):
    assert waiting(store) == []
    assert store.queue.count().total == 0
