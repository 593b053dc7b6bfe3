"""Can a clinician have many submissions in one file, and does nobody else get it?"""

import csv
import html
import io
import json
import re
import zipfile

import pytest

from screening.accounts.permissions import Role
from screening.report.inside import inside
from screening.report.table import BYTE_ORDER_MARK
from screening.store import queue as stored_queue
from screening.store.audit import Actor
from screening.web.clinician import exporting
from tests.accounts.authenticators import AppOfATest, PasskeyOfATest
from tests.web.clinician.conftest import ADA, PASSWORD

WISH = {"form": "ndjson", "reason": "Audit of March"}


def asked(browser, **wish):
    """Post the form of the queue; give the path that it leads to."""
    browser.get("/clinic")
    answer = browser.post("/clinic/exports", **(WISH | wish))
    assert answer.status_code == 303, answer.text
    return answer.location


def fetched(clinic, browser, **wish):
    """Ask for an export, let a worker make it, and give the response of its file."""
    path = asked(browser, **wish)
    clinic.make_exports()
    return browser.get(f"{path}/file")


def came(clinic, *cases):
    """Submit worked patients a minute apart; give their references."""
    references = []
    for case in cases:
        references.append(clinic.submit(case))
        clinic.clock.step(minutes=1)
    return references


@pytest.fixture
def browser(clinic):
    return clinic.browser("clinician")


def test_what_was_chosen_comes_in_the_order_of_the_queue(clinic, browser):
    plain, _, urgent = came(clinic, "L1", "R1", "U1")

    answer = fetched(clinic, browser, chosen=[plain, urgent])

    records = [json.loads(line) for line in answer.data.splitlines()]
    assert [each["reference"] for each in records] == [urgent, plain]
    assert answer.content_type == "application/x-ndjson"
    assert answer.headers["Content-Length"] == str(len(answer.data))


def test_all_that_the_filter_shows_can_be_chosen_at_once(clinic, browser):
    plain, urgent = came(clinic, "L1", "U1")

    answer = fetched(clinic, browser, all="yes", show="urgent")

    assert urgent.encode() in answer.data
    assert plain.encode() not in answer.data


def test_all_means_every_page_of_the_list(clinic, browser, monkeypatch):
    kinds = {"after": None, "before": None, "size": 1}
    monkeypatch.setattr(stored_queue.Queue.page, "__kwdefaults__", kinds)
    references = came(clinic, "L1", "R1", "U1")

    answer = fetched(clinic, browser, all="yes")

    assert len(answer.data.splitlines()) == len(references)


def test_a_zip_holds_the_pdf_of_each_under_its_reference_alone(clinic, browser):
    reference = clinic.submit("L1", contact=ADA)

    answer = fetched(clinic, browser, chosen=reference, form="zip")

    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    assert archive.namelist() == [f"{reference}.pdf"]
    found = inside(archive.read(f"{reference}.pdf"))
    assert json.loads(found.record)["reference"] == reference
    name = answer.headers["Content-Disposition"]
    assert name == "attachment; filename=submissions-2026-03-01.zip"


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_tables_and_records_name_no_patient(clinic, browser, form):
    reference = clinic.submit("L1", contact=ADA)

    answer = fetched(clinic, browser, chosen=reference, form=form)

    assert reference in answer.text
    for detail in ADA.values():
        assert detail == "yes" or detail not in answer.text


def test_a_table_has_a_row_for_each_and_opens_in_excel(clinic, browser):
    urgent, plain = clinic.submit("U1"), clinic.submit("L1")

    answer = fetched(clinic, browser, all="yes", form="csv")

    text = answer.data.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert [row["reference"] for row in rows] == [urgent, plain]
    assert [row["urgent"] for row in rows] == ["yes", "no"]
    assert rows[1]["answer:age"] == str(clinic.worked["L1"]["age"])


def test_each_step_leaves_an_audit_row(clinic, browser):
    references = came(clinic, "L1", "R1")

    path = asked(browser, chosen=references)
    clinic.make_exports()
    browser.get(f"{path}/file")

    export = path.rsplit("/", 1)[1]
    assert clinic.audited("export:start") == [("a-clinician", export)]
    assert clinic.audited("export:download") == [("a-clinician", export)]
    assert sorted(clinic.audited("submission:export")) == sorted(
        ("a-clinician", reference) for reference in references
    )
    assert clinic.store.audit.verify().is_whole


