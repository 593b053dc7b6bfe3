"""How does a draft go on with the questions of a newer version, and lose nothing?

A draft is answered by the version it began with. When another one was published since,
the patient is told, and may move over or go on as before. What still fits is taken
along; a page is met again where it asks something new or in other words. Answers that
have no place any more are shown before anything changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from flask import redirect, render_template, request, url_for

from screening.core.answers import Refused, typed
from screening.core.safety import help_due
from screening.store.problems import DraftChanged
from screening.tongue import say
from screening.web.patient.forms import answer_in, leaves
from screening.web.patient.help_marks import standing_causes, with_help
from screening.web.patient.journey import (
    current_journey,
    patient,
    where_without_journey,
)
from screening.web.patient.late_questions import asked_late, was_asked
from screening.web.patient.posting import posted_revision, with_page
from screening.web.patient.words import answer_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flask import Blueprint

    from screening.core.answers import Stored
    from screening.core.definition import Page, Question, Questionnaire, Repeat
    from screening.store.drafts import DraftContent
    from screening.store.plain import Json, JsonObject
    from screening.web.patient.journey import Journey
    from screening.web.patient.way import Shown


NEWER = "newer"
"""The field that holds the hash of the version that the page was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A draft as it would go on: its content, and pairs of question and answer left."""

    content: DraftContent
    left: tuple[tuple[str, str], ...]


def install(room: Blueprint) -> None:
    """Give the room the addresses of moving over."""
    room.add_url_rule("/move", "move", show, methods=["GET"])
    room.add_url_rule("/move", "move_over", move, methods=["POST"])


def show() -> Shown:
    """Say what moving over means, and which answers have no place any more."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    # Looked at first: it is this version that moving has to be right for.
    new = journey.room.asked()
    if not journey.may_move:
        return redirect(url_for("patient.questions"), 303)
    return render_template(
        "patient/move.html",
        journey=journey,
        newer=new.sha256,
        left=moved(journey, new).left,
        page_title=say("The questions have changed"),
    )


def move() -> Shown:
    """Move the draft over, as it and the questions stood when the page was shown."""
    journey = current_journey()
    if journey is None:
        return redirect(where_without_journey(), 303)
    new = journey.room.asked()
    if request.form.get(NEWER) != new.sha256:
        return redirect(url_for("patient.move"), 303)
    if journey.may_move and posted_revision() == journey.draft.revision:
        try:
            journey.room.store.drafts.move(
                journey.draft.id,
                moved(journey, new).content,
                version_sha256=new.sha256,
                expected_revision=journey.draft.revision,
                actor=patient(),
            )
        except DraftChanged:
            return redirect(url_for("patient.move"), 303)
    return redirect(url_for("patient.questions"), 303)


def moved(journey: Journey, new: Questionnaire) -> Moved:
    """Return the draft's content for `new`, and what of it has no place there."""
    old, content = journey.questionnaire, journey.content
    asked_before = {
        one.key: _as_asked(one)
        for page in old.pages
        for one in leaves(page.repeat.questions if page.repeat else page.questions)
    }
    answers: JsonObject = {}
    # Pages of the form are met again unless they ask the same; other visits stay.
    visited = {*content.visited}
    for page in new.pages:
        answers, fits = _taken(page, content.answers, answers)
        asked = leaves(page.repeat.questions if page.repeat else page.questions)
        is_new = any(asked_before.get(one.key) != _as_asked(one) for one in asked)
        if is_new or not fits:
            visited.discard(page.id)
    gone = {page.id for page in old.pages} - {page.id for page in new.pages}
    made = replace(
        content,
        answers=answers,
        visited=tuple(
            one for one in content.visited if one in visited and one not in gone
        ),
        typed={},
    )
    evaluation = journey.under(new, made).evaluation
    # What the newer questions call urgent may stand on pages that are met no more.
    due = help_due(evaluation, None, standing_causes(made))
    made = with_help(asked_late(made, evaluation), due, journey.shell.clock())
    return Moved(content=made, left=tuple(_left(old, content, answers)))


def _as_asked(question: Question) -> tuple[object, ...]:
    """Return what makes a question the one that was answered."""
    options = tuple((one.value, one.label) for one in question.options)
    return question.type, question.ask, question.hint, options, question.units


def _taken(
    page: Page, stored: Mapping[str, Json], made: JsonObject
) -> tuple[JsonObject, bool]:
    """Return `made` with what fits of a page's answers, and whether all of it did."""
    if page.repeat is not None:
        return _with_entries(page.repeat, stored, made)
    asked = [one for one in leaves(page.questions) if was_asked(stored, page, one)]
    given = {one.key: cast("Json", answer_in(stored, page, one)) for one in asked}
    kept = {one.key: given[one.key] for one in asked if _fits(one, given[one.key])}
    taken = with_page(made, page, kept, leaves(page.questions)) if kept else made
    return taken, len(kept) == len(given)


def _with_entries(
    repeat: Repeat, stored: Mapping[str, Json], made: JsonObject
) -> tuple[JsonObject, bool]:
    listed = stored.get(repeat.id)
    if not isinstance(listed, list):
        return ({**made, repeat.id: listed} if repeat.id in stored else made), True
    asked = leaves(repeat.questions)
    given = [entry if isinstance(entry, dict) else {} for entry in listed]
    kept: list[Json] = [
        {
            one.id: entry[one.id]
            for one in asked
            if one.id in entry and _fits(one, entry[one.id])
        }
        for entry in given
    ]
    is_whole = all(one.id in entry for one in asked for entry in given)
    return {**made, repeat.id: kept}, is_whole and kept == given


def _fits(question: Question, stored: Stored) -> bool:
    return not isinstance(typed(question, stored), Refused)


def _left(
    old: Questionnaire, content: DraftContent, answers: JsonObject
) -> Iterable[tuple[str, str]]:
    """Yield each question whose answer is in `content` and not among `answers`."""
    for page in old.pages:
        if page.repeat is not None:
            yield from _left_of_list(page.repeat, content.answers, answers)
            continue
        for question in leaves(page.questions):
            given = answer_in(content.answers, page, question)
            if given is not None and answer_in(answers, page, question) != given:
                yield question.ask, ", ".join(answer_words(question, given))


def _left_of_list(
    repeat: Repeat, before: Mapping[str, Json], after: Mapping[str, Json]
) -> Iterable[tuple[str, str]]:
    given, kept = before.get(repeat.id), after.get(repeat.id)
    if not isinstance(given, list):
        return
    there = kept if isinstance(kept, list) else []
    for number, entry in enumerate(given):
        now = there[number] if number < len(there) else {}
        for question in leaves(repeat.questions):
            was = entry.get(question.id) if isinstance(entry, dict) else None
            still = now.get(question.id) if isinstance(now, dict) else None
            if was is not None and was != still:
                yield question.ask, ", ".join(answer_words(question, was))
