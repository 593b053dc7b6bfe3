"""How is a worker told that there is something to make? By huey, with its own storage.

A task says the id of an export and no more: the row in the store is the truth, so that
a task that is lost, told twice or invented does no harm. huey would write tasks with
pickle, which runs whatever somebody puts into its table; here they are JSON.

On SQLite the tasks are in a file beside the database, because huey locks all of it; on
PostgreSQL in tables of the same database, whose names begin with `huey_`.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy.engine import make_url

from screening.web.logging import log_exception

_QUEUE = "screening"
_ENDING = "-tasks"


class JsonSerializer(Serializer):  # type: ignore[misc] # huey is published without types
    """Writes tasks as JSON, of which nothing but text, numbers and lists can come."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class Bell:
    """Rings for a worker, and calls `make` for each ring it has heard."""

    def __init__(self, database: str, make: Callable[[str], object]) -> None:
        """Use the storage that belongs to a database address.

        Raises:
            OSError: the file beside an SQLite database can't be made.
        """
        self._huey = _huey_for(database)

        def make_export(export_id: str) -> None:
            make(export_id)

        self._task = self._huey.task()(make_export)

    def ring(self, export_id: str) -> None:
        """Have a worker make this export, here or on another server.

        What is not heard is no fault of whoever asked: it is rung for again, by the
        chore that looks for exports that nobody makes.
        """
        try:
            self._task(export_id)
        except Exception as error:  # noqa: BLE001 - each storage has errors of its own
            log_exception(error, event="bell_not_rung")

    def answer(self) -> int:
        """Make whatever was rung for; tell how many rings there were."""
        answered = 0
        while (task := self._huey.dequeue()) is not None:
            self._huey.execute(task)
            answered += 1
        return answered

    def silence(self) -> None:
        """Close the connection to the storage."""
        self._huey.storage.close()


def _huey_for(database: str) -> Huey:
    settings: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
    address = make_url(database)
    if address.get_backend_name() == "postgresql":
        dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey(_QUEUE, dsn=dsn, blocking=False, **settings)
    path = Path(f"{address.database}{_ENDING}")
    # Created for its owner alone; its log files follow it.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    return SqliteHuey(_QUEUE, filename=str(path), **settings)
