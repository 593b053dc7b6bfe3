"""What becomes of a patient whose draft cannot be read any more?"""

import sqlite3
from contextlib import closing

import pytest

from tests.web.patient.test_sending import count

GUARD = "/q/about-you"
PLACES = ["/", "/q", GUARD, "/check", "/stop", "/help-now", "/receipt"]


@pytest.fixture
def unreadable(visitor, database):
    """A patient who has begun, and whose draft does not open any more."""
    visitor.begin().answer(for_self="yes", age="40", guardian="no")
    with closing(sqlite3.connect(database)) as rows, rows:
        rows.execute("UPDATE drafts SET ciphertext = zeroblob(64)")
    return visitor


@pytest.mark.parametrize("path", PLACES)
def test_no_page_fails_because_a_draft_cannot_be_read(unreadable, path):
    unreadable.open(path)

    assert unreadable.status == 200
    assert unreadable.path in {"/", "/stop"}


def test_whose_draft_cannot_be_read_may_begin_anew(unreadable):
    unreadable.begin()

    assert unreadable.path == GUARD
    assert unreadable.answer(for_self="yes", age="40", guardian="no").status == 200


def test_that_a_draft_cannot_be_read_is_told_without_its_content(
    unreadable, database, caplog
):
    with closing(sqlite3.connect(database)) as rows:
        (draft_id,) = rows.execute("SELECT id FROM drafts").fetchone()
    caplog.clear()

    unreadable.open("/q")

    (told, *_) = [one for one in caplog.records if one.msg == "draft_unreadable"]
    assert told.screening_fields == {
        "draft": draft_id,
        "problem": "content was not sealed for this row",
    }


def test_a_draft_that_cannot_be_read_can_be_deleted(unreadable, database):
    unreadable.open("/")

    unreadable.post("/delete")

    assert unreadable.path == "/deleted"
    assert count(database, "drafts") == 0
