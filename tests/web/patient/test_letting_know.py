"""Can a patient in danger let the clinic know before the form is done?"""

import pytest

from screening.library import shelf_for
from screening.store.audit import Actor
from screening.web.clinician.reading import read_again
from screening.web.config import Identity
from screening.web.questionnaires import Questionnaires
from screening.web.sources import FolderSource
from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import reference_on
from tests.web.patient.visitor import Patient, Visitor

CONTACT = {
    "q-contact_name": "Jo Testpatient",
    "q-contact_birth-day": "4",
    "q-contact_birth-month": "5",
    "q-contact_birth-year": "1985",
    "q-contact_phone": "01632 960 001",
    "q-contact_message": "yes",
}


def in_danger(app, questionnaire, case="U1"):
    """Take a patient to the help that an urgent answer brings up."""
    visitor = Visitor(app).begin()
    patient = Patient(visitor, worked_answers(case, questionnaire))
    patient.answer_until("/help-now")
    while visitor.heading != "Please talk to someone now":
        visitor.press(visitor.form("/help-now"))
        patient.answer_until("/help-now")
    return visitor


def send_early(visitor, **changes):
    visitor.open("/let-know")
    form = visitor.form("/let-know")
    form.values |= {name: [value] for name, value in (CONTACT | changes).items()}
    return visitor.press(form)


@pytest.fixture
def urgent(app, questionnaire):
    return in_danger(app, questionnaire)


def test_help_that_is_urgent_offers_it(urgent):
    assert urgent.path == "/help-now"
    assert "Let the clinic know now" in urgent.text


def test_the_page_says_that_it_is_no_call_for_help(urgent):
    urgent.open("/let-know")

    assert "This is not a call for help" in urgent.text
    assert "No one is reading this right now." in urgent.text
    assert "911" in urgent.text


def test_what_was_answered_so_far_reaches_the_clinic_as_urgent(urgent, store):
    send_early(urgent)

    assert urgent.path == "/receipt"
    [entry] = store.queue.page().entries
    assert entry.reference == reference_on(urgent)
    assert entry.urgent
    sent = store.submissions.read(entry.reference, actor=Actor.service("tests"))
    assert sent.identity.contact["name"] == "Jo Testpatient"
    assert "phq9" not in sent.record.answers


def test_the_clinician_reads_that_the_form_was_not_finished(urgent, store, app):
    send_early(urgent)
    [entry] = store.queue.page().entries
    sent = store.submissions.read(entry.reference, actor=Actor.service("tests"))
    source = FolderSource(shelf_for("ocd-ketamine"))

    reading = read_again(Questionnaires(source, store.versions), sent, "UTC")

    assert reading.differences == ()
    assert any(
        "before the end of the form" in one for one in reading.summary.banner.also
    )
    assert ("Filled in", "by the patient, who sent it before the end of the form") in (
        reading.summary.about
    )


def test_pressed_twice_it_is_sent_once(urgent, store):
    urgent.open("/let-know")
    form = urgent.form("/let-know")
    form.values |= {name: [value] for name, value in CONTACT.items()}

    urgent.press(form)
    urgent.press(form)

    assert urgent.path == "/receipt"
    assert len(store.queue.page().entries) == 1


def test_a_slip_in_how_to_be_reached_is_told_and_nothing_is_sent(urgent, store):
    send_early(urgent, **{"q-contact_birth-year": "2026"})

    assert urgent.status == 422
    assert store.queue.page().entries == ()


def test_nothing_can_be_sent_early_without_an_urgent_answer(app, store):
    visitor = Visitor(app).begin()

    visitor.open("/let-know")

    assert visitor.path == "/help"
    visitor.open("/q").post("/let-know", CONTACT)
    assert store.queue.page().entries == ()


def test_where_nobody_can_be_reached_it_is_not_offered(open_clinic, questionnaire):
    app = open_clinic(identity=Identity.ANONYMOUS)

    visitor = in_danger(app, questionnaire)

    assert "Let the clinic know now" not in visitor.text
    assert visitor.open("/let-know").path == "/help"
