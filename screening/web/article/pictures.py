"""How is a picture of the article drawn from its numbers and words?

A picture is data in the article's front matter; the same data always gives the same
SVG, byte for byte. Three kinds: people (one figure a person, filled or outlined), steps
(a line of stops, from top to bottom) and knowledge (what is known, partly known, and
not known). Meaning never rests on colour: a filled person bears a tick, an outlined one
is dashed, what is not known bears a question mark, and all are named in words. Looks
are presentation attributes, because the page's security policy refuses inline styles,
and `currentColor`, so that dark and printed pages work. Every picture has what it shows
in words beside it: `table` gives them.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape

WIDTH = 320
"""The drawing's own width in units; it grows and shrinks with the screen."""

PEOPLE_IN_A_ROW = 8
_PERSON_WIDTH = 38
_PERSON_HEIGHT = 56
_LINE_HEIGHT = 20
_LETTERS_IN_A_LINE = 36
_STEP_GAP = 16

_TICK = " M10 34 l3 -3 l3.4 3.8 l6 -8.4 l3.2 2.4 l-9 12.4 z"
_DISC_TICK = " M7.5 11 l1.8 -1.8 l2 2.2 l4 -5.2 l2 1.6 l-5.8 7.8 z"
"""Holes in the shape of a tick, so that no second colour is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who got the same thing: how many there were, how many are filled in."""

    label: str
    filled: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Groups of people, each person drawn; `columns` heads the table, four words.

    `group_label` stands above each group, with the places `{label}`, `{filled}` and
    `{people}`.
    """

    id: str
    title: str
    description: str
    source_id: str | None
    table_label: str
    columns: tuple[str, ...]
    filled_label: str
    outlined_label: str
    group_label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop of a journey."""

    when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A journey in stops; `columns` heads the table, two words."""

    id: str
    title: str
    description: str
    source_id: str | None
    table_label: str
    columns: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is known, partly known and not, in this order; `columns` heads the table.

    Each of the three has the label that stands above it.
    """

    id: str
    title: str
    description: str
    source_id: str | None
    table_label: str
    columns: tuple[str, ...]
    known_label: str
    partly_label: str
    unknown_label: str
    known: tuple[str, ...]
    partly: tuple[str, ...]
    unknown: tuple[str, ...]


Picture = People | Steps | Knowledge


def draw(picture: Picture) -> str:
    """Return the picture as one SVG element without styles, scripts or outside links.

    Ids inside are `<picture id>-title` and `<picture id>-description`.
    """
    if isinstance(picture, People):
        return _frame(picture, *_draw_people(picture))
    if isinstance(picture, Knowledge):
        return _frame(picture, *_draw_knowledge(picture))
    return _frame(picture, *_draw_steps(picture))


def table(picture: Picture) -> tuple[tuple[str, ...], ...]:
    """Return the picture's content as rows of words, without the heading row."""
    if isinstance(picture, People):
        return tuple(
            (
                group.label,
                str(group.filled),
                str(group.people - group.filled),
                str(group.people),
            )
            for group in picture.groups
        )
    if isinstance(picture, Knowledge):
        return tuple(
            (label, what) for label, _, points in _groups(picture) for what in points
        )
    return tuple((step.when, step.what) for step in picture.steps)


def _frame(picture: Picture, content: str, height: int) -> str:
    title, description = f"{picture.id}-title", f"{picture.id}-description"
    return (
        f'<svg class="article-picture" viewBox="0 0 {WIDTH} {height}" width="100%"'
        f' height="{height}" preserveAspectRatio="xMinYMin meet"'
        f' role="img" aria-labelledby="{title} {description}" focusable="false">'
        f'<title id="{title}">{escape(picture.title)}</title>'
        f'<desc id="{description}">{escape(picture.description)}</desc>'
        f"{content}</svg>"
    )


