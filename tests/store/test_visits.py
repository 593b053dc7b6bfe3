"""Are marks and letters kept as they were made, and are marks counted without names?"""

from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from screening.store.audit import Action
from screening.store.letters import Releasing
from screening.store.problems import AddedMeanwhile, SubmissionUnknown
from screening.store.tables import AuditRow, WordingRow
from screening.store.visits import AnswerMark
from screening.store.wordings import Tally
from tests.store.fixtures import CLINICIAN, SHA256, submit
from tests.store.test_at_rest import content_of_all_files, spellings
from tests.store.test_decisions import ANN, BEN

CANARY = "canary-zebra-4711"
TABLES = ("visits", "letters")


def said(key="dose", mark="wrong", **changes):
    usual = AnswerMark(
        key=key,
        mark=mark,
        asked="Which dose?",
        answered="50 mg",
        right=150,
        right_in_words="150 mg",
        note=CANARY,
    )
    return replace(usual, **changes)


RELEASING = Releasing(
    letter={"recipient": "Dr Who", "text": CANARY},
    record_sha256=SHA256,
    meaning="I release this letter.",
    author=ANN,
    confirmed_by=("password",),
    zone="Europe/London",
)


@pytest.fixture
def reference(store, clock):
    return submit(store, clock).reference


def mark(store, reference, *marks, number=0, author=ANN):
    return store.visits.mark(
        reference, author, marks, expected_number=number, actor=CLINICIAN
    )


def release(store, reference, number=0):
    return store.letters.release(
        reference, RELEASING, expected_number=number, actor=CLINICIAN
    )


def audited(store, action):
    with store.database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == action))
        return [(row.actor, row.object_id, row.reason) for row in rows]


def drop_guards(store):
    """Take the triggers away, as somebody who owns the database could."""
    with store.database.engine.begin() as connection:
        for table in TABLES:
            if connection.dialect.name == "postgresql":
                statement = f"ALTER TABLE {table} DISABLE TRIGGER ALL"
                connection.execute(text(statement))
                continue
            for deed in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_refuses_{deed}"))


def change(store, statement):
    with store.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_marks_are_read_as_they_were_made(store, reference, clock):
    made = mark(store, reference, said())

    history = store.visits.of(reference)

    assert history.current == made
    assert (made.number, made.author, made.made_at) == (1, ANN, clock())
    assert made.marks == (said(),)


def test_a_correction_is_a_version_and_the_one_before_stays(store, reference):
    first = mark(store, reference, said())
    second = mark(store, reference, said(mark="confirmed"), number=1, author=BEN)

    assert store.visits.of(reference).versions == (first, second)


def test_of_two_who_mark_at_once_the_second_is_told_and_nothing_is_kept(
    store, reference
):
    first = mark(store, reference, said())

    with pytest.raises(AddedMeanwhile, match="version 1 was added since"):
        mark(store, reference, said(mark="confirmed"), author=BEN)

    assert store.visits.of(reference).versions == (first,)
    assert store.wordings.all() == {SHA256: {"dose": Tally(confirmed=0, wrong=1)}}


def test_marks_of_no_submission_are_none(store):
    assert store.visits.of("AAAA-AAAA").versions == ()
    with pytest.raises(SubmissionUnknown):
        mark(store, "AAAA-AAAA", said())


def test_a_mark_is_counted_once_whatever_it_is_corrected_to(store, clock):
    one, other = submit(store, clock).reference, submit(store, clock).reference
    mark(store, one, said(), said("weeks", "answered"))
    mark(store, other, said())
    mark(store, other, said(mark="confirmed"), number=1)
    mark(store, one, said(), said("weeks", "confirmed"), number=1)
    mark(store, one, said("weeks", "confirmed"), number=2)

    assert store.wordings.all()[SHA256] == {
        "dose": Tally(confirmed=1, wrong=0),
        "weeks": Tally(confirmed=1, wrong=0),
    }


def test_the_sums_tell_of_no_submission():
    columns = {column.name for column in WordingRow.__table__.columns}

    assert columns == {"version_sha256", "question", "confirmed", "wrong"}


def test_marking_and_releasing_leave_a_row_with_the_hash(store, reference):
    mark(store, reference, said())
    letter = release(store, reference)

    (marked,) = audited(store, Action.VISIT_MARK)
    (released,) = audited(store, Action.LETTER_RELEASE)

    assert marked[:2] == ("ann", reference)
    assert marked[2].startswith("version 1, sha256 ")
    assert released == ("ann", reference, f"version 1, sha256 {letter.sha256}")


def test_a_letter_is_read_as_it_was_released_and_each_reading_is_noted(
    store, reference
):
    released = release(store, reference)

    found = store.letters.read(
        reference, actor=CLINICIAN, action=Action.LETTER_DOWNLOAD
    )

    assert found == (released,)
    assert released.letter == RELEASING.letter
    assert (released.author, released.confirmed_by) == (ANN, ("password",))
    assert audited(store, Action.LETTER_DOWNLOAD) == [("ann", reference, "")]


def test_a_second_letter_goes_on_from_the_one_that_was_seen(store, reference):
    first = release(store, reference)

    with pytest.raises(AddedMeanwhile):
        release(store, reference)
    second = release(store, reference, number=1)

    assert store.letters.of(reference) == (first, second)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "deed", ["UPDATE {} SET number = 7", "DELETE FROM {}", "UPDATE {} SET sha256 = 'x'"]
)
def test_a_version_can_be_neither_changed_nor_deleted(store, reference, table, deed):
    mark(store, reference, said())
    release(store, reference)

    with pytest.raises(DBAPIError, match="never changed"):
        change(store, deed.format(table))


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        ("UPDATE {} SET sha256 = 'x'", "its hash is another one"),
        ("UPDATE {} SET number = 3 WHERE number = 2", "the version is gone"),
        ("DELETE FROM {} WHERE number = 2", "the version is gone"),
        ("DELETE FROM {} WHERE number = 1", "the version is gone"),
    ],
)
def test_what_was_changed_all_the_same_is_told(store, reference, deed, what):
    mark(store, reference, said())
    mark(store, reference, said(), number=1)
    drop_guards(store)

    change(store, deed.format("visits"))

    history = store.visits.of(reference)
    assert history.broken[0].what == what
    assert history.current is None


def test_neither_marks_nor_letters_can_be_read_without_the_keys(
    sqlite_store, sqlite_file, clock
):
    reference = submit(sqlite_store, clock).reference
    mark(sqlite_store, reference, said())
    release(sqlite_store, reference)

    files = content_of_all_files(sqlite_file.parent)

    for spelling in spellings(CANARY):
        assert spelling not in files
