"""Does a patient see which parts the form has, and how far each is?"""

import re

import pytest

from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor


@pytest.fixture
def begun(app, questionnaire):
    """A patient who has come to the questions about safety."""
    answers = worked_answers("L1", questionnaire)
    patient = Patient(Visitor(app).begin(), answers)
    return patient.answer_until("/q/safety").visitor


def listed(text):
    """Return each part with its status and the address it leads to, if any."""
    found = re.findall(
        r'<li class="nhsuk-task-list__item.*?</li>', text, flags=re.DOTALL
    )
    return {
        re.search(r"(?:nhsuk-link[^>]*>|<div>)([^<]+)<", one)[1]: (
            re.search(r"<strong[^>]*>([^<]+)<", one)[1],
            (re.search(r'href="([^"]+)"', one) or [None, None])[1],
        )
        for one in found
    }


def test_what_is_done_can_be_opened_and_what_is_to_come_can_not(begun):
    parts = listed(begun.open("/parts").text)

    assert parts["About you"] == ("Done", "/q/about-you")
    assert parts["Thoughts about life and death"] == ("Go on here", "/q/safety")
    assert parts["OCD and you"] == ("Not yet", None)


def test_each_part_stands_once_however_many_pages_it_takes(begun, questionnaire):
    titles = [page.title for page in questionnaire.pages if page.id == page.source_id]

    parts = listed(begun.open("/parts").text)

    assert len(parts) <= len(set(titles))


def test_the_way_on_leads_to_where_the_patient_was(begun):
    begun.open("/parts")

    assert 'href="/q/safety">Go on with the form</a>' in begun.text


def test_every_page_of_the_form_leads_to_the_parts(begun):
    assert 'href="/parts"' in begun.text


def test_who_has_no_form_is_led_to_the_start(app):
    assert Visitor(app).open("/parts").path == "/"
