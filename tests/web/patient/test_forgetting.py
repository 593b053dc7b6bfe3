"""Are answers that were never sent forgotten in time, and no others?"""

import sqlite3

from tests.web.patient.visitor import Visitor


def drafts_in(database):
    with sqlite3.connect(database) as opened:
        return opened.execute("SELECT count(*) FROM drafts").fetchone()[0]


def test_a_draft_that_nobody_went_on_with_is_forgotten(app, clock, database):
    Visitor(app).begin()
    clock.move(days=15)

    Visitor(app).begin()

    assert drafts_in(database) == 1


def test_a_draft_within_its_days_is_kept(app, clock, database):
    Visitor(app).begin()
    clock.move(days=13)

    Visitor(app).begin()

    assert drafts_in(database) == 2


def test_a_deployment_may_keep_drafts_for_fewer_days(open_clinic, clock, database):
    app = open_clinic(draft_days=2)
    Visitor(app).begin()
    clock.move(days=3)

    Visitor(app).begin()

    assert drafts_in(database) == 1


def test_who_stops_is_told_after_how_many_days_it_is_deleted(open_clinic):
    visitor = Visitor(open_clinic(draft_days=9)).begin()

    visitor.open("/stop")

    assert "deleted 9 days after your last answer" in visitor.text