def test_a_file_whose_fetching_cannot_be_noted_is_not_given(
    clinic, browser, monkeypatch
):
    path = asked(browser, chosen=clinic.submit("L1"))
    clinic.make_exports()

    clinic.break_audit_trail(monkeypatch)
    answer = browser.get(f"{path}/file")

    assert answer.status_code == 503


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({}, "Choose submissions in the list above"),
        ({"chosen": "ZZZZ-ZZZZ"}, "Choose submissions in the list above"),
        ({"all": "yes", "form": ""}, "Choose what the file is to be"),
        ({"all": "yes", "form": "exe"}, "Choose what the file is to be"),
        ({"all": "yes", "reason": " "}, "Enter what the file is for"),
        ({"all": "yes", "reason": "x" * 201}, "one line of 200 signs"),
    ],
)
def test_what_is_missing_is_told_and_the_rest_is_kept(clinic, browser, wish, told):
    reference = clinic.submit("L1")
    browser.get("/clinic")

    answer = browser.post("/clinic/exports", **(WISH | wish))

    assert answer.status_code == 200
    assert "<title>Error" in answer.text
    assert answer.text.count(told) == 2
    assert reference in answer.text
    assert clinic.rung == []
    assert clinic.audited("export:start") == []


def test_what_was_entered_stands_there_again(clinic, browser):
    reference = clinic.submit("L1")
    browser.get("/clinic")

    answer = browser.post("/clinic/exports", chosen=reference, form="", reason="Mine")

    assert re.search(rf'value="{reference}"[^>]* checked', answer.text)
    assert 'value="Mine"' in answer.text


def test_a_filter_that_there_is_none_of_is_refused(clinic, browser):
    browser.get("/clinic")

    assert browser.post("/clinic/exports", **WISH, show="some").status_code == 400


def test_its_page_says_how_far_it_is_and_looks_again(clinic, browser):
    path = asked(browser, chosen=came(clinic, "L1", "R1"))

    before = browser.get(path)
    clinic.make_exports()
    after = browser.get(path)

    assert "0 of 2 done" in before.text
    assert re.search(r'<progress[^>]* max="2" value="0">0 of 2', before.text)
    assert before.headers["Refresh"] == "5"
    assert "The file is ready" in after.text
    assert "Refresh" not in after.headers


def test_an_export_that_nobody_begins_is_told(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))

    at_once = browser.get(path).text
    clinic.clock.step(minutes=3)
    later = browser.get(path).text

    assert "Nothing has begun to make it" not in at_once
    assert "Nothing has begun to make it" in later


def test_a_page_that_is_to_stand_still_does(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))

    answer = browser.get(f"{path}?still=yes")

    assert "Refresh" not in answer.headers
    assert "Look again" in answer.text


def test_a_page_that_nobody_watches_any_more_stands_still(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))
    for _ in range(3):
        clinic.clock.step(minutes=10)
        answer = browser.get(path)

    assert "Refresh" not in answer.headers


def test_an_export_can_be_cancelled_before_and_while_it_is_made(
    clinic, browser, monkeypatch
):
    path = asked(browser, chosen=came(clinic, "L1", "R1"))
    browser.get(path)
    monkeypatch.setattr(exporting, "_TOLD_EVERY_S", 0)

    clinic.exporter._rest = lambda _: browser.post(f"{path}/cancel")
    clinic.make_exports()
    answer = browser.get(path)

    assert "was cancelled" in answer.text
    assert browser.get(f"{path}/file").status_code == 404
    assert len(clinic.audited("submission:export")) == 2
    assert len(clinic.audited("export:cancel")) == 1


def test_a_file_can_be_deleted_before_its_day_is_over(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))
    clinic.make_exports()
    browser.get(path)

    browser.post(f"{path}/cancel")

    assert browser.get(f"{path}/file").status_code == 404
    assert clinic.row_counts()["export_parts"] == 0


def test_after_a_day_nothing_is_left_of_it(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))
    clinic.make_exports()

    clinic.clock.step(hours=24)
    exporting.tidy(clinic.store, clinic.rung.append)

    again = clinic.browser("clinician")
    assert again.get(path).status_code == 404
    assert clinic.row_counts()["export_parts"] == clinic.row_counts()["exports"] == 0
    assert len(clinic.audited("export:expire")) == 1


def test_an_export_of_which_no_worker_heard_is_rung_for_again(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))
    clinic.rung.clear()

    exporting.tidy(clinic.store, clinic.rung.append)
    clinic.make_exports()

    assert "The file is ready" in browser.get(path).text


def test_a_record_that_cannot_be_opened_is_left_out_and_named(clinic, browser):
    broken, whole = came(clinic, "L1", "R1")
    path = asked(browser, chosen=[broken, whole])
    clinic.damage(broken)

    clinic.make_exports()

    page = browser.get(path).text
    assert f"1 could not be opened and is not in it: {broken}" in page
    assert whole.encode() in browser.get(f"{path}/file").data


def test_a_fault_of_the_program_is_told_to_whoever_waits(clinic, browser, monkeypatch):
    path = asked(browser, chosen=clinic.submit("L1"))

    def fail(*_details):
        raise ValueError

    monkeypatch.setattr(exporting, "bundle", fail)
    clinic.make_exports()

    assert "The file could not be made" in browser.get(path).text


