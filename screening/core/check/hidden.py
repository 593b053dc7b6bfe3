"""Can branching hide a question that keeps people safe, without anyone having said so?

A question that an urgent criterion or an exclusion reads has to be asked, or its file
says `may_hide: true` and why: what was not asked meets no rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core.definition import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from screening.core.definition import Criterion
    from screening.core.load.workbench import Spot
    from screening.core.schema import PageShape, QuestionnaireShape, QuestionShape

SAFETY_KINDS = frozenset({Kind.URGENT, Kind.EXCLUSION})
"""Kinds of criteria that must not be missed because a question was not asked."""


def safety_reads(criteria: Iterable[Criterion]) -> dict[str, str]:
    """Return what safety criteria read: the name, and the first criterion that does."""
    found: dict[str, str] = {}
    for criterion in criteria:
        if criterion.kind in SAFETY_KINDS:
            for name in criterion.reads:
                found.setdefault(name, criterion.id)
    return found


def check_hidden(
    spot: Spot, shape: QuestionnaireShape, reads: Mapping[str, str]
) -> None:
    """Note each condition that can hide what safety criteria read."""
    for number, page in enumerate(shape.pages):
        here = spot.at("pages", number)
        names = [name for name in _names(page) if name in reads]
        if page.ask_if is not None and not page.may_hide and names:
            _say(here, names[0], reads[names[0]])
        elif page.may_hide and not page.because:
            what = f'the page "{page.page}" may be hidden, and no reason is given'
            here.at("may_hide").say("SC129", what, "Add `because:` in a few words.")
        if page.repeat is None and not page.may_hide:
            for position, question in enumerate(page.questions):
                _check_question(here.at("questions", position), question, reads)


def _check_question(spot: Spot, shape: QuestionShape, reads: Mapping[str, str]) -> None:
    if shape.id not in reads or shape.may_hide:
        return
    if shape.ask_if is not None:
        _say(spot, shape.id, reads[shape.id])
    for position, part in enumerate(shape.questions):
        if part.ask_if is not None and not part.may_hide:
            _say(spot.at("questions", position), shape.id, reads[shape.id])


def _names(page: PageShape) -> Iterable[str]:
    yield from (question.id for question in page.questions)
    yield page.repeat or page.as_ or page.instrument or ""


def _say(spot: Spot, name: str, criterion: str) -> None:
    what = f'this can hide "{name}", which the safety rule "{criterion}" reads'
    fix = "Ask it always, or add `may_hide: true` and `because:`."
    spot.at("ask_if").say("SC183", what, fix)
