"""`make words`: bring the catalogues of translations up to what the code says.

Texts that are new stand in them without a translation; those that went are taken out.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from screening.tongue import SOURCE, WORDS, languages

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# What the program itself says. `make words` adds what is new.\n"
_FOUND_BY = {"say": None, "noted": None}


def texts() -> list[str]:
    """Return every text of the program that is said in a language, in order."""
    found: dict[str, None] = {}
    for file in sorted((ROOT / "screening").rglob("*.py")):
        if "from screening.tongue import" in file.read_text("utf-8"):
            lines = extract_from_file("python", str(file), keywords=_FOUND_BY)
            found |= dict.fromkeys(text for _, text, _, _ in lines)
    return list(found)


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
