"""What is done beside the pages, over and over, and by whom?

A chore is something small that is done again and again: sending the notices that are
due. `open_service` leaves the chores in the application. `screening serve` does them in
a thread of each worker, `screening work` in a process of their own; tests call them. A
chore that fails leaves a line in the log and is done again at its next turn, and keeps
no other from being done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from typing import cast

from flask import Flask

from screening.store.problems import DatabaseUnavailable
from screening.web import logging

_NAME = "screening-chores"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Something that is done every so many seconds."""

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


def start(app: Flask) -> Thread:
    """Do the chores in a thread of this process, until the process ends."""
    thread = Thread(
        target=keep_doing, args=(chores_of(app), Event()), name=_NAME, daemon=True
    )
    thread.start()
    return thread


def keep_doing(chores: Sequence[Chore], stop: Event) -> None:
    """Do each chore in its turn, until `stop` is set."""
    turns = {chore.name: 0.0 for chore in chores}
    while chores and not stop.is_set():
        for chore in chores:
            if turns[chore.name] <= monotonic():
                do(chore)
                turns[chore.name] = monotonic() + chore.every_s
        stop.wait(max(0.0, min(turns.values()) - monotonic()))


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
