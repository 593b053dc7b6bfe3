"""What does the form of a visit ask, and what is said by it?

Under each answer that matters: whether it was confirmed or is wrong, what is right,
and a note. Under what is not known: the answer, and a note. What was left alone says
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from flask import abort, request

from screening.core.answers import typed
from screening.report.content import Mark
from screening.report.visit import Said
from screening.report.wording import answer_in_words
from screening.store.visits import AnswerMark
from screening.web.fields import (
    Answer,
    Choice,
    ChoiceAnswer,
    Refusal,
    TextAnswer,
    answers_of,
    build_form,
    expected_names,
    in_one_line,
    text_up_to,
)
from screening.web.patient.forms import field_of

if TYPE_CHECKING:
    from flask_wtf import FlaskForm

    from screening.report.visit import ToHold, VisitPlan
    from screening.store.plain import Json

READ = "read"
"""The field that holds the number of the version that was read."""

LONGEST = 500
"""Characters of a note, and of what is right in words."""

_MARKS = (
    Choice(value="", label="Not asked"),
    Choice(value=Mark.CONFIRMED, label="Confirmed"),
    Choice(value=Mark.WRONG, label="Wrong"),
)
_NO_MARK = "Mark the answer as confirmed or wrong too, or take this out."
_NOTHING_RIGHT = "Mark the answer as wrong, or take out what is right."


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFields:
    """An answer and its fields; `mark` is None for one that was not known."""

    held: ToHold
    mark: Answer | None
    right: Answer
    note: Answer

    @property
    def fields(self) -> tuple[Answer, ...]:
        """All of them, in the order of the page."""
        rest = (self.right, self.note)
        return rest if self.mark is None else (self.mark, *rest)

    @property
    def is_touched(self) -> bool:
        """Whether anything stands in them."""
        return any(one.given for one in self.fields)

    @property
    def is_open(self) -> bool:
        """Whether there is something to see in the folded fields."""
        return any(one.given or one.errors for one in (self.right, self.note))

    def look(self) -> None:
        """Say in the fields what does not go together."""
        if self.mark is None or any(one.errors for one in self.fields):
            return
        if self.right.given and self.mark.value != Mark.WRONG:
            self.right.errors = [_NOTHING_RIGHT]
        elif self.note.given and not self.mark.value:
            self.note.errors = [_NO_MARK]

    def said(self) -> AnswerMark | None:
        """Return what the fields say, once they were read; None for nothing."""
        if not self.is_touched or (self.mark is not None and not self.mark.value):
            return None
        right = self.right.value
        return AnswerMark(
            key=self.held.key,
            mark=Mark.ANSWERED if self.mark is None else str(self.mark.value),
            asked=self.held.asked,
            answered=self.held.answered,
            # What a field's `parse` gives is what an answers file can say.
            right=None if self.held.question is None else cast("Json", right),
            right_in_words=_in_words(self.held, right),
            note=str(self.note.value or ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm:
    """The form about one submission, filled in."""

    plan: VisitPlan
    form: FlaskForm = field(repr=False)

    @property
    def unknown(self) -> tuple[AnswerFields, ...]:
        """What was not known, with its fields."""
        return tuple(self._of(one, has_mark=False) for one in self.plan.unknown)

    @property
    def behind_findings(self) -> tuple[AnswerFields, ...]:
        """The answers behind findings, with their fields."""
        return tuple(self._of(one) for one in self.plan.behind_findings)

    @property
    def behind_safety(self) -> tuple[AnswerFields, ...]:
        """The other answers on which safety rests, with their fields."""
        return tuple(self._of(one) for one in self.plan.behind_safety)

    @property
    def answers(self) -> tuple[AnswerFields, ...]:
        """Every answer, in the order of the page."""
        return (*self.unknown, *self.behind_findings, *self.behind_safety)

    @property
    def faulty(self) -> list[Answer]:
        """The fields with a message."""
        return [one for one in answers_of(self.form) if one.errors]

    def said(self) -> tuple[AnswerMark, ...] | None:
        """Return every mark; None where a field can't be read, and carries why."""
        for one in answers_of(self.form):
            one.validate(self.form)
        answers = self.answers
        for each in answers:
            each.look()
        if self.faulty:
            return None
        found = (each.said() for each in answers)
        return tuple(mark for mark in found if mark is not None)

    def take_over(self, marks: Iterable[AnswerMark]) -> None:
        """Fill in what somebody else said of answers that nothing is said of here."""
        by_key = {one.key: one for one in marks}
        for each in self.answers:
            mark = by_key.get(each.held.key)
            if mark is not None and not each.is_touched:
                data = strings_of([mark])
                for one in each.fields:
                    one.process(None, data.get(str(one.name)))

    def _of(self, held: ToHold, *, has_mark: bool = True) -> AnswerFields:
        key = held.key
        return AnswerFields(
            held=held,
            mark=self.form[_mark(key)] if has_mark else None,
            right=self.form[_right(key)],
            note=self.form[_note(key)],
        )


