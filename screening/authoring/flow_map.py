"""A questionnaire drawn: its pages downwards, who is asked them, what is decided where.

The drawing is SVG that can be printed and read aloud: every box is text and a link to
its line, conditions are said in words, and a colour says nothing that is not written.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from screening.core.expression.words import sentence
from screening.core.spoken import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from screening.core.definition import Criterion, Page, Questionnaire
    from screening.core.expression.names import Names
    from screening.core.problems import Place

PAGE_WIDTH = 380
RULE_WIDTH = 420
MARGIN = 40
GAP = 28
LINE = 18
PAD = 12
BYPASS = 24
"""Pixels: widths of a page's and a rule's box, of the margin, and between boxes."""

_LETTER = 7.4
"""Pixels of a letter, on average, at the size of the drawing."""

_STYLE = """
    text { font: 14px sans-serif; fill: #1f2a29; }
    .strong { font-weight: bold; }
    .page { fill: #eef4f3; stroke: #1f4f4a; }
    .rule { fill: #ffffff; stroke: #4a5957; }
    .urgent { stroke-width: 3; } .exclusion { stroke-width: 2; }
    .precaution { stroke-dasharray: 4 3; }
    path { fill: none; stroke: #1f4f4a; stroke-width: 1.5; }
    a:focus rect, a:hover rect { stroke-width: 4; }
"""


@dataclass(frozen=True, slots=True)
class _Box:
    """Lines in a box, the first of them strong, with where they come from."""

    lines: tuple[str, ...]
    place: Place
    style: str
    width: int

    @property
    def height(self) -> int:
        return len(self.lines) * LINE + 2 * PAD


def drawn(made: Questionnaire) -> str:
    """Return the drawing of a questionnaire, as the text of an SVG file."""
    names = names_of(made)
    rows = [(_page_box(page, names), _rules(made, page, names)) for page in made.pages]
    parts: list[str] = []
    y = MARGIN + 2 * LINE
    tops = []
    for page_box, rules in rows:
        tops.append(y)
        parts += _box(page_box, MARGIN + BYPASS, y)
        x = MARGIN + BYPASS + PAGE_WIDTH + 2 * GAP
        below = y
        for rule in rules:
            parts.append(_line(x - 2 * GAP, y + 20, x, below + 20))
            parts += _box(rule, x, below)
            below += rule.height + GAP // 2
        y = max(y + page_box.height, below) + GAP
    for number, (page_box, _) in enumerate(rows):
        end = tops[number + 1] if number + 1 < len(rows) else y
        parts.append(_down(tops[number] + page_box.height, end))
        if made.pages[number].ask_if is not None:
            parts.append(_round(tops[number] - GAP // 2, end - GAP // 4))
    parts += _end(y)
    width = 2 * MARGIN + BYPASS + PAGE_WIDTH + 2 * GAP + RULE_WIDTH
    return _document(made, parts, width, y + 3 * LINE + MARGIN)


def _document(
    made: Questionnaire, parts: Sequence[str], width: int, height: int
) -> str:
    title = escape(f"{made.title} ({made.id} {made.version})")
    told = (
        f"{len(made.pages)} pages in the order in which they are asked, each with the "
        "condition under which it is asked and the criteria that are decided there."
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" '
        'role="graphics-document document" aria-labelledby="title told" '
        f'lang="{escape(made.language)}">\n'
        f'<title id="title">{title}</title>\n<desc id="told">{escape(told)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        '<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f'<text x="{MARGIN}" y="{MARGIN}" class="strong">{title}</text>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


# -- what stands in the boxes


def _page_box(page: Page, names: Names) -> _Box:
    count = sum(len(question.parts) or 1 for question in page.questions)
    if page.repeat is not None:
        asked = f"a list of at most {page.repeat.at_most}"
    else:
        asked = f"{count} question{'' if count == 1 else 's'}"
    lines = _wrapped(page.title, PAGE_WIDTH)
    lines += _wrapped(f"{page.id}: {asked}", PAGE_WIDTH)
    if page.ask_if is not None:
        lines += _wrapped(
            f"Asked unless this is surely not so: {sentence(page.ask_if.tree, names)}",
            PAGE_WIDTH,
        )
    hidden = [q for q in page.questions if q.ask_if is not None]
    for question in hidden:
        rule = sentence(question.ask_if.tree, names) if question.ask_if else ""
        told = f"“{question.label}” is asked unless this is surely not so: {rule}"
        lines += _wrapped(told, PAGE_WIDTH)
    return _Box(tuple(lines), page.place, "page", PAGE_WIDTH)


def _rules(made: Questionnaire, page: Page, names: Names) -> list[_Box]:
    return [
        _rule_box(criterion, names)
        for criterion in made.criteria
        if _decided_on(made, criterion) is page
    ]


def _decided_on(made: Questionnaire, criterion: Criterion) -> Page | None:
    """Return the last page that asks something which a criterion reads."""
    reads = set(criterion.reads)
    return next((p for p in reversed(made.pages) if p.keys & reads), None)


def _rule_box(criterion: Criterion, names: Names) -> _Box:
    kind = criterion.kind.value
    today = ", same day" if criterion.priority else ""
    lines = _wrapped(f"{criterion.id} ({kind}{today})", RULE_WIDTH)
    lines += _wrapped(sentence(criterion.when.tree, names), RULE_WIDTH)
    if criterion.ends:
        lines += _wrapped(f"The form ends here, with {criterion.ends}.", RULE_WIDTH)
    elif criterion.help:
        lines += _wrapped(f"Help is shown: {criterion.help}.", RULE_WIDTH)
    return _Box(tuple(lines), criterion.place, f"rule {kind}", RULE_WIDTH)


def _wrapped(text: str, width: int) -> list[str]:
    letters = int((width - 2 * PAD) / _LETTER)
    return textwrap.wrap(text, letters, break_long_words=True) or [""]


# -- how they are drawn


def _box(box: _Box, x: int, y: int) -> Iterator[str]:
    where = f"{box.place.file}#L{box.place.line}"
    yield f'<a href="{escape(where)}">'
    yield (
        f'<rect x="{x}" y="{y}" width="{box.width}" height="{box.height}" rx="6" '
        f'class="{box.style}"/>'
    )
    for number, line in enumerate(box.lines):
        strong = ' class="strong"' if number == 0 else ""
        top = y + PAD + number * LINE + 14
        yield f'<text x="{x + PAD}" y="{top}"{strong}>{escape(line)}</text>'
    yield "</a>"


def _line(x: int, y: int, to_x: int, to_y: int) -> str:
    half = (x + to_x) // 2
    return f'<path d="M{x} {y} H{half} V{to_y} H{to_x}"/>'


def _down(y: int, to_y: int) -> str:
    x = MARGIN + BYPASS + PAGE_WIDTH // 2
    return f'<path d="M{x} {y} V{to_y} m-5 -8 l5 8 l5 -8"/>'


def _round(y: int, to_y: int) -> str:
    """Draw the way round a page that is not asked of everybody."""
    x, middle = MARGIN, MARGIN + BYPASS + PAGE_WIDTH // 2
    return f'<path d="M{middle} {y} H{x} V{to_y} H{middle}"/>'


def _end(y: int) -> Iterator[str]:
    x = MARGIN + BYPASS
    yield (
        f'<rect x="{x}" y="{y}" width="{PAGE_WIDTH}" height="{2 * LINE + 8}" rx="6" '
        'class="page"/>'
    )
    yield (
        f'<text x="{x + PAD}" y="{y + LINE + 8}" class="strong">'
        "Checked by the patient, and sent</text>"
    )
