"""Can the account of who did what be changed without its being seen?"""

import dataclasses
import re
import sqlite3
import threading
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from screening.store.audit import Action, Actor, AuditHead, AuditTrail, Deed
from screening.store.tables import AuditRow
from tests.store.databases import SteppingClock
from tests.store.fixtures import CLINICIAN, opened, ring

COLUMNS = [column.name for column in AuditRow.__table__.columns]
WITHOUT_SEQ = COLUMNS[1:]


def deed(number):
    return Deed(
        action=Action.SUBMISSION_VIEW,
        object_kind="submission",
        object_id=f"ref-{number}",
        reason="Ø ☃",
    )


@pytest.fixture
def trail(store):
    """Give a trail of eight rows: one from keeping a version, seven views."""
    for number in range(7):
        store.audit.write(CLINICIAN, deed(number))
    return store.audit


def test_a_trail_that_nobody_changed_is_whole(trail):
    verdict = trail.verify()

    assert verdict.is_whole
    assert verdict.checked == 8
    assert verdict.head == trail.head()


def test_an_empty_trail_is_whole_and_has_no_head(url, clock):
    store = opened(url, clock)
    with store.database.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(text("DELETE FROM audit"))

    assert store.audit.head() is None
    assert store.audit.verify().is_whole
    store.close()


def test_a_row_says_who_did_what_when_and_why(store, trail):
    with store.database.reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()

    told = {name: getattr(row, name) for name in COLUMNS if "mac" not in name}
    assert told == {
        "seq": 8,
        "at_utc": "2026-03-01T09:30:00.000000Z",
        "actor": "ann",
        "actor_role": "clinician",
        "action": "submission:view",
        "object_kind": "submission",
        "object_id": "ref-6",
        "reason": "Ø ☃",
        "request_id": "request-2",
    }


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'eve' WHERE seq = 3",
        "UPDATE audit SET mac = mac",
        "DELETE FROM audit WHERE seq = 8",
        "DELETE FROM audit",
    ],
)
def test_sec_48_the_database_itself_refuses_to_change_the_trail(store, trail, change):
    with (
        pytest.raises(DBAPIError, match=r"The audit trail is never changed\."),
        store.database.transaction() as session,
    ):
        session.execute(text(change))

    assert trail.verify().is_whole


def test_sqlite_refuses_to_replace_a_row(sqlite_store):
    replace = text("REPLACE INTO audit SELECT * FROM audit WHERE seq = 1")

    with (
        pytest.raises(DBAPIError, match="never changed"),
        sqlite_store.database.transaction() as session,
    ):
        session.execute(replace)


