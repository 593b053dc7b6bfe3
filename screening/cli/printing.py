"""How do results look on a terminal, and to a program that asked for JSON?"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from screening.core.answers import stored_form
from screening.core.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from screening.core.judge import Evaluation
    from screening.core.problems import Problem
    from screening.core.scoring import ScoreCard

NOTHING = "-"
"""What stands where there is nothing to show."""


def print_json(value: object) -> None:
    """Print the value as one line of JSON."""
    click.echo(json.dumps(value))


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one line each."""
    for problem in problems:
        click.echo(line_of(problem), err=True)


def line_of(problem: Problem) -> str:
    """Return a problem's line; one that refuses nothing says so."""
    if problem.severity is not Severity.ERROR:
        problem = replace(problem, what=f"{problem.severity.value}: {problem.what}")
    return _visible(str(problem))


def _visible(text: str) -> str:
    """Return the text with control characters written out: a terminal obeys them."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def print_table(lines: Sequence[tuple[str, str]]) -> None:
    """Print names and values in two aligned columns."""
    width = max((len(name) for name, _ in lines), default=0)
    for name, value in lines:
        click.echo(f"{name:<{width}}  {value}".rstrip())


def problem_object(problem: Problem) -> dict[str, object]:
    """Return a problem as the contract writes it in JSON."""
    return {
        "file": problem.where.file if problem.where else None,
        "line": problem.where.line if problem.where else None,
        "column": problem.where.column if problem.where else None,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.what,
        "fix": problem.fix,
    }


def problems_object(problems: Iterable[Problem]) -> dict[str, object]:
    """Return `{"problems": […]}`."""
    return {"problems": [problem_object(problem) for problem in problems]}


def score_object(card: ScoreCard) -> dict[str, object]:
    """Return an instrument's score object."""
    return {
        "status": card.status,
        "total": _plain(card.total),
        "possible": _plain(card.possible),
        "band": card.band,
        "band_if_certain": card.band_if_certain,
        "prorated": _plain(card.prorated),
        "subscales": _plain(card.subscales),
        "results": _plain(card.results),
    }


def evaluation_object(evaluation: Evaluation) -> dict[str, object]:
    """Return what one patient's answers come to, as the contract writes it."""
    return {
        "outcome": evaluation.outcome.value,
        "findings": [
            {
                "id": finding.id,
                "kind": finding.kind.value,
                "priority": finding.priority,
            }
            for finding in evaluation.findings
        ],
        "missing": list(evaluation.missing),
        "undetermined": list(evaluation.undetermined),
        "scores": {key: score_object(card) for key, card in evaluation.scores.items()},
        "derived": _plain(evaluation.derived),
    }


def _plain(value: object) -> object:
    """Return the value with JSON's own kinds only; a whole Decimal becomes an int."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return stored_form(value)


def shown(value: object) -> str:
    """Return a value in words for a line of a table."""
    plain = _plain(value)
    if plain is None:
        return "not determined"
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, list):
        return ", ".join(map(shown, plain)) or NOTHING
    if isinstance(plain, dict):
        return "; ".join(f"{name} {shown(part)}" for name, part in plain.items())
    return str(plain)


def score_line(card: ScoreCard) -> str:
    """Return a score in one line: its total, or what is possible, and its band."""
    words = [card.status]
    if card.total is not None:
        words.append(f"total {shown(card.total)}")
    elif card.possible is not None:
        low, high = map(shown, card.possible)
        words.append(f"total {low} to {high}")
    band = card.band or card.band_if_certain
    if band is not None:
        words.append(band.replace("_", " "))
    return ", ".join(words)


def result_lines(card: ScoreCard) -> list[tuple[str, str]]:
    """Return a line for each subscale and result of a score."""
    named = {**card.subscales, **card.results}
    return [(name, shown(value)) for name, value in named.items()]
