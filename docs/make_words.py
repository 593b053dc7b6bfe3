"""`make words`: bring the catalogues of translations up to what the code says.

Texts that are new stand in them without a translation; those that went are taken out.
"""

import io
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from screening.core.units import SPOKEN
from screening.tongue import SOURCE, WORDS, languages
from screening.web.guards.error_pages import FAILURES

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# What the program itself says. `make words` adds what is new.\n"
_FOUND_BY = {"say": None, "noted": None}
_IN_ANSWERS = {"Refused": None}


def texts() -> list[str]:
    """Return every text of the program that is said in a language, in order."""
    found: dict[str, None] = {}
    for file in sorted((ROOT / "screening").rglob("*.py")):
        if "from screening.tongue import" in file.read_text("utf-8"):
            lines = extract_from_file("python", str(file), keywords=_FOUND_BY)
            found |= dict.fromkeys(text for _, text, _, _ in lines)
    return list(dict.fromkeys((*found, *_of_tables(), *_of_templates())))


def _of_tables() -> Iterable[str]:
    """Yield what is said elsewhere: refused answers, units, failed requests."""
    for file in sorted((ROOT / "screening" / "core" / "answers").glob("*.py")):
        lines = extract_from_file("python", str(file), keywords=_IN_ANSWERS)
        yield from (text for _, text, _, _ in lines)
    for unit in SPOKEN.values():
        yield from (unit.label, unit.short)
    for failure in FAILURES.values():
        yield from (failure.title, *failure.body)


def _of_templates() -> Iterable[str]:
    """Yield what templates say."""
    for file in sorted((ROOT / "templates").rglob("*.html")):
        tree = Environment(autoescape=True).parse(file.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            said = call.args[0] if call.args else None
            is_said = isinstance(call.node, nodes.Name) and call.node.name == "say"
            if is_said and isinstance(said, nodes.Const):
                yield str(said.value)


def renewed(language: str) -> str:
    """Return a language's catalogue with today's texts, as the file it is."""
    with (WORDS / f"{language}.po").open("rb") as file:
        before = read_po(file, locale=language)
    after = Catalog(locale=language)
    for text in texts():
        known = before.get(text)
        after.add(text, known.string if known else "")
    written = io.BytesIO()
    write_po(written, after, omit_header=True, width=88)
    return HEADER + "\n" + written.getvalue().decode()


def main() -> None:
    """Write the catalogues anew."""
    for language in languages():
        if language != SOURCE:
            (WORDS / f"{language}.po").write_text(renewed(language), "utf-8")


if __name__ == "__main__":
    main()
