"""Is the pace on a page a sum, on either database, however many add to it?"""

from concurrent.futures import ThreadPoolExecutor

from screening.store.paces import Pace
from tests.store.fixtures import SHA256


def test_nobody_was_there_yet(store):
    assert store.paces.of(SHA256) == {}


def test_patients_and_their_seconds_are_added_up(store):
    store.paces.add(SHA256, {"first": 20, "second": 5})
    store.paces.add(SHA256, {"first": 40})

    assert store.paces.of(SHA256) == {
        "first": Pace(patients=2, seconds=60),
        "second": Pace(patients=1, seconds=5),
    }
    assert store.paces.of("0" * 64) == {}


def test_none_is_lost_when_several_add_at_once(store):
    with ThreadPoolExecutor(4) as workers:
        for _ in workers.map(lambda _: store.paces.add(SHA256, {"a": 3}), range(20)):
            pass

    assert store.paces.of(SHA256) == {"a": Pace(patients=20, seconds=60)}
