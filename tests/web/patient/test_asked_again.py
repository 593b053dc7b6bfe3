"""Does a patient who is asked again see what is asked, and lose nothing of before?"""

import re

import pytest
from sqlalchemy import select

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.store.audit import Actor
from screening.store.tables import SubmissionRow
from tests.accounts.authenticators import AppOfATest
from tests.web.clinician.conftest import PASSWORD, Browser
from tests.web.clinician.deciding import decide, home, words
from tests.web.conftest import secure_client
from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import reference_on, send
from tests.web.patient.visitor import Patient, Visitor

CODE = re.compile(r"<span>([0-9A-Z]{4})</span>")
RAISED = "raised_tests_or_hepatitis"
STAFF = Actor.service("test")


def staff(app, store, role):
    accounts = open_accounts(store.ground)
    user = accounts.users.create(
        username=role.value,
        display_name=f"Some {role.value.title()}",
        role=role,
        password=PASSWORD,
        actor=STAFF,
    )
    apps = {role.value: AppOfATest.of(accounts, user.id)}
    found = Browser(secure_client(app), apps=apps)
    assert found.sign_in(role.value).status_code == 303
    return found


@pytest.fixture
def clinician(app, store):
    return staff(app, store, Role.CLINICIAN)


def sent(app, questionnaire, case):
    """Send a worked patient's answers; give the reference."""
    answers = worked_answers(case, questionnaire) | {"consent": "yes"}
    visitor = Patient(Visitor(app).begin(), answers).answer_until("/check").visitor
    return reference_on(send(visitor))


def ask(clinician, reference, *keys):
    """Decide to ask these questions again."""
    fields = {"decision": "ask", "reason": "To be sure.", "ask-answered": list(keys)}
    return decide(clinician, reference, **fields)


def code_from(browser, reference):
    browser.get(home(reference))
    answer = browser.post(f"{home(reference)}/code")
    return "-".join(CODE.findall(answer.text))


def carry_on(app, code):
    visitor = Visitor(app).open("/resume")
    return visitor.post("/resume", {"code": code})


def test_the_code_leads_to_the_questions_that_are_asked_again(
    app, clinician, questionnaire
):
    reference = sent(app, questionnaire, "L1")
    ask(clinician, reference, "liver", "age")

    visitor = carry_on(app, code_from(clinician, reference))

    assert visitor.path == "/q/about-you"
    assert "The clinic asks about this again" in visitor.text
    visitor.answer(age="45")
    assert visitor.path == "/q/body"
    assert "The clinic asks about this again" in visitor.text
    visitor.answer(liver=RAISED)
    assert visitor.path == "/check"
    assert "The clinic asks about this again" not in visitor.open("/q/heart").text


def test_what_is_sent_then_names_the_one_before_and_who_it_was(
    app, clinician, questionnaire, submission, clock
):
    first = sent(app, questionnaire, "L1")
    clock.move(minutes=5)
    ask(clinician, first, "liver")
    visitor = carry_on(app, code_from(clinician, first))
    visitor.answer(liver=RAISED)

    visitor.press(visitor.form("/send"))

    second = submission(reference_on(visitor))
    before = submission(first)
    assert second.identity == before.identity
    assert second.record.answers == before.record.answers | {"liver": RAISED}
    assert before.record.answers["liver"] == "none"
    record = words(clinician.get(f"/clinic/submissions/{second.reference}"))
    decision = words(clinician.get(home(first)))
    assert f"Asked again, after {first}" in record
    assert f"Since the last screening Compared with {first}" in record
    assert f"Answered as {second.reference} ." in decision


def test_they_are_sent_although_the_one_before_can_not_be_read_any_more(
    app, store, clinician, questionnaire, submission
):
    first = sent(app, questionnaire, "L1")
    ask(clinician, first, "liver")
    visitor = carry_on(app, code_from(clinician, first))
    visitor.answer(liver=RAISED)
    with store.database.transaction() as session:
        row = session.scalar(
            select(SubmissionRow).where(SubmissionRow.reference == first)
        )
        row.ciphertext = row.ciphertext[:-1] + bytes([row.ciphertext[-1] ^ 1])

    visitor.press(visitor.form("/send"))

    second = submission(reference_on(visitor))
    assert second.record.answers["liver"] == RAISED


def test_an_urgent_answer_that_is_changed_then_is_still_taken_back(
    app, clinician, questionnaire, submission
):
    first = sent(app, questionnaire, "U1")
    ask(clinician, first, "asq.q5")
    visitor = carry_on(app, code_from(clinician, first))
    visitor.answer(**{"asq.q5": "no"})
    visitor.open("/check")

    visitor.press(visitor.form("/send"))

    second = submission(reference_on(visitor))
    found = [one["id"] for one in second.record.findings]
    assert "retracted-safety-answer" in found
    assert second.facts.same_day


def test_a_code_dies_with_the_next_one_and_when_the_answers_are_sent(
    app, clinician, questionnaire
):
    reference = sent(app, questionnaire, "L1")
    ask(clinician, reference, "liver")
    old, new = (code_from(clinician, reference) for _ in range(2))

    visitor = carry_on(app, new)
    replaced = carry_on(app, old)
    visitor.answer(liver=RAISED)
    visitor.press(visitor.form("/send"))
    used = carry_on(app, new)

    assert "Nothing is kept under this code." in replaced.text
    assert "Nothing is kept under this code." in used.text


def test_a_coordinator_hands_the_code_over_and_sees_nothing_else(
    app, store, clinician, questionnaire
):
    reference = sent(app, questionnaire, "L1")
    ask(clinician, reference, "liver")
    coordinator = staff(app, store, Role.COORDINATOR)

    coordinator.get(home(reference))
    page = coordinator.post(f"{home(reference)}/code")

    assert "It opens the form with one question to answer again" in words(page)
    assert "Sam" not in page.text
    assert carry_on(app, "-".join(CODE.findall(page.text))).path == "/q/body"


def test_there_is_no_code_where_nothing_is_asked(app, clinician, questionnaire):
    reference = sent(app, questionnaire, "L1")
    clinician.get(f"/clinic/submissions/{reference}")
    undecided = clinician.post(f"{home(reference)}/code")
    decide(clinician, reference, decision="refer", reason="To the crisis team.")

    decided = clinician.post(f"{home(reference)}/code")

    assert (undecided.status_code, decided.status_code) == (303, 303)
    assert "Make a code" not in clinician.get(home(reference)).text
