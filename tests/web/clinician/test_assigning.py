"""Is a submission somebody's, and does nobody take it from another unawares?"""

import re
from html import unescape

import pytest

from screening.accounts.permissions import Role
from tests.web.clinician.deciding import words

WAS = re.compile(r'name="was" value="([^"]*)"')


def home(reference):
    return f"/clinic/submissions/{reference}/assign"


def give(browser, reference, to, **more):
    page = browser.get(home(reference))
    was = WAS.search(page.text)[1]
    return browser.post(home(reference), **({"was": was, "to": to} | more))


@pytest.fixture
def reference(clinic):
    return clinic.submit("L1")


def test_who_it_was_given_to_stands_in_the_queue_and_on_the_record(clinic, reference):
    ann = clinic.user("clinician")
    coordinator, browser = clinic.quick("coordinator"), clinic.quick("clinician")

    answer = give(coordinator, reference, ann.id)

    assert answer.location == "/clinic"
    assert ann.display_name in words(coordinator.get("/clinic"))
    record = browser.get(f"/clinic/submissions/{reference}")
    assert "You look at this." in unescape(record.text)
    [(who, what)] = clinic.audited("submission:assign")
    assert (who, what) == (clinic.person("coordinator"), reference)


def test_it_is_taken_on_the_record_with_one_press(clinic, reference):
    browser, ann = clinic.quick("clinician"), clinic.user("clinician")
    browser.get(f"/clinic/submissions/{reference}")

    answer = browser.post(home(reference), was="", to=ann.id, back="record")

    assert answer.location == f"/clinic/submissions/{reference}"
    mine = browser.get("/clinic?show=mine").text
    assert reference in mine
    assert reference not in browser.get("/clinic?show=nobody").text


def test_somebody_of_the_same_name_is_somebody_else(clinic, reference):
    browser, ann = clinic.quick("clinician"), clinic.user("clinician")
    other = clinic.newcomer("clinician", "ann2")

    give(browser, reference, other.id)

    record = words(browser.get(f"/clinic/submissions/{reference}"))
    assert other.display_name == ann.display_name
    assert f"{other.display_name} looks at this." in record
    assert "You look at this." not in record


def test_it_can_be_let_go(clinic, reference):
    browser, ann = clinic.quick("clinician"), clinic.user("clinician")
    give(browser, reference, ann.id)

    give(browser, reference, "")

    assert reference not in browser.get("/clinic?show=mine").text
    assert len(clinic.audited("submission:assign")) == 2


def test_who_comes_second_is_told_and_changes_nothing(clinic, reference):
    ann = clinic.user("clinician")
    ben = clinic.newcomer("clinician", "ben")
    browser, other = clinic.quick("clinician"), clinic.quick("coordinator")
    browser.get(home(reference))
    give(other, reference, ben.id)

    answer = browser.post(home(reference), was="", to=ann.id)

    assert answer.status_code == 409
    assert "Somebody else gave it away since you opened this page." in answer.text
    assert WAS.search(answer.text)[1] == ben.id
    assert len(clinic.audited("submission:assign")) == 1


def test_giving_it_to_whoever_has_it_changes_nothing(clinic, reference):
    browser, ann = clinic.quick("clinician"), clinic.user("clinician")
    give(browser, reference, ann.id)

    give(browser, reference, ann.id)

    assert len(clinic.audited("submission:assign")) == 1


@pytest.mark.parametrize("role", [None, "coordinator", "administrator", "nobody"])
def test_only_a_clinician_can_be_given_a_submission(clinic, reference, role):
    browser = clinic.quick("coordinator")
    page = browser.get(home(reference))
    to = {"to": clinic.user(role).id} if role in set(Role) else {}
    if role == "nobody":
        to = {"to": "nobody"}

    answer = browser.post(home(reference), was=WAS.search(page.text)[1], **to)

    assert answer.status_code == 422
    assert "Choose who is to look at it, or nobody." in answer.text
    assert clinic.audited("submission:assign") == []


def test_what_somebody_had_whose_account_was_closed_is_nobodys(clinic, reference):
    ben = clinic.newcomer("clinician", "ben")
    browser = clinic.quick("coordinator")
    give(browser, reference, ben.id)

    clinic.accounts.users.disable(ben.id, actor=clinic.actor)

    assert "Nobody’s : say who looks at" in words(browser.get("/clinic"))
    assert give(browser, reference, clinic.user("clinician").id).status_code == 303


def test_a_reference_that_there_is_not_is_not_found(clinic):
    assert clinic.quick("clinician").get(home("K7QM-2XRD")).status_code == 404
