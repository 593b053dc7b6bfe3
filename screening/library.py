"""Where question files are found: a folder on disk, or the files kept with a version.

The core reads nothing by itself; it asks one of these for a file by its name below
the questionnaires folder (`ocd-ketamine/questionnaire.yaml`, `instruments/phq9.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from screening.core.problems import DefinitionError, Place, Problem
from screening.core.source import MOST_BYTES, decoded
from screening.resources import questionnaires_folder

Fingerprint = tuple[tuple[str, int, int], ...]
"""Every file's path, time of change in nanoseconds and size in bytes."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A questionnaire's id and the folders to look in for it and what it uses."""

    questionnaire_id: str
    folders: tuple[Path, ...]

    def read(self, name: str) -> str | None:
        """Return the text of the file called `name`; None when no folder has it.

        Raises DefinitionError when the file is too large or not UTF-8.
        """
        for folder in self.folders:
            path = folder / name
            if path.is_file():
                if path.stat().st_size > MOST_BYTES:
                    what = f"the file is larger than {MOST_BYTES // 1024} KiB"
                    problem = Problem(
                        code="SC002", what=what, fix="Split it.", where=Place(name)
                    )
                    raise DefinitionError([problem])
                return decoded(path.read_bytes(), name)
        return None

    def fingerprint(self) -> Fingerprint:
        """Return path, time and size of each of its files: another one, other files.

        A folder or a file that is gone or replaced just now is left out.
        """
        found: set[tuple[str, int, int]] = set()
        for folder in self.folders:
            with suppress(OSError):
                for path in folder.rglob("*.yaml"):
                    with suppress(OSError):
                        told = path.stat()
                        found.add((str(path), told.st_mtime_ns, told.st_size))
        return tuple(sorted(found))

    def case_names(self) -> list[str]:
        """Return the names of the files of worked patients beside the questionnaire."""
        folder = self.folders[0] / self.questionnaire_id / "cases"
        return [
            f"{self.questionnaire_id}/cases/{path.name}"
            for path in sorted(folder.glob("*.yaml"))
        ]


def shelf_for(questionnaire: str | Path, library: Path | None = None) -> Shelf:
    """Return where a questionnaire's files are: `questionnaire` is a folder or an id.

    A folder's own parent is looked in first, then `library` (the shipped
    questionnaires unless given), so that a clinic's folder can use shipped
    instruments and replace any of them.
    """
    home = library or questionnaires_folder()
    given = Path(questionnaire)
    named = given.parent if given.is_file() else given
    folder = named if named.is_dir() else home / questionnaire
    if not folder.is_dir():
        return Shelf(str(questionnaire), (home,))
    folder = folder.resolve()
    return Shelf(folder.name, tuple(dict.fromkeys((folder.parent, folder, home))))


def kept_files(files: dict[str, str]) -> Callable[[str], str | None]:
    """Return the reader of the files that were kept with a version."""
    return files.get
