"""Is what stands beside the pages done again and again, whatever goes wrong?"""

import logging
from dataclasses import replace
from threading import Event

import pytest
from flask import Flask

from screening.notices.route import Route, Security
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.web.beside import Chore, chores_of, do, keep_doing, put_chores, start
from screening.web.service import chance, open_service

CANARY = "Quetiapine-at-midnight"


def failing(error):
    def fail():
        raise error

    return Chore(name="failing", every_s=0, do=fail)


def test_a_chore_is_done_again_and_again_until_it_is_stopped():
    stop, done = Event(), []

    def work():
        done.append(1)
        if len(done) == 3:
            stop.set()

    keep_doing(Chore(name="often", every_s=0, do=work), stop)

    assert len(done) == 3


def test_a_chore_that_fails_is_done_again():
    stop, tries = Event(), []

    def fail():
        tries.append(1)
        if len(tries) == 2:
            stop.set()
        raise LookupError

    keep_doing(Chore(name="failing", every_s=0, do=fail), stop)

    assert len(tries) == 2


def test_no_chore_waits_for_another():
    app, stop, is_begun, may_end = Flask("test"), Event(), Event(), Event()

    def wait_for_the_other():
        is_begun.set()
        may_end.wait(10)

    def let_it_end():
        if is_begun.wait(10):
            may_end.set()
            stop.set()

    put_chores(
        app,
        [
            Chore(name="long", every_s=60, do=wait_for_the_other),
            Chore(name="short", every_s=60, do=let_it_end),
        ],
    )

    threads = start(app, stop)
    for thread in threads:
        thread.join(10)

    assert [thread.is_alive() for thread in threads] == [False, False]


def test_an_application_without_chores_has_none():
    assert start(Flask("test"), Event()) == []


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (DatabaseUnavailable(Trouble.LOCKED), "chore_put_off"),
        (ValueError(CANARY), "chore_failed"),
    ],
)
def test_what_went_wrong_stands_in_the_log_without_its_words(caplog, error, event):
    caplog.set_level(logging.INFO, logger="screening.events")

    do(failing(error))

    [record] = caplog.records
    assert record.getMessage() == event
    assert "left_out" not in record.screening_fields
    assert CANARY not in str(record.screening_fields)


def test_a_service_sends_notices_only_where_somebody_is_told(config, tmp_path):
    config = replace(config, database=f"sqlite:///{tmp_path}/clinic.sqlite3")
    route = Route(
        to="staff@clinic.example",
        sender="screening@clinic.example",
        host="localhost",
        port=25,
        security=Security.NONE,
        address="https://screening.example",
    )

    silent = open_service(config)
    telling = open_service(replace(config, notices=route))

    others = {"exports", "old exports"}
    assert {chore.name for chore in chores_of(silent)} == others
    assert {chore.name for chore in chores_of(telling)} == {"notices", *others}


def test_chance_is_from_nought_to_below_one():
    drawn = {chance() for _ in range(100)}

    assert all(0 <= one < 1 for one in drawn)
    assert len(drawn) > 90
