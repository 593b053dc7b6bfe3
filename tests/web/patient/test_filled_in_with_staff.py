"""Can staff fill in a form with somebody, and is it told wherever it is read?"""

import pytest

from screening.accounts.permissions import Role
from screening.accounts.sign_in import open_accounts
from screening.store.audit import Actor
from screening.web.config import Identity
from screening.web.patient.room import current_room
from screening.web.recorded import recorded
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor

PASSWORD = "velvet tangerine orbit kayak"  # of nobody


@pytest.fixture
def desk(open_clinic):
    """Return a browser in which a coordinator has signed in."""

    def open_(**changes):
        app = open_clinic(insecure_demo=True, **changes)
        with app.app_context():
            store = current_room().store
        open_accounts(store.ground).users.create(
            username="cora",
            display_name="Cora Lind",
            role=Role.COORDINATOR,
            password=PASSWORD,
            actor=Actor.service("tests"),
        )
        visitor = Visitor(app).open("/clinic/sign-in")
        form = visitor.form("/clinic/sign-in")
        form.values |= {"username": ["cora"], "password": [PASSWORD]}
        return visitor.press(form), store

    return open_


def begin(visitor, **values):
    visitor.open("/clinic/fill-in")
    form = visitor.form("/clinic/fill-in")
    form.values |= {name: [value] for name, value in values.items()}
    return visitor.press(form)


def test_the_pages_say_who_fills_in_and_how(desk):
    visitor, _ = desk()

    begin(visitor, how="phone")
    assert visitor.path == "/keep"
    visitor.open("/q")

    assert (
        "Filled in with the patient on the phone, by Cora Lind, coordinator."
        in visitor.text
    )
    assert "This device is shared." in visitor.text


def test_the_record_and_its_summary_say_so(desk, questionnaire):
    visitor, store = desk(identity=Identity.ANONYMOUS)
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    begin(visitor, how="room")
    visitor.open("/q")

    Patient(visitor, answers).answer_until("/check")
    visitor.press(visitor.form("/send"))
    reference = visitor.text.split("screening-code--large")[1][2:].split("<")[0]
    actor = Actor(name="ann", role="clinician")
    record = recorded(store.submissions.read(reference, actor=actor), "UTC")

    assert record.filled_in_by == (
        "by Cora Lind, coordinator, with the patient in the room"
    )


def test_nothing_begins_before_it_is_said_where_the_patient_is(desk):
    visitor, _ = desk()

    begin(visitor)

    assert visitor.status == 422
    assert "Choose how you fill it in." in visitor.text


def test_where_patients_are_known_by_a_reference_it_is_asked_for(desk, questionnaire):
    visitor, store = desk(identity=Identity.INVITATION)
    begin(visitor, how="phone")
    assert visitor.status == 422
    assert "Enter the clinic&#39;s reference for the patient" in visitor.text

    begin(visitor, how="phone", reference="MRN 4711")
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    visitor.open("/q")
    Patient(visitor, answers).answer_until("/check")
    visitor.press(visitor.form("/send"))
    reference = visitor.text.split("screening-code--large")[1][2:].split("<")[0]
    actor = Actor(name="ann", role="clinician")

    sent = store.submissions.read(reference, actor=actor)
    assert sent.identity.clinic_reference == "MRN 4711"