def close_account(clinic):
    clinic.accounts.users.disable(clinic.user("clinician").id, actor=clinic.actor)


def change_role(clinic):
    user = clinic.user("clinician")
    clinic.accounts.users.change_role(user.id, Role.COORDINATOR, actor=clinic.actor)


@pytest.mark.parametrize("deed", [close_account, change_role])
def test_nothing_is_read_for_somebody_who_may_have_it_no_more(clinic, browser, deed):
    asked(browser, chosen=came(clinic, "L1", "R1"))
    deed(clinic)

    clinic.make_exports()

    assert clinic.audited("submission:export") == []
    assert len(clinic.audited("authz:denied")) == 1
    assert clinic.row_counts()["export_parts"] == 0


def test_an_account_that_is_closed_meanwhile_stops_its_export(
    clinic, browser, monkeypatch
):
    asked(browser, chosen=came(clinic, "L1", "R1", "U1"))
    monkeypatch.setattr(exporting, "_TOLD_EVERY_S", 0)

    clinic.exporter._rest = lambda _: close_account(clinic)
    clinic.make_exports()

    assert len(clinic.audited("submission:export")) == 2
    assert clinic.row_counts()["export_parts"] == 0


def test_somebody_elses_export_is_not_there_and_the_try_is_written_down(
    clinic, browser
):
    path = asked(browser, chosen=clinic.submit("L1"))
    clinic.make_exports()
    user = clinic.accounts.users.create(
        username="another",
        display_name="An Other",
        role=Role.CLINICIAN,
        password=PASSWORD,
        actor=Actor.service("test"),
    )
    clinic.apps["another"] = AppOfATest.of(clinic.accounts, user.id)
    other = clinic.browser()
    other.sign_in("another")
    other.get("/clinic")

    answers = [
        other.get(path),
        other.get(f"{path}/file"),
        other.post(f"{path}/cancel"),
    ]

    assert [each.status_code for each in answers] == [404] * 3
    assert other.get("/clinic/exports").text.count("/clinic/exports/") == 0
    assert [actor for actor, _ in clinic.audited("authz:denied")] == ["another"] * 3
    assert browser.get(f"{path}/file").status_code == 200


HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def stale(clinic):
    """Give a browser whose second factor was given six minutes ago."""
    browser = clinic.quick("clinician")
    clinic.clock.step(minutes=6)
    browser.get("/clinic")
    return browser


def carried(answer):
    """Give what the page's last form would post, names that come often as lists."""
    form = {}
    for name, value in HIDDEN.findall(answer.text.rpartition("<form")[2]):
        form.setdefault(name, []).append(html.unescape(value))
    del form["csrf_token"]
    return form


def with_passkey(browser):
    """Add a passkey to the account, as its browser would; give it."""
    page = browser.get("/clinic/account/passkey")
    passkey = PasskeyOfATest(page.request.host_url.rstrip("/"))
    made = passkey.make(options_in(page))
    added = browser.post("/clinic/account/passkey", name="Desk", answer=made)
    assert added.status_code < 400, added.text
    return passkey


def options_in(page):
    return html.unescape(re.search(r'data-options="([^"]+)"', page.text)[1])


def own_code(clinic):
    return clinic.apps["a-clinician"].code()


def test_a_stale_session_shows_a_second_factor_and_loses_nothing_ticked(clinic):
    references = came(clinic, "L1", "R1", "U1")
    browser = stale(clinic)
    wish = WISH | {"chosen": references[1:], "show": "all", "reason": 'For "A" & B'}

    asked_first = browser.post("/clinic/exports", **wish)
    begun = browser.post(
        "/clinic/exports/code", **carried(asked_first), code=own_code(clinic)
    )
    clinic.make_exports()
    file = browser.get(f"{begun.location}/file")

    assert asked_first.status_code == 200
    assert "an export of 2 submissions" in asked_first.text
    assert "Location" not in asked_first.headers
    records = [json.loads(line)["reference"] for line in file.data.splitlines()]
    assert sorted(records) == sorted(references[1:])
    assert "For &#34;A&#34; &amp; B" in browser.get(begun.location).text
    assert len(clinic.audited("account:session:confirmed")) == 1
    assert len(clinic.audited("export:start")) == 1


def test_a_stale_wish_for_all_keeps_its_filter(clinic):
    _, urgent = came(clinic, "L1", "U1")
    browser = stale(clinic)

    page = browser.post("/clinic/exports", **WISH, all="yes", show="urgent")
    form = carried(page)
    begun = browser.post("/clinic/exports/code", **form, code=own_code(clinic))
    clinic.make_exports()
    file = browser.get(f"{begun.location}/file")

    assert (form["all"], form["show"]) == (["yes"], ["urgent"])
    assert [json.loads(line)["reference"] for line in file.data.splitlines()] == [
        urgent
    ]


