"""Can a form be filled in in another language, chosen on any page, losing nothing?

Spanish is offered here by a clinic whose clinician has signed it off; the one that is
shipped is not offered.
"""

import re
from html import unescape

import pytest

from tests.spanish import signed_off
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient, Visitor


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder of questionnaires with a Spanish that somebody has signed off."""
    return signed_off(tmp_path_factory.mktemp("spanish") / "questionnaires")


@pytest.fixture
def clinic(open_clinic, folder):
    return open_clinic(questionnaires=folder)


@pytest.fixture
def spanish(clinic):
    """A visitor whose browser asks for Spanish."""
    visitor = Visitor(clinic)
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es-MX,es;q=0.9,en;q=0.5"
    return visitor


def language_of(visitor):
    return re.search(r'<html lang="([^"]+)"', visitor.text)[1]


def switch_on(visitor):
    """Return where the switch to another language leads, on the page as it is."""
    found = re.search(
        r'screening-header__language"\s+(?:form="answers"\s+formaction|href)="([^"]+)"',
        visitor.text,
    )
    return unescape(found[1])


def answers_of(case, questionnaire):
    return worked_answers(case, questionnaire) | {"consent": "yes"}


def test_a_language_nobody_has_signed_off_is_not_offered(app):
    visitor = Visitor(app)
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"

    assert language_of(visitor.open("/?language=es")) == "en"
    assert "screening-header__language" not in visitor.text


def test_a_browser_that_asks_for_spanish_is_answered_in_spanish(spanish):
    for path in ("/", "/article", "/help", "/help/countries", "/privacy", "/resume"):
        assert language_of(spanish.open(path)) == "es", path
    assert "Cuéntele a la clínica" in spanish.open("/").text
    assert "llame o envíe" not in spanish.text
    assert ">llame al 988<" in spanish.text


def test_a_reader_can_choose_on_every_page_and_stays_there(clinic):
    visitor = Visitor(clinic)

    for path in ("/", "/article", "/help", "/privacy", "/resume"):
        visitor.open(f"{path}?language=en")
        visitor.open(switch_on(visitor))
        assert (visitor.path, language_of(visitor)) == (path, "es")
        assert "language=" not in visitor.response.request.full_path


def test_a_switch_in_the_midst_of_a_page_keeps_what_was_typed(clinic, questionnaire):
    visitor = Visitor(clinic).begin()
    patient = Patient(visitor, answers_of("L1", questionnaire))
    patient.answer_until("/q/about-you")
    form = visitor.form("/q/about-you")
    form.fill("q-age", "thirty")
    form.action = switch_on(visitor)

    visitor.press(form)

    assert (visitor.status, language_of(visitor)) == (200, "es")
    assert visitor.form("/q/about-you").values["q-age"] == ["thirty"]
    assert "nhsuk-error-summary" not in visitor.text
    visitor.press(visitor.form("/q/about-you"))
    assert "Escriba solo un número, en cifras, entre" in visitor.text


@pytest.mark.parametrize("page", ["/contact", "/q/medicines-for-ocd/entry/1"])
def test_so_does_one_where_things_are_listed_or_the_clinic_asks(
    clinic, questionnaire, page
):
    visitor = Visitor(clinic).begin()
    patient = Patient(visitor, answers_of("L1", questionnaire))
    patient.answer_until("/check" if page == "/contact" else page)
    visitor.open(page)
    form = visitor.form("/send" if page == "/contact" else page)
    name = form.names[0]
    form.fill(name, "Ana Sol")
    form.action = switch_on(visitor)

    visitor.press(form)

    assert language_of(visitor) == "es"
    assert 'value="Ana Sol"' in visitor.text
    assert "nhsuk-error-summary" not in visitor.text


def test_the_code_stays_the_same_when_it_is_read_in_another_language(clinic):
    visitor = Visitor(clinic).begin()
    visitor.open("/stop")
    visitor.press(visitor.form("/code"))
    code = re.search(r'name="code" value="([^"]+)"', visitor.text)[1]
    form = next(one for one in visitor.forms if one.action == "/code")
    form.action = switch_on(visitor)

    visitor.press(form)

    assert language_of(visitor) == "es"
    assert f'name="code" value="{code}"' in visitor.text


def test_the_same_answers_are_decided_alike_in_both_languages(
    clinic, spanish, questionnaire
):
    found = []
    for visitor in (Visitor(clinic), spanish):
        patient = Patient(visitor.begin(), answers_of("L1", questionnaire))
        patient.answer_until("/check")
        patient.visitor.open("/contact")
        visitor.press(visitor.form("/send"))
        visitor.press(visitor.form("/send"))
        assert visitor.path == "/receipt"
        found.append(visitor)

    assert [language_of(one) for one in found] == ["en", "es"]
    assert "Sus respuestas se enviaron" in found[1].text


def test_help_is_said_in_the_language_that_is_read(spanish, questionnaire):
    patient = Patient(spanish.begin(), answers_of("U1", questionnaire))

    visitor = patient.answer_until("/help-now").visitor

    assert language_of(visitor) == "es"
    assert "Llamar al 911" in visitor.text
    assert "Nadie está leyendo esto en este momento." in visitor.text


def test_items_without_a_published_wording_are_marked_as_english(
    spanish, questionnaire
):
    answers = answers_of("L1", questionnaire) | {"trauma_exposure": "yes"}

    visitor = Patient(spanish.begin(), answers).answer_until("/check").visitor

    marked = [path for path in visitor.seen if path.startswith("/q/")]
    pages = {path: visitor.open(path).text for path in dict.fromkeys(marked)}
    english = [path for path, text in pages.items() if '<div lang="en">' in text]
    assert english
    assert all('<html lang="es"' in pages[path] for path in english)
    assert '<p lang="en">Sometimes things happen' in pages["/q/stressful-events"]


def test_nothing_english_is_left_on_the_pages_of_the_form(spanish, questionnaire):
    english = re.compile(
        r"\b(?:the|your|please|and|what|with|which|you)\b", re.IGNORECASE
    )
    visitor = (
        Patient(spanish.begin(), answers_of("L1", questionnaire))
        .answer_until("/check")
        .visitor
    )

    left = {}
    for path in dict.fromkeys(visitor.seen):
        text = visitor.open(path).text
        body = re.sub(r"(?s)<(?:script|style|head|datalist)\b.*?</\w+>", " ", text)
        body = re.sub(r'(?s)<div lang="en">.*?</form>', " ", body)
        body = re.sub(r'(?s)<(d[td]|p|span) [^>]*lang="en">.*?</\1>', " ", body)
        words = re.sub(r"(?s)<[^>]+>", " ", body)
        if english.search(words):
            left[path] = english.findall(words)[:5]
    assert left == {}
