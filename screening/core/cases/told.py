"""What is wrong with the worked patients beside a questionnaire, and where?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from screening.core.answers.places import place_of_answer
from screening.core.cases.read import Case, read_cases
from screening.core.cases.run import run_case
from screening.core.problems import DefinitionError, Place, Problem, did_you_mean
from screening.core.source import nodes_along

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from screening.core.definition import Questionnaire


def case_problems(
    texts: Iterable[tuple[str, str]],
    questionnaire: Questionnaire | None,
    read_file: Callable[[str], str | None],
    on: date,
) -> tuple[Problem, ...]:
    """Return every problem of the cases in (file name, text), in file order.

    Without a questionnaire, because it can't be used, only the files themselves are
    looked at. A patient who comes out otherwise than written is a problem too.
    """
    try:
        cases = read_cases(texts)
    except DefinitionError as error:
        return error.problems
    if questionnaire is None:
        return ()
    found: list[Problem] = []
    for case in cases:
        unknown = list(_unknown_names(case, questionnaire))
        found += unknown or _of_case(case, questionnaire, read_file, on)
    found += _of_shares(cases, questionnaire)
    return tuple(found)


def _of_shares(
    cases: Iterable[Case], questionnaire: Questionnaire
) -> Iterator[Problem]:
    """Yield each share that nobody could check, or that other shares do not go with."""
    shared = [case for case in cases if case.share is not None]
    for case in shared:
        if not case.sources or not case.because:
            yield Problem(
                code="SC405",
                what=f'the share of "{case.id}" does not say where it is from',
                fix="Write `sources:` and, in `because:`, what they say.",
                where=case.at("share"),
            )
        for position, source in enumerate(case.sources):
            if source not in questionnaire.sources:
                yield Problem(
                    code="SC132",
                    what=f'the source "{source}" is not in sources.yaml',
                    fix=did_you_mean(source, questionnaire.sources),
                    where=case.at("sources", position),
                )
        if case.root in {case.id, *(one.id for one in shared)}:
            what = f'"{case.id}" has a share and stands on no patient without one'
            fix = "Let `based_on` name the patient whom everybody else is like."
        elif case.root != shared[0].root:
            what = f'"{case.id}" stands on "{case.root}", other shares do not'
            fix = f'Base it on "{shared[0].root}", as "{shared[0].id}" is.'
        else:
            continue
        yield Problem(code="SC406", what=what, fix=fix, where=case.at("share"))


def _of_case(
    case: Case,
    questionnaire: Questionnaire,
    read_file: Callable[[str], str | None],
    on: date,
) -> Iterator[Problem]:
    failure = run_case(case, questionnaire=questionnaire, read_file=read_file, on=on)
    if failure is None:
        return
    for problem in failure.unread:
        if _key(problem) in case.own:  # another case's is told there
            yield replace(problem, where=_place_of(case, problem, questionnaire))
    for difference in failure.found:
        is_told = difference.path[:1] != ("broken promises",)
        yield Problem(
            code="SC402",
            what=f'the worked patient "{case.id}" comes out otherwise: '
            f"{difference.words}",
            fix="Mend the rule; or, if this is what you want, write what comes now.",
            where=case.at("expect", *difference.path) if is_told else case.place,
        )


def _key(problem: Problem) -> str:
    """Return the answers file's name of what a problem is about."""
    return re.split(r"[.\[]", problem.about or "", maxsplit=1)[0]


def _place_of(case: Case, problem: Problem, questionnaire: Questionnaire) -> Place:
    below = (*case.path, "answers")
    node = next(reversed(list(nodes_along(case.node, below))), case.node)
    return place_of_answer(node, problem, questionnaire.program.keys)


# -- names under `expect`


def _unknown_names(case: Case, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield each name that is expected and that the questionnaire does not have."""
    if case.instrument is not None:
        return
    criteria = {one.id for one in questionnaire.criteria}
    repeats = {one.id for one in questionnaire.repeats.values() if one.derived}
    derived = {one.name for one in questionnaire.derived} | repeats
    known: dict[str, tuple[str, set[str]]] = {
        "findings": ("criterion", criteria | {"retracted-safety-answer"}),
        "undetermined": ("criterion", criteria),
        "help": ("help text", set(questionnaire.help)),
        "checks": ("check", {one.id for one in questionnaire.checks}),
        "missing": ("question", set(questionnaire.program.keys)),
        "derived": ("value", derived),
        "scores": ("instrument", set(questionnaire.instruments)),
    }
    for part, (kind, names) in known.items():
        listed = cast("Collection[str]", case.expect.get(part) or ())
        for position, name in enumerate(listed):
            if name not in names:
                is_map = isinstance(listed, Mapping)
                where = (
                    case.key("expect", part, name)
                    if is_map
                    else case.at("expect", part, position)
                )
                yield Problem(
                    code="SC401",
                    what=f'there is no {kind} "{name}"',
                    fix=did_you_mean(str(name), names),
                    where=where,
                )
