"""What is done beside the pages, over and over, and by whom?

A chore is something that is done again and again: sending the notices that are due,
making the exports that somebody waits for. `open_service` leaves the chores in the
application. `screening serve` does them in threads of each worker, `screening work` in
a process of their own; tests call them. A chore that fails leaves a line in the log and
is done again at its next turn; none waits for another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from typing import cast

from flask import Flask

from screening.store.problems import DatabaseUnavailable
from screening.web import logging

_NAME = "screening-chores"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Something that is done, then left for so many seconds, then done again."""

    name: str
    every_s: float
    do: Callable[[], object]


def put_chores(app: Flask, chores: Sequence[Chore]) -> None:
    """Leave the chores in the application, where `chores_of` finds them."""
    app.extensions[_NAME] = tuple(chores)


def chores_of(app: Flask) -> tuple[Chore, ...]:
    """Return what is to be done beside the application's pages."""
    # Only put_chores writes under this name, and only chores.
    return cast("tuple[Chore, ...]", app.extensions.get(_NAME, ()))


def start(app: Flask, stop: Event) -> list[Thread]:
    """Do each chore in a thread of this process, until `stop` is set or it ends."""
    threads = [
        Thread(target=keep_doing, args=(chore, stop), name=chore.name, daemon=True)
        for chore in chores_of(app)
    ]
    for thread in threads:
        thread.start()
    return threads


def keep_doing(chore: Chore, stop: Event) -> None:
    """Do the chore again and again, with its wait in between, until `stop` is set."""
    while not stop.is_set():
        do(chore)
        stop.wait(chore.every_s)


def do(chore: Chore) -> None:
    """Do the chore once; what keeps it from being done stands in the log."""
    try:
        chore.do()
    except DatabaseUnavailable as error:
        logging.log_event(
            "chore_put_off", reason=chore.name, database=error.trouble.value
        )
    except Exception as error:  # noqa: BLE001 - one chore must not end the others
        logging.log_exception(error, event="chore_failed")
