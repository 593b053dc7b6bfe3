"""Which questions, values and texts does nothing use? And which can't be reached?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import QuestionType
from screening.core.piping import placeholders_in
from screening.core.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from screening.core.load.workbench import Spot
    from screening.core.schema import PageShape, QuestionnaireShape, SectionShape

_NOT_FOR_USE = frozenset({QuestionType.NOTE, QuestionType.ACKNOWLEDGE})
"""Types of question that are asked for their own sake."""


def check_used(spot: Spot, shape: QuestionnaireShape, names: set[str]) -> None:
    """Note what is asked, worked out or set and then used by nothing.

    What the clinic must know in any case (`must_know: true`) has its use.

    `names` are those that rules and texts read. Where a file has neither criteria nor
    a summary yet, nothing is noted: it is being begun.
    """
    if not shape.criteria and not shape.summary:
        return
    used = {name.split(".")[0] for name in names} | _shown(shape.summary)
    for number, page in enumerate(shape.pages):
        _check_page(spot.at("pages", number), page, used)
    for name in shape.derived:
        if name not in used:
            _unused(spot.key("derived", name), "worked-out value", name)
    for name in shape.parameters:
        if name not in used:
            _unused(spot.key("parameters", name), "parameter", name)


def _check_page(spot: Spot, page: PageShape, used: set[str]) -> None:
    key = page.repeat or page.as_ or page.instrument
    if key is not None:
        if key not in used and not page.if_licensed:
            kind = "repeat" if page.repeat else "instrument"
            _unused(spot.at(kind), kind, key)
        return
    for position, question in enumerate(page.questions):
        is_for_use = (
            question.type not in _NOT_FOR_USE and question.must_know is not True
        )
        if is_for_use and question.id not in used:
            _unused(spot.at("questions", position, "id"), "question", question.id)


def _shown(sections: Iterable[SectionShape]) -> set[str]:
    """Return what the clinician's page shows: answers, workings, placeholders."""
    shown: set[str] = set()
    for section in sections:
        shown |= {name.split(".")[0] for name in section.answers}
        shown |= set(placeholders_in(section.says or ""))
        for working in section.working:
            shown |= {working.value.split(".")[0], *working.also}
        if section.reported:
            one = section.reported
            shown |= {n for n in (one.total, one.version, one.rater, one.date) if n}
    return shown


def _unused(spot: Spot, kind: str, name: str) -> None:
    what = f'the {kind} "{name}" is used by no rule, no text and no part of the summary'
    fix = "Use it, show it in the summary, or delete it."
    spot.say("SC180", what, fix, Severity.WARNING)
