"""What does the database promise, and what happens when it can't keep it?"""

import sqlite3
from contextlib import closing
from threading import Event, Thread

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError

from screening.store.database import enter_wal, open_database
from screening.store.drafts import DraftContent
from screening.store.opening import open_store
from screening.store.problems import DatabaseUnavailable, Trouble
from screening.store.tables import IdentityRow, SubmissionRow
from tests.store.databases import execute_on, postgresql_url
from tests.store.fixtures import CLINICIAN, PATIENT, SHA256, opened, ring, submit


def pragma(store, name):
    with store.database.reading() as session:
        return session.scalar(text(f"PRAGMA {name}"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 1000),
    ],
)
def test_every_sqlite_connection_is_set_up_to_be_safe(sqlite_store, name, value):
    assert pragma(sqlite_store, name) == value


def test_sqlite_without_that_set_up_would_not_be_safe(sqlite_store, sqlite_file):
    with closing(sqlite3.connect(sqlite_file)) as plain:
        (foreign_keys,) = plain.execute("PRAGMA foreign_keys").fetchone()

    assert foreign_keys == 0


def test_the_files_of_a_sqlite_database_are_for_its_owner_alone(
    sqlite_store, sqlite_file
):
    modes = {path.stat().st_mode & 0o777 for path in sqlite_file.parent.glob("store*")}

    assert modes == {0o600}


def test_a_transaction_that_fails_leaves_nothing(store, clock):
    def fail_inside():
        with store.database.transaction() as session:
            session.execute(text("DELETE FROM questionnaire_versions"))
            raise LookupError

    with pytest.raises(LookupError):
        fail_inside()

    assert store.versions.load_bundle(SHA256).version == "1.0"


def test_a_fault_of_the_program_is_not_taken_for_an_unavailable_database(store):
    with (
        pytest.raises(DBAPIError, match="no_such_table"),
        store.database.reading() as session,
    ):
        session.execute(text("SELECT 1 FROM no_such_table"))


def test_the_values_of_a_failed_statement_are_not_in_the_error(store):
    with (
        pytest.raises(DBAPIError) as failed,
        store.database.reading() as session,
    ):
        session.execute(text("SELECT :x FROM no_such_table"), {"x": "canary"})

    assert "canary" not in str(failed.value)


def test_a_database_that_another_program_keeps_locked_is_unavailable(
    sqlite_store, sqlite_file, clock
):
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable) as refused:
            submit(sqlite_store, clock)
        other.execute("ROLLBACK")

    assert refused.value.trouble is Trouble.LOCKED
    assert submit(sqlite_store, clock).reference


def test_the_writers_of_one_process_take_turns_before_they_ask_for_the_lock(
    sqlite_store,
):
    database, begun, written = sqlite_store.database, [], Event()
    event.listen(database.engine, "begin", lambda _: begun.append(1))

    def write_too():
        with database.transaction() as session:
            session.execute(text("SELECT 1"))
        written.set()

    with database.transaction() as session:
        session.execute(text("SELECT 1"))
        other = Thread(target=write_too)
        other.start()
        has_written_meanwhile = written.wait(0.2)
        asked_meanwhile = len(begun)
    other.join(10)

    assert (has_written_meanwhile, asked_meanwhile) == (False, 1)
    assert written.is_set()


def test_a_writer_whose_turn_never_comes_is_told_that_the_database_is_locked(
    sqlite_store,
):
    database = sqlite_store.database
    with (
        database.transaction(),
        pytest.raises(DatabaseUnavailable) as refused,
        database.transaction(),
    ):
        pass

    assert refused.value.trouble is Trouble.LOCKED