def test_nothing_begins_before_a_second_factor_was_shown(clinic):
    reference = clinic.submit("L1")
    browser = stale(clinic)

    browser.post("/clinic/exports", **WISH, chosen=reference)

    assert clinic.rung == []
    assert clinic.audited("export:start") == []


@pytest.mark.parametrize(
    ("way", "proof"), [("code", {"code": "000000"}), ("passkey", {"answer": "{}"})]
)
def test_a_wrong_proof_begins_nothing_and_keeps_the_wish(clinic, way, proof):
    references = came(clinic, "L1", "R1")
    browser = stale(clinic)
    page = browser.post("/clinic/exports", **WISH, chosen=references)

    again = browser.post(f"/clinic/exports/{way}", **carried(page), **proof)

    assert again.status_code == 401
    assert "Nothing was exported yet" in again.text
    assert carried(again) == carried(page)
    assert sorted(carried(again)["chosen"]) == sorted(references)
    assert clinic.rung == []
    assert clinic.audited("export:start") == []


def test_a_passkey_begins_the_export_too(clinic):
    reference = clinic.submit("L1")
    browser = clinic.quick("clinician")
    passkey = with_passkey(browser)
    clinic.clock.step(minutes=6)
    browser.get("/clinic")

    page = browser.post("/clinic/exports", **WISH, chosen=reference)
    answer = passkey.sign(options_in(page))
    begun = browser.post("/clinic/exports/passkey", **carried(page), answer=answer)

    assert begun.status_code == 303
    assert len(clinic.audited("export:start")) == 1


def test_a_recovery_code_begins_the_export_too(clinic):
    reference = clinic.submit("L1")
    browser = stale(clinic)
    code = clinic.accounts.own_factors.renew_codes(clinic.user("clinician"))[0]
    page = browser.post("/clinic/exports", **WISH, chosen=reference)

    begun = browser.post("/clinic/exports/code", **carried(page), code=code)

    assert begun.status_code == 303


def test_too_many_wrong_codes_have_to_wait_and_keep_the_wish(clinic):
    reference = clinic.submit("L1")
    browser = stale(clinic)
    page = browser.post("/clinic/exports", **WISH, chosen=reference)

    for _ in range(6):
        last = browser.post("/clinic/exports/code", **carried(page), code="000000")

    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) > 0
    assert carried(last) == carried(page)


def test_what_is_missing_is_told_before_a_code_is_asked_for(clinic):
    reference = clinic.submit("L1")
    browser = stale(clinic)

    answer = browser.post("/clinic/exports", **WISH | {"chosen": reference, "form": ""})

    assert "Choose what the file is to be" in answer.text
    assert "Show that it is you" not in answer.text


def test_an_account_without_a_second_factor_is_asked_for_its_password(clinic):
    reference = clinic.submit("L1")
    user = clinic.newcomer("clinician", "without")
    browser = clinic.browser()
    token = clinic.session(user.username).token
    browser.client.set_cookie("__Host-clinic", token, secure=True)
    clinic.clock.step(minutes=6)
    browser.get("/clinic")

    page = browser.post("/clinic/exports", **WISH, chosen=reference)
    wrong = browser.post("/clinic/exports/code", **carried(page), code="not mine")
    begun = browser.post("/clinic/exports/code", **carried(page), code=PASSWORD)

    assert "Your password" in page.text
    assert (wrong.status_code, begun.status_code) == (401, 303)


def test_the_file_is_given_to_a_stale_session_only_after_a_code(clinic, browser):
    path = asked(browser, chosen=clinic.submit("L1"))
    clinic.make_exports()
    clinic.clock.step(minutes=6)

    held_up = browser.get(f"{path}/file")
    browser.get(held_up.location)
    none_yet = clinic.audited("export:download")
    back = browser.post("/clinic/confirm", code=own_code(clinic), back=path)

    assert held_up.location == f"/clinic/confirm?back={path}"
    assert none_yet == []
    assert back.location == path
    assert browser.get(f"{path}/file").status_code == 200


def test_a_coordinator_sees_nothing_to_choose(clinic):
    clinic.submit("L1")

    answer = clinic.browser("coordinator").get("/clinic")

    assert 'name="chosen"' not in answer.text
    assert "Exports" not in answer.text


def test_what_this_person_asked_for_is_listed(clinic, browser):
    none = browser.get("/clinic/exports").text
    path = asked(browser, chosen=clinic.submit("L1"))

    listed = browser.get("/clinic/exports").text

    assert "There are none." in none
    assert path in listed
    assert "Waiting. For: Audit of March" in listed
