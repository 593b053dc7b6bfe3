"""Walks the tutorial and the recipes as a reader does: edits, files, commands.

A `sh` block is run, and the `text` block after it has to be what it prints. A `diff`
block is an edit of the file that the text above it names last, a `yaml` block the
content of a new one. `make docs` walks it in a folder of its own, which begins as a
copy of the questionnaires, and writes down what the commands print now.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from docs.demonstrators import ROOT

PAGE = Path(__file__).parent / "tutorial.md"
RECIPES = Path(__file__).parent / "recipes.md"
_BLOCK = re.compile(r"^```(sh|text|diff|yaml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PASSWORD = b"seven plums under a grey roof\n"
_FILE = re.compile(r"`([\w./-]+\.yaml)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A block of the page; `file` is the one that the text above it names last."""

    kind: str
    text: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows of a command's output, and what came."""

    command: str
    shown: str
    came: str


def steps(page: str) -> list[Step]:
    """Return the blocks of a page in order."""
    made = []
    for found in _BLOCK.finditer(page):
        names = _FILE.findall(page[: found.start()])
        file = names[-1] if names else ""
        made.append(Step(kind=found[1], text=found[2], file=file))
    return made


def begin(folder: Path) -> None:
    """Put into an empty folder what the reader has: files, a clinic, a user name."""
    shutil.copytree(ROOT / "questionnaires", folder / "questionnaires")
    for command in (
        "screening init clinic",
        "screening user add ada --role coordinator --instance clinic",
        "screening publish questionnaires/ocd-ketamine --by ada --instance clinic",
    ):
        _run(command, folder)


def walk(page: str, folder: Path) -> list[Shown]:
    """Do all that a page says in a folder; return what it shows beside what came."""
    found: list[Shown] = []
    command = came = ""
    for step in steps(page):
        if step.kind == "sh":
            command, came = step.text, _run(step.text, folder)
        elif step.kind == "text":
            found.append(Shown(command=command, shown=step.text, came=came))
        elif step.kind == "diff":
            _edit(folder / step.file, step.text)
        else:
            (folder / step.file).write_text(step.text, "utf-8")
    return found


def _run(commands: str, folder: Path) -> str:
    home = Path(sys.executable).parent
    environment = {
        "PATH": f"{home}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
    }
    # A person types the password where it is not seen; here it comes from a pipe.
    asks = re.search(r"^screening (publish|user add) ", commands)
    piped = f"{commands.rstrip()} --password-stdin" if asks else commands
    done = subprocess.run(
        ["bash", "-c", piped],  # noqa: S607 - the reader's own shell
        cwd=folder,
        env=environment,
        input=_PASSWORD,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return _undated(done.stdout.decode("utf-8"))


def _undated(text: str) -> str:
    """Return what is printed with the moments of one day, and hashes made of them."""
    text = re.sub(r"\b(certificate +)[0-9a-f]{12}\b", r"\g<1>4f1c2a9b03de", text)
    text = re.sub(
        r"(Certificate +)[0-9a-f]{64}", rf"\g<1>{'4f1c2a9b03de' * 6:.64}", text
    )
    return re.sub(
        r"\d{4}-\d\d-\d\d(?:( at | )\d\d:\d\d UTC)?",
        lambda found: "2026-04-01" + (f"{found[1]}09:30 UTC" if found[1] else ""),
        text,
    )


def _edit(path: Path, diff: str) -> None:
    """Change the one place in a file that an edit fits."""
    lines = diff.splitlines()
    old = "\n".join(line[1:] for line in lines if not line.startswith("+"))
    new = "\n".join(line[1:] for line in lines if not line.startswith("-"))
    text = path.read_text("utf-8")
    places = text.count(f"\n{old}\n")
    if places != 1:
        raise SystemExit(f"{path.name}: {places} places have these lines:\n{old}")
    path.write_text(text.replace(f"\n{old}\n", f"\n{new}\n"), "utf-8")


def main() -> None:
    """Walk each page in a folder of its own, and write down what came."""
    for page in (PAGE, RECIPES):
        _walk_anew(page)


def _walk_anew(path: Path) -> None:
    page = path.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        begin(Path(folder))
        came = iter([one.came for one in walk(page, Path(folder))])

    def renewed(found: re.Match[str]) -> str:
        return f"```text\n{next(came)}```" if found[1] == "text" else found[0]

    path.write_text(_BLOCK.sub(renewed, page), "utf-8")


if __name__ == "__main__":
    main()
