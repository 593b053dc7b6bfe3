"""Does the renderer tell what is wrong, and let no markup through?"""

import ast
import re
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from screening.core.problems import DefinitionError
from screening.resources import PACKAGE, templates_folder
from screening.web.article.load import languages, load_article, read_sources
from screening.web.article.page import Basis, Source
from screening.web.article.render import render

SOURCES = {
    "one": Source(
        ref="First", url="https://example.org", year="2013", basis=Basis.READ
    ),
    "two": Source(ref="Second", url=None, year=None, basis=Basis.BACKGROUND),
}

FRONT = """---
language_version: 1
article: example
title: An example
language: en
reviewed: 2026-11-23
review_due: 2027-05-23
authors: Someone
interests: None
sources: [one, two]
---
"""

BODY = "Lead [@one].\n\n## Part\n\nText [@two].\n"


def rendered(body: str, crisis, front: str = FRONT):
    return render(front + body, SOURCES, crisis, "article.en.md")


def problems_of(body: str, crisis, front: str = FRONT) -> str:
    with pytest.raises(DefinitionError) as caught:
        rendered(body, crisis, front)
    return str(caught.value)


def test_a_mark_becomes_a_numbered_link_to_its_reference(crisis):
    article = rendered(BODY, crisis)

    assert 'href="#reference-1"' in str(article.lead)
    assert 'href="#reference-2"' in str(article.sections[0].html)
    assert [one.source_id for one in article.references] == ["one", "two"]


def test_a_source_cited_twice_keeps_its_number_and_one_way_back(crisis):
    article = rendered(BODY + "\nMore [@one; @two].\n", crisis)

    page = str(article.lead) + str(article.sections[0].html)
    assert len(article.references) == 2
    assert page.count('id="citation-1"') == 1


def test_headings_make_the_contents(crisis):
    article = rendered(BODY + "\n### Below\n\nText.\n", crisis)

    assert [(one.id, one.level) for one in article.contents] == [
        ("part", 2),
        ("below", 3),
    ]
    assert 'id="below"' in str(article.sections[0].html)


WORDS = FRONT.replace(
    "sources: [one, two]",
    'sources: [one, two]\nglossary:\n  Drip: "A <thin> tube."\n  ERP: "A therapy."',
)
EXPLAINED = BODY + "\nA [drip](#word-drip), [ERP](#word-erp), a [drip](#word-drip).\n"


def test_a_word_leads_to_what_it_means_and_the_meaning_back(crisis):
    article = rendered(EXPLAINED + "\n{{glossary}}\n", crisis, WORDS)

    page = str(article.sections[0].html)
    assert page.count('href="#word-drip"') == 2
    assert page.count('id="use-drip"') == 1
    assert '<div id="word-drip"><dt>Drip</dt><dd>A &lt;thin&gt; tube.' in page
    assert 'href="#use-drip" aria-label="Back to the text: Drip"' in page


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (EXPLAINED, "the glossary stands nowhere"),
        (BODY + "\n[Drip](#word-drip)\n\n{{glossary}}\n", '"ERP" is explained'),
        (EXPLAINED + "[x](#word-drop)\n\n{{glossary}}\n", "leads to no word"),
    ],
)
def test_a_glossary_that_leads_astray_is_told(crisis, body, told):
    assert told in problems_of(body, crisis, WORDS)


def test_a_page_of_the_form_leads_to_a_heading(crisis):
    front = FRONT.replace("sources:", "beside_pages: {mood: Below}\nsources:")

    article = rendered(BODY + "\n### Below\n\nText.\n", crisis, front)

    assert article.beside_pages["mood"].id == "below"


def test_a_page_that_leads_to_no_heading_is_told(crisis):
    front = FRONT.replace("sources:", "beside_pages: {mood: Prt}\nsources:")

    told = problems_of(BODY, crisis, front)

    assert 'page "mood" leads to "Prt", which is no heading' in told
    assert 'Did you mean "Part"' in told


def test_an_article_without_hard_words_has_no_place_for_them(crisis):
    assert "no placeholder" in problems_of(BODY + "\n{{glossary}}\n", crisis)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "text <b onclick='x'>bold</b>",
        "[link](javascript:alert(1))",
        "[link](data:text/html;base64,eA==)",
        "![picture](https://example.org/x.png)",
        "<https://example.org/<script>>",
        "| a |\n| :-: |\n| <img src=x onerror=y> |",
        "&lt;script&gt;",
    ],
)
def test_no_markup_of_the_text_reaches_the_page(crisis, hostile):
    article = rendered(BODY + "\n" + hostile + "\n", crisis)

    page = str(article.sections[0].html).lower()
    for forbidden in (
        "<script",
        "<b",
        "<img",
        'href="javascript',
        'href="data',
        "style",
    ):
        assert forbidden not in page


