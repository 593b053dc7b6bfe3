"""What stands where an article's placeholders are: help, pictures, words, its authors.

Each function returns markup for `render.py` alone. Every word is escaped as it is
placed, so that a name with an angle bracket stays a name.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from screening.web.article import pictures
from screening.web.article.glossary import ENTRY, USE, name_of
from screening.web.contact_text import linked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.web.article.front_matter import FrontMatter
    from screening.web.article.glossary import Meaning
    from screening.web.article.words import Words
    from screening.web.crisis import Locale


def crisis_box(words: Words, crisis: Locale) -> str:
    """Return the numbers to call in danger, each one a link a telephone can dial."""
    contacts = [(one.name, one.contact) for one in crisis.crisis]
    if crisis.urgent:
        contacts.append((words.urgent, crisis.urgent))
    if crisis.veterans:
        contacts.append((words.veterans, crisis.veterans))
    items = "".join(
        f"<li>{escape(name)}: {_with_links(how)}</li>" for name, how in contacts
    )
    danger = words.danger.replace("{emergency}", crisis.emergency)
    return (
        '<div class="nhsuk-inset-text article-crisis">'
        f"<p>{_with_links(danger)}</p><p>{escape(words.talk)}</p>"
        f'<ul class="nhsuk-list nhsuk-list--bullet">{items}</ul></div>\n'
    )


def about_box(words: Words, front: FrontMatter) -> str:
    """Return who wrote the article, when it was reviewed, and whose interests count."""
    rows = (
        (words.written_by, front.authors),
        (words.reviewed, words.date(front.reviewed)),
        (words.review_due, words.date(front.review_due)),
        (words.interests, front.interests),
    )
    lines = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in rows
    )
    return f'<dl class="article-about">{lines}</dl>\n'


def glossary_box(words: Words, meanings: Mapping[str, Meaning]) -> str:
    """Return what each word means, each with its way back to the text."""
    entries = "".join(
        f'<div id="{ENTRY}{name_of(word)}"><dt>{escape(word)}</dt>'
        f"<dd>{escape(meaning.text)}"
        f' <a href="#{USE}{name_of(word)}" aria-label="{escape(words.back)}:'
        f' {escape(word)}">{escape(words.back)}</a></dd></div>'
        for word, meaning in meanings.items()
    )
    return f'<dl class="article-words">{entries}</dl>\n'


def figure(picture: pictures.Picture, citation: str) -> str:
    """Return the drawing, its caption with `citation`, and the same as a table."""
    heads = "".join(f'<th scope="col">{escape(word)}</th>' for word in picture.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in pictures.table(picture)
    )
    title, label = escape(picture.title), escape(picture.table_label)
    return (
        f'<figure class="article-figure">{pictures.draw(picture)}'
        f"<figcaption>{title}{citation}</figcaption>"
        '<details class="nhsuk-details"><summary class="nhsuk-details__summary">'
        f'<span class="nhsuk-details__summary-text">{label}</span>'
        '</summary><div class="nhsuk-details__text"><table class="nhsuk-table">'
        f'<caption class="nhsuk-table__caption">{title}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        "</details></figure>\n"
    )


def _with_links(sentence: str) -> str:
    """Return the sentence escaped, its numbers and addresses as links."""
    return "".join(
        f'<a href="{escape(piece.address)}">{escape(piece.text)}</a>'
        if piece.address
        else escape(piece.text)
        for piece in linked(sentence)
    )
