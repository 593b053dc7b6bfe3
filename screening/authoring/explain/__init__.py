"""What is this part of a questionnaire, what does it do, and who uses it?

One file a kind of part; `explanations` finds every part that has an id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.authoring.explain import asked, decided, texts, worked_out
from screening.authoring.explain.desk import Desk
from screening.authoring.explain.explanation import Explanation, RuleSaid
from screening.authoring.explain.uses import Use

if TYPE_CHECKING:
    from screening.core.definition import Questionnaire

__all__ = ["Explanation", "RuleSaid", "Use", "explanations", "known_ids"]

_ROOMS = (decided, asked, worked_out, texts)


def explanations(
    questionnaire: Questionnaire, part_id: str, language: str | None = None
) -> tuple[Explanation, ...]:
    """Return what is said of every part with this id: a page and a question share one.

    Rules are said in `language`, the questionnaire's own unless given. Empty where
    nothing has the id.
    """
    desk = Desk(questionnaire, language)
    return tuple(
        explain(desk)
        for room in _ROOMS
        for found, explain in room.parts_of(desk)
        if found == part_id
    )


def known_ids(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return every id that can be explained, each once."""
    desk = Desk(questionnaire)
    ids = (found for room in _ROOMS for found, _ in room.parts_of(desk))
    return tuple(dict.fromkeys(ids))
