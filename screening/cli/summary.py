"""`screening summary`: the clinician's PDF of answers files."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from screening import __version__
from screening.cli import options
from screening.cli.answers_file import read_answers_file
from screening.cli.evaluate import evaluated, load_or_exit
from screening.cli.library import questionnaire_shelf
from screening.cli.printing import print_problems
from screening.cli.progress import each
from screening.core.problems import AnswerError
from screening.core.progress import visible_answers
from screening.core.translation import in_language
from screening.report.pdf import render
from screening.report.record import Record
from screening.report.signing import (
    SealProblem,
    load_seal,
    passphrase_in,
    signed_pdf,
)
from screening.report.summary import summarise
from screening.tongue import SOURCE, languages, noted

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation
    from screening.report.content import Summary

FILLED_IN_BY = noted("from an answers file, at the command line; not stored")


@click.command(name="summary")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@options.answers_files
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="The PDF to write; a folder where there are several files.",
)
@click.option(
    "--seal",
    "seal_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Sign each PDF with this seal, a PKCS#12 file.",
)
@click.option(
    "--passphrase-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file whose first line opens the seal.",
)
@click.option(
    "--language",
    type=click.Choice(languages()),
    default=SOURCE,
    show_default=True,
    help="What the summary is in; the clinic's own sentences stay as written.",
)
@options.on
def command(
    *,
    questionnaire: str,
    files: tuple[Path, ...],
    output: Path,
    seal_file: Path | None,
    passphrase_file: Path | None,
    language: str,
    on: date,
) -> None:
    """Write what a clinician reads about the ANSWERS files, as PDF.

    Several files need a folder: each PDF is named as its answers file.

    Example: screening summary ocd-ketamine patient.yaml -o patient.pdf
    """
    definition = _in(language, load_or_exit(questionnaire_shelf(questionnaire)))
    is_folder = output.is_dir()
    if len(files) > 1 and not is_folder:
        what = f"{output} is not a folder, and there are several answers files."
        raise click.UsageError(f"{what} Make the folder, or name one file.")
    printed = _printing(seal_file, passphrase_file)
    refused = False
    for path in each(files, "Summaries"):
        target = output / f"{path.stem}.pdf" if is_folder else output
        try:
            _write(definition, path, target, on, printed)
        except AnswerError as error:
            refused = True
            print_problems(error.problems)
        except OSError as error:
            refused = True
            click.echo(f"{target} can't be written ({error.strerror}).", err=True)
    sys.exit(refused)


def _in(language: str, definition: Questionnaire) -> Questionnaire:
    """Return the questionnaire in a language, as far as it is translated."""
    if language in definition.translations:
        return in_language(definition, language)
    return replace(definition, language=language)


def _printing(
    seal_file: Path | None, passphrase_file: Path | None
) -> Callable[[Summary], bytes]:
    """Return what makes a PDF, and signs it where there is a seal."""
    if seal_file is None:
        if passphrase_file is not None:
            what = "--passphrase-file opens a seal, and --seal names none."
            raise click.UsageError(f"{what} Name it with --seal FILE.")
        return render
    now = datetime.now(UTC)
    try:
        passphrase = passphrase_in(passphrase_file) if passphrase_file else None
        seal = load_seal(seal_file, passphrase, at=now)
    except SealProblem as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    zone = os.environ.get("SCREENING_TIME_ZONE") or "UTC"
    return lambda summary: signed_pdf(summary, seal, now, zone)


def _write(
    definition: Questionnaire,
    path: Path,
    target: Path,
    on: date,
    printed: Callable[[Summary], bytes],
) -> None:
    file = read_answers_file(path)
    evaluation = evaluated(definition, file, on)
    # Read as a map by `evaluated`, which refuses anything else.
    stored = file.content if isinstance(file.content, dict) else {}
    record = record_of(definition, evaluation, stored, path.stem, on)
    target.write_bytes(printed(summarise(definition, evaluation, record)))


def record_of(
    definition: Questionnaire,
    evaluation: Evaluation,
    stored: dict[str, object],
    reference: str,
    on: date,
) -> Record:
    """Return the record of answers that came from a file, as of noon on the day."""
    zone = os.environ.get("SCREENING_TIME_ZONE") or "UTC"
    noon = datetime.combine(on, time(12), ZoneInfo(zone))
    return Record(
        reference=reference,
        submitted_at=noon.astimezone(UTC),
        local_date=on,
        zone=zone,
        answers=visible_answers(definition, stored, evaluation.values),
        questionnaire=definition.id,
        version=definition.version,
        version_sha256=definition.sha256,
        engine_version=__version__,
        locale=os.environ.get("SCREENING_LOCALE") or "default",
        filled_in_by=FILLED_IN_BY,
    )
