"""What does a new questionnaire begin as? A small one that works, full of notes.

Its files are those of the folder `starter`, with the id, the title and the day put in.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

from screening.authoring.canonical import canonical
from screening.core.problems import DefinitionError, Problem

STARTER = Path(__file__).parent / "starter"
NAME = "new-questionnaire"
TITLE = "New questionnaire"
TAKEN = frozenset({"catalogues", "instruments", "packs", "schema"})
"""Folders that stand beside questionnaires and hold something else."""

_ID = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 64
_REVIEWED, _REVIEW_DUE = "2026-01-01", "2026-07-01"
_REVIEW_AFTER = timedelta(days=182)


def check_id(questionnaire_id: str) -> None:
    """Raise DefinitionError unless a questionnaire and its folder can be called so."""
    if questionnaire_id in TAKEN:
        what = f'the folder "{questionnaire_id}" holds something else'
        raise _refused(what, "Choose another id.")
    if len(questionnaire_id) > _LONGEST_ID or not _ID.fullmatch(questionnaire_id):
        what = f'"{questionnaire_id}" can\'t be an id'
        fix = "Write small letters and digits, with single - between words"
        raise _refused(what, f"{fix}: {_suggested(questionnaire_id)}.")


def starter_files(questionnaire_id: str, title: str, day: date) -> dict[str, str]:
    """Return the files of a new questionnaire, by name below its folder.

    `day` is when it is begun. Raises DefinitionError for a title that can't stand in
    a file.
    """
    if not title.strip() or not title.isprintable():
        fix = "Write a few words in one line."
        raise _refused("the title is empty, or has signs that nobody sees", fix)
    files = {}
    for path in sorted(STARTER.rglob("*.*")):
        name = path.relative_to(STARTER).as_posix()
        text = path.read_text("utf-8").replace(NAME, questionnaire_id)
        text = text.replace(f'"{TITLE}"', json.dumps(title, ensure_ascii=False))
        text = text.replace(f"# {TITLE}\n", f"# {title}\n")
        text = text.replace(_REVIEW_DUE, (day + _REVIEW_AFTER).isoformat())
        text = text.replace(_REVIEWED, day.isoformat())
        files[name] = canonical(text, name) if path.suffix == ".yaml" else text
    return files


def title_for(questionnaire_id: str) -> str:
    """Return the title of a questionnaire that was given none.

    >>> title_for("first-visit")
    'First visit'
    """
    return re.sub("[-_]", " ", questionnaire_id).capitalize()


def _suggested(word: str) -> str:
    """Return an id like the word.

    >>> _suggested("2nd First Visit!")
    'nd-first-visit'
    """
    parts = re.findall(r"[a-z0-9]+", word.lower())
    name = "-".join(parts).lstrip("0123456789-")[:_LONGEST_ID].rstrip("-")
    return name if _ID.fullmatch(name) and name not in TAKEN else "first-visit"


def _refused(what: str, fix: str) -> DefinitionError:
    return DefinitionError([Problem(code="SC016", what=what, fix=fix)])
