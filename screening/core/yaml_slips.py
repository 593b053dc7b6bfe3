"""Which slip makes a file unreadable as YAML, and on which line was it made?

The parser stops where it can't go on, which is often a line or more after the slip: a
quote that was never closed ends at the next one. What is looked for here is where a
person has to write something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol


class Mark(Protocol):
    """A place in a text, line and column counted from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


class Stop(Protocol):
    """Where a parser could not go on, and what it was at."""

    @property
    def context(self) -> str | None:
        """What it was at."""

    @property
    def context_mark(self) -> Mark | None:
        """Where that began."""

    @property
    def problem(self) -> str | None:
        """What it met."""

    @property
    def problem_mark(self) -> Mark | None:
        """Where it met it."""


@dataclass(frozen=True, slots=True)
class YamlSlip:
    """Where a slip stands, line and column counted from 0, and what to write."""

    line: int
    column: int
    what: str
    fix: str


_MERGE = re.compile(r"^(<{7}|={7}|>{7})(\s|$)")
_NAME_ALONE = re.compile(r"\s*(- )?[\w-]+")
_TIGHT = re.compile(r"\s*(- +)?[\w-]+:[^\s/]\S*$")
_OPENING = re.compile(r"(?:^|[:\[{,-] )\s*(\")")
_CLOSING = re.compile(r"(?<!\\)\"")

_BEGUN_EARLIER = {
    "while scanning a quoted scalar": (
        "this quote is never closed",
        "Close the quote at the end of the text.",
    ),
    "while scanning a simple key": (
        "this line has no name with a colon and a space",
        "Write it as `name: value`.",
    ),
    "while scanning an anchor": (
        "a text that begins with & is not plain text in YAML",
        "Put the whole text in quotes.",
    ),
    "while scanning an alias": (
        "a text that begins with * is not plain text in YAML",
        "Put the whole text in quotes.",
    ),
}
_LONGEST_TEXT = 40
"""Lines above a place that are looked at for a quote that was opened there."""

_NEVER_CLOSED = {
    "while parsing a flow mapping": ("{", "}"),
    "while parsing a flow sequence": ("[", "]"),
}


def yaml_slip(text: str, error: Stop) -> YamlSlip:
    """Return the slip behind what the parser could not read; it has a place."""
    lines = text.splitlines() or [""]
    for number, line in enumerate(lines):
        found = _MERGE.match(line)
        if found:
            what = f"{found[1]} is the mark of a merge that was not finished"
            fix = "Keep one of the two versions, and delete the marks."
            return YamlSlip(number, 0, what, fix)
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[row] if row < len(lines) else ""
    return (
        _tab(row, column, line)
        or _hard_space(lines, row)
        or _begun_earlier(row, error)
        or _sign(row, column, error, line)
        or _dash(lines, row, column, error)
        or _odd_one(lines, row, column, error)
        or _indent(lines, row, error)
        or _quote(lines, row, column, error)
        or YamlSlip(
            row,
            column,
            f"this is not valid YAML: {error.problem or error.context}",
            "Check the indentation, the quotes and the colons around here.",
        )
    )


def _tab(row: int, column: int, line: str) -> YamlSlip | None:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" not in indent:
        return None
    fix = "Use spaces: a tab stands in this line."
    return YamlSlip(row, column, "a tab can't indent a line in YAML", fix)


def _hard_space(lines: list[str], row: int) -> YamlSlip | None:
    """Return a space that looks like any other and does not indent."""
    for number, line in enumerate(lines[: row + 1]):
        found = re.match(r" *(- *)?[\u00a0\u2007\u202f]", line)
        if found:
            what = "a non-breaking space indents this line"
            fix = "Delete the spaces before the words and type them again."
            return YamlSlip(number, found.end() - 1, what, fix)
    return None


def _begun_earlier(row: int, error: Stop) -> YamlSlip | None:
    """Return a slip that the parser saw begin, before the place where it stopped."""
    mark, context = error.context_mark, error.context or ""
    if mark is None:
        return None
    if context in _BEGUN_EARLIER:
        return YamlSlip(mark.line, mark.column, *_BEGUN_EARLIER[context])
    if context in _NEVER_CLOSED:
        opened, closed = _NEVER_CLOSED[context]
        if mark.line < row:
            what = f"this {opened} is never closed"
            return YamlSlip(mark.line, mark.column, what, f"Write {closed} at its end.")
        problem = error.problem_mark or mark
        what = f"a comma is missing before this, or the {closed} for the {opened}"
        return YamlSlip(row, problem.column, what, f"Write , or {closed} here.")
    return None


def _sign(row: int, column: int, error: Stop, line: str) -> YamlSlip | None:
    """Return a sign that YAML reads in its own way, or does not read at all."""
    said = error.problem or ""
    if "cannot start any token" in said:
        what = f"a text can't begin with {line[column : column + 1]} in YAML"
        return YamlSlip(row, column, what, "Put the whole text in quotes.")
    if "unknown escape" in said:
        what = "a backslash in double quotes begins a sign that YAML does not know"
        return YamlSlip(row, column, what, "Delete it, or write two: \\\\.")
    is_in_text = "mapping values" in said and not _NAME_ALONE.fullmatch(line[:column])
    if is_in_text:
        what = "a text with a colon and a space in it needs quotes"
        return YamlSlip(row, column, what, 'Put the whole text in quotes: "…".')
    return None


