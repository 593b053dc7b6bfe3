"""Does whoever looks after accounts read who did what, and is reading it a row too?"""

import re

import pytest
from sqlalchemy import text

from screening.store.audit import Action, Actor, Deed
from screening.web.clinician.audit_words import ACTIONS

ROW = re.compile(r'<tr role="row" class="clinic-queue__row.*?</tr>', re.DOTALL)


def rows(answer):
    """Give the words of each row, in order, and without what is only looked at."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", one).split())
        for one in ROW.findall(answer.text)
    ]


def wrote(clinic, times, action=Action.SUBMISSION_VIEW, *, by=None, reason=""):
    deed = Deed(
        action=action, object_kind="submission", object_id="K7QM-2XRD", reason=reason
    )
    for _ in range(times):
        clinic.store.audit.write(by or Actor.patient(), deed)


@pytest.fixture
def browser(clinic):
    return clinic.quick("administrator")


def test_every_action_has_its_words():
    assert set(ACTIONS) == set(Action)
    assert len(set(ACTIONS.values())) == len(ACTIONS)


def test_a_row_says_when_who_what_and_why(clinic, browser):
    wrote(clinic, 1, Action.SUBMISSION_EXPORT, reason="Audit of March")

    newest, row, *_ = rows(browser.get("/clinic/audit"))

    assert "Audit trail read" in newest
    assert "When 1 March 2026, 09:30 UTC" in row
    assert "Who patient patient" in row
    assert "What Submission exported" in row
    assert "To what submission K7QM-2XRD" in row
    assert "Reason Audit of March" in row


def test_sec_47_reading_the_trail_is_a_row_of_it(clinic, browser):
    browser.get("/clinic/audit?action=submission:view")

    assert clinic.audited("audit:view") == [("a-administrator", "")]
    assert "action: submission:view" in rows(browser.get("/clinic/audit"))[1]


def test_sec_47_nothing_is_read_that_could_not_be_noted(clinic, browser, monkeypatch):
    wrote(clinic, 1, reason="Audit of March")
    clinic.break_audit_trail(monkeypatch)

    answer = browser.get("/clinic/audit")

    assert answer.status_code == 503
    assert "Audit of March" not in answer.text


def test_pages_go_on_below_the_last_row_whatever_came_meanwhile(clinic, browser):
    wrote(clinic, 120)
    first = browser.get("/clinic/audit?who=patient")
    wrote(clinic, 7)

    link = re.search(r'href="([^"]+)">Older rows', first.text)[1].replace("&amp;", "&")
    second = browser.get(link)

    numbers = [int(row.split()[0]) for row in rows(first) + rows(second)]
    assert len(numbers) == 100
    assert numbers == list(range(numbers[0], numbers[0] - 100, -1))
    assert "Back to the newest rows" in second.text


def test_the_oldest_page_has_no_older_one(clinic, browser):
    answer = browser.get("/clinic/audit?before=1")

    assert rows(answer) == []
    assert "No row of the trail is like that." in answer.text
    assert "Older rows" not in answer.text


def test_rows_are_narrowed_to_one_kind(clinic, browser):
    wrote(clinic, 2)
    wrote(clinic, 1, Action.SUBMISSION_EXPORT)

    found = rows(browser.get("/clinic/audit?action=submission:export"))

    assert len(found) == 1
    assert "Submission exported" in found[0]


def test_rows_are_narrowed_to_one_person_by_id(clinic, browser):
    user = clinic.user("clinician")
    wrote(clinic, 1, by=user.as_actor())
    wrote(clinic, 1)

    answer = browser.get(f"/clinic/audit?who={user.id}&action=submission:view")

    assert len(rows(answer)) == 1
    assert "Who Some Clinician clinician" in rows(answer)[0]


def test_rows_are_narrowed_to_one_day(clinic):
    wrote(clinic, 1)
    clinic.clock.step(hours=15)
    wrote(clinic, 2)
    browser = clinic.quick("administrator")

    def on(day):
        return len(rows(browser.get(f"/clinic/audit?who=patient&day={day}")))

    assert (on("2026-03-01"), on("2026-03-02"), on("2026-02-28")) == (1, 2, 0)


@pytest.mark.parametrize("day", ["2026-02-30", "1 March", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_told_beside_its_field(browser, day):
    answer = browser.get("/clinic/audit", query_string={"day": day})

    assert answer.status_code == 422
    assert 'aria-describedby="day-error"' in answer.text
    assert rows(answer) == []


@pytest.mark.parametrize(
    "query", ["action=x", "who=Ada", "before=-1", "before=x", "before=" + "9" * 30]
)
def test_what_the_page_never_links_to_is_not_found(browser, query):
    assert browser.get(f"/clinic/audit?{query}").status_code == 404


def test_nobody_has_checked_a_new_trail(browser):
    assert "Nobody has checked" in browser.get("/clinic/audit").text


def test_the_whole_trail_is_checked_when_somebody_asks(clinic, browser):
    browser.get("/clinic/audit")

    answer = browser.post("/clinic/audit/check")

    assert answer.location == "/clinic/audit"
    said = browser.get("/clinic/audit").text
    assert (
        "Last checked 1 March 2026, 09:30 UTC, by a-administrator: "
        "every row was as it was written." in said
    )
    assert len(clinic.audited("audit:verify:ok")) == 1


def test_the_trail_is_checked_once_a_minute_at_most(clinic, browser):
    browser.get("/clinic/audit")
    for seconds in (0, 59, 1):
        clinic.clock.step(seconds=seconds)
        browser.post("/clinic/audit/check")

    assert len(clinic.audited("audit:verify:ok")) == 2


def test_sec_48_a_row_that_was_changed_is_marked_and_found(clinic, browser):
    wrote(clinic, 1, reason="as it was")
    with clinic.store.database.transaction() as session:
        session.execute(text("DROP TRIGGER audit_refuses_update"))
        session.execute(
            text("UPDATE audit SET reason = 'changed' WHERE reason = 'as it was'")
        )
        seq = session.scalar(text("SELECT seq FROM audit WHERE reason = 'changed'"))
    marked = [row for row in rows(browser.get("/clinic/audit")) if "Not as" in row]

    browser.post("/clinic/audit/check")

    said = browser.get("/clinic/audit").text
    assert [row.split()[0] for row in marked] == [str(seq)]
    assert f"the trail was not as it was written, from row {seq} on" in said
    assert "Tell the person who runs the service now." in said
    assert len(clinic.audited("audit:verify:broken")) == 1


def test_a_time_that_was_made_unreadable_hides_no_other_row(clinic, browser):
    wrote(clinic, 2)
    with clinic.store.database.transaction() as session:
        session.execute(text("DROP TRIGGER audit_refuses_update"))
        session.execute(
            text(
                "UPDATE audit SET at_utc = 'never' "
                "WHERE seq = (SELECT max(seq) FROM audit)"
            )
        )

    found = rows(browser.get("/clinic/audit?who=patient"))

    assert "When Not readable" in found[0]
    assert len(found) == 2


@pytest.mark.parametrize("role", ["clinician", "coordinator"])
def test_only_administrators_are_led_to_it(clinic, role):
    assert "Audit trail" not in clinic.quick(role).get("/clinic").text
    assert "/clinic/audit" in clinic.quick("administrator").get("/clinic/staff").text
