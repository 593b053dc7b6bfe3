"""How does a patient find a name on a list without script? On a page of its own.

A button beside the field leads there with everything that is on the page, and back
again: what was typed travels in the posts, never in an address, and nothing is stored
before the page itself is saved. A name that is not on the list stays as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, render_template, request

from screening.core.definition import QuestionType
from screening.core.lookup import How, matches
from screening.tongue import noted, say
from screening.web.fields import TOKEN_NAME, PickAnswer, answers_of
from screening.web.names import field_name
from screening.web.patient.posting import (
    ASKED_AGAIN,
    LOOKED_AGAIN,
    Post,
    posted_revision,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask_wtf import FlaskForm

    from screening.core.catalogue import Catalogue
    from screening.core.definition import Question
    from screening.web.patient.journey import Journey
    from screening.web.patient.way import Shown

FIND = "find"
"""The button that leads to the list; its value is the field's name."""

TAKE = "take"
"""The button that leads back with a name; its value is the field's name."""

FOUND = "found"
"""What was chosen: an entry's id, or `AS_TYPED`."""

CONTROLS = frozenset({FIND, TAKE, FOUND})
"""The names that a page with a list to pick from may post besides."""

AS_TYPED = "as-typed"
CHOOSE = noted("Choose one of these. If none is right, choose the last one.")
NEAR_NAME = noted(
    "This is not on our list. Did you mean {name}? Change it, or choose Continue again "
    "to keep what you wrote."
)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A line to choose: an entry's id, its name, and its other names."""

    value: str
    name: str
    others: tuple[str, ...]


def is_about_names() -> bool:
    """Tell whether the post asks for the list, or comes from it."""
    return FIND in request.form or TAKE in request.form


def answer_about_names(
    journey: Journey, form: FlaskForm, questions: Sequence[Question]
) -> Shown | None:
    """Show the list as the post asks; None once a name is put into its field."""
    field, question = _looked_for(form, questions)
    if FIND in request.form:
        return _shown(journey, field, question)
    chosen = request.form.get(FOUND)
    if chosen is None:
        field.errors = [say(CHOOSE)]
        return _shown(journey, field, question), 422
    if chosen != AS_TYPED:
        entry = _catalogue(question).entries.get(chosen)
        if entry is None:
            abort(400)
        field.raw, field.states_chosen = [entry.label], []
    return None


def carried(form: FlaskForm) -> Post:
    """Return the post with what the page was asked about before, and made from.

    Nothing is told of what cannot be read yet: it was not meant to be saved.
    """
    for answer in answers_of(form):
        answer.errors = []
    return Post(
        form=form,
        asked_again=set(request.form.get(ASKED_AGAIN, "").split()),
        looked_again=set(request.form.get(LOOKED_AGAIN, "").split()),
        revision=posted_revision(),
    )


def ask_about_names(post: Post, questions: Sequence[Question]) -> None:
    """Ask once about a name that is not on the list but close to some that are."""
    for question in questions:
        typed = post.values.get(question.key)
        again = f"name:{question.key}"
        if question.type is not QuestionType.PICK or not isinstance(typed, str):
            continue
        catalogue = _catalogue(question)
        if catalogue.find(typed) or again in post.asked_again:
            continue
        # By the names of the list: another spelling of one is no choice of its own.
        near = list(
            dict.fromkeys(
                match.entry.label
                for match in matches(catalogue, typed, _MOST_NAMED)
                if match.how is not How.NAMED
            )
        )
        if near:
            message = say(NEAR_NAME, name=_one_of(near))
            post.form[field_name(question.key)].errors = [message]
            post.asked_again.add(again)
            post.open_keys.add(question.key)


def _looked_for(
    form: FlaskForm, questions: Sequence[Question]
) -> tuple[PickAnswer, Question]:
    """Return the field that a name is looked for; answers 400 where it has no list."""
    name = request.form.get(FIND) or request.form.get(TAKE)
    asked = {field_name(question.key): question for question in questions}
    question = asked.get(name or "")
    field = form[name] if question else None
    if question is None or not isinstance(field, PickAnswer):
        abort(400)
    return field, question


def _shown(journey: Journey, field: PickAnswer, question: Question) -> str:
    typed = " ".join(" ".join(field.raw).split())
    catalogue = _catalogue(question)
    return render_template(
        "patient/find.html",
        journey=journey,
        page_title=say("Find a name on the list"),
        field=field,
        typed=typed,
        found=_lines(catalogue, typed),
        as_typed=AS_TYPED,
        may_keep=question.not_listed,
        carried=_carried_fields(field),
        address=request.path,
        has_errors=bool(field.errors),
    )


def _lines(catalogue: Catalogue, typed: str) -> list[Found]:
    return [
        Found(
            value=match.entry.id,
            name=match.entry.label,
            others=catalogue.names_of(match.entry)[1:],
        )
        for match in matches(catalogue, typed)
    ]


def _carried_fields(field: PickAnswer) -> list[tuple[str, str]]:
    """Return what else was posted: the page's other answers and its own marks."""
    left_out = CONTROLS | {TOKEN_NAME, field.name}
    posted = request.form.items(multi=True)
    return [(name, value) for name, value in posted if name not in left_out]


def _catalogue(question: Question) -> Catalogue:
    if question.catalogue is None:
        raise LookupError(question.key)
    return question.catalogue


def _one_of(names: list[str]) -> str:
    *others, last = names
    if not others:
        return last
    return say("{others} or {last}", others=", ".join(others), last=last)
