"""`screening explain`: what does a part of a questionnaire do, and who uses it?"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import click

from screening.authoring.checked import case_texts
from screening.authoring.explain import explanations, known_ids
from screening.cli.evaluate import load_or_exit
from screening.cli.library import (
    path_of,
    questionnaire_shelf,
    shown_path,
)
from screening.cli.options import as_json, today
from screening.cli.printing import print_json
from screening.core.answers import read_answers
from screening.core.cases import read_cases
from screening.core.codes import CODES
from screening.core.expression.tongues import LANGUAGES
from screening.core.judge import evaluate
from screening.core.problems import DefinitionError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from screening.authoring.explain import Explanation, Use
    from screening.core.codes import Code
    from screening.core.definition import Questionnaire
    from screening.core.judge import Evaluation
    from screening.library import Shelf

    _Met = dict[str, list[str]]

_NAMED = 8
"""How many worked patients are named before the rest is counted."""


@click.command(name="explain")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.argument("part", metavar="ID", required=False)
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Say rules in this language."
)
@as_json
def command(
    questionnaire: str, part: str | None, language: str | None, *, as_json: bool
) -> None:
    """Say in plain words what the part ID of QUESTIONNAIRE does, and who uses it.

    ID is that of a criterion, question (`erp.sessions`), page, scale, score
    (`phq9.total`), worked-out value, parameter, help text, source or medicine. A
    problem's code alone (`screening explain SC104`) says what the problem means.

    Example: screening explain ocd-ketamine exclude-age
    """
    if part is None:
        _explain_code(questionnaire, as_json=as_json)
        return
    shelf = questionnaire_shelf(questionnaire)
    made = load_or_exit(shelf, as_json=as_json)
    found = explanations(made, part, language)
    if not found:
        fix = did_you_mean(part, known_ids(made))
        click.echo(f'{made.id} has nothing called "{part}". {fix}', err=True)
        sys.exit(1)
    patients = _patients(made, shelf)
    told = [(one, _words(one, patients)) for one in found]
    if as_json:
        print_json([_object(one, words, shelf) for one, words in told])
        return
    for number, (one, words) in enumerate(told):
        if number:
            click.echo()
        _print(one, words, shelf)


# -- worked patients


def _patients(made: Questionnaire, shelf: Shelf) -> dict[str, Evaluation]:
    """Return what the worked patients come to; those that can't be read are left."""
    try:
        cases = read_cases(case_texts(shelf))
    except DefinitionError as error:
        click.echo(f"{error.problems[0]}", err=True)
        return {}
    found = {}
    for case in cases:
        stored = cast("Mapping[str, object]", case.answers)
        answers = read_answers(made, stored, today())
        if not answers.problems:
            found[case.id] = evaluate(made, answers)
    return found


def _words(one: Explanation, patients: Mapping[str, Evaluation]) -> _Met:
    """Return the worked patients by what the part comes to for them."""
    met: _Met = defaultdict(list)
    if one.word_in is not None:
        for name, evaluation in patients.items():
            met[one.word_in(evaluation)].append(name)
    return met


# -- printing


def _width() -> int:
    return min(shutil.get_terminal_size().columns, 100)


def _print(one: Explanation, met: _Met, shelf: Shelf) -> None:
    place = _placed(one, shelf)
    click.echo(f"{one.kind} {one.id}" + (f"  ({place})" if place else ""))
    _wrapped(one.what, "  ")
    for rule in one.rules:
        label = rule.leads_to or "Rule"
        _line(label, rule.words)
        if rule.written:
            _line("", f"as written: {rule.written}")
    for label, text in one.facts:
        _line(label, text)
    for name, called in one.reads:
        _line("Reads", f"{name}: {called}")
    _line("Used by", _listed(one.used_by))
    _line("Through these by", _listed(one.through))
    for text in one.unknown:
        _line("Not known", text)
    _line("Can leave open", ", ".join(one.undetermined))
    _print_patients(one, met)


def _print_patients(one: Explanation, met: _Met) -> None:
    if one.word_in is None:
        return
    if not met:
        _line("Worked patients", "none")
    for word, names in sorted(met.items(), key=lambda item: len(item[1])):
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        _line("Worked patients", f"{word}: {', '.join(names[:_NAMED])}{more}")
    if one.kind == "criterion" and "met" not in met:
        _line("", "No worked patient meets it: add one to cases/.")


def _listed(uses: Iterable[Use]) -> str:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for use in uses:
        by_kind[use.kind].append(use.id)
    return "; ".join(f"{kind} {', '.join(ids)}" for kind, ids in by_kind.items())


def _line(label: str, text: str) -> None:
    if text:
        head = f"  {label}: " if label else "    "
        _wrapped(" ".join(text.split()), head)


def _wrapped(text: str, head: str) -> None:
    indent = "    "
    lines = textwrap.wrap(
        text,
        _width(),
        initial_indent=head,
        subsequent_indent=indent if head.strip() else head,
        break_on_hyphens=False,
    )
    for line in lines:
        click.echo(line)


def _placed(one: Explanation, shelf: Shelf) -> str:
    if one.place is None:
        return ""
    path = path_of(shelf, one.place.file)
    place = replace(one.place, file=shown_path(path)) if path else one.place
    return f"{place.file}:{place.line}"


# -- a code


def _explain_code(word: str, *, as_json: bool) -> None:
    code = CODES.get(word.upper())
    if code is None:
        fix = did_you_mean(word.upper(), CODES)
        what = f'"{word}" is no code of a problem; or name a part of it too. {fix}'
        raise click.BadParameter(what)
    if as_json:
        print_json({"code": code.code, "title": code.title, **_meant(code)})
        return
    click.echo(f"{code.code}: {code.title}")
    for label, text in _told(code):
        _line(label, text)


def _meant(code: Code) -> dict[str, str]:
    return {"why": code.why, "mend": code.mend}


def _told(code: Code) -> Iterator[tuple[str, str]]:
    yield "Why it matters", code.why
    yield "What to do", code.mend


# -- JSON


def _object(one: Explanation, met: _Met, shelf: Shelf) -> dict[str, object]:
    return {
        "kind": one.kind,
        "id": one.id,
        "place": _placed(one, shelf) or None,
        "what": one.what,
        "rules": [
            {"leads_to": rule.leads_to, "words": rule.words, "written": rule.written}
            for rule in one.rules
        ],
        "facts": [{"label": label, "text": text} for label, text in one.facts],
        "reads": [{"name": name, "called": called} for name, called in one.reads],
        "used_by": [{"kind": use.kind, "id": use.id} for use in one.used_by],
        "through": [{"kind": use.kind, "id": use.id} for use in one.through],
        "unknown": list(one.unknown),
        "undetermined": list(one.undetermined),
        "patients": dict(met),
    }
