"""Which dates of birth are taken where a clinic follows up?"""

from zoneinfo import ZoneInfo

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import CONTACT
from tests.web.patient.test_sending import count
from tests.web.patient.visitor import Patient, Visitor

IN_THE_PAST = "Enter a date in the past"
UNDER_18 = "This date would make you under 18. Please check it."


@pytest.fixture
def answers(questionnaire):
    return worked_answers("L1", questionnaire) | {"consent": "yes"}


@pytest.fixture
def at_contact(visitor, answers):
    Patient(visitor.begin(), answers).answer_until("/check")
    return visitor.open("/contact")


def send_born(visitor, birth):
    form = visitor.form("/send")
    for question, value in (CONTACT | {"contact_birth": birth}).items():
        form.fill(f"q-{question}", value)
    return visitor.press(form)


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        ("2026-11-24", IN_THE_PAST),
        ("2085-03-27", IN_THE_PAST),
        ("1899-12-31", IN_THE_PAST),
        ("1026-03-27", IN_THE_PAST),
        ("2026-11-23", UNDER_18),
        ("2008-11-24", UNDER_18),
    ],
)
def test_a_date_that_cannot_be_theirs_is_asked_about(
    at_contact, database, birth, words
):
    send_born(at_contact, birth)

    assert at_contact.status == 422
    assert at_contact.text.count(words) == 2  # in the summary and at the question
    assert count(database, "submissions") == 0


def test_everything_typed_stays(at_contact):
    send_born(at_contact, "2085-03-27")

    values = at_contact.form("/send").values
    assert values["q-contact_name"] == ["Sam Łęcka"]
    assert values["q-contact_birth-year"] == ["2085"]
    assert values["q-contact_phone"] == ["01632 960 001"]
    assert values["q-contact_message"] == ["no"]


def test_asked_twice_it_is_still_not_taken(at_contact):
    send_born(at_contact, "2085-03-27")

    at_contact.press(at_contact.form("/send"))

    assert at_contact.status == 422


@pytest.mark.parametrize("birth", ["2008-11-23", "1900-01-01", "1985-03-27"])
def test_a_date_of_an_adult_is_taken(at_contact, birth):
    send_born(at_contact, birth)

    assert at_contact.path == "/receipt"


def test_the_day_is_the_clinics(open_clinic, answers):
    app = open_clinic(time_zone=ZoneInfo("Pacific/Auckland"))
    visitor = Patient(Visitor(app).begin(), answers).answer_until("/check").visitor

    send_born(visitor.open("/contact"), "2008-11-24")

    assert visitor.path == "/receipt"
