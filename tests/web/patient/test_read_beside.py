"""Do pages of the form lead to what the article tells about them, and not away?"""

from html.parser import HTMLParser

import pytest

from screening.resources import questionnaires_folder
from screening.web.article.load import load_article
from screening.web.crisis import read_locales
from tests.web.patient.cases import worked_answers
from tests.web.patient.visitor import Patient


class Links(HTMLParser):
    """Collects the links into the article, each with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href", "").startswith("/article#"):
            self.found.append(given)


@pytest.mark.parametrize("page", ["ocd", "medicines-for-ocd"])
def test_a_page_leads_to_its_part_of_the_article_in_another_tab(
    page, visitor, questionnaire
):
    answers = worked_answers("U1", questionnaire)
    Patient(visitor.begin(), answers).answer_until(f"/q/{page}")

    (link,) = Links(visitor.text).found

    assert link["target"] == "_blank"
    assert "(opens in a new tab)" in visitor.text
    name = link["href"].partition("#")[2]
    assert f'id="{name}"' in visitor.open("/article").text


def test_a_page_that_the_article_tells_nothing_about_leads_nowhere(visitor):
    visitor.begin()

    assert Links(visitor.text).found == []


def test_each_page_that_the_article_names_is_one_of_the_form(questionnaire):
    folder = questionnaires_folder()
    locales = read_locales(folder / "locales.yaml")

    article = load_article(folder / "ocd-ketamine", "en", locales.choose("US"))

    assert article.beside_pages
    pages = {page.source_id for page in questionnaire.pages}
    assert set(article.beside_pages) <= pages
