"""`screening translate`: how far is a translation, and what is wanting?"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.authoring.translating import (
    Line,
    brought_up,
    confirmed,
    lines_of,
    signed_off,
)
from screening.cli.library import (
    library,
    path_of,
    questionnaire_shelf,
    shown_path,
    with_paths,
)
from screening.cli.options import as_json, deployment
from screening.cli.printing import print_json, print_problems
from screening.core.expression.tongues import LANGUAGES, tongue_of
from screening.core.load import load
from screening.core.problems import DefinitionError, did_you_mean
from screening.core.translation import wordings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Questionnaire
    from screening.core.translation import Translation, Wording
    from screening.library import Shelf

_SHOWN = 60


@click.command(name="translate")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.argument("language", metavar="LANGUAGE")
@click.option("--instrument", metavar="ID", help="The texts of an instrument instead.")
@click.option("--write", "is_writing", is_flag=True, help="Add what is missing, empty.")
@click.option(
    "--confirm",
    "confirmed_keys",
    multiple=True,
    metavar="KEY",
    help="Say that a stale text still says the same; may be given several times.",
)
@click.option(
    "--reviewed-by",
    metavar="NAME",
    help="Say which clinician has signed off the texts that concern safety.",
)
@as_json
def command(
    questionnaire: str,
    language: str,
    instrument: str | None,
    confirmed_keys: tuple[str, ...],
    reviewed_by: str | None,
    *,
    is_writing: bool,
    as_json: bool,
) -> None:
    """List the texts of QUESTIONNAIRE that are to be translated into LANGUAGE.

    With --write the file LANGUAGE.yaml is made, or brought up to date: each text that
    is missing gets an empty entry under its source text. Nothing that was translated is
    changed.

    Patients are offered a language once a clinician has signed off every text that
    concerns safety: --reviewed-by writes who did, and a mark of what was read.

    Example: screening translate ocd-ketamine es --write
    """
    shelf = questionnaire_shelf(questionnaire)
    made = _loaded(shelf)
    if language not in LANGUAGES or language == made.language:
        known = [one for one in LANGUAGES if one != made.language]
        what = f'Screening has no words of its own in "{language}".'
        if language == made.language:
            what = f'"{language}" is the language of the questionnaire itself.'
        raise click.BadParameter(f"{what} {did_you_mean(language, known)}")
    sheet = _Sheet(shelf, made, language, instrument)
    try:
        if confirmed_keys:
            sheet.confirm(confirmed_keys)
        if is_writing:
            sheet.write()
        if reviewed_by:
            _sign_off(sheet, _loaded(shelf), reviewed_by)
    except DefinitionError as error:
        print_problems(with_paths(error.problems, shelf))
        sys.exit(1)
    if confirmed_keys or is_writing or reviewed_by:
        made = _loaded(shelf)
    _report(made, language, sheet.prefix, as_json=as_json)


def _sign_off(sheet: _Sheet, made: Questionnaire, name: str) -> None:
    found = made.translations.get(sheet.language)
    if found is None or sheet.prefix:
        raise click.UsageError("A questionnaire's own translation is signed off.")
    if found.needed:
        what = f"{len(found.needed)} texts that concern safety are missing or stale."
        raise click.UsageError(f"{what} Translate them first.")
    sheet.sign_off(found, name, date.today())  # noqa: DTZ011 - the day where it is signed


def _loaded(shelf: Shelf) -> Questionnaire:
    try:
        return load(shelf.questionnaire_id, shelf.read, deployment())
    except DefinitionError as error:
        print_problems(with_paths(error.problems, shelf))
        sys.exit(1)


class _Sheet:
    """The translation file that is written to."""

    def __init__(
        self, shelf: Shelf, made: Questionnaire, language: str, instrument: str | None
    ) -> None:
        self.language = language
        self.of = instrument or shelf.questionnaire_id
        self.prefix = f"instruments.{instrument}." if instrument else ""
        self.known = _known(made, self.prefix)
        if not self.known:
            used = {one.id for one in made.instruments.values()}
            what = f'the questionnaire uses no instrument "{instrument}".'
            raise click.BadParameter(f"{what} {did_you_mean(self.of, used)}")
        if instrument:
            self.name = f"instruments/{language}/{instrument}.yaml"
        else:
            self.name = f"{shelf.questionnaire_id}/{language}.yaml"
        self.path = path_of(shelf, self.name) or _home(shelf) / self.name

    def confirm(self, keys: tuple[str, ...]) -> None:
        """Mark these entries as made from today's texts."""
        short = {key.removeprefix(self.prefix) for key in keys}
        text = self._text() or ""
        self._keep(confirmed(text, self.name, self.known, short))

    def write(self) -> None:
        """Add an empty entry for every text that is missing."""
        text = brought_up(
            self._text(), self.name, self.known, of=self.of, language=self.language
        )
        self._keep(text)

    def sign_off(self, made: Translation, name: str, today: date) -> None:
        """Write who has read the texts that concern safety, as they are now."""
        self._keep(signed_off(self._text() or "", self.name, made, name, today))

    def _text(self) -> str | None:
        return self.path.read_text("utf-8") if self.path.is_file() else None

    def _keep(self, text: str) -> None:
        if text == self._text():
            click.echo(f"{shown_path(self.path)} is up to date.", err=True)
            return
        self.path.parent.mkdir(exist_ok=True)
        new = self.path.with_suffix(".yaml.new")
        new.write_text(text, "utf-8")
        new.replace(self.path)
        click.echo(f"Wrote {shown_path(self.path)}.", err=True)


