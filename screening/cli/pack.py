"""`screening pack import`: keep a licence holder's text of an instrument here."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.library import (
    instrument_shelf,
    library,
    path_of,
    shown_path,
    with_paths,
)
from screening.cli.printing import print_problems, print_table
from screening.core.load import load_instrument
from screening.core.problems import DefinitionError, Place, Problem
from screening.core.schema import InstrumentShape, PackShape
from screening.core.shaping import whole
from screening.core.source import MOST_BYTES, decoded, place_of, read_text

if TYPE_CHECKING:
    from screening.library import Shelf


@click.group(name="pack")
def command() -> None:
    """Keep the texts of instruments that only their holders may give out.

    Example: screening pack import ybocs ybocs-text.yaml
    """


@command.command(name="import")
@click.argument("instrument", metavar="ID")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", "is_replacing", is_flag=True, help="Replace a kept pack.")
def import_pack(instrument: str, file: Path, *, is_replacing: bool) -> None:
    """Check the text in FILE against the instrument ID, and keep it.

    It is kept in the folder `packs` beside the questionnaires, which git ignores.

    Example: screening pack import ybocs ybocs-text.yaml
    """
    shelf = instrument_shelf(instrument)
    try:
        text, pack = _checked(shelf, instrument, file)
    except DefinitionError as error:
        print_problems(with_paths(error.problems, shelf))
        sys.exit(1)
    kept = library() / "packs" / f"{instrument}.yaml"
    if kept.exists() and kept.read_text("utf-8") != text and not is_replacing:
        click.echo(
            f"{shown_path(kept)} holds another text already — Run it again with "
            "--replace to keep this one instead.",
            err=True,
        )
        sys.exit(1)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(text, "utf-8")
    print_table(
        [
            ("instrument", instrument),
            ("items", str(len(pack.items))),
            ("fingerprint", fingerprint(pack)),
            ("licence", pack.licence_reference),
            ("kept in", shown_path(kept)),
        ]
    )


def _checked(shelf: Shelf, instrument: str, file: Path) -> tuple[str, PackShape]:
    """Return the pack's text and shape, once it fits the instrument.

    Raises DefinitionError with the places in `file`.
    """
    name = shown_path(file)
    with file.open("rb") as opened:
        text = decoded(opened.read(MOST_BYTES + 1), name)
    node = read_text(text, name)
    pack = whole(node, PackShape)
    _refuse_other(shelf, instrument, pack, place_of(node, ("pack",)))
    pack_name = f"packs/{instrument}.yaml"

    def read_file(wanted: str) -> str | None:
        return text if wanted == pack_name else shelf.read(wanted)

    try:
        load_instrument(instrument, read_file)
    except DefinitionError as error:
        raise DefinitionError(
            _in_file(problem, pack_name, name) for problem in error.problems
        ) from None
    return text, pack


def _refuse_other(shelf: Shelf, instrument: str, pack: PackShape, place: Place) -> None:
    instrument_name = f"instruments/{instrument}.yaml"
    path = path_of(shelf, instrument_name)
    text = path.read_text("utf-8") if path else ""
    shape = whole(read_text(text, instrument_name), InstrumentShape)
    if shape.text != "pack":
        what = f'the text of "{instrument}" is shipped; it takes no pack'
        fix = "Delete the file, or name the instrument it is for."
    elif pack.pack != instrument:
        what = f'this is a pack of "{pack.pack}", not of "{instrument}"'
        fix = f"Run: screening pack import {pack.pack} FILE."
    else:
        return
    raise DefinitionError([Problem(code="SC312", what=what, fix=fix, where=place)])


def _in_file(problem: Problem, pack_name: str, name: str) -> Problem:
    if problem.where is None or problem.where.file != pack_name:
        return problem
    return replace(problem, where=replace(problem.where, file=name))


def fingerprint(pack: PackShape) -> str:
    """Return the SHA-256 of the wording alone, as lower-case hex."""
    wording = pack.model_dump(include={"stem", "instruction", "options", "items"})
    canonical = json.dumps(wording, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