@pytest.mark.parametrize("ready_url", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_truncate_the_trail(store):
    with (
        pytest.raises(DBAPIError, match="never changed"),
        store.database.transaction() as session,
    ):
        session.execute(text("TRUNCATE audit"))


@pytest.mark.parametrize("column", WITHOUT_SEQ)
def test_an_edited_row_is_named(store, trail, column):
    with store.database.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(
            text(f"UPDATE audit SET {column} = 'x' WHERE seq = 4")  # noqa: S608
        )

    verdict = trail.verify()

    assert not verdict.is_whole
    assert (verdict.broken_seq, verdict.checked, verdict.head.seq) == (4, 3, 3)


@pytest.mark.parametrize("seq", [1, 5])
def test_a_removed_row_is_named(store, trail, seq):
    with store.database.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(text("DELETE FROM audit WHERE seq = :seq"), {"seq": seq})

    assert trail.verify().broken_seq == seq


def test_two_rows_that_changed_places_are_found_at_the_first(store, trail):
    with store.database.engine.begin() as connection:
        drop_guards(connection)
        for old, new in ((3, 100), (6, 3), (100, 6)):
            connection.execute(
                text("UPDATE audit SET seq = :new WHERE seq = :old"),
                {"old": old, "new": new},
            )

    assert trail.verify().broken_seq == 3


@pytest.mark.parametrize("seq", [-1, 0, 9, 50])
def test_an_inserted_row_is_found(store, trail, seq):
    with store.database.transaction() as session:
        copied = session.get(AuditRow, 8)
        values = {name: getattr(copied, name) for name in WITHOUT_SEQ}
        session.execute(insert(AuditRow).values(seq=seq, **values))

    assert trail.verify().broken_seq == min(seq, 9)


def test_sec_48_a_trail_cut_off_at_its_end_is_seen_only_against_a_noted_head(
    store, trail
):
    noted = trail.head()
    with store.database.engine.begin() as connection:
        drop_guards(connection)
        connection.execute(text("DELETE FROM audit WHERE seq >= 7"))

    assert trail.verify().is_whole
    assert trail.verify(noted).broken_seq == 7


def test_a_trail_that_grew_still_holds_its_noted_head(trail):
    noted = trail.head()
    trail.write(CLINICIAN, deed(8))

    assert trail.verify(noted).is_whole


def test_a_trail_written_anew_contradicts_its_noted_head(trail):
    noted = AuditHead(seq=5, mac="0" * 64)

    assert trail.verify(noted).broken_seq == 5


def test_a_trail_signed_with_another_key_is_broken_from_the_start(store, trail, clock):
    other = AuditTrail(store.database, ring(start=90), clock=clock)

    assert other.verify().broken_seq == 1


def test_rows_written_at_once_stand_in_one_chain(store, trail):
    def write():
        for number in range(10):
            trail.write(CLINICIAN, deed(number))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert trail.verify().is_whole
    assert trail.head().seq == 88


@pytest.mark.parametrize(
    ("who", "what", "message"),
    [
        ({"name": "a\0"}, {}, "actor holds a NUL"),
        ({"name": "a" * 129}, {}, "actor is longer than 128"),
        ({"request_id": "a" * 65}, {}, "request_id is longer than 64"),
        ({}, {"object_id": "a" * 129}, "object_id is longer than 128"),
        ({}, {"reason": "\0"}, "reason holds a NUL"),
    ],
)
def test_a_row_that_one_of_the_databases_would_refuse_is_not_written(
    trail, who, what, message
):
    actor = dataclasses.replace(CLINICIAN, **who)

    with pytest.raises(ValueError, match=message):
        trail.write(actor, dataclasses.replace(deed(1), **what))

    assert trail.head().seq == 8


def test_every_action_is_named_source_subject_action():
    form = re.compile(r"[a-z]+(:[a-z_]+){1,2}")

    assert [action for action in Action if not form.fullmatch(action)] == []


def test_a_patient_is_never_named():
    assert Actor.patient(request_id="r") == Actor(
        name="patient", role="patient", request_id="r"
    )


def drop_guards(connection):
    """Take the triggers away, as somebody who owns the database could."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
    else:
        connection.execute(text("DROP TRIGGER audit_refuses_update"))
        connection.execute(text("DROP TRIGGER audit_refuses_delete"))


@pytest.fixture(scope="module")
def dumped(tmp_path_factory):
    """Give a trail of twelve rows on SQLite, with its rows as a list."""
    file = tmp_path_factory.mktemp("trail") / "store.sqlite3"
    store = opened(f"sqlite:///{file}", SteppingClock())
    for number in range(11):
        store.audit.write(CLINICIAN, deed(number))
    with store.database.engine.begin() as connection:
        drop_guards(connection)
    with closing(sqlite3.connect(file)) as plain:
        rows = plain.execute("SELECT * FROM audit ORDER BY seq").fetchall()
    yield file, store.audit, rows
    store.close()


def verdict_on(dumped, rows, noted=None):
    """Write these rows in place of the trail's, and check it."""
    file, trail, _ = dumped
    marks = ", ".join("?" * len(COLUMNS))
    with closing(sqlite3.connect(file)) as plain, plain:
        plain.execute("DELETE FROM audit")
        plain.executemany(
            f"INSERT INTO audit VALUES ({marks})",  # noqa: S608 - only marks
            rows,
        )
    return trail.verify(noted)


ANYTHING = (
    st.text(max_size=80)
    | st.binary(max_size=80)
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
)


@given(data=st.data())
def test_sec_48_any_one_changed_value_names_its_row(dumped, data):
    rows = [list(row) for row in dumped[2]]
    at = data.draw(st.integers(0, 11))
    column = data.draw(st.integers(1, len(COLUMNS) - 1))
    old = rows[at][column]
    rows[at][column] = data.draw(ANYTHING.filter(lambda new: as_stored(new) != old))

    assert verdict_on(dumped, rows).broken_seq == at + 1


@given(data=st.data())
def test_sec_48_any_removal_or_new_order_of_rows_is_found_at_its_first_row(
    dumped, data
):
    original = dumped[2]
    contents = data.draw(st.permutations([row[1:] for row in original]))
    kept = contents[: data.draw(st.integers(0, 12))]
    rows = [(seq, *content) for seq, content in enumerate(kept, start=1)]
    noted = AuditHead(seq=12, mac=original[-1][-1])

    changed = [row[0] for row in original if rows[row[0] - 1 : row[0]] != [row]]
    verdict = verdict_on(dumped, rows, noted)

    assert verdict.broken_seq == (changed[0] if changed else None)


def as_stored(value):
    # A column of text turns numbers into text as they are stored.
    return str(value) if isinstance(value, int | float) else value