def test_a_database_that_others_only_read_is_not_locked(
    sqlite_store, sqlite_file, clock
):
    with closing(sqlite3.connect(sqlite_file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM drafts").fetchall()

        receipt = submit(sqlite_store, clock)

    assert receipt.reference


def test_a_full_disk_loses_no_answer_and_keeps_no_half(sqlite_file, clock):
    store = opened(f"sqlite:///{sqlite_file}", clock)
    most_pages = pragma(store, "page_count") + 4
    store.close()
    event.listen(
        store.database.engine,
        "connect",
        lambda connection, _: connection.execute(
            f"PRAGMA max_page_count = {most_pages}"
        ),
    )
    draft = store.drafts.create(SHA256, DraftContent(started_at=clock()), actor=PATIENT)
    too_much = DraftContent(started_at=clock(), answers={"story": "x" * 100_000})

    with pytest.raises(DatabaseUnavailable) as refused:
        store.drafts.write(draft.id, too_much, expected_revision=1)

    assert refused.value.trouble is Trouble.FULL
    assert store.drafts.read(draft.id).revision == 1
    assert store.audit.verify().is_whole
    little = DraftContent(started_at=clock(), answers={"story": "x"})
    assert store.drafts.write(draft.id, little, expected_revision=1) == 2
    assert pragma(store, "integrity_check") == "ok"


def test_a_submission_on_a_full_disk_is_kept_whole_or_not_at_all(sqlite_file, clock):
    store = opened(f"sqlite:///{sqlite_file}", clock)
    most_pages = pragma(store, "page_count") + 12
    store.close()
    event.listen(
        store.database.engine,
        "connect",
        lambda connection, _: connection.execute(
            f"PRAGMA max_page_count = {most_pages}"
        ),
    )
    acknowledged = []

    def submit_for_ever():
        while True:
            acknowledged.append(submit(store, clock, answers={"story": "x" * 1000}))

    with pytest.raises(DatabaseUnavailable):
        submit_for_ever()

    with store.database.reading() as session:
        rows = [
            session.scalar(select(func.count()).select_from(table))
            for table in (SubmissionRow, IdentityRow)
        ]
    assert acknowledged
    assert rows == [len(acknowledged)] * 2
    assert store.audit.verify().is_whole


def test_a_read_only_database_can_be_read_but_says_that_nothing_is_saved(
    sqlite_store, sqlite_file, clock
):
    receipt = submit(sqlite_store, clock)
    read_only = f"sqlite:///file:{sqlite_file}?mode=ro&uri=true"
    store = opened_only(read_only, clock)

    with pytest.raises(DatabaseUnavailable) as refused:
        submit(store, clock)

    assert refused.value.trouble is Trouble.READ_ONLY
    assert store.queue.page().entries[0].reference == receipt.reference
    store.close()


def opened_only(url, clock):
    """Open a store without preparing its tables."""
    return open_store(url, ring(), clock=clock)


def test_reading_a_submission_that_cannot_be_noted_gives_nothing(
    sqlite_store, sqlite_file, clock
):
    receipt = submit(sqlite_store, clock)
    store = opened_only(f"sqlite:///file:{sqlite_file}?mode=ro&uri=true", clock)

    with pytest.raises(DatabaseUnavailable):
        store.submissions.read(receipt.reference, actor=CLINICIAN)

    store.close()


def test_a_file_that_is_no_database_is_named_as_damaged(tmp_path, clock):
    (tmp_path / "text").write_text("This is no database. " * 100)
    store = opened_only(f"sqlite:///{tmp_path}/text", clock)

    with pytest.raises(DatabaseUnavailable) as refused:
        store.queue.page()

    assert refused.value.trouble is Trouble.DAMAGED


def test_a_database_in_a_folder_that_is_not_there_cannot_be_opened(tmp_path):
    with pytest.raises(DatabaseUnavailable, match="not to be opened"):
        open_database(f"sqlite:///{tmp_path}/nowhere/store.sqlite3")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://localhost/x", "'mysql' are not supported"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(url, message):
    with pytest.raises(ValueError, match=message):
        open_database(url)


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch):
    monkeypatch.setattr("screening.store.database.find_spec", lambda _: None)

    with pytest.raises(ValueError, match=r"install screening\[postgresql\]"):
        open_database("postgresql://localhost/x")


def test_a_postgresql_that_is_not_there_is_unavailable(tmp_path, clock):
    store = opened_only(f"postgresql://x@/x?host={tmp_path}", clock)

    with pytest.raises(DatabaseUnavailable) as refused:
        store.queue.page()

    assert refused.value.trouble is Trouble.DISCONNECTED


def test_postgresql_connections_that_were_cut_while_idle_are_made_anew(cluster, clock):
    store = _on_postgresql(cluster, clock, "cut_idle")
    _cut_connections(cluster, "cut_idle")

    receipt = submit(store, clock)

    assert receipt.reference
    store.close()


def test_a_postgresql_connection_cut_in_a_transaction_leaves_nothing(cluster, clock):
    store = _on_postgresql(cluster, clock, "cut_within")

    def cut_inside():
        with store.database.transaction() as session:
            session.execute(text("DELETE FROM questionnaire_versions"))
            _cut_connections(cluster, "cut_within")
            session.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable) as refused:
        cut_inside()

    assert refused.value.trouble is Trouble.DISCONNECTED
    assert store.versions.load_bundle(SHA256)
    store.close()


def test_a_postgresql_set_to_read_only_says_that_nothing_is_saved(cluster, clock):
    store = _on_postgresql(cluster, clock, "read_only")
    store.close()
    execute_on(
        cluster.folder,
        "ALTER DATABASE read_only SET default_transaction_read_only = on",
    )

    with pytest.raises(DatabaseUnavailable) as refused:
        submit(store, clock)

    assert refused.value.trouble is Trouble.READ_ONLY
    store.close()


def _on_postgresql(cluster, clock, name):
    execute_on(cluster.folder, f"CREATE DATABASE {name}")
    return opened(postgresql_url(cluster.folder, name), clock)


def _cut_connections(cluster, name):
    execute_on(
        cluster.folder,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "  # noqa: S608
        f"WHERE datname = '{name}'",
    )


class LockedAtFirst:
    """A cursor of a file whose mode another connection is changing, `times` long."""

    def __init__(self, times):
        self.times = times

    def execute(self, _):
        self.times -= 1
        if self.times >= 0:
            message = "database is locked"
            raise sqlite3.OperationalError(message)


def test_a_change_of_mode_by_another_worker_is_waited_for():
    cursor = LockedAtFirst(3)

    enter_wal(cursor, patience_s=5)

    assert cursor.times == -1


def test_waiting_for_a_change_of_mode_ends_with_the_patience():
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        enter_wal(LockedAtFirst(1000), patience_s=0)
