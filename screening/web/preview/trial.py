"""What has the coordinator answered on the pages so far, and what comes after them?

Answers begin as those of a worked patient, or as none, and are kept in the memory of
this process alone, so that branching can be tried. The pages are read as patients'
are, but any of them may be answered at any time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from screening.core import progress
from screening.core.answers import Refused, by_item, read_answers, stored_form, typed
from screening.core.judge import evaluate
from screening.core.personal import personal
from screening.web.names import field_name
from screening.web.patient.asked import say_from
from screening.web.patient.forms import Forms, answer_in, leaves, shown_strings
from screening.web.patient.posting import asked_leaves, read_post, with_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flask_wtf import FlaskForm

    from screening.core.answers import Stored
    from screening.core.cases import Case
    from screening.core.definition import Page, Question, Questionnaire, Repeat
    from screening.core.judge import Evaluation
    from screening.core.personal import Say
    from screening.store.plain import Json
    from screening.web.patient.posting import Post


class Tried:
    """What was answered, for each worked patient it began with."""

    def __init__(self) -> None:
        """Begin with nothing answered; `changes` counts what is taken in."""
        self._typed: dict[str, dict[str, Json]] = {}
        self.changes = 0

    def given(self, made: Questionnaire, case: Case | None) -> dict[str, Json]:
        """Return the answers to go on from: what was typed, else the case's own."""
        typed = self._typed.get(case.id if case else "")
        if typed is not None:
            return typed
        stored = cast("Mapping[str, Json]", case.answers if case else {})
        instruments = made.instruments
        return {
            key: cast("Json", by_item(instruments[key], value))
            if key in instruments
            else value
            for key, value in stored.items()
        }

    def is_typed(self, case: Case | None) -> bool:
        """Tell whether anything was answered since the case was chosen."""
        return (case.id if case else "") in self._typed

    def keep(self, case: Case | None, answers: dict[str, Json]) -> None:
        """Go on from these answers."""
        self._typed[case.id if case else ""] = answers
        self.changes += 1

    def begin_again(self, case: Case | None) -> None:
        """Forget what was typed."""
        self._typed.pop(case.id if case else "", None)
        self.changes += 1


@dataclass(slots=True, kw_only=True)
class Trial:
    """One page, asked of whoever gave these answers before."""

    made: Questionnaire
    page: Page
    answers: dict[str, Json]
    day: date
    found: Evaluation = field(init=False)
    say: Say = field(init=False)
    asked: tuple[Question, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out what is asked, in which words."""
        self.found = judged(self.made, self.answers, self.day)
        self.say = say_from(self.found, self.answers)
        repeat = self.page.repeat
        asked = (
            repeat.questions
            if repeat
            else progress.asked_questions(self.page, self.found.values)
        )
        self.asked = tuple(
            personal(question, self.found.values, self.say) for question in asked
        )

    def to_answer(self) -> list[Question]:
        """Return what the page's form holds; of a list, what one entry holds."""
        if self.page.repeat is not None:
            return leaves(self.asked)
        return asked_leaves(self.asked, self.found.values)

    def form(self) -> FlaskForm:
        """Return the form, filled with what was answered."""
        data = {
            field_name(question.key): shown_strings(question, stored)
            for question in self.to_answer()
            if (stored := self._stored(question)) is not None
        }
        return self._form_class()(formdata=None, data=data)

    def opening(self) -> FlaskForm | None:
        """Return the form that asks whether there is anything to list, if one does."""
        repeat = self.page.repeat
        if repeat is None:
            return None
        stored = self.answers.get(repeat.id)
        chosen = "no" if stored == [] else "yes" if _first(stored) else stored
        name = field_name(repeat.id)
        return Forms().any_of(self.page)(formdata=None, data={name: chosen})

    def read(self) -> tuple[Post, dict[str, Json]]:
        """Return what was posted, and the answers with it put in."""
        questions = self.to_answer()
        repeat = self.page.repeat
        if repeat is None:
            post = read_post(self._form_class()(), questions)
            return post, with_page(self.answers, self.page, post.values, questions)
        return self._read_list(repeat, questions)

    def _read_list(
        self, repeat: Repeat, questions: list[Question]
    ) -> tuple[Post, dict[str, Json]]:
        opening = Forms().any_of(self.page)()
        answer = opening[field_name(repeat.id)]
        answer.validate(opening)
        if answer.value != "yes":
            post = read_post(self._form_class()(), ())
            said = [] if answer.value == "no" else answer.value
            return post, {**self.answers, repeat.id: said}
        post = read_post(self._form_class()(), questions)
        entry = {question.id: post.values.get(question.key) for question in questions}
        stored = self.answers.get(repeat.id)
        others = stored[1:] if isinstance(stored, list) else []
        return post, {**self.answers, repeat.id: [entry, *others]}

    def _form_class(self) -> type[FlaskForm]:
        return Forms().of(self.page.id, self.to_answer())

    def _stored(self, question: Question) -> Stored:
        written = answer_in(self.answers, self.page, question)
        repeat = self.page.repeat
        if repeat is not None:
            written = _first(self.answers.get(repeat.id)).get(question.id)
        return _as_kept(question, written, self.day)


def judged(made: Questionnaire, answers: Mapping[str, Json], day: date) -> Evaluation:
    """Return what the answers mean if they were sent on that day."""
    return evaluate(made, read_answers(made, answers, day))


def page_after(found: Evaluation, page: Page) -> Page | None:
    """Return the next page that these answers leave open, None after the last."""
    pages = found.questionnaire.pages
    place = [one.id for one in pages].index(page.id)
    still_open = {one.id for one in progress.path(found.questionnaire, found.values)}
    later = (one for one in pages[place + 1 :] if one.id in still_open)
    return next(later, None)


def _as_kept(question: Question, written: Stored, day: date) -> Stored:
    """Return an answer as a draft keeps it, however a case writes it."""
    found = typed(question, written, day)
    if isinstance(found, Refused):
        return written
    if found == frozenset():
        # A case may list nothing; a patient ticks the option that says so.
        return [option.value for option in question.options if option.exclusive]
    return stored_form(found)


def _first(stored: Json) -> dict[str, Json]:
    entry = stored[0] if isinstance(stored, list) and stored else None
    return dict(entry) if isinstance(entry, dict) else {}
