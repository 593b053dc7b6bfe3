"""Does the clinic see who is urgent first, and who has waited longest?"""

from dataclasses import asdict
from datetime import timedelta

import pytest

from screening.store import queue
from screening.store.migrations import downgrade, upgrade
from screening.store.problems import AssignedMeanwhile
from screening.store.queue import NOBODY, WAITS, Narrowing
from tests.store.fixtures import CLINICIAN, submit


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


def everybody(store, narrowed=None, *, size=2, between=lambda: None):
    """Turn every page, with what happens between two; give the references."""
    shown, after = [], None
    while True:
        page = store.queue.page(narrowed, after=after, size=size)
        shown += [entry.reference for entry in page.entries]
        after = page.next_after
        if after is None:
            return shown
        between()


@pytest.mark.parametrize(
    "narrowed",
    [
        Narrowing(decision=WAITS, outcome="urgent 1"),
        Narrowing(decision=WAITS, same_day=True),
        Narrowing(decision=WAITS, assigned_to=NOBODY),
        Narrowing(assigned_to="somebody"),
        Narrowing(decision="invite"),
    ],
)
def test_a_narrowed_queue_is_a_part_of_the_whole_in_its_order(
    store, patients, narrowed
):
    sides = {k: v for k, v in asdict(narrowed).items() if v is not None}
    entries = store.queue.page().entries
    meant = [
        entry.reference
        for entry in entries
        if all((getattr(entry, side) or "") == word for side, word in sides.items())
    ]

    assert everybody(store, narrowed) == meant


def test_turning_back_leads_over_the_same_pages(store, patients):
    forward = everybody(store)
    back, before = [], forward[-1]
    while before is not None:
        page = store.queue.page(before=before, size=2)
        back = [entry.reference for entry in page.entries] + back
        before = page.previous_before

    assert back == forward[:-1]


def test_who_is_there_all_along_is_shown_once_whatever_comes_and_goes(
    store, patients, clock
):
    waits = Narrowing(decision=WAITS, assigned_to=NOBODY)
    before = everybody(store, waits)
    given_away = before[3]

    def meanwhile():
        submit(store, clock, outcome="new", urgent=True)
        submit(store, clock, outcome="new")
        if store.queue.named([given_away])[0].assigned_to is None:
            store.queue.assign(given_away, "ann", was="", told="", actor=CLINICIAN)

    shown = everybody(store, waits, between=meanwhile)

    assert [one for one in shown if one in before] == [
        one for one in before if one != given_away
    ]
    assert len(shown) == len(set(shown))


def test_no_count_goes_further_than_can_be_said(store, patients, monkeypatch):
    monkeypatch.setattr(queue, "MOST_COUNTED", 1)

    count = store.queue.count()
    ages = store.queue.ages([timedelta(minutes=3)])

    assert (count.urgent, count.same_day, count.other) == (2, 2, 2)
    assert ages == ((0, 2), (1, 1), (1, 1))


def test_what_arrived_since_a_moment_is_counted(store, clock):
    submit(store, clock)
    moment = clock()
    clock.step(seconds=1)
    submit(store, clock, urgent=True)

    assert store.queue.since(moment).urgent == 1
    assert store.queue.since(moment).total == 1


def test_of_two_who_give_it_away_the_second_changes_nothing(store, clock):
    reference = submit(store, clock).reference
    store.queue.assign(reference, "ann", was=NOBODY, told="to: ann", actor=CLINICIAN)

    with pytest.raises(AssignedMeanwhile):
        store.queue.assign(reference, "ben", was=NOBODY, told="", actor=CLINICIAN)

    assert store.queue.named([reference])[0].assigned_to == "ann"


def test_counts_and_whether_somebody_is_known_stand_in_the_line(store, clock):
    known = submit(store, clock, contact={"phone": "01632 960 001"}).reference
    unknown = submit(store, clock).reference

    [first], [second] = (store.queue.named([one]) for one in (known, unknown))

    assert (first.findings, first.missing) == (0, 0)
    assert (first.can_be_followed_up, second.can_be_followed_up) == (True, False)


def test_a_submission_of_before_the_queue_had_a_table_comes_first_of_its_kind(
    store, clock
):
    submit(store, clock)
    downgrade(store.database.engine, revision="0009")
    upgrade(store.database.engine)
    newer = submit(store, clock).reference

    old, new = store.queue.page().entries

    assert new.reference == newer
    assert (old.findings, old.missing, old.can_be_followed_up) == (None, None, None)
