"""Does the Spanish article say what the English one says, no more and as plainly?"""

import re

import pytest

from screening.web.article.front_matter import read_front_matter, split
from screening.web.article.load import load_article

HARDEST_ALLOWED = 70.0
"""Fernández Huerta 1959: 70 to 80 is "rather easy", read at about 12 years of age."""

BANNED = (
    r"curas?|curan|curar\w*|curativ\w+",
    r"milagr\w+",
    r"revolucionari\w+|innovador\w*",
    r"reconecta\w*|reprograma\w*",
    r"sana|sanar\w*|sanación",
    r"garanti\w+",
    r"elegibles?|apt[oa]s?|candidat\w+",
    r"prometedor\w*",
    r"resistentes?|refractari\w+",
    r"irracional\w*",
    r"(?:bajo|menor) riesgo",
    r"es segur[oa]|más segur[oa]|sin peligro|inofensiv\w+",
    r"aprobad[oa] por la FDA",
)


@pytest.fixture(scope="module")
def bodies(folder):
    """The Markdown of both articles below the front matter, English first."""
    return [
        split((folder / name).read_text("utf-8"), name)[1].strip()
        for name in ("article.en.md", "article.es.md")
    ]


@pytest.fixture(scope="module")
def spanish(folder, crisis):
    return load_article(folder, "es", crisis)


def lines(body):
    return [line for line in body.splitlines() if line.strip()]


def shape(line):
    """Return how a line begins, its sources and its places, whatever it says."""
    start = re.match(r"#{2,3} |- |\|", line)
    return (
        start[0] if start else "",
        re.findall(r"\[@[^\]]*\]|\{\{[^}]*\}\}", line),
        line.count("|"),
    )


def numbers(line):
    said = re.sub(r"\[@[^\]]*\]", "", line)
    return sorted(re.findall(r"\d[\d,.]*\d|\d", said))


def prose(body):
    """Return what is read: no sources, no places, and links as their words."""
    plain = re.sub(r" ?\[@[^\]]*\]|\{\{[^}]*\}\}", "", body)
    return re.sub(r"\[([^\]]+)\]\(#[^)]*\)", r"\1", plain)


def test_every_line_is_of_the_same_kind_and_cites_the_same_sources(bodies):
    english, spanish = ([shape(line) for line in lines(body)] for body in bodies)

    assert spanish == english


def test_every_line_holds_the_same_numbers(bodies):
    english, spanish = ([numbers(line) for line in lines(body)] for body in bodies)

    assert spanish == english


def test_the_references_are_the_same_and_so_are_the_days(article, spanish):
    assert [one.source_id for one in spanish.references] == [
        one.source_id for one in article.references
    ]
    assert (spanish.reviewed, spanish.review_due) == (
        article.reviewed,
        article.review_due,
    )


def test_the_pictures_hold_the_same_people_and_as_many_steps(folder):
    english, spanish = (
        read_front_matter(
            split((folder / name).read_text("utf-8"), name)[0], name
        ).pictures
        for name in ("article.en.md", "article.es.md")
    )

    assert [(one.filled, one.people) for one in spanish["responders"].groups] == [
        (one.filled, one.people) for one in english["responders"].groups
    ]
    assert len(spanish["visit"].steps) == len(english["visit"].steps)


def test_the_first_hundred_words_say_what_matters_most(bodies):
    first = " ".join(prose(bodies[1]).split()[:100])

    assert "off-label" in first
    assert "La FDA no ha aprobado la ketamina para el TOC" in first
    assert "Las pruebas son tempranas" in first


@pytest.mark.parametrize("pattern", BANNED)
def test_no_spanish_word_promises_too_much_or_labels_the_reader(bodies, pattern):
    found = re.findall(rf"\b(?:{pattern})\b", prose(bodies[1]), re.IGNORECASE)

    assert found == []


def test_help_is_asked_for_in_spanish_beside_the_talk_of_suicide_and_at_the_end(
    spanish,
):
    holding = [part for part in spanish.sections if "tel:911" in str(part.html)]

    assert [part.title for part in holding] == [
        "Daños y riesgos",
        "Si necesita ayuda ahora",
    ]
    assert all("llame ahora al" in str(part.html) for part in holding)


def test_the_spanish_article_is_rather_easy_to_read(bodies):
    assert ease(prose(bodies[1])) >= HARDEST_ALLOWED


def test_an_official_sentence_is_seen_to_be_too_hard():
    official = (
        "No obstante las contraindicaciones anteriormente mencionadas, la"
        " administración farmacológica requiere una evaluación interdisciplinaria."
    )

    assert ease(official) < HARDEST_ALLOWED


def ease(text):
    """Return Fernández Huerta's ease of Spanish: the higher, the easier, up to 100."""
    sentences = [
        part
        for line in lines(text)
        if not line.startswith(("#", "|"))
        for part in re.split(r"(?<=[.!?:])[”*]*\s+", line)
        if re.search(r"\w", part)
    ]
    words = [word for part in sentences for word in re.findall(r"[^\W\d_]+", part)]
    syllables = sum(map(_syllables, words))
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(sentences)


def _syllables(word):
    """Count a word's vowels, those that are spoken as one sound once."""
    plain = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    groups = re.findall(r"[aeiouáéíóúü]+", plain)
    return max(1, sum(max(1, len(re.findall("[aeoáéóíú]", one))) for one in groups))