def _dash(lines: list[str], row: int, column: int, error: Stop) -> YamlSlip | None:
    """Return a dash too many, or the line that lacks one."""
    mark = error.context_mark
    if "expected '-' indicator" not in (error.problem or "") or mark is None:
        return None
    line = lines[row] if row < len(lines) else ""
    if line.strip().startswith("-"):
        fix = "Put a space after the dash."
        return YamlSlip(row, column, "this dash has no space after it", fix)
    if column != mark.column:
        what = "this line is indented unlike the lines it belongs to"
        fix = f"Begin it in column {_column_before(lines, row) + 1}, as those above."
        return YamlSlip(row, column, what, fix)
    begins = " " * mark.column + "-"
    dashes = [one for one in lines[mark.line : row] if one.startswith(begins)]
    if len(dashes) == 1:
        what = "this dash makes a list, and the lines below are not in it"
        return YamlSlip(mark.line, mark.column, what, "Delete the dash: -.")
    what = "this line has no dash, and the others of its list have"
    return YamlSlip(row, column, what, "Begin it with a dash and a space.")


def _odd_one(lines: list[str], row: int, column: int, error: Stop) -> YamlSlip | None:
    """Return the first line of a part, where that is the one indented oddly."""
    mark = error.context_mark
    if "expected key" not in (error.problem or "") or mark is None or mark.line >= row:
        return None
    first = _first_beside(lines, row, column)
    depth = _depth(lines[first])
    found = None
    if depth > column:
        line = lines[row] if row < len(lines) else ""
        has_dash = line[column:].startswith("-")
        if has_dash and not lines[first].lstrip().startswith("-"):
            what = "this line has no dash, and the others of its list have"
            return YamlSlip(first, depth, what, "Begin it with a dash and a space.")
        found = _minority(lines, first, depth, column)
    if found is None and _is_alone(lines, row, mark) and 0 < mark.column < column:
        found = _minority(lines, mark.line, mark.column, column)
    return found


def _is_alone(lines: list[str], row: int, mark: Mark) -> bool:
    """Tell whether the line at the mark is the only one so far at its depth."""
    between = [_depth(line) for line in lines[mark.line + 1 : row] if line.strip()]
    return not lines[mark.line][: mark.column].strip() and mark.column not in between


def _first_beside(lines: list[str], row: int, column: int) -> int:
    """Return the first line below the nearest one above that is indented less."""
    number = row - 1
    while number > 0 and (not lines[number].strip() or _depth(lines[number]) >= column):
        number -= 1
    below = (n for n in range(number + 1, row) if lines[n].strip())
    return next(below, max(row - 1, 0))


def _minority(lines: list[str], first: int, depth: int, column: int) -> YamlSlip | None:
    """Return the first line of a part if fewer lines are indented like it."""
    depths = [_depth(one) for one in lines[first:] if one.strip()]
    if depths.count(depth) >= depths.count(column):
        return None
    what = "this line is indented unlike the lines it belongs to"
    fix = f"Begin it in column {column + 1}, as those below."
    return YamlSlip(first, depth, what, fix)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _indent(lines: list[str], row: int, error: Stop) -> YamlSlip | None:
    """Return the line that is indented too far, or the one above that lacks a dash."""
    if "mapping values" not in (error.problem or ""):
        return None
    line = lines[row] if row < len(lines) else ""
    depth = _depth(line)
    below = next((one for one in lines[row + 1 :] if one.strip()), "")
    above = next((n for n in range(row - 1, -1, -1) if lines[n].strip()), None)
    if above is None:
        return None
    start = _depth(lines[above])
    if _TIGHT.match(lines[above]):
        what = "this colon has no space after it"
        return YamlSlip(above, start, what, "Put a space after the colon.")
    has_dash = lines[above].lstrip().startswith("-")
    if _depth(below) == depth and not has_dash:
        what = "the lines below are indented as if this one began a list"
        fix = "Begin it with a dash and a space (- ), or indent them alike."
        return YamlSlip(above, start, what, fix)
    what = "this line is indented further than the line above it"
    fix = f"Begin it in column {_column_before(lines, row) + 1}, as the line above."
    return YamlSlip(row, depth, what, fix)


def _column_before(lines: list[str], row: int) -> int:
    """Return where the names begin on the nearest line above, dashes aside."""
    for line in reversed(lines[:row]):
        if line.strip() and not line.lstrip().startswith("#"):
            found = re.match(r"\s*(?:- +)*", line)
            return found.end() if found else 0
    return 0


def _quote(lines: list[str], row: int, column: int, error: Stop) -> YamlSlip | None:
    """Return the quote that ends too early, or the one before that never ended."""
    if "expected key" not in (error.problem or ""):
        return None
    return _open_above(lines, row) or _early_end(lines, row, column)


def _open_above(lines: list[str], row: int) -> YamlSlip | None:
    for number in range(row - 1, max(row - _LONGEST_TEXT, -1), -1):
        opened = _OPENING.search(lines[number])
        if opened and not _CLOSING.search(lines[number], opened.end()):
            what, fix = _BEGUN_EARLIER["while scanning a quoted scalar"]
            return YamlSlip(number, opened.start(1), what, fix)
    return None


def _early_end(lines: list[str], row: int, column: int) -> YamlSlip | None:
    line = lines[row] if row < len(lines) else ""
    before, after = line[:column], line[column:]
    whole = 'Put the whole text in quotes: "…".'
    told = None
    if '"' in before:
        fix = "Put it all in quotes: single ones outside where double ones are inside."
        told = ("words stand after the quote that ends this text", fix)
    elif after.startswith("-"):
        fix = "Delete it, or indent it as the others."
        told = ("this dash begins a list where a name is expected", fix)
    elif after.startswith(("]", "}")):
        told = ("this bracket closes nothing", "Delete it.")
    elif "}" in before:
        told = ("a text that begins with a brace needs quotes", whole)
    return YamlSlip(row, column, *told) if told else None
