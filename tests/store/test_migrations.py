"""Do the migrations make exactly the tables the code expects, both ways?"""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import screening.accounts.tables
from screening.store.database import open_database
from screening.store.migrations import downgrade, is_up_to_date, upgrade
from screening.store.tables import Base
from tests.store.fixtures import submit


@pytest.fixture
def database(url):
    database = open_database(url)
    yield database
    database.close()


def differences(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def tables(database):
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_the_newest_migration_makes_the_tables_that_the_code_expects(database):
    upgrade(database.engine)

    assert differences(database) == []


def test_a_column_that_no_migration_makes_would_be_seen(database):
    upgrade(database.engine)

    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE drafts DROP COLUMN submitted_as"))

    assert differences(database) != []


@pytest.mark.parametrize("revision", ["base", "0001"])
def test_migrations_run_up_and_down_and_up_again(database, revision):
    upgrade(database.engine)

    downgrade(database.engine, revision=revision)
    after_going_down = tables(database)
    upgrade(database.engine)

    assert (after_going_down == set()) == (revision == "base")
    assert screening.accounts.tables.UserRow.__tablename__ not in after_going_down
    assert differences(database) == []


def test_upgrading_again_keeps_what_is_stored(store, clock):
    receipt = submit(store, clock)

    upgrade(store.database.engine)

    assert store.queue.page().entries[0].reference == receipt.reference


def test_going_down_from_a_database_in_use_and_up_again_works(store, clock):
    submit(store, clock)

    downgrade(store.database.engine, revision="base")
    upgrade(store.database.engine)

    assert store.queue.count().total == 0


def test_a_database_says_whether_it_is_up_to_date(database):
    before = is_up_to_date(database.engine)

    upgrade(database.engine, revision="0001")
    between = is_up_to_date(database.engine)
    upgrade(database.engine)

    assert (before, between, is_up_to_date(database.engine)) == (False, False, True)


def test_a_database_that_can_only_be_read_says_whether_it_is_up_to_date(
    sqlite_store, sqlite_file
):
    database = open_database(f"sqlite:///file:{sqlite_file}?mode=ro&uri=true")

    assert is_up_to_date(database.engine)
    database.close()


def test_workers_that_start_together_upgrade_once(url):
    databases = [open_database(url) for _ in range(4)]
    barrier = threading.Barrier(4)
    failures = []

    def start(database):
        barrier.wait()
        try:
            upgrade(database.engine)
        except Exception as error:  # noqa: BLE001 - any failure fails the test
            failures.append(error)

    threads = [threading.Thread(target=start, args=(each,)) for each in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert is_up_to_date(databases[0].engine)
    for database in databases:
        database.close()
