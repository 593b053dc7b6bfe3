"""What does a person read before the first question?"""

import re

import pytest

from tests.web.patient.test_journeys import CONTACT
from tests.web.patient.visitor import Visitor

MARKER = "<x-marker>\"'"


def test_the_start_page_says_what_is_asked_and_kept(visitor):
    page = visitor.open("/").text

    for words in (
        "adults who are thinking about ketamine infusions for OCD",
        "about 20 minutes",
        "kept encrypted while you write",
        "Nobody reads your answers in real time.",
        'href="/article"',
    ):
        assert words in page


def test_looking_at_the_start_page_keeps_nothing(visitor, store):
    response = visitor.open("/").response

    session = response.headers.get("Set-Cookie", "")
    assert "draft" not in session
    assert visitor.open("/q").path == "/"


def test_every_section_of_the_article_is_linked_and_there(visitor):
    links = re.findall(r'href="/article#([a-z0-9-]+)"', visitor.open("/").text)

    article = visitor.open("/article").text

    assert len(links) > 5
    for section in links:
        assert f'id="{section}"' in article


def test_the_article_is_passed_on_by_plain_links(visitor):
    page = visitor.open("/article").text

    assert re.search(r'href="https?://[a-z.]+/article"', page)
    assert 'href="mailto:?subject=' in page


def test_the_article_leads_on_to_the_form_before_it_is_passed_on(visitor):
    page = visitor.open("/article").text

    before, after = page.split("Pass this article on", 1)
    assert re.search(r'<a href="/">\s*Go to the form\s*</a>', before)
    assert "Go to the form" not in after


@pytest.mark.parametrize("path", ["/", "/article", "/stop"])
def test_nothing_is_loaded_from_elsewhere(visitor, path):
    page = visitor.open(path).text

    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_without_a_country_the_article_offers_the_choice(open_clinic):
    page = Visitor(open_clinic(locale=None)).open("/article").text

    assert "Choose your country to see the numbers" in page


def test_an_open_form_can_be_carried_on_or_replaced(visitor, store):
    visitor.begin().answer(for_self="yes", age="40", guardian="no")

    visitor.open("/")
    carried = "Carry on with the form" in visitor.text
    visitor.press(visitor.form("/start"))

    assert carried
    assert visitor.path == "/q/about-you"
    assert visitor.form("/q/about-you").values["q-age"] == [""]


def test_what_a_patient_types_is_never_markup(visitor):
    visitor.begin().answer(for_self="yes", age=MARKER, guardian="no")

    assert visitor.status == 422
    assert "<x-marker" not in visitor.text
    assert visitor.form("/q/about-you").values["q-age"] == [MARKER]


def test_contact_questions_have_names_of_their_own(questionnaire):
    assert not set(CONTACT) & set(questionnaire.program.keys)
