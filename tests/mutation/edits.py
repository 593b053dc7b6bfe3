"""Single edits such as somebody makes by a slip: one line, one word, one sign."""

import re
from dataclasses import dataclass
from functools import cache

import yaml

OPERATORS = {
    ">=": ">",
    "<=": "<",
    "==": "!=",
    "!=": "==",
    " and ": " or ",
    " or ": " and ",
    " > ": " >= ",
    " < ": " <= ",
    " not in ": " in ",
    " in ": " not in ",
    " + ": " - ",
    " - ": " + ",
    " * ": " / ",
    "any(": "all(",
    "all(": "any(",
    "not ": "",
}
"""Signs of rules, and what they become."""

RULES = frozenset(
    {
        *("when", "ask_if", "must", "never", "always", "must_know", "gate"),
        *("inconsistent", "derived"),
    }
)
"""Names whose values are rules, each line of them."""

_SIGN = re.compile("|".join(map(re.escape, sorted(OPERATORS, key=len, reverse=True))))
_WORD = re.compile(r"\b[a-z][a-z_]{3,}\b")
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
_ID = re.compile(r"(\b(?:id|page|repeat|section|as|case): )([a-z][\w-]+)")


@dataclass(frozen=True)
class Edit:
    """One edit: its kind, the line (from 1), and what the line became, or was."""

    kind: str
    file: str
    line: int
    text: str


def _delete(lines, at, _):
    return [*lines[:at], *lines[at + 1 :]]


def _duplicate(lines, at, _):
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def _swap_lines(lines, at, _):
    if at + 1 >= len(lines):
        return None
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


def _changed(lines, at, line):
    return None if line == lines[at] else [*lines[:at], line, *lines[at + 1 :]]


def _rename_id(lines, at, _):
    renamed = _ID.sub(lambda found: found[1] + found[2] + "_x", lines[at], count=1)
    return _changed(lines, at, renamed)


def _operator(lines, at, chance):
    known = list(_SIGN.finditer(lines[at]))
    if not known or at not in rule_lines("\n".join(lines)):
        return None
    found = chance.choice(known)
    start, end = found.span()
    new = OPERATORS[found[0]]
    return _changed(lines, at, lines[at][:start] + new + lines[at][end:])


@cache
def rule_lines(text):
    """Return the places of the lines that hold rules."""
    found = set()
    waiting = [yaml.compose(text, yaml.CSafeLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                waiting.append(value)
                if name.value in RULES:
                    found |= set(range(value.start_mark.line, value.end_mark.line + 1))
    return found


def _misspell(lines, at, chance):
    words = list(_WORD.finditer(lines[at]))
    if not words:
        return None
    found = chance.choice(words)
    word = found[0]
    place = chance.randrange(len(word) - 1)
    turned = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    start, end = found.span()
    return _changed(lines, at, lines[at][:start] + turned + lines[at][end:])


def _indent(lines, at, chance):
    more = chance.choice(["-1", "+1", "+2"])
    line = lines[at][1:] if more == "-1" else " " * int(more[1]) + lines[at]
    return _changed(lines, at, line)


def _number(lines, at, chance):
    found = list(_NUMBER.finditer(lines[at]))
    if not found:
        return None
    one = chance.choice(found)
    other = str(max(int(one[0]) + chance.choice([-1, 1, 10]), 0))
    start, end = one.span()
    return _changed(lines, at, lines[at][:start] + other + lines[at][end:])


def _sign(lines, at, chance):
    known = [sign for sign in "\"'[]{}:,-" if sign in lines[at]]
    if not known:
        return None
    sign = chance.choice(known)
    return _changed(lines, at, lines[at].replace(sign, "", 1))


KINDS = {
    "delete a line": _delete,
    "duplicate a line": _duplicate,
    "swap two lines": _swap_lines,
    "rename an id": _rename_id,
    "swap an operator": _operator,
    "misspell a word": _misspell,
    "change an indent": _indent,
    "change a number": _number,
    "lose a sign": _sign,
}


def random_edit(files, chance):
    """Return one random edit and the file's new text; `files` are texts by name.

    The kind is drawn first, so that one which fits few lines comes as often as another.
    """
    names = list(files)
    weights = [8 if name.endswith("/questionnaire.yaml") else 1 for name in names]
    kind = chance.choice(list(KINDS))
    while True:
        name = chance.choices(names, weights)[0]
        lines = files[name].split("\n")
        at = chance.randrange(len(lines))
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            continue
        changed = KINDS[kind](lines, at, chance)
        if changed is not None and changed != lines:
            is_gone = kind in {"delete a line", "swap two lines"}
            text = (lines if is_gone else changed)[at].strip()
            return Edit(kind, name, at + 1, text), "\n".join(changed)
