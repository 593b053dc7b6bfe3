"""What becomes of a patient whose draft cannot be read any more?"""

import sqlite3
from contextlib import closing

import pytest

from screening.core.problems import DefinitionError
from screening.store.problems import RecordUnreadable
from screening.web.questionnaires import Questionnaires
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
    assert told.screening_fields["draft"] == draft_id
    assert told.screening_fields["exception"] == "RecordUnreadable"
    assert "content was not sealed for this row" in told.screening_fields["problem"]
    assert "left_out" not in told.screening_fields


def test_a_draft_that_cannot_be_read_can_be_deleted(unreadable, database):
    unreadable.open("/")

    unreadable.post("/delete")

    assert unreadable.path == "/deleted"
    assert count(database, "drafts") == 0


@pytest.mark.parametrize(
    "error",
    [
        RecordUnreadable(table="questionnaire_versions", row_id="a", what="altered"),
        DefinitionError([]),
    ],
)
def test_whose_questions_cannot_be_read_any_more_may_begin_anew(
    visitor, monkeypatch, error
):
    visitor.begin()

    def unread(*_):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(Questionnaires, "version", unread)
        visitor.open("/q")
    assert (visitor.status, visitor.path) == (200, "/")
