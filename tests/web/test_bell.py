"""Does a ring reach a worker, here or elsewhere, and can a task run nothing?"""

import json
import pickle
import sqlite3
from contextlib import closing
from threading import Barrier, Thread

import psycopg
import pytest
from huey.registry import Message
from sqlalchemy.engine import make_url

from screening.web.bell import Bell, JsonSerializer
from tests.store.fixtures import *  # noqa: F403 - fixtures are found by name


class Explosive:
    """Whoever unpickles it runs something."""

    def __reduce__(self):
        return (exec, ("raise SystemExit('it ran')",))


@pytest.fixture
def heard():
    return []


@pytest.fixture
def bell(url, heard):
    bell = Bell(url, heard.append)
    yield bell
    bell.silence()


def put_in(url, data):
    """Write a task into the storage as whoever reaches the database could."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database + "-tasks")) as database:
            database.execute(
                "INSERT INTO task (queue, data) VALUES ('screening', ?)", (data,)
            )
            database.commit()
    else:
        with psycopg.connect(url) as database:
            database.execute(
                "INSERT INTO huey_task (queue, data) VALUES ('screening', %s)", (data,)
            )


def tasks_of(url):
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database + "-tasks")) as database:
            return [data for (data,) in database.execute("SELECT data FROM task")]
    with psycopg.connect(url) as database:
        return [
            bytes(data) for (data,) in database.execute("SELECT data FROM huey_task")
        ]


def test_each_ring_is_answered_once_in_order(bell, heard):
    bell.ring("one")
    bell.ring("two")

    assert (bell.answer(), bell.answer()) == (2, 0)
    assert heard == ["one", "two"]


def test_a_ring_is_heard_in_another_process(bell, url, heard):
    bell.ring("one")
    elsewhere = []
    other = Bell(url, elsewhere.append)

    other.answer()
    other.silence()

    assert elsewhere == ["one"]
    assert heard == []


def test_workers_that_answer_together_share_the_rings(url):
    heard = [[], [], []]
    bells = [Bell(url, each.append) for each in heard]
    for number in range(30):
        bells[0].ring(str(number))
    barrier = Barrier(len(bells))

    def answer(bell):
        barrier.wait()
        bell.answer()

    threads = [Thread(target=answer, args=(bell,)) for bell in bells]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(int(one) for each in heard for one in each) == list(range(30))
    for bell in bells:
        bell.silence()


def test_a_task_is_json_and_holds_nothing_but_the_id(bell, url):
    bell.ring("one")

    [task] = tasks_of(url)

    told = Message(*json.loads(task))
    assert (told.args, told.kwargs) == (["one"], {})


def test_a_pickle_in_the_storage_is_never_opened(bell, url, heard):
    put_in(url, pickle.dumps(Explosive()))

    with pytest.raises(ValueError, match="codec"):
        bell.answer()

    assert heard == []
    bell.ring("one")
    assert bell.answer() == 1


@pytest.mark.parametrize("name", ["os.system", "builtins.exec"])
def test_a_task_of_another_name_runs_nothing(bell, url, heard, name):
    put_in(url, JsonSerializer().serialize(Message("1", name, None, args=["x"])))

    with pytest.raises(Exception, match="not found in TaskRegistry"):
        bell.answer()

    assert heard == []


def test_one_that_cannot_be_made_does_not_end_the_answering(url):
    def fail(export_id):
        tried.append(export_id)
        raise LookupError

    tried = []
    bell = Bell(url, fail)
    bell.ring("one")
    bell.ring("two")

    assert bell.answer() == 2
    assert tried == ["one", "two"]
    bell.silence()


def test_a_ring_that_is_not_heard_fails_nobody(bell, monkeypatch, caplog):
    def fail(*_details, **_named):
        raise sqlite3.OperationalError

    monkeypatch.setattr(bell, "_task", fail)

    bell.ring("one")

    assert [record.getMessage() for record in caplog.records] == ["bell_not_rung"]


def test_the_file_beside_an_sqlite_database_is_for_its_owner_alone(tmp_path):
    bell = Bell(f"sqlite:///{tmp_path}/store.sqlite3", print)
    bell.ring("one")

    modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert modes == {0o600}
    bell.silence()
