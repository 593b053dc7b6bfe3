"""Which saved pages ask something by now that they did not ask when they were saved?

An answer changed later can bring up a question on a page that was saved without it.
Such a page counts as not saved any more: the patient meets it before the list of all
answers, whichever way leads there. A question that was asked has an entry among the
stored answers, if only to say that it was left out; one that never was has none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from screening.core import progress
from screening.web.patient.posting import asked_leaves

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.definition import Page, Question
    from screening.core.judge import Evaluation
    from screening.store.drafts import DraftContent
    from screening.store.plain import Json


def asked_late(content: DraftContent, evaluation: Evaluation) -> DraftContent:
    """Return the content in which a page with a question never asked is not saved.

    `evaluation` is what the answers of `content` mean.
    """
    late = {
        page.id
        for page in evaluation.questionnaire.pages
        if page.id in content.visited and _asks_anew(page, content, evaluation)
    }
    if not late:
        return content
    visited = tuple(one for one in content.visited if one not in late)
    return replace(content, visited=visited)


def _asks_anew(page: Page, content: DraftContent, evaluation: Evaluation) -> bool:
    if page.repeat is not None:
        # A list has one opening question, and is saved only once that was asked.
        return False
    values = evaluation.values
    asked = progress.asked_questions(page, values)
    return not all(
        was_asked(content.answers, page, question)
        for question in asked_leaves(asked, values)
    )


def was_asked(answers: Mapping[str, Json], page: Page, question: Question) -> bool:
    """Tell whether stored answers hold one to the question, if only that it is open."""
    if page.instrument is not None:
        given = answers.get(page.instrument.key)
    elif question.key == question.id:
        return question.id in answers
    else:
        given = answers.get(question.key.rpartition(".")[0])
    return isinstance(given, dict) and question.id in given
