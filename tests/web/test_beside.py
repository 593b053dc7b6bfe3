"""Is what stands beside the pages done again and again, whatever goes wrong?"""

import logging
from dataclasses import replace
from threading import Event

import pytest

from screening.notices.route import Route, Security
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.web.beside import Chore, chores_of, do, keep_doing
from screening.web.service import chance, open_service

CANARY = "Quetiapine-at-midnight"


def failing(error):
    def fail():
        raise error

    return Chore(name="failing", every_s=0, do=fail)


def test_each_chore_has_its_turn_until_it_is_stopped():
    stop, done = Event(), []

    def often():
        done.append("often")
        if done.count("often") == 3:
            stop.set()

    keep_doing(
        [
            Chore(name="often", every_s=0, do=often),
            Chore(name="seldom", every_s=60, do=lambda: done.append("seldom")),
        ],
        stop,
    )

    assert done.count("often") == 3
    assert done.count("seldom") == 1


def test_a_chore_that_fails_is_done_again_and_holds_nothing_up():
    stop, tries = Event(), []

    def fail():
        tries.append(1)
        raise LookupError

    def after():
        if len(tries) == 2:
            stop.set()

    keep_doing(
        [
            Chore(name="failing", every_s=0, do=fail),
            Chore(name="after", every_s=0, do=after),
        ],
        stop,
    )

    assert len(tries) == 2


def test_with_nothing_to_do_nothing_is_done():
    keep_doing([], Event())


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

    assert "notices" not in {chore.name for chore in chores_of(silent)}
    assert "notices" in {chore.name for chore in chores_of(telling)}


def test_chance_is_from_nought_to_below_one():
    drawn = {chance() for _ in range(100)}

    assert all(0 <= one < 1 for one in drawn)
    assert len(drawn) > 90
