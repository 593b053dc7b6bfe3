"""How do the tables come to be, and how do they change from release to release?

`upgrade(engine)` brings a database to this release, in one transaction, however many
workers start at once. Each change is a file in `versions/`, written to run both ways.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from screening.store.database import READING, named_troubles

_MIGRATING = 7_201_002  # the number of the PostgreSQL lock that one migrator holds


def upgrade(engine: Engine, *, revision: str = "head") -> None:
    """Bring the tables up to a revision; doing it again changes nothing.

    Raises:
        DatabaseUnavailable: nothing was changed.
    """
    with named_troubles(), engine.begin() as connection:
        _wait_for_others(connection)
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, *, revision: str) -> None:
    """Take the tables back to a revision, `base` for none; what they held is lost.

    Raises:
        DatabaseUnavailable: nothing was changed.
    """
    with named_troubles(), engine.begin() as connection:
        _wait_for_others(connection)
        command.downgrade(_config(connection), revision)


def is_up_to_date(engine: Engine) -> bool:
    """Say whether the tables are those of this release.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    reading = engine.execution_options(**READING)
    with named_troubles(), reading.connect() as connection:
        script = ScriptDirectory.from_config(_config(connection))
        context = MigrationContext.configure(connection)
        return set(context.get_current_heads()) == set(script.get_heads())


def _wait_for_others(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:purpose)"), {"purpose": _MIGRATING}
        )


def _config(connection: Connection) -> Config:
    config = Config()
    # Alembic reads a % in an option as the start of another option's name.
    folder = str(Path(__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.attributes["connection"] = connection
    return config
