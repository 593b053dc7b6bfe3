"""Can somebody who left school at fourteen read the article?"""

import re

from screening.authoring.prose import grade
from screening.web.article.front_matter import read_front_matter, split

HARDEST_GRADE = 8.0


def test_the_article_reads_at_grade_eight_or_below(prose):
    grade = flesch_kincaid_grade(prose)

    assert grade <= HARDEST_GRADE


def test_no_section_is_harder_than_grade_eight(parts):
    graded = {title: flesch_kincaid_grade(text) for title, text in parts.items()}

    assert {title: grade for title, grade in graded.items() if grade > 8} == {}


def test_the_checker_of_questionnaires_grades_no_section_above_eight(prose):
    graded = {part[:20]: grade(part) for part in prose.split("\n## ")}

    assert {part: found for part, found in graded.items() if (found or 0) > 8} == {}


def test_pictures_and_hard_words_are_told_at_grade_eight_or_below(folder):
    text = (folder / "article.en.md").read_text("utf-8")
    front = read_front_matter(split(text, "article.en.md")[0], "article.en.md")
    told = {name: picture.description for name, picture in front.pictures.items()}
    told["glossary"] = "\n\n".join(one.text for one in front.glossary.values())

    graded = {name: grade(words) for name, words in told.items()}

    assert len(graded) == 4
    assert {name: found for name, found in graded.items() if found > 8} == {}


def test_a_lawyers_sentence_is_seen_to_be_too_hard():
    legal = (
        "Notwithstanding the aforementioned contraindications, pharmacological"
        " administration necessitates comprehensive interdisciplinary evaluation."
    )

    assert flesch_kincaid_grade(legal) > HARDEST_GRADE


def flesch_kincaid_grade(markdown: str) -> float:
    """Return the Flesch-Kincaid grade (Kincaid et al. 1975): 8 is about age 13 to 14.

    Headings and table rows are left out: they are no sentences. A list item without
    a full stop counts as one.
    """
    sentences = [
        sentence
        for line in markdown.splitlines()
        if line.strip() and not line.lstrip().startswith(("#", "|", "{{"))
        for sentence in re.split(r'(?<=[.!?])["*]*\s+', _plain(line))
        if re.search(r"\w", sentence)
    ]
    words = [word for each in sentences for word in re.findall(r"[\w'’-]+", each)]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / max(1, len(sentences)) + (
        11.8 * syllables / max(1, len(words)) - 15.59
    )


def _plain(line: str) -> str:
    named = re.sub(r"\[([^\]@]*)\]\(#[^)]*\)", r"\1", line)
    return re.sub(r"\[@[^\]]*\]|\{\{[^}]*\}\}|[*_]|^\s*- ", "", named)


def _syllables(word: str) -> int:
    letters = re.sub("[^a-z]", "", word.lower())
    count = len(re.findall("[aeiouy]+", letters))
    silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouyscxz]es$", letters)
    return max(1, count - bool(silent))
