"""Which files make up the article, and what happens when one is missing?

This is the only module of the package that touches the disk. It reads
`article.<language>.md` and `sources.yaml` from a questionnaire's folder and hands both
to the pure renderer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.problems import DefinitionError, Place, Problem, did_you_mean
from screening.core.source import Mapping, Scalar, read_text
from screening.web.article.page import Basis, Source
from screening.web.article.render import render

if TYPE_CHECKING:
    from pathlib import Path

    from screening.core.source import Node
    from screening.web.article.page import Article
    from screening.web.crisis import Locale

SOURCES_FILE = "sources.yaml"


def load_article(folder: Path, language: str, crisis: Locale) -> Article:
    """Return the article of a questionnaire in one language, ready for a template.

    folder: the questionnaire's folder, such as `questionnaires/ocd-ketamine`.
    language: the tag in the file's name, `en` for `article.en.md`.
    crisis: the deployment's country, whose numbers stand in the crisis boxes.
    Raises DefinitionError when a file is missing or anything in it is wrong.
    """
    file = folder / f"article.{language}.md"
    if language not in languages(folder):
        fix = did_you_mean(language, languages(folder))
        what = f'there is no article in the language "{language}"'
        raise _refusal("AR030", what, fix, Place(str(file)))
    text = file.read_text(encoding="utf-8")
    return render(text, read_sources(folder), crisis, str(file))


def languages(folder: Path) -> tuple[str, ...]:
    """Return the languages the folder has an article in, sorted."""
    return tuple(sorted(path.stem[8:] for path in folder.glob("article.*.md")))


def read_sources(folder: Path) -> dict[str, Source]:
    """Return every source of the questionnaire, by id; raise DefinitionError."""
    file = folder / SOURCES_FILE
    if not file.is_file():
        what = "the file of sources is missing"
        raise _refusal("AR031", what, "Add it beside the article.", Place(str(file)))
    root = read_text(file.read_bytes(), str(file))
    entries = root.entries if isinstance(root, Mapping) else {}
    listed = entries.get("sources", root)
    if not isinstance(listed, Mapping):
        what = "the sources are not a mapping from id to entry"
        raise _refusal("AR032", what, "Write `id: {ref: …}`.", listed.place)
    return {
        name: _source(node)
        for name, node in listed.entries.items()
        if name != "language_version"
    }


def _source(node: Node) -> Source:
    if not isinstance(node, Mapping) or "ref" not in node.entries:
        what = "this source has no `ref`"
        raise _refusal("AR032", what, 'Write `ref: "…"`.', node.place)
    basis = _text(node, "basis") or ""
    if basis not in set(Basis):
        what = f'this source has the basis "{basis}"'
        raise _refusal("AR032", what, did_you_mean(basis, Basis), node.place)
    url = _text(node, "url")
    if url and not url.startswith(("https://", "http://")):
        what, fix = "this link is not a web address", "Begin it with https://."
        raise _refusal("AR032", what, fix, node.entries["url"].place)
    return Source(
        ref=_text(node, "ref") or "",
        url=url,
        year=_text(node, "year"),
        basis=Basis(basis),
    )


def _text(entry: Mapping, name: str) -> str | None:
    node = entry.entries.get(name)
    return node.text if isinstance(node, Scalar) and not node.is_null else None


def _refusal(code: str, what: str, fix: str, where: Place) -> DefinitionError:
    return DefinitionError([Problem(code=code, what=what, fix=fix, where=where)])
