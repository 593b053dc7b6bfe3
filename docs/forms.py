"""Every form of an expression as the reference shows it: in tables, with what it gives.

All come from the demonstrator `expressions`: the forms from its questionnaire, what
they give from its worked patients.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from docs.demonstrators import DEFINITIONS, questionnaire
from screening.core.cases import read_cases
from screening.core.expression import calls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXPRESSIONS = "Expressions"
"""The heading of the section."""

FORMS = DEFINITIONS / "expressions"
"""The demonstrator that holds every form."""

FUNCTIONS = {
    "age_on": "Whole years from a date to the day of submission.",
    "all": "Whether something holds for every one.",
    "answered": "Whether a question has a value.",
    "any": "Whether something holds for one at least.",
    "certain": "Whether something is surely true.",
    "count": "How many there are. Entries that only may qualify make it a range.",
    "days": "So many days.",
    "days_since": "Days from a date to the day of submission.",
    "declined": "Whether the patient prefers not to say.",
    "known": "Whether a value is determined.",
    "max": "The highest.",
    "min": "The lowest.",
    "months": "The days from the same day so many months ago to today.",
    "sum": "All of them added up.",
    "unsure": "Whether the patient is not sure.",
    "weeks": "So many weeks, in days.",
    "years": "The days from the same day so many years ago to today.",
}
"""What each function gives, in words."""


def expressions() -> Iterator[str]:
    """Yield the section's lines."""
    cases = _cases()
    yield f"## {EXPRESSIONS}"
    yield ""
    yield (
        "Each form with what it gives for two patients: one of whom everything is "
        "known, and one who left out, declined or was not sure of much. `null` is not "
        "known. All stand in "
        "[expressions/questionnaire.yaml]"
        "(../tests/definitions/expressions/questionnaire.yaml), and the answers in "
        "[expressions/cases/forms.yaml]"
        "(../tests/definitions/expressions/cases/forms.yaml)."
    )
    yield ""
    for title, rows in _forms().items():
        yield f"### {title.capitalize()}"
        yield ""
        yield from _table(rows, cases)
    yield "### Functions"
    yield ""
    every = [row for rows in _forms().values() for row in rows]
    for name in sorted(calls._FUNCTIONS):  # noqa: SLF001 - the registry itself
        yield f"#### `{name}(…)`"
        yield ""
        yield FUNCTIONS[name]
        yield ""
        yield from _table([row for row in every if name in _called(row[1])], cases)


def _table(
    rows: list[tuple[str, str]], cases: list[Mapping[str, str]]
) -> Iterator[str]:
    yield "| expression | all known | much unknown |"
    yield "|---|---|---|"
    for name, text in rows:
        given = " | ".join(f"`{case[name]}`" for case in cases)
        yield f"| `{text}` | {given} |"
    yield ""


def _called(text: str) -> set[str]:
    calls_ = (
        n for n in ast.walk(ast.parse(text, mode="eval")) if isinstance(n, ast.Call)
    )
    return {call.func.id for call in calls_ if isinstance(call.func, ast.Name)}


def _forms() -> dict[str, list[tuple[str, str]]]:
    """Return name and text of each form, below the comment that they stand under."""
    definition = questionnaire(FORMS)
    texts = {d.name: d.expression.text for d in definition.derived if d.expression}
    for repeat in definition.repeats.values():
        texts |= {d.name: d.expression.text for d in repeat.derived if d.expression}
    forms: dict[str, list[tuple[str, str]]] = {}
    title = ""
    for line in (FORMS / "questionnaire.yaml").read_text("utf-8").splitlines():
        if line.strip().startswith("# -- "):
            title = line.strip().removeprefix("# -- ")
        name = line.strip().partition(":")[0]
        if title and name in texts and line.startswith("  "):
            forms.setdefault(title, []).append((name, texts[name]))
    return forms


def _cases() -> list[Mapping[str, str]]:
    """Return what the first two worked patients expect of each form, as written."""
    path = FORMS / "cases" / "forms.yaml"
    found = []
    for case in read_cases([(path.name, path.read_text("utf-8"))])[:2]:
        derived: Any = case.expect["derived"]
        given = {name: _shown(value) for name, value in derived.items()}
        entries = derived["baskets"]
        for name in entries[0]:
            given[name] = ", ".join(_shown(entry[name]) for entry in entries)
        found.append(given)
    return found


def _shown(value: object) -> str:
    return "null" if value is None else str(value)