def _home(shelf: Shelf) -> Path:
    """Return the folder that holds the questionnaire's own folder."""
    found = path_of(shelf, f"{shelf.questionnaire_id}/questionnaire.yaml")
    return found.parent.parent if found else library()


def _known(made: Questionnaire, prefix: str) -> Mapping[str, Wording]:
    """Return the wordings that stand in one file, by the keys it uses."""
    return {
        key.removeprefix(prefix): one
        for key, one in wordings(made).items()
        if (key.startswith(prefix) if prefix else not key.startswith("instruments."))
    }


def _report(made: Questionnaire, language: str, prefix: str, *, as_json: bool) -> None:
    lines = lines_of(made, language, wordings(made))
    is_offered = language in made.languages
    if as_json:
        texts = [_object(line) for line in lines]
        print_json({"language": language, "offered": is_offered, "texts": texts})
        return
    shown = [line for line in lines if line.wording.key.startswith(prefix)]
    for line in shown:
        if line.state != "done":
            mark = "!" if line.is_needed else " "
            source = " ".join(line.wording.text.split())
            if len(source) > _SHOWN:
                source = source[: _SHOWN - 1] + "…"
            click.echo(f"{mark} {line.state:<7} {line.wording.key}  {source}")
    counts = {
        state: sum(line.state == state for line in lines)
        for state in ("done", "stale", "missing")
    }
    name = tongue_of(language).name
    click.echo(
        f"{made.id} in {name}: {counts['done']} of {len(lines)} texts done, "
        f"{counts['stale']} stale, {counts['missing']} missing."
    )
    needed = sum(line.is_needed for line in lines)
    found = made.translations.get(language)
    if is_offered:
        click.echo(f"Every text that concerns safety is there: {name} can be offered.")
    elif found is not None and not found.needed:
        click.echo("Not offered to patients: no clinician signed off what it says now.")
    elif language in made.translations:
        click.echo(f"Not offered to patients: {needed} texts marked ! concern safety.")
    else:
        click.echo(f"There is no {name} yet. Add --write to begin its file.")


def _object(line: Line) -> dict[str, object]:
    return {
        "key": line.wording.key,
        "state": line.state,
        "safety": line.is_needed,
        "source": line.wording.text,
        "text": line.text,
    }
