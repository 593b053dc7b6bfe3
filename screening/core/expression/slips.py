"""Which slip makes a rule unreadable? The usual ones, each with what to write instead.

Python's parser says only that something can't be read. People who write rules now and
then bring signs from spreadsheets, from other languages, or from a word processor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a slip begins, counted from 0, what it is, and what to write."""

    at: int
    what: str
    fix: str


_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")

_OPENED_BY = {")": "(", "]": "["}

_SIGNS: tuple[tuple[str, str, str], ...] = (
    (r"[“”„«»‘’]", "typographic quotes can't stand in a rule", 'Write straight: ".'),
    (r"=>", "`=>` is not a comparison", "Write >= for “or more”."),
    (r"=<", "`=<` is not a comparison", "Write <= for “or less”."),
    (r"<>", "`<>` is not a comparison", "Write != for “is not”."),
    (r"≥", "the sign ≥ can't be read", "Write >=."),
    (r"≤", "the sign ≤ can't be read", "Write <=."),
    (r"≠", "the sign ≠ can't be read", "Write !=."),
    (r"&&?", "`&&` is not part of a rule", "Write and."),
    (r"\|\|?", "`||` is not part of a rule", "Write or."),
    (r"===+", "there is one = too many", "Write == for “is”."),
    (r"!(?!=)", "`!` is not part of a rule", "Write not."),
    (r"(?<![=<>!:])=(?!=)", "one `=` does not compare", "Write == for “is”."),
    (r"\bAND\b", "`and` is written small", "Write and."),
    (r"\bOR\b", "`or` is written small", "Write or."),
    (r"\bNOT\b", "`not` is written small", "Write not."),
    (r"%", "the sign % can't stand in a rule", "Write the number alone."),
    (r"\?", "the sign ? can't stand in a rule", "Delete it."),
    (
        r"(?<=\d)\s*\b(?:years?|months?|weeks?|days?|hours?|kg|mg|mmHg|cm)\b",
        "a number has no unit in a rule, so {} can't stand here",
        "Write the number alone: it is in the question's own unit.",
    ),
    (
        r"\bis\s+(?:less|lower|smaller|fewer|under|below|younger)(?:\s+than)?\b",
        "`{}` is written as a sign in a rule",
        "Write <, or <= for “or less”.",
    ),
    (
        r"\bis\s+(?:more|greater|higher|larger|over|above|older)(?:\s+than)?\b",
        "`{}` is written as a sign in a rule",
        "Write >, or >= for “or more”.",
    ),
    (
        r"\b(?:equals?|is equal to)\b",
        "`{}` is written as a sign in a rule",
        "Write == for “is”.",
    ),
    (r"\bcontains\b", "`contains` is not part of a rule", 'Write "…" in the question.'),
    (r";", "a rule is one sentence: `;` ends it", "Write and, or or."),
)


def slip_in(source: str) -> Slip | None:
    """Return the first usual slip in a rule that can't be read; None if there is none.

    >>> slip_in("age = 3")
    Slip(at=4, what='one `=` does not compare', fix='Write == for “is”.')
    """
    open_text = _QUOTED.sub(lambda found: " " * len(found[0]), source)
    found = [
        Slip(match.end() - len(match[0].lstrip()), what.format(match[0].strip()), fix)
        for pattern, what, fix in _SIGNS
        if (match := re.search(pattern, open_text)) is not None
    ]
    return min(found, key=lambda slip: slip.at) if found else _unbalanced(open_text)


def _unbalanced(source: str) -> Slip | None:
    """Return the quote or bracket that was never closed, or never opened."""
    quotes = [source.find(sign) for sign in "\"'" if sign in source]
    if quotes:
        return Slip(
            min(quotes), "this quote is never closed", "Close it, or delete it."
        )
    waiting: list[tuple[str, int]] = []
    for at, sign in enumerate(source):
        if sign in "([":
            waiting.append((sign, at))
        elif sign in _OPENED_BY and (
            not waiting or waiting.pop()[0] != _OPENED_BY[sign]
        ):
            what = f"this {sign} closes nothing"
            return Slip(at, what, "Delete it, or open it before.")
    if waiting:
        sign, at = waiting[-1]
        return Slip(at, f"this {sign} is never closed", "Close it, or delete it.")
    return None