def test_ordinary_markup_does_reach_the_page(crisis):
    article = rendered(BODY + "\n**Bold** [site](https://example.org)\n", crisis)

    page = str(article.sections[0].html)
    assert "<strong>Bold</strong>" in page
    assert 'href="https://example.org"' in page


def test_a_contact_with_brackets_in_its_name_stays_a_name(crisis):
    article = rendered(BODY + "\n{{crisis}}\n", crisis)

    page = str(article.sections[0].html)
    assert "988 &lt;Lifeline&gt;" in page
    assert 'href="tel:911"' in page


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (BODY + "\nMore [@three].\n", r'article.en.md:18:1: "three" is cited'),
        ("Lead [@one].\n\n## Part\n", r'article.en.md:10:1: "two" is listed'),
        (BODY + "\n## Part\n", r'article.en.md:18:1: two headings are called "Part"'),
        (BODY + "\n# Title\n", "article.en.md:18:1: a heading of level 1"),
        (
            BODY + "\n{{crises}}\n",
            'article.en.md:18:1: there is no placeholder "crises"',
        ),
        (BODY + "\n{{picture: no}}\n", 'article.en.md:18:1: there is no picture "no"'),
        (BODY + "\nSee {{crisis}} here\n", "article.en.md:18:1: a mark or placeholder"),
        (BODY + "\nBad [@One].\n", "article.en.md:18:1: a mark or placeholder"),
    ],
)
def test_each_mistake_in_the_text_is_told_with_its_line(crisis, body, message):
    assert message in problems_of(body, crisis)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: An example", "titel: An example", '"titel" is not known'),
        ("title: An example\n", "", '"title" is missing'),
        ("reviewed: 2026-11-23", "reviewed: soon", '"reviewed" is not a date: soon'),
        ("review_due: 2027-05-23", "review_due: 2026-01-01", "review_due is not after"),
        ("[one, two]", "[one, two, ten]", '"ten" is not in the sources file'),
        ("[one, two]", "[one, two, one]", "a source is named twice"),
        ("---\nlanguage", "language", "does not begin with front matter"),
    ],
)
def test_each_mistake_in_the_front_matter_is_told(crisis, old, new, message):
    assert message in problems_of(BODY, crisis, FRONT.replace(old, new, 1))


def test_all_mistakes_are_told_at_once(crisis):
    told = problems_of("Lead [@three].\n\n# Title\n\n{{nothing}}\n", crisis)

    assert told.count("article.en.md:") == 5


def test_an_article_without_a_crisis_contact_is_refused(crisis):
    nobody = replace(crisis, crisis=())

    assert "no crisis contact" in problems_of(BODY, nobody)


def test_a_missing_language_is_told_with_those_there_are(folder, crisis):
    with pytest.raises(DefinitionError, match="no article in the language"):
        load_article(folder, "xx", crisis)
    assert "en" in languages(folder)


def test_a_source_that_links_to_anything_but_a_site_is_refused(tmp_path):
    entry = 'sources:\n  a: {ref: "A", url: "javascript:x", basis: read}\n'
    (tmp_path / "sources.yaml").write_text(entry, encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"sources.yaml:2:\d+: this link"):
        read_sources(tmp_path)


def test_the_page_escapes_everything_but_the_articles_own_markup(crisis):
    article = rendered(BODY, crisis, FRONT.replace("An example", "An <i>example</i>"))
    loader = jinja2.FileSystemLoader(templates_folder())
    templates = jinja2.Environment(loader=loader, autoescape=True)

    page = templates.get_template("article/body.html").render(article=article)

    assert "An &lt;i&gt;example&lt;/i&gt;" in page
    assert '<a href="#reference-1"' in page
    assert 'id="reference-2"' in page


def test_each_link_within_the_shipped_page_leads_to_one_place(article):
    loader = jinja2.FileSystemLoader(templates_folder())
    templates = jinja2.Environment(loader=loader, autoescape=True)

    page = templates.get_template("article/body.html").render(article=article)

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "style=" not in page


def test_only_the_renderer_makes_trusted_markup():
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if makes_trusted_html(path)
    }

    assert makers == {"web/article/render.py"}


def makes_trusted_html(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "TrustedHtml"
        for node in ast.walk(tree)
    )
