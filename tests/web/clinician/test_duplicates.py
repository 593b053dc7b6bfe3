"""Can staff look at two who may be one side by side, and is nothing merged?"""

import re
from html import unescape

import pytest
from sqlalchemy import update

from screening.store.persons import Verdict
from screening.store.tables import PersonPairRow
from tests.web.clinician.conftest import ADA

LIST = "/clinic/duplicates"


@pytest.fixture
def twice(clinic):
    """Two forms with the same number and the same name and date of birth."""
    first = clinic.submit("L1", contact=ADA)
    clinic.clock.step(days=3)
    return first, clinic.submit("N1", contact=ADA | {"name": "QUILL Ada"})


def address(twice):
    return f"{LIST}/{twice[0]}/{twice[1]}"


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def judge(browser, twice, verdict="same", revision="0"):
    browser.get(address(twice))
    return browser.post(address(twice), verdict=verdict, revision=revision)


def test_a_clinic_in_which_nobody_came_twice_says_so(clinic):
    clinic.submit("L1", contact=ADA)

    assert "There are none to look at" in clinic.quick("coordinator").get(LIST).text


def test_the_list_says_what_two_have_in_common(clinic, twice):
    said = words(clinic.quick("coordinator").get(LIST))

    assert f"{twice[0]} and {twice[1]}" in said
    assert "the same phone number, the same name and date of birth" in said


def test_the_list_names_nobody(clinic, twice):
    assert "Quill" not in clinic.quick("coordinator").get(LIST).text


def test_two_stand_side_by_side_without_an_answer(clinic, twice):
    said = words(clinic.quick("coordinator").get(address(twice)))

    assert "Name Ada Quill QUILL Ada" in said
    assert "Date of birth (the same) 4 May 1985 4 May 1985" in said
    assert "Outcome No barrier reported" in said
    assert "Sertraline" not in said


@pytest.mark.parametrize(("role", "leads_on"), [("clinician", 2), ("coordinator", 0)])
def test_only_who_may_read_a_record_is_led_to_it(clinic, twice, role, leads_on):
    page = clinic.quick(role).get(address(twice)).text

    assert page.count('href="/clinic/submissions/') == leads_on


def test_what_is_said_leaves_the_list_and_merges_nothing(clinic, twice):
    browser = clinic.quick("coordinator")
    before = clinic.row_counts()

    answer = judge(browser, twice)

    assert (answer.status_code, answer.location) == (303, LIST)
    assert twice[0] not in browser.get(LIST).text
    after = clinic.row_counts()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"audit"}


def test_what_was_said_is_shown_and_can_be_said_anew(clinic, twice):
    browser = clinic.quick("coordinator")
    judge(browser, twice)

    said = words(browser.get(address(twice)))
    assert "Said so far: the same person , by a-coordinator" in said

    judge(browser, twice, "different", revision="1")
    assert "Said so far: two different people" in words(browser.get(address(twice)))


def test_what_was_said_is_found_again(clinic, twice):
    browser = clinic.quick("coordinator")
    judge(browser, twice, "different")

    assert twice[0] in browser.get(f"{LIST}?show=different").text
    assert twice[0] not in browser.get(f"{LIST}?show=same").text


def test_a_record_leads_back_to_what_was_said(clinic, twice):
    judge(clinic.quick("coordinator"), twice)

    page = clinic.quick("clinician").get(f"/clinic/submissions/{twice[1]}").text

    assert "not the same person?" in page
    assert f'href="{LIST}/{twice[0]}/{twice[1]}"' in page


def test_a_choice_is_needed(clinic, twice):
    browser = clinic.quick("coordinator")

    answer = judge(browser, twice, verdict="perhaps")

    assert answer.status_code == 422
    assert "Choose whether they are the same person" in answer.text


def test_of_two_who_say_it_at_once_the_second_is_told(clinic, twice):
    coordinator, clinician = clinic.quick("coordinator"), clinic.quick("clinician")
    judge(coordinator, twice)

    answer = judge(clinician, twice, "different")

    assert answer.status_code == 409
    assert "Somebody else said something of them" in answer.text
    assert "Said so far: the same person" in words(answer)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_two_who_have_nothing_in_common_have_no_page(clinic, twice, verdict):
    other = clinic.submit("L1", contact={"phone": "01632 960 555"})
    browser = clinic.quick("coordinator")
    pair = (twice[0], other)

    assert browser.get(address(pair)).status_code == 404
    browser.get(LIST)
    assert browser.post(address(pair), verdict=verdict, revision="0").status_code in {
        400,
        404,
    }


def test_looking_and_saying_are_audit_rows(clinic, twice):
    judge(clinic.quick("coordinator"), twice)

    key = "~".join(twice)
    assert clinic.audited("person:compare") == [("a-coordinator", key)]
    assert clinic.audited("person:judge") == [("a-coordinator", key)]


def test_a_verdict_that_was_changed_in_the_database_is_told(clinic, twice):
    clinic.store.persons.judge(
        *twice, Verdict.SAME, expected_revision=0, actor=clinic.actor
    )
    with clinic.store.database.transaction() as session:
        session.execute(update(PersonPairRow).values(verdict="different"))

    said = words(clinic.quick("coordinator").get(address(twice)))

    assert "is not as it was kept, and counts for nothing" in said


def test_a_record_leads_to_the_comparison(clinic, twice):
    page = clinic.quick("clinician").get(f"/clinic/submissions/{twice[1]}").text

    assert f'href="{LIST}/{twice[0]}/{twice[1]}"' in page


def test_names_reach_no_log(clinic, twice, capfd):
    judge(clinic.quick("coordinator"), twice)

    assert "Quill" not in capfd.readouterr().err
