"""In which words is a page asked of this patient, with which options?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.core import progress
from screening.core.personal import is_said, personal, question_named
from screening.core.piping import filled
from screening.web.patient.words import answer_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.core.answers import Stored
    from screening.core.definition import Page, Question
    from screening.core.judge import Evaluation
    from screening.core.personal import Say
    from screening.web.patient.journey import Journey


def asked_of(journey: Journey, page: Page) -> tuple[Question, ...]:
    """Return the page's questions that are asked, in this patient's words."""
    values = journey.evaluation.values
    say = say_of(journey)
    asked = progress.asked_questions(page, values)
    return tuple(personal(question, values, say) for question in asked)


def entry_asked_of(
    journey: Journey, questions: list[Question], entry: Mapping[str, Stored]
) -> list[Question]:
    """Return an entry's questions, what was answered of it before put in."""
    values, outer = journey.evaluation.values, say_of(journey)
    by_id = {question.id: question for question in questions}

    def say(name: str) -> str | None:
        if name not in by_id:
            return outer(name)
        given = entry.get(name)
        return None if given is None else _said(by_id[name], given)

    return [personal(question, values, say) for question in questions]


def in_words(journey: Journey, text: str) -> str:
    """Return a text of the file with this patient's answers put in."""
    return filled(text, say_of(journey))


def say_of(journey: Journey) -> Say:
    """Return how an earlier answer is put into later words; None where it is open."""
    return say_from(journey.evaluation, journey.content.answers)


def say_from(evaluation: Evaluation, answers: Mapping[str, Stored]) -> Say:
    """Return how these answers, worked out already, are put into words."""
    questionnaire, values = evaluation.questionnaire, evaluation.values

    def say(name: str) -> str | None:
        question = question_named(questionnaire, name)
        if question is None or not is_said(questionnaire, name, values):
            return None
        key, _, part = name.partition(".")
        given = answers.get(key)
        if part:
            given = given.get(part) if isinstance(given, dict) else None
        return None if given is None else _said(question, given)

    return say


def _said(question: Question, given: Stored) -> str:
    return ", ".join(answer_words(question, given))
