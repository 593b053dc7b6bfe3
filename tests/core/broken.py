"""Where does a broken file stand among good ones, and what has to be said of it?

A broken file is one YAML file with one fault; its first line says what has to be told
(see tests/definitions/README.md). Which kind of file it is shows in its content. It
takes the place of the good file of its kind, and the whole is checked.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from screening.core.cases import case_problems
from screening.core.codes import ROOMS
from screening.core.load import load
from screening.core.problems import DefinitionError
from screening.core.source import decoded
from tests.core.building import DEFINITIONS, TODAY

BROKEN = DEFINITIONS / "broken"
GOOD = BROKEN / "good"
QUESTIONNAIRE = "clinic/questionnaire.yaml"
TRANSLATION = "clinic/es.yaml"

WITHOUT_A_FILE = {
    "SC002": "a file of more than 256 KiB is made in tests/core/test_source.py",
    "SC017": "takes hundreds of faults; made in tests/core/test_load.py",
    "SC012": "there is no file that could be broken",
    "SC015": "told by `screening fmt` of a file that is not broken",
    "SC016": "told by `screening new`, before there is a file",
    "SC308": "a parameter is chosen in an answers file",
    "SC309": "a parameter is chosen in an answers file",
    "SC312": "told by `screening pack import`, which reads a file from elsewhere",
    "SC511": "told by `check --prose` alone; see tests/authoring/test_prose.py",
    "SC512": "told by `check --prose` alone; see tests/authoring/test_prose.py",
} | {
    code.code: "a setting of a clinic, in no file of a questionnaire"
    for code in ROOMS["Settings of a clinic"]
}
"""Codes that no broken file can show, each with its reason."""

_HEADER = re.compile(
    r"# (?P<code>S[AC]\d{3}|\?)(?: (?P<severity>warning|notice))? "
    r"(?P<line>\d+):(?P<column>\d+) (?P<slip>\S.*)"
)
_SAYS = re.compile(r"# says (?P<words>`.*`)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFile:
    """A broken file: what is expected of it, and its bytes.

    `slip` is what a person did, `says` are words that the message must hold.
    """

    path: Path
    code: str
    severity: str
    line: int
    column: int
    slip: str
    says: tuple[str, ...]
    content: bytes

    @property
    def name(self) -> str:
        """Where it stands below the questionnaires folder."""
        return place_of(self.content)


def broken_files() -> tuple[BrokenFile, ...]:
    """Return every broken file by name."""
    return tuple(map(read_broken, sorted(BROKEN.glob("*.yaml"))))


def read_broken(path: Path) -> BrokenFile:
    """Return one broken file with what its header says."""
    content = path.read_bytes()
    first, second = content.decode("utf-8", "replace").split("\n", 2)[:2]
    found = _HEADER.fullmatch(first)
    assert found is not None, f"{path.name} has no header: {first}"
    says = _SAYS.fullmatch(second)
    return BrokenFile(
        path=path,
        code=found["code"],
        severity=found["severity"] or "error",
        line=int(found["line"]),
        column=int(found["column"]),
        slip=found["slip"],
        says=tuple(re.findall(r"`([^`]+)`", says["words"])) if says else (),
        content=content,
    )


# -- which file is it?

_KINDS = (
    ("cases|case", "clinic/cases/worked.yaml"),
    ("pack|licence_reference", "packs/{}.yaml"),
    ("translation", TRANSLATION),
    ("questionnaire|pages", QUESTIONNAIRE),
    ("instrument|items", "instruments/{}.yaml"),
    ("catalogue|entries", "catalogues/{}.yaml"),
    ("help|receipt", "clinic/help.yaml"),
    ("locales", "locales.yaml"),
    ("sources", "clinic/sources.yaml"),
)
"""Names at the left edge that tell the kind of a file, and where it is looked for."""

_IDS = {
    "packs/{}.yaml": ("obsessions",),
    "catalogues/{}.yaml": ("medicines",),
    "instruments/{}.yaml": (
        "drinks",
        "checklist",
        "mood",
        "obsessions",
        "resilience",
        "sleepiness",
    ),
}
"""The ids of the good files, the one first that is taken where a file names none."""


def place_of(content: bytes) -> str:
    """Return the name of the good file in whose place a file of this content stands."""
    text = content.decode("utf-8", "replace")
    for names, place in _KINDS:
        if re.search(rf"^({names})\b", text, re.MULTILINE):
            return place.format(_id_in(text, names, _IDS.get(place, ("",))))
    return QUESTIONNAIRE


def _id_in(text: str, names: str, known: tuple[str, ...]) -> str:
    found = re.search(rf"^(?:{names}): *\"?(\w+)", text, re.MULTILINE)
    return found[1] if found and found[1] in known else known[0]


# -- the whole, and what is told of it


def neighbours() -> dict[str, bytes]:
    """Return the good files by the names under which they are found."""
    files = {
        place_of(path.read_bytes()): path.read_bytes()
        for path in sorted(GOOD.glob("*.yaml"))
    }
    return {**files, QUESTIONNAIRE: (GOOD / "whole.yaml").read_bytes()}


def _neighbours_of(place: str) -> dict[str, bytes]:
    """Return the good files beside a broken one.

    A translation stands beside the questionnaire that it is one of. Any other file
    stands without: a changed text makes a translation stale.
    """
    files = neighbours()
    if place == TRANSLATION:
        return {**files, QUESTIONNAIRE: (GOOD / "spoken.yaml").read_bytes()}
    return {name: files[name] for name in files if name != TRANSLATION}


def problems_among_good(content: bytes) -> tuple:
    """Return every problem that is told when a file of this content is checked."""
    place = place_of(content)
    files = {**_neighbours_of(place), place: content}

    def read_file(name):
        return decoded(files[name], name) if name in files else None

    loaded, told = None, ()
    try:
        loaded = load("clinic", read_file)
        told = loaded.notices
    except DefinitionError as error:
        told = error.problems
    if place in {QUESTIONNAIRE, TRANSLATION} or loaded is None:
        return told  # the worked patients are those of the good questionnaire
    names = [name for name in files if "/cases/" in name]
    try:
        cases = [(name, read_file(name)) for name in names]
    except DefinitionError as error:
        return (*told, *error.problems)
    return (*told, *case_problems(cases, loaded, read_file, TODAY))


def told_of(file: BrokenFile) -> list[str]:
    """Return every problem of a broken file as its header writes one.

    Where the header leaves the code open, so does this.
    """
    return [
        _as_header(
            "?" if file.code == "?" else problem.code,
            problem.severity.value,
            problem.where.line if problem.where else 0,
            problem.where.column if problem.where else 0,
        )
        for problem in problems_among_good(file.content)
    ]


def expected_of(file: BrokenFile) -> list[str]:
    """Return what its header says has to be told of a broken file."""
    return [_as_header(file.code, file.severity, file.line, file.column)]


def _as_header(code: str, severity: str, line: int, column: int) -> str:
    return f"{code} {severity} {line}:{column}"
