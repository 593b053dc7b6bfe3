"""How does an article's text become the page a patient reads?

`render` is pure: text, sources and the deployment's crisis contacts in, an `Article`
out. It numbers the sources in the order of their first mark, gives headings their ids,
and sets the boxes where the placeholders stand. It is the only maker of `TrustedHtml`.
Whatever is wrong (a mark without a source, a picture without data, two headings of one
name) is collected and told with its line.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from screening.core.problems import DefinitionError, Place, Problem, did_you_mean
from screening.web.article import boxes, marks
from screening.web.article.front_matter import read_front_matter, split
from screening.web.article.glossary import Glossary, leads_to_a_word, name_of
from screening.web.article.page import Article, Basis, Heading, Reference, Section
from screening.web.article.trusted import TrustedHtml
from screening.web.article.words import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from screening.web.article.front_matter import FrontMatter
    from screening.web.article.page import Source
    from screening.web.article.words import Words
    from screening.web.crisis import Locale

_BOX = "box"
_SECTION, _BELOW = "h2", "h3"
_CLASSES = {
    "bullet_list_open": "nhsuk-list nhsuk-list--bullet",
    "ordered_list_open": "nhsuk-list nhsuk-list--number",
    "table_open": "nhsuk-table",
}


def render(
    text: str, sources: Mapping[str, Source], crisis: Locale, file: str
) -> Article:
    """Return the article that `text` describes; `file` is its name in messages.

    sources: every entry of the questionnaire's sources file, by id.
    crisis: what `{{crisis}}` shows; it needs a number and at least one contact.
    Raises DefinitionError with all problems, each at its line.
    """
    above, below = split(text, file)
    front = read_front_matter(above, file)
    return _Renderer(front, sources, crisis, file).article(below)


class _Renderer:
    """Carries the numbering and the problems of one article through its tokens."""

    def __init__(
        self,
        front: FrontMatter,
        sources: Mapping[str, Source],
        crisis: Locale,
        file: str,
    ) -> None:
        self._front = front
        self._sources = sources
        self._crisis = crisis
        self._file = file
        self._words: Words = words_in(front.language)
        self._numbers: dict[str, int] = {}
        self._headings: dict[str, int] = {}
        self._problems: list[Problem] = []
        self._glossary = Glossary(front.glossary)
        self._shows_glossary = False
        self._markdown = marks.ArticleMarkdown()
        self._line = 1

    def article(self, body: str) -> Article:
        tokens = self._markdown.parse(body)
        self._complain_of_sources()
        prepared = self._prepare(tokens)
        self._complain_of_leftovers(prepared)
        lead, *rest = self._divide(prepared)
        lead_html = self._html(lead)
        sections = tuple(self._section(part) for part in rest)
        beside_pages = self._beside_pages(sections)
        self._complain_of_unused()
        if self._problems:
            raise DefinitionError(self._problems)
        return Article(
            id=self._front.article,
            language=self._front.language,
            title=self._front.title,
            authors=self._front.authors,
            interests=self._front.interests,
            reviewed=self._front.reviewed,
            review_due=self._front.review_due,
            lead=lead_html,
            sections=sections,
            references=self._references(),
            words=self._words,
            beside_pages=beside_pages,
        )

    # What is wrong

    def _complain(self, code: str, what: str, fix: str, line: int) -> None:
        where = Place(self._file, line)
        self._problems.append(Problem(code=code, what=what, fix=fix, where=where))

    def _complain_of_leftovers(self, tokens: Sequence[Token]) -> None:
        for line, text in marks.left_over(tokens):
            what = f"a mark or placeholder could not be read: {text}"
            fix = "Write [@source_id], or {{crisis}} alone in its paragraph."
            self._complain("AR020", what, fix, line)

    def _complain_of_sources(self) -> None:
        for name, where in self._front.sources.items():
            if name not in self._sources:
                fix = did_you_mean(name, self._sources)
                what = f'"{name}" is not in the sources file'
                self._complain("AR021", what, fix, where.line)
        for name, picture in self._front.pictures.items():
            source = picture.source_id
            if source and source not in self._front.sources:
                what = f'picture "{name}" cites "{source}", which is not listed'
                self._complain("AR022", what, "Add it under `sources:`.", 1)
        if not self._crisis.emergency or not self._crisis.crisis:
            what = "there is no emergency number or no crisis contact to show"
            fix = "Give this deployment's country both in the locales file."
            self._complain("AR023", what, fix, 1)

    def _complain_of_unused(self) -> None:
        for name, where in self._front.sources.items():
            if name not in self._numbers:
                fix = "Mark the sentence that rests on it, or delete it here."
                what = f'"{name}" is listed, but no sentence cites it'
                self._complain("AR024", what, fix, where.line)
        for word, meaning in self._glossary.unused():
            what = f'"{word}" is explained, but nothing leads to it'
            fix = f"Write [{word}](#word-{name_of(word)}) where it is used first."
            self._complain("AR029", what, fix, meaning.where.line)
        if self._front.glossary and not self._shows_glossary:
            what = "the glossary stands nowhere"
            self._complain("AR029", what, "Write {{glossary}} near the end.", 1)

    # Tokens

    def _prepare(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens with boxes and numbers in place and no inline styles."""
        prepared: list[Token] = []
        skip = 0
        for at, token in enumerate(tokens):
            if token.map:
                self._line = token.map[0] + 1
            if skip:
                skip -= 1
                continue
            found = _lone_placeholder(tokens, at)
            if found:
                prepared.append(_box(self._placeholder(*found)))
                skip = 2
                continue
            token.attrs.pop("style", None)
            if token.type in _CLASSES:
                token.attrSet("class", _CLASSES[token.type])
            self._number_citations(token)
            self._lead_to_words(token)
            prepared.append(token)
        return prepared

    def _number_citations(self, token: Token) -> None:
        for child in token.children or ():
            if child.type == marks.CITATION:
                child.type = _BOX
                child.content = self._cite(str(child.meta["source"]))

    def _lead_to_words(self, token: Token) -> None:
        for link in filter(leads_to_a_word, token.children or ()):
            if not self._glossary.lead(link):
                address = str(link.attrGet("href"))
                what = f'"{address}" leads to no word of the glossary'
                fix = did_you_mean(address, self._glossary.names)
                self._complain("AR028", what, fix, self._line)

    def _cite(self, name: str) -> str:
        if name not in self._front.sources:
            what = f'"{name}" is cited, but not listed'
            fix = did_you_mean(name, self._front.sources)
            self._complain("AR022", what, fix, self._line)
            return ""
        is_first = name not in self._numbers
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        anchor = f' id="citation-{number}"' if is_first else ""
        label = escape(f"{self._words.reference} {number}")
        return (
            f'<sup class="article-citation"{anchor}><a href="#reference-{number}"'
            f' aria-label="{label}">[{number}]</a></sup>'
        )

    def _divide(self, tokens: list[Token]) -> list[list[Token]]:
        """Return the tokens before the first heading, then those of each section."""
        parts: list[list[Token]] = [[]]
        for token in tokens:
            if token.type == "heading_open":
                self._complain_of_level(token)
                if token.tag == _SECTION:
                    parts.append([])
            parts[-1].append(token)
        return parts

    def _complain_of_level(self, token: Token) -> None:
        if token.tag not in {_SECTION, _BELOW}:
            what = f"a heading of level {token.tag[1:]} stands here"
            fix = "Use ## for a section and ### below it; the title is given above."
            self._complain("AR025", what, fix, (token.map or [0])[0] + 1)

    # Pieces of the page

    def _section(self, tokens: list[Token]) -> Section:
        opening, inline, _closing, *content = tokens
        heading = self._heading(opening, inline)
        headings = [heading]
        for at, token in enumerate(content):
            if token.type == "heading_open":
                below = self._heading(token, content[at + 1])
                token.attrSet("id", below.id)
                token.attrSet("class", "nhsuk-heading-m")
                headings.append(below)
        return Section(
            id=heading.id,
            title=heading.title,
            html=self._html(content),
            headings=tuple(headings),
        )

    def _heading(self, opening: Token, inline: Token) -> Heading:
        line = (opening.map or [0])[0] + 1
        title = "".join(child.content for child in inline.children or ())
        name = name_of(title) or "section"
        if name in self._headings:
            what = f'two headings are called "{title}"'
            fix = f"Give one another name; the first is at line {self._headings[name]}."
            self._complain("AR026", what, fix, line)
        self._headings.setdefault(name, line)
        return Heading(id=name, title=title, level=int(opening.tag[1:]))

    def _beside_pages(self, sections: Sequence[Section]) -> dict[str, Heading]:
        headings = {one.title: one for part in sections for one in part.headings}
        found: dict[str, Heading] = {}
        for page, (title, where) in self._front.beside_pages.items():
            if title in headings:
                found[page] = headings[title]
            else:
                what = f'page "{page}" leads to "{title}", which is no heading'
                fix = did_you_mean(title, headings)
                self._complain("AR028", what, fix, where.line)
        return found

    def _html(self, tokens: list[Token]) -> TrustedHtml:
        markdown = self._markdown
        markdown.add_render_rule(_BOX, _print_box)
        return TrustedHtml(markdown.renderer.render(tokens, markdown.options, {}))

    def _references(self) -> tuple[Reference, ...]:
        bases = {
            Basis.READ: self._words.read,
            Basis.BACKGROUND: self._words.background,
            Basis.PROJECT: self._words.project,
        }
        return tuple(
            Reference(
                number=number,
                source_id=name,
                source=self._sources[name],
                basis=bases[self._sources[name].basis],
                anchor=f"reference-{number}",
                cited_at=f"citation-{number}",
            )
            for name, number in self._numbers.items()
        )

    # Boxes

    def _placeholder(self, name: str, argument: str) -> str:
        if name == "crisis" and not argument:
            return boxes.crisis_box(self._words, self._crisis)
        if name == "about" and not argument:
            return boxes.about_box(self._words, self._front)
        if name == "glossary" and not argument and self._front.glossary:
            self._shows_glossary = True
            return boxes.glossary_box(self._words, self._front.glossary)
        if name == "picture" and argument in self._front.pictures:
            picture = self._front.pictures[argument]
            mark = self._cite(picture.source_id) if picture.source_id else ""
            return boxes.figure(picture, mark)
        if name == "picture":
            what = f'there is no picture "{argument}"'
            fix = did_you_mean(argument, self._front.pictures)
        else:
            what = f'there is no placeholder "{name}"'
            fix = did_you_mean(name, ("crisis", "about", "glossary", "picture"))
        self._complain("AR027", what, fix, self._line)
        return ""


def _lone_placeholder(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    token = tokens[at]
    if token.type != "paragraph_open" or token.level or token.hidden:
        return None
    return marks.placeholder(tokens[at + 1].content)


def _box(markup: str) -> Token:
    return Token(_BOX, "", 0, content=markup)


def _print_box(
    _renderer: object,
    tokens: Sequence[Token],
    at: int,
    _options: object,
    _environment: object,
) -> str:
    """Print markup that this module made: it is escaped where it is made."""
    return tokens[at].content
