"""Makes docs/problems/: `make docs`. One page for each code that the checker prints.

The meaning comes from the registry of codes; the examples are broken files of the
tests, with what the checker prints of them. A test holds the pages to what this makes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docs.demonstrators import ROOT
from screening.cli.printing import line_of
from screening.core.codes import CODES, ROOMS, Code
from screening.core.excerpt import excerpt
from tests.core.broken import (
    WITHOUT_A_FILE,
    BrokenFile,
    broken_files,
    problems_among_good,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "problems"
INDEX = "README.md"
MOST_EXAMPLES = 3
"""Examples of a code that its page shows; the shortest slips come first."""


def main() -> None:
    """Write every page, and delete pages of codes that there are no more."""
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")


def pages() -> dict[str, str]:
    """Return the text of each page by its file's name."""
    made = {f"{code.code}.md": _joined(_page(code)) for code in CODES.values()}
    return {INDEX: _joined(_index()), **made}


def _joined(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _index() -> Iterator[str]:
    yield "# What the checker tells"
    yield ""
    yield (
        "`screening check` ends each problem with a code, such as `[SC104]`. "
        "`screening explain SC104` says what it means; here is a page for each, with "
        "examples. Made by `make docs` from the registry of codes and from the broken "
        "files of the tests; do not edit it."
    )
    for room, codes in ROOMS.items():
        yield ""
        yield f"## {room}"
        yield ""
        for code in codes:
            yield f"- [{code.code}]({code.code}.md) {code.title}"


def _page(code: Code) -> Iterator[str]:
    yield f"# {code.code}: {code.title}"
    yield ""
    yield f"**Why it matters.** {code.why}"
    yield ""
    yield f"**What to write.** {code.mend}"
    yield ""
    examples = _examples().get(code.code, ())
    if not examples:
        yield f"No example: {WITHOUT_A_FILE[code.code]}."
        yield ""
    for file in examples:
        yield from _example(file)
    yield f"[All codes]({INDEX})"


@cache
def _examples() -> dict[str, tuple[BrokenFile, ...]]:
    """Return the examples of each code: broken files, the shortest slip first."""
    found: dict[str, list[BrokenFile]] = {}
    for file in sorted(broken_files(), key=lambda file: (len(file.slip), file.path)):
        found.setdefault(file.code, []).append(file)
    return {code: tuple(files[:MOST_EXAMPLES]) for code, files in found.items()}


def _example(file: BrokenFile) -> Iterator[str]:
    """Yield the slip, the lines around it, and what is printed of it."""
    problem = problems_among_good(file.content)[0]
    text = file.content.decode("utf-8", "replace")
    yield f"## {file.slip[:1].upper()}{file.slip[1:]}"
    yield ""
    yield "```text"
    yield line_of(problem) + f" [{problem.code}]"
    if problem.where is not None:
        for line in excerpt(text, problem.where):
            yield f"    {line}".rstrip()
    yield "```"
    yield ""
    shown = file.path.relative_to(ROOT)
    yield f"<sub>[{file.path.name}](../../{shown})</sub>"
    yield ""


if __name__ == "__main__":
    main()
