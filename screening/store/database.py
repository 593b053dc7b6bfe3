"""How is the database reached, and what makes a commit a promise?

SQLite by default: write-ahead log, full synchronisation at every commit, foreign keys
on, deleted content overwritten. Every writing transaction begins with BEGIN IMMEDIATE:
SQLite's own default begins reading and fails half-way when two write at once. The
writers of one process take turns before they ask for it, because SQLite lets those that
wait try again at longer and longer intervals: of many, one may never be in time. On
PostgreSQL the same code runs under its READ COMMITTED default.

Whatever keeps the database from taking part (locked, full, read-only, gone, damaged)
leaves here as `DatabaseUnavailable`; other database errors are faults of the program
and pass through, without the values of the statement.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from screening.store.problems import DatabaseUnavailable, Trouble

DEFAULT_PATIENCE_S = 5
"""How long a transaction waits for others before it gives up as locked."""

READING: Final[dict[str, bool]] = {"screening_reading": True}
"""The execution option of a connection that only reads: it keeps no writer waiting."""

Turns = Callable[[], AbstractContextManager[None]]
"""Makes the block in which one writer of this process is at a time, or any number."""

_POOL_SIZE = 8
_POOL_OVERFLOW = 8

# https://sqlite.org/rescode.html: the low byte is the primary result code.
_SQLITE_TROUBLES = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.DISCONNECTED,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_CANTOPEN: Trouble.CANNOT_OPEN,
}
# https://www.postgresql.org/docs/15/errcodes-appendix.html: states, then classes.
_POSTGRESQL_TROUBLES = {
    "25006": Trouble.READ_ONLY,
    "40001": Trouble.LOCKED,
    "40P01": Trouble.LOCKED,
    "53100": Trouble.FULL,
    "55P03": Trouble.LOCKED,
    "08": Trouble.DISCONNECTED,
    "53": Trouble.DISCONNECTED,
    "57": Trouble.DISCONNECTED,
    "58": Trouble.DISCONNECTED,
    "XX": Trouble.DAMAGED,
}


class Database:
    """A database and the two ways to use it: `transaction` to write, `reading`."""

    def __init__(self, engine: Engine, turns: Turns) -> None:
        """Use an engine that `open_database` made; writers wait for their `turns`."""
        self.engine = engine
        self._turns = turns
        reading = engine.execution_options(**READING)
        self._writing = sessionmaker(engine, expire_on_commit=False)
        self._reading = sessionmaker(reading, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write inside the block: all of it is committed when it ends, or nothing.

        Raises:
            DatabaseUnavailable: the database did not confirm the commit.
        """
        with named_troubles(), self._turns(), self._writing.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read inside the block, without keeping writers waiting.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with named_troubles(), self._reading.begin() as session:
            yield session

    def close(self) -> None:
        """Close every connection that is not in use."""
        self.engine.dispose()


def open_database(url: str, *, patience_s: int = DEFAULT_PATIENCE_S) -> Database:
    """Make ready to use the database at an SQLAlchemy address; nothing is read yet.

    `url` is `sqlite:////folder/file` or `postgresql://...`. A SQLite file that is not
    there is created for its owner alone.

    Raises:
        DatabaseUnavailable: the SQLite file can't be created.
        ValueError: the address names no file, another kind of database, or one whose
            driver is not installed.
    """
    address = make_url(url)
    match address.get_backend_name():
        case "sqlite":
            return Database(
                _sqlite_engine(address, patience_s), _one_by_one(patience_s)
            )
        case "postgresql":
            return Database(_postgresql_engine(address, patience_s), nullcontext)
        case other:
            raise ValueError(
                f"Databases of the kind {other!r} are not supported: "
                "use sqlite:////folder/file or postgresql://..."
            )


def _one_by_one(patience_s: int) -> Turns:
    lock = Lock()

    @contextmanager
    def turn() -> Iterator[None]:
        if not lock.acquire(timeout=patience_s):
            raise DatabaseUnavailable(Trouble.LOCKED)
        try:
            yield
        finally:
            lock.release()

    return turn


@contextmanager
def named_troubles() -> Iterator[None]:
    """Raise `DatabaseUnavailable` for what the database can't do at present."""
    try:
        yield
    except PoolTimeoutError as error:
        raise DatabaseUnavailable(Trouble.LOCKED) from error
    except DBAPIError as error:
        trouble = _trouble_of(error)
        if trouble is None:
            raise
        raise DatabaseUnavailable(trouble) from error


def insert_unless_there(
    session: Session, table: type[DeclarativeBase], **values: object
) -> bool:
    """Insert a row unless one with the same unique value is there; tell if it was new.

    On PostgreSQL this waits for a transaction that is inserting the same value.
    """
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(table).values(values).on_conflict_do_nothing()
    # RETURNING gives the new row, or nothing: row counts differ between drivers.
    return (
        session.execute(statement.returning(*table.__table__.primary_key)).first()
        is not None
    )


def wait_for_turn(session: Session, purpose: int) -> None:
    """Let one transaction at a time go on from here, until it ends.

    SQLite's BEGIN IMMEDIATE has done so already; PostgreSQL needs a lock by number.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_advisory_xact_lock(:purpose)"), {"purpose": purpose}
        )


def _sqlite_engine(address: URL, patience_s: int) -> Engine:
    path = address.database
    if not path or path == ":memory:":
        raise ValueError("SQLite needs a file: write sqlite:////folder/file.")
    if not path.startswith("file:"):
        _create_for_owner(Path(path))
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_OVERFLOW,
        pool_timeout=patience_s,
    )

    def set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver's own, late BEGIN is switched off; `begin` below says it.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {patience_s * 1000}")
        enter_wal(cursor, patience_s)
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            # Without it, REPLACE would delete rows past the triggers.
            "recursive_triggers = ON",
            "trusted_schema = OFF",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        is_reading = connection.get_execution_options().items() >= READING.items()
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", set_pragmas)
    event.listen(engine, "begin", begin)
    return engine


def enter_wal(cursor: DBAPICursor, patience_s: int) -> None:
    """Let the file use a write-ahead log, waiting for others who are about to.

    SQLite's own patience does not cover the change of mode: of several workers that
    open a new file together, all but one are told at once that it is locked.
    """
    give_up = time.monotonic() + patience_s
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() >= give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _create_for_owner(path: Path) -> None:
    """Create the file so that nobody else can read it; its log files follow it."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseUnavailable(Trouble.CANNOT_OPEN) from error


def _postgresql_engine(address: URL, patience_s: int) -> Engine:
    if find_spec("psycopg") is None:
        raise ValueError(
            "PostgreSQL needs the driver psycopg: install screening[postgresql]."
        )
    return create_engine(
        # Said here, because SQLAlchemy's own choice of a driver differs by release.
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_OVERFLOW,
        pool_timeout=patience_s,
        connect_args={
            "connect_timeout": patience_s,
            "options": f"-c lock_timeout={patience_s}s -c timezone=UTC",
        },
    )


def _trouble_of(error: DBAPIError) -> Trouble | None:
    """Tell whether the database is unavailable, or None for a fault of the program."""
    cause: Any = error.orig  # each driver has attributes of its own
    if isinstance(cause, sqlite3.Error):
        return _SQLITE_TROUBLES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        gone = error.connection_invalidated or isinstance(error, OperationalError)
        return Trouble.DISCONNECTED if gone else None
    return _POSTGRESQL_TROUBLES.get(state) or _POSTGRESQL_TROUBLES.get(state[:2])