def _draw_people(picture: People) -> tuple[str, int]:
    parts: list[str] = []
    top = 0
    for group in picture.groups:
        parts.append(_text(0, top + 16, _group_label(picture, group), bold=True))
        top += 26
        for number in range(group.people):
            row, column = divmod(number, PEOPLE_IN_A_ROW)
            left, y = column * _PERSON_WIDTH, top + row * _PERSON_HEIGHT
            parts.append(_person(left, y, is_filled=number < group.filled))
        rows = -(-group.people // PEOPLE_IN_A_ROW)
        top += rows * _PERSON_HEIGHT + 12
    for label, is_filled in (
        (picture.filled_label, True),
        (picture.outlined_label, False),
    ):
        parts.append(_person(0, top, is_filled=is_filled, kind="legend"))
        parts.append(_text(_PERSON_WIDTH + 6, top + 32, label))
        top += _PERSON_HEIGHT
    return "".join(parts), top


def _group_label(picture: People, group: Group) -> str:
    return (
        picture.group_label.replace("{filled}", str(group.filled))
        .replace("{people}", str(group.people))
        .replace("{label}", group.label)
    )


def _person(left: int, top: int, *, is_filled: bool, kind: str = "person") -> str:
    state = "filled" if is_filled else "outlined"
    look = (
        'fill="currentColor" fill-rule="evenodd"'
        if is_filled
        else 'fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2"'
    )
    tick = _TICK if is_filled else ""
    return (
        f'<g class="{kind} {state}" transform="translate({left} {top})">'
        f'<circle cx="17" cy="10" r="7" {look}/>'
        f'<path d="M5 48 v-16 a12 12 0 0 1 24 0 v16 z{tick}" {look}/></g>'
    )


def _draw_steps(picture: Steps) -> tuple[str, int]:
    parts: list[str] = []
    top = 0
    stops: list[int] = []
    for step in picture.steps:
        stops.append(top + 12)
        parts.append(_text(34, top + 17, step.when, bold=True))
        for line in textwrap.wrap(step.what, _LETTERS_IN_A_LINE):
            top += _LINE_HEIGHT
            parts.append(_text(34, top + 17, line))
        top += _LINE_HEIGHT + _STEP_GAP
    line = (
        f'<path d="M12 {stops[0]} V{stops[-1]}" fill="none" stroke="currentColor"'
        ' stroke-width="2"/>'
    )
    circles = [
        f'<circle cx="12" cy="{y}" r="7" fill="currentColor" stroke="currentColor"/>'
        for y in stops
    ]
    return "".join([line, *circles, *parts]), top


def _groups(picture: Knowledge) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return label, mark and points of what is known, partly known and not known."""
    return (
        (picture.known_label, "known", picture.known),
        (picture.partly_label, "partly", picture.partly),
        (picture.unknown_label, "unknown", picture.unknown),
    )


def _draw_knowledge(picture: Knowledge) -> tuple[str, int]:
    parts: list[str] = []
    top = 0
    for label, state, points in _groups(picture):
        parts.append(_text(0, top + 17, label, bold=True))
        top += _LINE_HEIGHT + 8
        for point in points:
            parts.append(_mark(state, top + 11))
            for line in textwrap.wrap(point, _LETTERS_IN_A_LINE):
                parts.append(_text(34, top + 17, line))
                top += _LINE_HEIGHT
            top += _STEP_GAP // 2
        top += _STEP_GAP
    return "".join(parts), top


def _mark(state: str, y: int) -> str:
    """Return a disc: full with a tick, half full, or dashed around a question mark."""
    ring = 'fill="none" stroke="currentColor" stroke-width="2"'
    inside = {
        "known": f'<path d="M12 2 a9 9 0 0 1 0 18 a9 9 0 0 1 0 -18 z{_DISC_TICK}"'
        ' fill="currentColor" fill-rule="evenodd"/>',
        "partly": f'<circle cx="12" cy="11" r="8" {ring}/>'
        '<path d="M12 3 a8 8 0 0 0 0 16 z" fill="currentColor"/>',
        "unknown": f'<circle cx="12" cy="11" r="8" {ring} stroke-dasharray="3 2"/>'
        f'<path d="M9.5 9 a2.5 2.5 0 1 1 3.6 2.2 q-1.1 0.5 -1.1 1.8 M12 14.6 v1.6"'
        f" {ring}/>",
    }[state]
    return f'<g class="{state}" transform="translate(0 {y - 11})">{inside}</g>'


def _text(x: int, y: int, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="15" fill="currentColor"{weight}>'
        f"{escape(words)}</text>"
    )
