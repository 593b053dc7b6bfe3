"""What can be wrong, as data: a place, what happened there, and what to do.

Every complaint about a file or an answer is a `Problem`; text is made from it at the
edge (`str(problem)` for a terminal, a template for a browser). The exceptions below
carry problems; nothing in the core raises a bare message.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Severity(StrEnum):
    """How much a problem matters: an error stops loading, the others are told."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Write the place as editors understand it: `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: where, what, and what to write instead.

    `what` and `fix` name ids and allowed values, never anything a patient wrote.
    `about` is the key of the answer that the problem is about (`phq9.q9`), if any.
    """

    code: str
    what: str
    fix: str
    where: Place | None = None
    severity: Severity = Severity.ERROR
    about: str | None = None

    def __str__(self) -> str:
        """Write `file:line:column: what — fix`, the command line's contract."""
        start = f"{self.where}: " if self.where else ""
        return f"{start}{self.what} — {self.fix}"


def in_file_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, line and column, those without a place first."""
    nowhere = Place("", 0, 0)
    return tuple(sorted(problems, key=lambda p: (p.where or nowhere, p.code, p.what)))


class ProblemsError(Exception):
    """Something was refused; `problems` says everything that was wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in file order; the message is one line for each."""
        self.problems = in_file_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


class DefinitionError(ProblemsError):
    """A question file, or a file it uses, can't be used as it is."""


class AnswerError(ProblemsError):
    """An answers file, or a posted answer, can't be read as it is."""


MOST_PROBLEMS = 400
"""Problems that are told at once; whoever has more mends these first."""

NEAR = 0.65
"""How alike two words must be, of 1, for one to be taken for a slip of the other."""


_FEW = 400
"""Names among which the likest is looked for; of more, only one slip away is tried."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` may be a slip of, None if there is none.

    >>> nearest("systolc", ["systolic", "age"])
    'systolic'
    """
    names = set(known)
    if len(names) > _FEW:
        return next((one for one in _one_slip_away(word) if one in names), None)
    near = difflib.get_close_matches(word, sorted(names), n=1, cutoff=NEAR)
    return near[0] if near else None


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield what the word is with one sign less, turned, other or more."""
    signs = "etaoinsrhldcumfpgwybvkxjqz_0123456789-"
    for at in range(len(word)):
        before, after = word[:at], word[at + 1 :]
        yield before + after
        if after:
            yield before + after[0] + word[at] + after[1:]
        for sign in signs:
            yield before + sign + after
    for at in range(len(word) + 1):
        for sign in signs:
            yield word[:at] + sign + word[at:]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a fix that names the nearest known words, or lists a few of them.

    >>> did_you_mean("systolc", ["systolic", "age"])
    'Did you mean "systolic"?'
    >>> did_you_mean("x", ["age", "weight"])
    'Use one of: age, weight.'
    """
    names = set(known)
    near = nearest(word, names)
    if near:
        return f'Did you mean "{near}"?'
    if len(names) > _FEW:
        return f"Use one of the {len(names)} names that there are."
    listed = sorted(names)
    if not listed:
        return "Nothing may stand here."
    shown = ", ".join(listed[:12])
    more = f" and {len(listed) - 12} more" if len(listed) > 12 else ""  # noqa: PLR2004 - a readable line
    return f"Use one of: {shown}{more}."