def form_of(plan: VisitPlan, marks: Iterable[AnswerMark]) -> VisitForm:
    """Return the form with what was said so far."""
    made = _form(plan)(formdata=None, data=strings_of(marks))
    return VisitForm(plan=plan, form=made)


def form_posted(plan: VisitPlan) -> VisitForm:
    """Return the form as a browser posted it; another name is answered with 400."""
    made = _form(plan)(formdata=request.form)
    if set(request.form) - expected_names(made) - {READ}:
        abort(400)
    return VisitForm(plan=plan, form=made)


def strings_of(marks: Iterable[AnswerMark]) -> dict[str, Any]:
    """Return what stands in the fields where these marks were made, by their names."""
    data: dict[str, Any] = {}
    for one in marks:
        data[_mark(one.key)] = "" if one.mark == Mark.ANSWERED else one.mark
        data[_right(one.key)] = (
            one.right_in_words if one.right is None else str(one.right)
        )
        data[_note(one.key)] = one.note
    return data


def said_by_marks(marks: Iterable[AnswerMark]) -> list[Said]:
    """Return marks as what is put into a copy of the answers."""
    return [
        Said(
            key=one.key,
            mark=Mark(one.mark),
            label=one.asked,
            right=one.right,
            right_in_words=one.right_in_words,
        )
        for one in marks
    ]


def _form(plan: VisitPlan) -> type[FlaskForm]:
    fields: Mapping[str, Any] = {
        name: made
        for held in (*plan.unknown, *plan.known)
        for name, made in _fields(held, is_known=held in plan.known).items()
    }
    return build_form("VisitForm", fields)


def _fields(held: ToHold, *, is_known: bool) -> dict[str, Any]:
    label = "What is right" if is_known else held.asked
    fields: dict[str, Any] = {}
    if is_known:
        fields[_mark(held.key)] = ChoiceAnswer(
            held.asked, parse=_one_mark, choices=_MARKS
        )
    if held.question is None:
        fields[_right(held.key)] = TextAnswer(label, parse=_text)
    else:
        asked = replace(
            held.question,
            ask=label,
            hint=None,
            help=None,
            not_sure=False,
            prefer_not_to_say=False,
        )
        fields[_right(held.key)] = field_of(asked)
    fields[_note(held.key)] = TextAnswer("Note", parse=_text)
    return fields


def _mark(key: str) -> str:
    return f"mark-{key}"


def _right(key: str) -> str:
    return f"right-{key}"


def _note(key: str) -> str:
    return f"note-{key}"


def _one_mark(given: Sequence[str]) -> object:
    if not given:
        return None
    is_mark = given[0] in {choice.value for choice in _MARKS}
    return given[0] if is_mark else Refusal("Choose one of these.")


_text = text_up_to(LONGEST, in_one_line)


def _in_words(held: ToHold, value: object) -> str:
    if value is None or held.question is None:
        return str(value or "")
    return answer_in_words(held.question, typed(held.question, value))
