import pytest

from screening.web.config import Identity


@pytest.mark.parametrize("path", ["/help", "/help/countries", "/privacy", "/nowhere"])
def test_every_page_has_the_numbers_themselves_in_its_footer(client, path):
    footer = client.get(path).text.partition("<footer")[2]

    assert 'href="tel:999"' in footer
    assert 'href="tel:116123"' in footer
    assert 'href="/help"' in footer
    assert 'href="/privacy"' in footer


def test_a_deployment_without_a_country_lets_people_choose_one(serve):
    page = serve(locale=None).test_client().get("/help").text

    assert "your local emergency number" in page
    assert "Choose your country" in page


def test_a_deployment_with_a_country_shows_its_numbers_alone(client):
    page = client.get("/help").text

    assert "findahelpline.com" not in page
    assert "Choose your country" not in page


def test_the_numbers_of_every_country_are_on_one_page(client):
    page = client.get("/help/countries").text

    assert 'id="UK"' in page
    assert 'href="https://findahelpline.com"' in page


def test_help_says_whether_anybody_is_reading(serve):
    page = serve(monitoring_statement="A nurse reads from 9 to 5.").test_client()

    assert "A nurse reads from 9 to 5." in page.get("/help").text


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("anonymous", "does not ask who you are"),
        ("invitation", "a reference that only the clinic can read"),
        ("contact", "how to contact you at the end"),
    ],
)
def test_privacy_says_what_this_clinic_asks(serve, identity, said):
    page = serve(identity=Identity(identity)).test_client().get("/privacy").text

    assert said in page


@pytest.mark.parametrize("path", ["/help", "/help/countries", "/privacy", "/nowhere"])
def test_every_page_has_what_a_screen_reader_needs(client, path):
    page = client.get(path).text

    assert '<html lang="en">' in page
    assert 'href="#maincontent"' in page
    assert 'id="maincontent"' in page
    assert page.count("<h1") == 1
    assert "– Riverside Clinic</title>" in page


def test_the_header_names_the_clinic_and_no_one_else(client):
    page = client.get("/help").text

    assert "Riverside Clinic</span>" in page
    assert "NHS" not in page.partition("<footer")[0].partition("<main")[0]
