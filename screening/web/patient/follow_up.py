"""What does a form begin with in which the clinic asks again?

With everything that was sent, on the version that was answered. The pages that were
filled in count as saved, but for those with a question that is asked again; a page that
opens only because of a new answer is asked like any other. Help that was shown stays
noted, so that an urgent answer that is changed now is still seen as taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from screening.core import progress
from screening.core.answers import read_answers
from screening.core.judge import evaluate
from screening.store.drafts import DraftContent
from screening.web.patient.help_marks import acknowledged, marks_again
from screening.web.recorded import marks_of, plain_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from screening.core.definition import Page, Questionnaire
    from screening.store.plain import JsonObject
    from screening.store.submissions import Submission


def follow_up_of(
    questionnaire: Questionnaire,
    submission: Submission,
    asked: Iterable[str],
    now: datetime,
) -> DraftContent:
    """Return what a draft holds in which these questions are asked again.

    `questionnaire` is the version that was answered, `asked` are keys of its questions.
    """
    stored = plain_map(submission.record.answers)
    answers = read_answers(questionnaire, stored, submission.facts.local_date)
    values = evaluate(questionnaire, answers).values
    keys = tuple(asked)
    return acknowledged(
        DraftContent(
            started_at=now,
            # What was sent is in the form of an answers file.
            answers=cast("JsonObject", stored),
            help_shown=marks_again(marks_of(submission)),
            visited=tuple(
                page.id
                for page in progress.path(questionnaire, values)
                if _was_filled_in(page, stored) and not questions_of(page).keys() & keys
            ),
            follows=submission.reference,
            asked=keys,
        )
    )


def questions_of(page: Page) -> dict[str, str]:
    """Return what can be asked again on a page: keys, and how each is asked.

    What stands in an entry of a list has no words of its own there: they are empty.
    """
    if page.repeat is not None:
        fields = {question.key: "" for question in page.repeat.questions}
        return {page.repeat.id: page.repeat.any} | fields
    return {
        part.key: part.ask
        for question in page.questions
        for part in (question, *question.parts)
    }


def _was_filled_in(page: Page, stored: Mapping[str, object]) -> bool:
    if page.repeat is not None:
        return page.repeat.id in stored
    if page.instrument is not None:
        given = stored.get(page.instrument.key)
        return isinstance(given, dict) and any(q.id in given for q in page.questions)
    return any(question.id in stored for question in page.questions)
